/** What was waited for a futex as a lock. */

import type { ProcessId, Row, ThreadId } from '../../api.js';

/** What glibc sets a mutex to that somebody waits for. */
export const contendedMutex = 2;

/** A wait as far as it matters here. */
interface LockWait {
  readonly row: Row;
  readonly thread: ThreadId;
  readonly startNs: number;
}

export class Contention {
  waits = 0;
  waitedNs = 0;
  /** From the first wait's beginning to the last one's end. */
  startNs: number;
  endNs: number;
  longest: { row: Row; thread: ThreadId; startNs: number; endNs: number };
  readonly threads = new Set<ThreadId>();

  constructor(
    readonly process: ProcessId,
    { row, thread, startNs }: LockWait,
    endNs: number,
  ) {
    this.startNs = startNs;
    this.endNs = endNs;
    this.longest = { row, thread, startNs, endNs };
  }

  /** All but the threads, which most waits would add again. */
  add({ row, thread, startNs }: LockWait, endNs: number): void {
    this.waits++;
    this.waitedNs += endNs - startNs;
    this.startNs = Math.min(this.startNs, startNs);
    this.endNs = Math.max(this.endNs, endNs);
    const { longest } = this;
    if (endNs - startNs > longest.endNs - longest.startNs) this.longest = { row, thread, startNs, endNs };
  }
}
