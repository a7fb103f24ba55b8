/** Lanes made of plain calls, and the naive answers that the pyramid's are held against. */

import fc from 'fast-check';
import { SliceFlag, syscallClasses } from '../../../src/trace/api.js';
import { EventStore } from '../../../src/trace/store/eventStore.js';
import type { Lane } from '../../../src/trace/store/lane.js';
import { drawLane } from '../../../src/trace/store/laneSlices.js';
import type { MatchIndex } from '../../../src/trace/store/matchIndex.js';
import { SliceColumns, StateColumns } from '../../../src/trace/store/sliceColumns.js';
import { drawStrip } from '../../../src/trace/store/stateStrip.js';

export interface PlainCall {
  gapNs: number;
  durationNs: number;
  class: number;
  flags: number;
}

export const plainCall: fc.Arbitrary<PlainCall> = fc.record({
  gapNs: fc.oneof(fc.nat(50), fc.nat(100_000)),
  durationNs: fc.oneof(fc.nat(50), fc.nat(100_000), fc.constant(6_000_000_000)),
  class: fc.nat(syscallClasses.length - 1),
  flags: fc.constantFrom(0, 0, 0, SliceFlag.Failed, SliceFlag.Blocked),
});

export interface BuiltCall {
  row: number;
  startNs: number;
  endNs: number;
  class: number;
  flags: number;
}

/** Lays calls one after the other in a lane; the last one stays open when asked. */
export function buildLane(
  calls: readonly PlainCall[],
  lastOpen = false,
): { store: EventStore; lane: Lane; built: BuiltCall[]; nowNs: number } {
  const store = new EventStore();
  const built: BuiltCall[] = [];
  let ns = 0;
  calls.forEach((call, i) => {
    ns += call.gapNs;
    const row = store.addCall(0, store.lane(0), ns, i * 100, call.class, call.class, 0);
    const startNs = ns;
    ns += call.durationNs;
    const open = lastOpen && i === calls.length - 1;
    if (!open) store.lane(0).endLast(ns, call.flags);
    built.push({ row, startNs, endNs: ns, class: call.class, flags: open ? SliceFlag.Open : call.flags });
  });
  return { store, lane: store.lanes[0]!, built, nowNs: ns };
}

export interface DrawnSlice {
  startNs: number;
  endNs: number;
  row: number;
  count: number;
  class: number;
  flags: number;
}
export interface DrawnPiece {
  startNs: number;
  endNs: number;
  state: number;
}

/** The lane's slices and state pieces for a window, as objects. */
export function draw(
  { store, lane, nowNs }: { store: EventStore; lane: Lane; nowNs: number },
  window: { startNs: number; endNs: number; widthPx: number },
  matches?: MatchIndex,
): { slices: DrawnSlice[]; pieces: DrawnPiece[] } {
  const columns = new SliceColumns();
  const states = new StateColumns();
  const { startNs, endNs } = window;
  const pixelNs = (endNs - startNs) / window.widthPx;
  drawLane(lane, 0, { store, startNs, endNs, pixelNs, nodeNs: pixelNs, nowNs, slices: columns, matches });
  drawStrip(columns, 0, startNs, Math.min(endNs, nowNs), pixelNs, states);
  return {
    slices: Array.from({ length: columns.length }, (_, i) => ({
      startNs: columns.startNs[i]!,
      endNs: columns.endNs[i]!,
      row: columns.row[i]!,
      count: columns.count[i]!,
      class: columns.class[i]!,
      flags: columns.flags[i]!,
    })),
    pieces: Array.from({ length: states.length }, (_, i) => ({
      startNs: states.startNs[i]!,
      endNs: states.endNs[i]!,
      state: states.state[i]!,
    })),
  };
}
