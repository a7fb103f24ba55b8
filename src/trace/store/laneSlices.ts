/**
 * Draws one lane for a window: gathers the nodes and calls that cover it (laneCover.ts) from left to right, what is narrower than a
 * pixel into one slice.
 *
 * Invariant: two neighbouring slices are together wider than a pixel, so a lane has at most about two slices a pixel; a call wider
 * than a pixel is always a slice of its own.
 */

import { SliceFlag, syscallClasses, type ThreadId } from '../api.js';
import type { EventStore } from './eventStore.js';
import { blockedNsOf, callNsOf, classNsOf, lookOfNode, type Lane } from './lane.js';
import { classOfLook, flagsOfLook } from './laneColumns.js';
import { LaneCover } from './laneCover.js';
import type { LaneMatches } from './matchIndex.js';
import type { SliceColumns } from './sliceColumns.js';

/** What a walk needs beside the lane. */
export interface WalkContext {
  store: EventStore;
  startNs: number;
  endNs: number;
  /** What is narrower than this is gathered. */
  pixelNs: number;
  /** Nodes of the pyramid up to this wide are taken whole. */
  nodeNs: number;
  /** End of the trace so far: where open calls end. */
  nowNs: number;
  slices: SliceColumns;
  /** Which rows the filter matches; undefined without a filter. */
  matches: LaneMatches | undefined;
}

/** Narrower slices have no room for a descriptor or a result. */
const LABEL_PX = 3;

/** In place of a class: none yet; several, whose times `classNs` has. */
const NO_CLASS = -1;
const SEVERAL = -2;
const classNs = new Float64Array(syscallClasses.length);
const cover = new LaneCover();

/** Adds the lane's slices to the columns. */
export function drawLane(lane: Lane, thread: ThreadId, context: WalkContext): void {
  const { store, pixelNs, nodeNs, nowNs, slices, matches } = context;
  const { calls } = lane;
  const from = lane.firstCallReaching(context.startNs, nowNs);
  const to = calls.firstAt(context.endNs);
  cover.read(lane, from, to, nodeNs, nowNs);
  const { call: coverCall, packed: coverPacked, startNs: coverStart, endNs: coverEnd, length } = cover;
  const labelNs = pixelNs * LABEL_PX;
  let matchHint = 0;
  for (let i = 0; i < length;) {
    const first = coverCall[i] as number;
    const startNs = coverStart[i] as number;
    let endNs = startNs;
    let flags = 0;
    let callNs = 0;
    let blockedNs = 0;
    // Its only class so far and that class's time.
    let onlyClass = NO_CLASS;
    let onlyClassNs = 0;
    do {
      const packed = coverPacked[i] as number;
      endNs = coverEnd[i] as number;
      const spanNs = endNs - (coverStart[i] as number);
      flags |= flagsOfLook(lookOfNode(packed));
      callNs += callNsOf(packed, spanNs);
      blockedNs += blockedNsOf(packed, spanNs);
      const itemClass = classOfLook(packed);
      // One more than its time, so that calls without a duration count by their number.
      const itemClassNs = classNsOf(packed, spanNs) + 1;
      if (itemClass === onlyClass) {
        onlyClassNs += itemClassNs;
      } else if (onlyClass === NO_CLASS) {
        onlyClass = itemClass;
        onlyClassNs = itemClassNs;
      } else {
        if (onlyClass !== SEVERAL) {
          for (let k = 0; k < classNs.length; k++) classNs[k] = 0;
          classNs[onlyClass] = onlyClassNs;
          onlyClass = SEVERAL;
        }
        classNs[itemClass] = (classNs[itemClass] as number) + itemClassNs;
      }
    } while (++i < length && (coverEnd[i] as number) - startNs <= pixelNs);
    const next = i < length ? (coverCall[i] as number) : to;
    const out = slices.add();
    const row = calls.at(first);
    const count = next - first;
    if (count > 1) flags |= SliceFlag.Merged;
    if (matches !== undefined) {
      matchHint = matches.firstFrom(thread, row, matchHint);
      if (matches.reaches(thread, matchHint, calls.at(next - 1))) flags |= SliceFlag.Match;
    }
    slices.startNs[out] = startNs;
    slices.endNs[out] = endNs;
    slices.row[out] = row;
    slices.count[out] = count;
    slices.class[out] = onlyClass === SEVERAL ? largest(classNs) : onlyClass;
    slices.flags[out] = flags;
    slices.name[out] = calls.nameId[first] as number;
    // These lie far apart in memory: only what has room for them pays.
    const labelled = count === 1 && endNs - startNs >= labelNs;
    slices.fd[out] = labelled ? store.fd(row) : -1;
    slices.returnValue[out] = labelled ? store.returnValue(row) : NaN;
    slices.callNs[out] = callNs;
    slices.blockedNs[out] = blockedNs;
  }
}

/** Index of the largest item, the first of equals. */
function largest(items: Float64Array): number {
  let best = 0;
  for (let i = 1; i < items.length; i++) if ((items[i] as number) > (items[best] as number)) best = i;
  return best;
}
