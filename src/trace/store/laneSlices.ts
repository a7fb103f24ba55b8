/**
 * Draws one lane for a window: walks its calls from left to right, by the largest node of the pyramid that is narrower than a pixel
 * where there is one and call by call elsewhere, and gathers what is narrower than a pixel into one slice.
 *
 * Invariant: two neighbouring slices are together wider than a pixel, so a lane has at most about two slices a pixel; a call wider
 * than a pixel is always a slice of its own.
 *
 * The walk is one long loop over local variables, because a window of 64 lanes takes it some hundred thousand times within a few
 * milliseconds.
 */

import { SliceFlag, syscallClasses, type ThreadId } from '../api.js';
import type { EventStore } from './eventStore.js';
import { blockedNsOf, callNsOf, classNsOf, largest, levelShift, lookOfNode, type Lane, type Level } from './lane.js';
import { classOfLook, flagsOfLook } from './laneColumns.js';
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

const classNs = new Float64Array(syscallClasses.length);

/** How many levels have a node that begins with a call. */
const alignedLog = (call: number): number => (call === 0 ? 16 : (31 - Math.clz32(call & -call)) >> 1);
/** How many levels have nodes of at most so many calls. */
const wholeLog = (count: number): number => (31 - Math.clz32(Math.max(1, count))) >> 1;

/** Adds the lane's slices to the columns. */
export function drawLane(lane: Lane, thread: ThreadId, context: WalkContext): void {
  const { store, pixelNs, nodeNs, nowNs, slices, matches } = context;
  const { calls, levels } = lane;
  const from = lane.firstCallReaching(context.startNs, nowNs);
  const to = calls.firstAt(context.endNs);
  // The last call can still change: no node has it.
  const builtTo = Math.min(to, calls.length - 1);
  const labelNs = pixelNs * LABEL_PX;
  let matchHint = 0;
  // The slice that is being gathered: calls [first, next).
  let first = from;
  let next = from;
  let sliceStartNs = 0;
  let sliceEndNs = 0;
  let flags = 0;
  let callNs = 0;
  let blockedNs = 0;
  /** Its only class so far and that class's time, or -1: there are several, `classNs` has their times. */
  let onlyClass = 0;
  let onlyClassNs = 0;

  let lastDepth = -1;
  for (let call = from; ;) {
    // The next thing: a call, or the widest node that begins with it and is narrower than a pixel.
    let depth = -1;
    let startNs = 0;
    let endNs = 0;
    if (call < to) {
      const widest = Math.min(levels.length, alignedLog(call), wholeLog(builtTo - call)) - 1;
      // Neighbours are mostly of one size, and a step up or down the pyramid is a place far away in memory.
      depth = Math.min(lastDepth, widest);
      startNs = depth > 0 ? lane.nodeStartNs(depth, call >>> levelShift(depth)) : (calls.startNs[call] as number);
      const longestEndNs = startNs + nodeNs;
      if (depth < 0 || (endNs = lane.nodeEndNs(depth, call >>> levelShift(depth))) <= longestEndNs) {
        for (; depth < widest; depth++) {
          const widerEndNs = lane.nodeEndNs(depth + 1, call >>> levelShift(depth + 1));
          if (widerEndNs > longestEndNs) break;
          endNs = widerEndNs;
        }
      } else {
        do depth--;
        while (depth >= 0 && (endNs = lane.nodeEndNs(depth, call >>> levelShift(depth))) > longestEndNs);
      }
      if (depth < widest || depth > lastDepth) lastDepth = depth;
      if (depth < 0) endNs = lane.endNs(call, nowNs);
    }
    if (next > first && (call >= to || endNs - sliceStartNs > pixelNs)) {
      const out = slices.add();
      const row = calls.at(first);
      const count = next - first;
      if (count > 1) flags |= SliceFlag.Merged;
      if (matches !== undefined) {
        matchHint = matches.firstFrom(thread, row, matchHint);
        if (matches.reaches(thread, matchHint, calls.at(next - 1))) flags |= SliceFlag.Match;
      }
      slices.startNs[out] = sliceStartNs;
      slices.endNs[out] = sliceEndNs;
      slices.row[out] = row;
      slices.count[out] = count;
      slices.class[out] = onlyClass < 0 ? largest(classNs) : onlyClass;
      slices.flags[out] = flags;
      slices.name[out] = calls.nameId[first] as number;
      // These lie far apart in memory: only what has room for them pays.
      const labelled = count === 1 && sliceEndNs - sliceStartNs >= labelNs;
      slices.fd[out] = labelled ? store.fd(row) : -1;
      slices.returnValue[out] = labelled ? store.returnValue(row) : NaN;
      slices.callNs[out] = callNs;
      slices.blockedNs[out] = blockedNs;
      first = next;
    }
    if (call >= to) return;
    let itemClass: number;
    let itemClassNs: number;
    if (next === first) {
      sliceStartNs = startNs;
      flags = callNs = blockedNs = 0;
    }
    if (depth < 0) {
      const look = calls.look[call] as number;
      const durationNs = endNs - startNs;
      const callFlags = flagsOfLook(look);
      flags |= callFlags;
      callNs += durationNs;
      if ((callFlags & SliceFlag.Blocked) !== 0) blockedNs += durationNs;
      itemClass = classOfLook(look);
      itemClassNs = durationNs;
    } else {
      const packed = (levels[depth] as Level).packed.at(call >>> levelShift(depth));
      const spanNs = endNs - startNs;
      flags |= flagsOfLook(lookOfNode(packed));
      callNs += callNsOf(packed, spanNs);
      blockedNs += blockedNsOf(packed, spanNs);
      itemClass = classOfLook(packed);
      itemClassNs = classNsOf(packed, spanNs);
    }
    // One more than its time, so that calls without a duration count by their number.
    if (next === first) {
      onlyClass = itemClass;
      onlyClassNs = itemClassNs + 1;
    } else if (itemClass === onlyClass) {
      onlyClassNs += itemClassNs + 1;
    } else {
      if (onlyClass >= 0) {
        classNs.fill(0);
        classNs[onlyClass] = onlyClassNs;
        onlyClass = -1;
      }
      classNs[itemClass] = (classNs[itemClass] as number) + itemClassNs + 1;
    }
    sliceEndNs = endNs;
    call += 1 << levelShift(depth);
    next = call;
  }
}
