/** Calls by the line of C that made them: the innermost line of the user's code on each stack. */

import type { CallSite, CallSites } from '../api.js';
import type { ResolvedStack } from './stackResolver.js';

export interface LineCalls {
  /** By name, the longest first. `row` and `thread` are those of the first call. */
  calls: Pick<CallSite, 'name' | 'calls' | 'errors' | 'totalNs' | 'row' | 'thread'>[];
  /** First call of the line. */
  row: number;
  thread: number;
}

/** Lines (from 1) by file. Files that were edited since the trace are left out: their lines may have moved. */
export type CallsByLine = Map<string, Map<number, LineCalls>>;

/** `resolved`: the stacks of `sites`, in their order. */
export function callsByLine({ sites }: CallSites, resolved: readonly ResolvedStack[]): CallsByLine {
  const files: CallsByLine = new Map();
  for (const { stack, name, calls, errors, totalNs, row, thread } of sites) {
    const place = resolved[stack]?.frames.find(frame => frame.place)?.place;
    if (!place || place.changed) continue;
    const lines = files.get(place.path) ?? new Map<number, LineCalls>();
    files.set(place.path, lines);
    const line = lines.get(place.line) ?? { calls: [], row, thread };
    lines.set(place.line, line);
    if (row < line.row) Object.assign(line, { row, thread });
    const known = line.calls.find(call => call.name === name);
    if (known) {
      known.calls += calls;
      known.errors += errors;
      known.totalNs += totalNs;
      if (row < known.row) Object.assign(known, { row, thread });
    } else line.calls.push({ name, calls, errors, totalNs, row, thread });
  }
  for (const lines of files.values())
    for (const line of lines.values()) line.calls.sort((a, b) => b.totalNs - a.totalNs);
  return files;
}
