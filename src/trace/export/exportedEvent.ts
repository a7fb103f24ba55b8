/** What is written of a trace for other tools: its threads, and its events one after the other. */

import type { RowKind, SyscallClass } from '../api.js';

/** A thread, by the kernel's numbers. */
export interface ExportedThread {
  pid: number;
  tid: number;
  process: string;
  /** '' unless it has a name of its own. */
  name: string;
}

/** When a process was dead and not yet waited for. */
export interface ExportedZombie {
  pid: number;
  startNs: number;
  durationNs: number;
}

export interface ExportedEvent {
  row: number;
  kind: RowKind;
  /** Null for what belongs to no thread: text that is not strace's. */
  thread: ExportedThread | null;
  name: string;
  class: SyscallClass;
  /** Nanoseconds since the trace's first event. */
  startNs: number;
  /** Null for what is no call, and for a call of which the log does not say how long it took. */
  durationNs: number | null;
  /** '' when it did not fail. */
  errno: string;
  failed: boolean;
  blocked: boolean;
  /** From the name on, as strace printed it; cut at 300 characters. */
  text: string;
}

/** One format: what it writes before all events, for each, and after all. */
export interface EventWriter {
  head(threads: readonly ExportedThread[], zombies: readonly ExportedZombie[]): string;
  event(event: ExportedEvent): string;
  tail(): string;
}
