/**
 * The tree of calls by stack: from the program's first own function inward, and the call as its leaf. What the C library does before
 * main or a thread's function, what libraries call inside, and the wrapper that has the call's own name, is left out.
 *
 * Bounded: with more nodes than `mostNodes` the lightest are left out; their callers keep their sums.
 */

import type { CallSite, CallSites } from '../api.js';
import { baseName, frameName, functionName, isLibraryFrame, publicFrames } from './ownFrame.js';
import type { FlameGraph, FlameNode } from './sourceApi.js';
import { functionWord, underWord } from './sourceFilter.js';
import type { ResolvedStack } from './stackResolver.js';

const mostNodes = 4000;

interface Building {
  readonly node: FlameNode;
  readonly children: Map<string, Building>;
  heaviestNs: number;
}

export function flameGraph(
  { sites, omitted }: CallSites,
  stacks: readonly ResolvedStack[],
  names: ReadonlyMap<string, string>,
): Pick<FlameGraph, 'nodes' | 'withoutStack' | 'omitted'> {
  const root = building('', 'root', '');
  let withoutStack = 0;
  for (const site of sites) {
    const stack = stacks[site.stack];
    if (!stack) {
      withoutStack += site.calls;
      continue;
    }
    let at = root;
    add(at, site);
    const shown = shownFrames(stack.frames, site.name);
    for (const { name, kind, words, frame, index } of shown) {
      at = child(at, `${kind} ${name}`, () => building(name, kind, words));
      const { place } = frame;
      const file = place ? `${names.get(place.path) ?? place.path}:${place.line}` : baseName(frame.object);
      // Of a function that makes calls on several lines, the heaviest is shown.
      if (add(at, site)) Object.assign(at.node, { place: file, row: site.row, frame: place ? index : -1 });
    }
    const words = [...shown.slice(-1).map(last => last.words), site.name].join(' ');
    at = child(at, `call ${site.name}`, () => building(site.name, 'call', words));
    const innermost = shown.findLast(({ frame }) => frame.place);
    if (add(at, site)) Object.assign(at.node, { row: site.row, frame: innermost?.index ?? -1 });
  }
  return { nodes: listed(root), withoutStack, omitted: omitted.calls };
}

type Frame = ResolvedStack['frames'][number];

interface ShownFrame {
  name: string;
  kind: 'own' | 'library';
  words: string;
  frame: Frame;
  /** In the stack. */
  index: number;
}

/** The outermost first. */
function shownFrames(frames: readonly Frame[], call: string): ShownFrame[] {
  const own = frames.some(frame => frame.place)
    ? (frame: Frame) => frame.place !== undefined
    : (frame: Frame) => !isLibraryFrame(frame) && functionName(frame.symbol) !== '_start';
  const outermost = frames.findLastIndex(own);
  if (outermost < 0) return outsideFrames(frames);
  const shown = publicFrames(frames.slice(0, outermost + 1));
  const [first] = shown;
  if (shown.length > 1 && first && isLibraryFrame(first.frame) && isWrapper(first.frame.symbol, call)) shown.shift();
  const path: string[] = [];
  return shown.reverse().map(({ frame, index }) => {
    const name = frameName(frame);
    path.push(name);
    return { name, kind: isLibraryFrame(frame) ? 'library' : 'own', words: underWord(path), frame, index };
  });
}

/** What the loader does before the program begins, or libc after main, is one box: no function of the program's is on the way. */
function outsideFrames(frames: readonly Frame[]): ShownFrame[] {
  const start = frames.findIndex(frame => !isLibraryFrame(frame));
  const index = start < 0 ? frames.length - 1 : start;
  const frame = frames[index];
  if (!frame) return [];
  const name = start < 0 ? baseName(frame.object) : frameName(frame);
  return [{ name, kind: 'library', words: start < 0 ? underWord([name]) : functionWord(name), frame, index }];
}

/** `__GI___libc_read`, `read`, `__read_nocancel` of read. */
function isWrapper(symbol: string, call: string): boolean {
  const bare = (name: string): string =>
    functionName(name)
      .replace(/^_*(GI_+)?(libc_)?/, '')
      .replace(/(_nocancel|_cancel|_time64|64|_2)$/, '');
  return bare(symbol) === bare(call);
}

function building(name: string, kind: FlameNode['kind'], words: string): Building {
  const sums = { calls: 0, errors: 0, totalNs: 0, blockedNs: 0 };
  const node: FlameNode = { parent: 0, name, kind, class: 'other', place: '', words, row: -1, frame: -1, ...sums };
  return { node, children: new Map(), heaviestNs: -1 };
}

function child(of: Building, key: string, make: () => Building): Building {
  let found = of.children.get(key);
  if (!found) of.children.set(key, (found = make()));
  return found;
}

/** @returns whether this is the heaviest site so far. */
function add(to: Building, { calls, errors, totalNs, blockedNs, class: callClass }: CallSite): boolean {
  const { node } = to;
  node.calls += calls;
  node.errors += errors;
  node.totalNs += totalNs;
  node.blockedNs += blockedNs;
  if (totalNs <= to.heaviestNs) return false;
  node.class = callClass;
  to.heaviestNs = totalNs;
  return true;
}

/** Callers before what they call; siblings by time. */
function listed(root: Building): FlameNode[] {
  const all: Building[] = [];
  const visit = (at: Building): void => {
    all.push(at);
    for (const inner of at.children.values()) visit(inner);
  };
  visit(root);
  const share = ({ node: { calls, totalNs } }: Building): number =>
    Math.max(calls / Math.max(1, root.node.calls), totalNs / Math.max(1, root.node.totalNs));
  const least = all.length <= mostNodes ? -1 : (all.map(share).sort((a, b) => b - a)[mostNodes - 1] ?? -1);
  const nodes: FlameNode[] = [];
  const list = ({ node, children }: Building, parent: number): void => {
    const index = nodes.push({ ...node, parent }) - 1;
    const inner = [...children.values()].sort((a, b) => b.node.totalNs - a.node.totalNs || b.node.calls - a.node.calls);
    // A caller weighs at least as much as what it calls: nobody loses his caller.
    for (const each of inner) if (share(each) >= least && nodes.length < 2 * mostNodes) list(each, index);
  };
  list(root, 0);
  return nodes;
}
