/** Which thread had a number last. */

import type { ThreadLife } from './lives.js';

/** A power of two. */
const CACHE_SIZE = 64;

export class TidIndex {
  private readonly latest = new Map<number, ThreadLife>();
  /** Direct-mapped by the number's low bits, in front of the map: threads take turns from line to line. */
  private readonly cache = new Array<ThreadLife | undefined>(CACHE_SIZE).fill(undefined);

  get(tid: number): ThreadLife | undefined {
    const cached = this.cache[tid & (CACHE_SIZE - 1)];
    if (cached !== undefined && cached.tid === tid) return cached;
    const known = this.latest.get(tid);
    if (known !== undefined) this.cache[tid & (CACHE_SIZE - 1)] = known;
    return known;
  }

  /** The thread has its number from now on. */
  hold(thread: ThreadLife): void {
    this.latest.set(thread.tid, thread);
    this.cache[thread.tid & (CACHE_SIZE - 1)] = thread;
  }

  free(tid: number): void {
    this.latest.delete(tid);
    this.cache[tid & (CACHE_SIZE - 1)] = undefined;
  }
}
