/** Which stacks a filter's conditions about the source mean, and the words that say such a condition. */

import type { LineRange, SourceConditions } from './sourceApi.js';
import { baseName, frameName, functionName, ownFrame, publicFrames } from './ownFrame.js';
import type { ResolvedStack } from './stackResolver.js';

/** Indices of the stacks that meet all conditions. */
export function matchingStacks(stacks: readonly ResolvedStack[], conditions: SourceConditions): number[] {
  const accepts = compile(conditions);
  return stacks.flatMap((stack, index) => (accepts(stack.frames) ? [index] : []));
}

function compile({ lines, functions, under }: SourceConditions): (frames: ResolvedStack['frames']) => boolean {
  const ranges = lines?.map(({ file, from, to }) => ({ matches: fileTest(file), from, to }));
  const names = functions?.map(glob);
  const paths = under?.map(text => text.split('/').map(glob));
  return frames => {
    const own = frames[ownFrame(frames)];
    const place = own?.place;
    if (ranges && !(place && ranges.some(r => r.from <= place.line && place.line <= r.to && r.matches(place.path))))
      return false;
    if (names && !(own && names.some(name => name.test(functionName(own.symbol))))) return false;
    return !paths || paths.some(path => hasPath(frames, path));
  };
}

/** Frames are listed from the innermost out, paths from the outermost in. What libraries call inside may be named or left out. */
function hasPath(frames: ResolvedStack['frames'], path: readonly RegExp[]): boolean {
  const inward = [...path].reverse();
  const has = (listed: ResolvedStack['frames']): boolean =>
    listed.some((_, at) =>
      inward.every((name, i) => {
        const frame = listed[at + i];
        return frame !== undefined && namesOf(frame).some(each => name.test(each));
      }),
    );
  return has(frames) || has(publicFrames(frames).map(({ frame }) => frame));
}

function namesOf(frame: ResolvedStack['frames'][number]): string[] {
  return [functionName(frame.symbol), frameName(frame), baseName(frame.object)];
}

function glob(text: string): RegExp {
  return new RegExp(`^${globBody(text)}$`, 's');
}

/** A path's last parts are enough. */
function fileTest(file: string): (path: string) => boolean {
  const pattern = new RegExp(file.startsWith('/') ? `^${globBody(file)}$` : `(^|/)${globBody(file)}$`, 's');
  const known = new Map<string, boolean>();
  return path => {
    let matches = known.get(path);
    if (matches === undefined) known.set(path, (matches = pattern.test(path)));
    return matches;
  };
}

function globBody(text: string): string {
  return text
    .replace(/[\\^$.+()|[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
}

/** `src:server.c:42`: a word of the filter language. */
export function lineWord(file: string, { from, to }: Pick<LineRange, 'from' | 'to'>): string {
  return word('src', `${file}:${from}${to === from ? '' : `-${to}`}`);
}

/** `fn:handle_client` */
export function functionWord(name: string): string {
  return word('fn', name);
}

/** `under:main/worker` */
export function underWord(path: readonly string[]): string {
  return word('under', path.join('/'));
}

/** Quoted when it would not be one word else. */
function word(key: string, value: string): string {
  return /[\s,"]/.test(value) ? `${key}:"${value.replaceAll('"', '\\"')}"` : `${key}:${value}`;
}

/** For each path as many of its last parts as tell it from the others. */
export function shortNames(paths: Iterable<string>): Map<string, string> {
  const all = [...new Set(paths)];
  const names = new Map<string, string>();
  for (const path of all) {
    const parts = path.split('/');
    let count = 1;
    const tail = (): string => parts.slice(-count).join('/');
    while (count < parts.length && all.some(other => other !== path && other.endsWith(`/${tail()}`))) count++;
    names.set(path, tail());
  }
  return names;
}
