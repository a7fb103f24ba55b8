/** What the causality queries need to know about events: the store, seen narrowly. */

import type { ProcessId, Row, ThreadId } from '../../api.js';

export interface EventLookup {
  thread(row: Row): ThreadId;
  process(row: Row): ProcessId;
  tid(row: Row): number;
  /** Syscall's or signal's name. */
  name(row: Row): string;
  startNs(row: Row): number;
  /** Now, for a call that has not ended. */
  endNs(row: Row): number;
  isOpen(row: Row): boolean;
  /** It can wait, and was printed in two parts or took long. */
  waited(row: Row): boolean;
  /** Name of its errno; '' when it did not fail. */
  errno(row: Row): string;
  /** Descriptor argument; -1 when there is none. */
  fd(row: Row): number;
  returnValue(row: Row): number;
  firstRowOf(thread: ThreadId): Row | null;
  /** The thread of a row's process that had a number then; null when there was none. */
  threadOfTid(tid: number, row: Row): ThreadId | null;
  lastRowOf(thread: ThreadId): Row | null;
  /** The same without signals and exits. */
  lastCallOf(thread: ThreadId): Row | null;
  /** Next row of the same thread, and the one before. */
  next(row: Row): Row | null;
  previous(row: Row): Row | null;
  /** All threads that have lines. */
  threads(): readonly ThreadId[];
  /** Calls of a thread that were in progress at some time of [startNs, endNs), in order. */
  callsIn(thread: ThreadId, startNs: number, endNs: number): Iterable<Row>;
}

/** What they need to know about processes. */
export interface ProcessLookup {
  pid(process: ProcessId): number;
  /** As ProcessInfo has it. */
  name(process: ProcessId): string;
  leader(process: ProcessId): ThreadId;
  /** Threads of a process that lived at a time, the leader first. */
  threadsAt(process: ProcessId, atNs: number): readonly ThreadId[];
  tid(thread: ThreadId): number;
  /** Call that made this process or thread; null when unseen. */
  createdByRow(thread: ThreadId): Row | null;
  /** Threads that a fork-like call made (its child's leader, or the new thread). */
  createdThread(row: Row): ThreadId | null;
  /** Process that a wait call reaped. */
  reapedProcess(row: Row): ProcessId | null;
  reapedByRow(process: ProcessId): Row | null;
  exitRow(process: ProcessId): Row | null;
  /** Parent at birth; null when unknown. */
  parent(process: ProcessId): ProcessId | null;
  /** Living process (or one that died at or after the time) that a pid named then. */
  processAt(pid: number, atNs: number): ProcessId | null;
}
