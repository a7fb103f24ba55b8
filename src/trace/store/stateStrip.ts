/**
 * The state strip of one lane: what the thread was doing, as pieces of at least about a pixel.
 *
 * Pieces come in time order without gaps. Those shorter than a pixel are gathered until they fill one, and the state that took most
 * of it is shown; neighbours of one state become one piece. So the strip never has more than about two pieces a pixel.
 */

import { threadStates, type ThreadState } from '../api.js';
import { largest } from './lane.js';
import type { StateColumns } from './sliceColumns.js';

export const stateIndex = Object.fromEntries(threadStates.map((state, index) => [state, index])) as Record<ThreadState, number>;

export class StateStrip {
  /** Time by state in the piece that is being gathered. */
  private readonly gathered = new Float64Array(threadStates.length);
  private startNs = 0;
  private endNs = 0;
  private pending = false;
  /** Index in `out` where this lane's pieces begin. */
  private firstPiece = 0;

  constructor(
    private readonly out: StateColumns,
    private readonly pixelNs: number,
  ) {}

  beginLane(): void {
    this.firstPiece = this.out.length;
  }

  add(state: number, startNs: number, endNs: number): void {
    if (endNs <= startNs) return;
    if (this.pending && endNs - this.startNs > this.pixelNs) this.flush();
    if (!this.pending) {
      this.pending = true;
      this.startNs = startNs;
      this.gathered.fill(0);
    }
    this.endNs = endNs;
    this.gathered[state] = (this.gathered[state] as number) + endNs - startNs;
  }

  endLane(): void {
    if (this.pending) this.flush();
  }

  private flush(): void {
    const { out } = this;
    const state = largest(this.gathered);
    const last = out.length - 1;
    this.pending = false;
    if (last >= this.firstPiece && out.state[last] === state && out.endNs[last] === this.startNs) out.endNs[last] = this.endNs;
    else out.add(this.startNs, this.endNs, state);
  }
}
