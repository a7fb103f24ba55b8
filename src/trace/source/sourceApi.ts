/**
 * Questions about a trace that need its source lines, and the shapes of their answers. A Trace knows stacks by their index only; which
 * of them lead through a line or a function is found out where symbols are read, and asked of the trace as a list of stacks.
 */

import type { EventFilter, RangeQuery, Row, SyscallClass } from '../api.js';

/** Lines of a file: both ends are meant. The file is a path, its last parts, or either with `*` and `?`. */
export interface LineRange {
  file: string;
  from: number;
  /** Number.MAX_SAFE_INTEGER: to the end of the file. */
  to: number;
}

/** Where calls come from. The three must all hold; of each list one must. */
export interface SourceConditions {
  /** The innermost line of the program's own code. */
  lines?: LineRange[];
  /** The function of that line; `*` and `?` stand for other text. */
  functions?: string[];
  /** A function or a library anywhere on the stack, or several that call each other: `main/worker/handle`, `libcurl.so.4`. */
  under?: string[];
}

export interface SourceFilter extends EventFilter {
  source?: SourceConditions;
}

/** A range whose filter may speak of lines. */
export type SourceRange = Omit<RangeQuery, 'filter'> & { filter: SourceFilter | null };

interface Sums {
  calls: number;
  errors: number;
  totalNs: number;
  blockedNs: number;
}

/** Calls of one line or one function. */
export interface SourceGroup extends Sums {
  kind: 'line' | 'function' | 'noSource' | 'noStack' | 'omitted';
  /** `server.c:42`, `handle_client`; '' for those of no line. */
  name: string;
  /** Of a line: its function. Of a function: its file. */
  detail: string;
  /** Class of most of its time. */
  class: SyscallClass;
  maxNs: number;
  /** Words of the filter language that leave these calls; null when none do. */
  words: string | null;
  /** The first of the calls. */
  row: Row;
  /** The first call leads to a line that can be opened. */
  opens: boolean;
}

/** What must be said about the lines. */
export interface SourceTrouble {
  /** Objects that were modified after the trace was made. */
  rebuilt: string[];
  /** Static executables whose callers strace loses. */
  unreliable: string[];
  /** Why addr2line or an object could not be read. */
  failure: string | null;
}

export interface SourceSummary {
  /** False for a log without stacks. */
  recorded: boolean;
  /** The one that took most time first. */
  groups: SourceGroup[];
  trouble: SourceTrouble;
}

/** A function that was called on the way to a call, or (a leaf) the call. */
export interface FlameNode extends Sums {
  /** Index of the caller; the root, which comes first, is its own. */
  parent: number;
  name: string;
  kind: 'root' | 'own' | 'library' | 'call';
  /** Class of most of its time. */
  class: SyscallClass;
  /** `server.c:42`: where most of the time was spent in this function, or the library's name; '' when it is not known. */
  place: string;
  /** Words of the filter language that leave these calls; '' for the root. */
  words: string;
  /** The first of the calls, and which frame of its shown stack this is; -1 when it has no line that opens. */
  row: Row;
  frame: number;
}

export interface FlameGraph {
  recorded: boolean;
  /** Callers before what they call. */
  nodes: FlameNode[];
  /** Calls that have no stack, or are left out because there are too many different stacks. */
  withoutStack: number;
  omitted: number;
  trouble: SourceTrouble;
}
