/**
 * The latest wakes that had woken more threads than had been seen returning, oldest first: columns of a ring. A wake that has found all
 * its waiters keeps its place, so that one is remembered for as many wakes, whatever they found.
 */

import type { Row } from '../../api.js';

const mostRemembered = 16;

export class RecentWakes {
  private readonly rows: Row[] = [];
  private readonly ends: number[] = [];
  /** Waiters that the return value counts and that are not joined yet. */
  private readonly left: number[] = [];
  private first = 0;
  private length = 0;

  add(row: Row, endNs: number, left: number): void {
    const at = (this.first + this.length) % mostRemembered;
    this.rows[at] = row;
    this.ends[at] = endNs;
    this.left[at] = left;
    if (this.length < mostRemembered) this.length++;
    else this.first = (this.first + 1) % mostRemembered;
  }

  /**
   * The oldest that may have ended a wait, with one waiter less left from now on; undefined when there is none. One that was over before
   * the wait began woke somebody else.
   */
  take(waitStartNs: number): Row | undefined {
    for (let k = 0; k < this.length; k++) {
      const at = (this.first + k) % mostRemembered;
      const left = this.left[at] as number;
      if (left <= 0 || (this.ends[at] as number) < waitStartNs) continue;
      this.left[at] = left - 1;
      return this.rows[at];
    }
    return undefined;
  }
}
