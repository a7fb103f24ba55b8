/** How many events several lanes have in each of some equal bins of time: what a folded process shows of its subtree. */

import type { Lane } from './lane.js';

/** Adds the calls that begin in each bin of [startNs, endNs) to `counts`. */
export function addDensity(lane: Lane, startNs: number, endNs: number, counts: Uint32Array): void {
  const { calls } = lane;
  const binNs = (endNs - startNs) / counts.length;
  const first = calls.firstAt(startNs);
  const last = calls.firstAt(endNs);
  if (last - first <= counts.length) {
    for (let call = first; call < last; call++) {
      const bin = Math.min(counts.length - 1, Math.floor(((calls.startNs[call] as number) - startNs) / binNs));
      counts[bin] = (counts[bin] as number) + 1;
    }
    return;
  }
  let from = first;
  for (let bin = 0; bin < counts.length; bin++) {
    const to = bin === counts.length - 1 ? last : calls.firstAt(startNs + (bin + 1) * binNs);
    counts[bin] = (counts[bin] as number) + to - from;
    from = to;
  }
}
