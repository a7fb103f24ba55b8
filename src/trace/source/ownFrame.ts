/** Which function of a stack is the program's own, and what functions are called where people read them. */

import type { ResolvedStack } from './stackResolver.js';

type Frame = ResolvedStack['frames'][number];

/** The innermost frame of the program's own code: one with a line, else one that is in no shared library. -1: there is none. */
export function ownFrame(frames: readonly Frame[]): number {
  const withLine = frames.findIndex(frame => frame.place);
  return withLine >= 0 ? withLine : frames.findIndex(frame => !isLibrary(frame.object));
}

/** True for a function that is not the program's own. */
export function isLibraryFrame(frame: Frame): boolean {
  return !frame.place && isLibrary(frame.object);
}

function isLibrary(object: string): boolean {
  return /\.so(\.|$)/.test(object) || !object.startsWith('/');
}

/** What people call a frame's function: libraries know their own functions by names with underscores before them. */
export function frameName(frame: Frame): string {
  const name = functionName(frame.symbol);
  return isLibraryFrame(frame) ? name.replace(/^__(GI_+)?(libc_)?(?=[a-z])/, '') : name;
}

/** The frames without what libraries call inside: of each way through libraries the function that was called. */
export function publicFrames(frames: readonly Frame[]): { frame: Frame; index: number }[] {
  return frames.flatMap((frame, index) => {
    const caller = frames[index + 1];
    const internal = isLibraryFrame(frame) && caller !== undefined && isLibraryFrame(caller);
    return internal ? [] : [{ frame, index }];
  });
}

/** Of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Without the version of a library's symbol and the suffixes of the compiler's clones. */
export function functionName(symbol: string): string {
  return symbol.replace(/@.*$/s, '').replace(/(\.(part|constprop|isra|cold|lto_priv)(\.\d+)?)+$/, '') || '?';
}
