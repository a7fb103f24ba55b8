/** Calls by the line of C that made them, and by the function: the innermost line of the user's code on each stack. */

import type { CallSite, CallSites } from '../api.js';
import { functionName } from './ownFrame.js';
import { functionWord, lineWord } from './sourceFilter.js';
import type { ResolvedStack } from './stackResolver.js';

type NamedCalls = Pick<CallSite, 'name' | 'calls' | 'errors' | 'totalNs'>;

/** The calls of a line, or of a function. */
export interface PlaceCalls {
  /** By name, the longest first. */
  calls: NamedCalls[];
  /** Indices of the stacks that they were made from. */
  stacks: Set<number>;
  /** Words of the filter language that leave these calls. */
  words: string;
}

export interface FileCalls {
  /** By line, from 1. */
  lines: Map<number, PlaceCalls>;
  /** By name. */
  functions: Map<string, PlaceCalls>;
}

/** By path. Files that were edited since the trace are left out: their lines may have moved. */
export type SourceCalls = Map<string, FileCalls>;

/** `resolved`: the stacks by index. `names`: what a path is called in the filter. */
export function callsBySource(
  { sites }: CallSites,
  resolved: readonly ResolvedStack[],
  names: ReadonlyMap<string, string>,
): SourceCalls {
  const files: SourceCalls = new Map();
  for (const site of sites) {
    const frame = resolved[site.stack]?.frames.find(({ place }) => place);
    const place = frame?.place;
    if (!place || place.changed) continue;
    const file = files.get(place.path) ?? { lines: new Map(), functions: new Map() };
    files.set(place.path, file);
    const called = functionName(frame.symbol);
    const name = names.get(place.path) ?? place.path;
    add(file.lines, place.line, site, () => lineWord(name, { from: place.line, to: place.line }));
    add(file.functions, called, site, () => `${functionWord(called)} src:${name}`);
  }
  for (const { lines, functions } of files.values())
    for (const each of [...lines.values(), ...functions.values()]) each.calls.sort((a, b) => b.totalNs - a.totalNs);
  return files;
}

function add<K>(to: Map<K, PlaceCalls>, key: K, site: CallSite, words: () => string): void {
  let place = to.get(key);
  if (!place) to.set(key, (place = { calls: [], stacks: new Set(), words: words() }));
  place.stacks.add(site.stack);
  const { name, calls, errors, totalNs } = site;
  const known = place.calls.find(call => call.name === name);
  if (known) {
    known.calls += calls;
    known.errors += errors;
    known.totalNs += totalNs;
  } else place.calls.push({ name, calls, errors, totalNs });
}
