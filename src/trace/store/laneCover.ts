/**
 * Covers a range of a lane's calls from left to right: by the widest node of the pyramid that is narrow enough where there is one,
 * and call by call elsewhere.
 *
 * The walk stays on a level as long as its nodes are the widest that fit: neighbours are mostly of one size, and every other level is
 * a place far away in memory. It is written as plain loops over typed arrays, because a window of 64 lanes takes it tens of
 * thousands of steps.
 */

import { SliceFlag } from '../api.js';
import { Level, levelShift, type Lane } from './lane.js';
import { flagsOfLook } from './laneColumns.js';

/** In place of level 0, whose nodes are with the calls. */
const noLevel = new Level();

const CHILDREN_LOG2 = levelShift(0);
const FIRST_CHILD = (1 << CHILDREN_LOG2) - 1;

/** Calls packed as nodes are, by their look: all of their time is in a call of their class, and blocked or not. */
const packedByLook = Uint32Array.from(
  { length: 256 },
  (_, look) => look | 0xff00ff00 | ((flagsOfLook(look) & SliceFlag.Blocked) !== 0 ? 0x00ff0000 : 0),
);

/** One entry a node or call. The room is kept from lane to lane. */
export class LaneCover {
  /** First call. */
  call = new Uint32Array(0);
  /** As in `Level.packed`. */
  packed = new Uint32Array(0);
  startNs = new Float64Array(0);
  endNs = new Float64Array(0);
  length = 0;

  /** Covers calls [from, to) by nodes of at most `nodeNs` and by calls, of which an open one ends at `nowNs`. */
  read(lane: Lane, from: number, to: number, nodeNs: number, nowNs: number): void {
    const { calls, levels } = lane;
    const { startNs: starts, look: looks, nodes: lowest } = calls;
    // The last call can still change: no node has it.
    const built = Math.min(to, calls.length - 1);
    this.length = 0;
    let depth = -1;
    for (let call = from; call < to;) {
      if (depth < 0) {
        for (; call < to; call++) {
          const startNs = starts[call] as number;
          const node = call >>> CHILDREN_LOG2;
          const first = (call & FIRST_CHILD) === 0 && node < built >>> CHILDREN_LOG2;
          if (first && lane.nodeEndNs(0, node) - startNs <= nodeNs) {
            depth = 0;
            break;
          }
          this.add(call, packedByLook[looks[call] as number] as number, startNs, lane.endNs(call, nowNs));
        }
        continue;
      }
      const shift = levelShift(depth);
      const { packed, startNs: nodeStarts, endNs: nodeEnds } = levels[depth - 1] ?? noLevel;
      const nodes = built >>> shift;
      const parents = nodes >>> CHILDREN_LOG2;
      const parentEnds = levels[depth]?.endNs;
      let node = call >>> shift;
      let step = -1;
      for (; node < nodes; node++) {
        const startNs = depth > 0 ? (nodeStarts[node] as number) : (starts[node << shift] as number);
        const endNs = depth > 0 ? (nodeEnds[node] as number) : lane.nodeEndNs(0, node);
        if (endNs - startNs > nodeNs) break;
        const parent = node >>> CHILDREN_LOG2;
        if ((node & FIRST_CHILD) === 0 && parentEnds && parent < parents) {
          if ((parentEnds[parent] as number) - startNs <= nodeNs) {
            step = 1;
            break;
          }
        }
        this.add(node << shift, (depth > 0 ? packed[node] : lowest[node]) as number, startNs, endNs);
      }
      call = node << shift;
      depth += step;
    }
  }

  private add(call: number, packed: number, startNs: number, endNs: number): void {
    if (this.length === this.call.length) this.grow();
    this.call[this.length] = call;
    this.packed[this.length] = packed;
    this.startNs[this.length] = startNs;
    this.endNs[this.length++] = endNs;
  }

  private grow(): void {
    const { call, packed, startNs, endNs } = this;
    const capacity = Math.max(4096, this.length * 2);
    this.call = new Uint32Array(capacity);
    this.packed = new Uint32Array(capacity);
    this.startNs = new Float64Array(capacity);
    this.endNs = new Float64Array(capacity);
    this.call.set(call);
    this.packed.set(packed);
    this.startNs.set(startNs);
    this.endNs.set(endNs);
  }
}
