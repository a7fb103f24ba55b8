/**
 * What every model of what the events mean has in common.
 *
 * A trace hands each record, after the store has given it a row, to the process model first (it says which thread's life a
 * line belongs to) and then to the others. Models keep intervals, never a replay: "the state at time t" is a query.
 * Records, and the places told with them, are used again: a model copies what it keeps, and asks for arguments only of the calls it needs.
 * A model says once what it wants to hear of (`concerns`, `concernsError`); dispatch.ts makes tables of that.
 */

import type { CallRecord, ExitRecord, NoteRecord, SignalRecord, StopRecord } from 'strace-parser';
import type { ProcessId, Row, ThreadId } from '../api.js';

/** Where a record stands in the trace; valid while the record is. */
export interface EventPlace {
  row: Row;
  thread: ThreadId;
  process: ProcessId;
  /** The thread's call before this event; -1 when there is none. */
  before: Row;
  /** The call's descriptor argument (the one that the knowledge base stars); -1 when it has none. */
  fd: number;
}

/** A process is known to descend from another (told at, or after, the child's first event). */
export interface ProcessLink {
  child: ProcessId;
  /** The process that called fork, vfork or clone: the one whose memory and descriptors the child copied or shares. */
  creator: ProcessId;
  /** Its thread that made the call. */
  thread: ThreadId;
  /** Entry of the call: the child's copy is of the state then. */
  atNs: number;
  row: Row;
  sharesFiles: boolean;
  /** Working and root directory and umask (CLONE_FS). */
  sharesFolders: boolean;
  sharesMemory: boolean;
  sharesSignalHandlers: boolean;
}

/** What models ask about threads. */
export interface ThreadLookup {
  /** The thread whose call made a thread, and when; null when that was not seen. */
  creatorOf(thread: ThreadId): { thread: ThreadId; atNs: number } | null;
  leader(process: ProcessId): ThreadId;
  /** Those that lived at a time; at Infinity all. */
  threadsAt(process: ProcessId, atNs: number): readonly ThreadId[];
  threadOf(row: Row): ThreadId;
  tid(thread: ThreadId): number;
}

export interface Model {
  /** Whether it wants `enter` and `call` of this syscall; of none when absent. */
  concerns?(syscall: string): boolean;
  /** Whether it wants `enter`, too, of a syscall that concerns it; of each when absent. */
  concernsEntry?(syscall: string): boolean;
  /** Whether it wants `failed` of calls of this syscall with this error (`EAGAIN`, `ERESTARTSYS`); of none when absent. */
  concernsError?(errno: string, syscall: string): boolean;
  /** The process model found whose copy a process is. What a child did before (its first lines may come earlier) stands. */
  linked?(link: ProcessLink): void;
  /** A process now runs another image (told after `call` of the successful execve). */
  execed?(process: ProcessId, row: Row, atNs: number): void;
  /** The last thread of a process ended. */
  ended?(process: ProcessId, row: Row, atNs: number): void;
  /** A call's entry was printed and its end was not: it waits. The row is the one that `call` will have, too. */
  enter?(record: CallRecord, place: EventPlace): void;
  call?(record: CallRecord, place: EventPlace): void;
  /** A call failed, or was interrupted, with an error that concerns it; told after everybody's `call`. */
  failed?(record: CallRecord, place: EventPlace): void;
  signal?(record: SignalRecord, place: EventPlace): void;
  exit?(record: ExitRecord, place: EventPlace): void;
  stop?(record: StopRecord, place: EventPlace): void;
  note?(record: NoteRecord, place: EventPlace): void;
  /** The log is complete: close what can be closed. */
  end?(endNs: number): void;
}
