/**
 * Draws one lane for a window: walks its calls from left to right, by the largest node of the pyramid that is narrower than a pixel
 * where there is one and call by call elsewhere, and gathers what is narrower than a pixel into one slice.
 *
 * Invariant: two neighbouring slices are together wider than a pixel, so a lane has at most about two slices a pixel; a call wider
 * than a pixel is always a slice of its own.
 */

import { SliceFlag, syscallClasses, type ThreadId } from '../api.js';
import type { EventStore } from './eventStore.js';
import { FAN_OUT, largest, shareNs, type Lane } from './lane.js';
import { classOfLook, flagsOfLook } from './laneColumns.js';
import type { LaneMatches } from './matchIndex.js';
import type { SliceColumns } from './sliceColumns.js';
import { stateIndex, type StateStrip } from './stateStrip.js';

/** What a walk needs beside the lane. */
export interface WalkContext {
  store: EventStore;
  startNs: number;
  endNs: number;
  pixelNs: number;
  /** End of the trace so far: where open calls end. */
  nowNs: number;
  slices: SliceColumns;
  strip: StateStrip;
  /** Which rows the filter matches; undefined without a filter. */
  matches: LaneMatches | undefined;
}

/** The part of a thread's life that its strip covers. */
export interface Life {
  startNs: number;
  endNs: number;
}

export class LaneWalk {
  private readonly classNs = new Float64Array(syscallClasses.length);
  // The slice being gathered: calls [first, next) of the lane.
  private first = 0;
  private next = 0;
  private sliceStartNs = 0;
  private sliceEndNs = 0;
  private flags = 0;
  private class = 0;
  /** More than one class is in it: `classNs` decides. */
  private mixed = false;
  private classTimeNs = 0;
  private callNs = 0;
  private blockedNs = 0;
  /** End of what the strip has been told of. */
  private stripNs = 0;
  private matchHint = 0;

  constructor(private readonly context: WalkContext) {}

  draw(lane: Lane, thread: ThreadId, life: Life): void {
    const { startNs, endNs, nowNs, strip } = this.context;
    const from = lane.firstCallReaching(startNs, nowNs);
    const to = lane.calls.firstAt(endNs);
    this.stripNs = Math.max(startNs, life.startNs);
    this.matchHint = 0;
    this.first = this.next = from;
    for (let call = from; call < to; ) {
      const depth = call % FAN_OUT === 0 ? this.widestNode(lane, call, to) : -1;
      if (depth < 0) this.takeCall(lane, thread, call++);
      else call = this.takeNode(lane, thread, depth, call);
    }
    if (this.next > this.first) this.flush(lane, thread);
    this.tellStrip(stateIndex.running, life.endNs);
    strip.endLane();
  }

  /** Depth of the widest node that begins at `call` and is narrower than a pixel; -1 when there is none. */
  private widestNode(lane: Lane, call: number, to: number): number {
    const { pixelNs } = this.context;
    let depth = -1;
    for (let size = FAN_OUT; call % size === 0 && call + size <= to; size *= FAN_OUT) {
      const level = lane.levels[depth + 1];
      const node = call / size;
      if (level === undefined || node >= level.length) break;
      if (lane.nodeEndNs(depth + 1, node) - lane.nodeStartNs(depth + 1, node) > pixelNs) break;
      depth++;
    }
    return depth;
  }

  private takeCall(lane: Lane, thread: ThreadId, call: number): void {
    const { calls } = lane;
    const look = calls.look[call] as number;
    const startNs = calls.startNs[call] as number;
    const flags = flagsOfLook(look);
    const endNs = (flags & SliceFlag.Open) === 0 ? startNs + lane.durationNs(call) : Math.max(this.context.nowNs, startNs);
    const durationNs = endNs - startNs;
    this.gather(lane, thread, call, endNs, startNs);
    this.next = call + 1;
    this.flags |= flags;
    this.callNs += durationNs;
    if ((flags & SliceFlag.Blocked) !== 0) this.blockedNs += durationNs;
    this.addClass(classOfLook(look), durationNs);
  }

  /** Returns the call after the node. */
  private takeNode(lane: Lane, thread: ThreadId, depth: number, call: number): number {
    const level = lane.levels[depth] as Lane['levels'][number];
    const size = FAN_OUT ** (depth + 1);
    const node = call / size;
    const startNs = lane.nodeStartNs(depth, node);
    const endNs = lane.nodeEndNs(depth, node);
    this.gather(lane, thread, call, endNs, startNs);
    this.next = call + size;
    this.flags |= level.flags.at(node);
    this.callNs += shareNs(level.callShare.at(node), endNs - startNs);
    this.blockedNs += shareNs(level.blockedShare.at(node), endNs - startNs);
    this.addClass(level.class.at(node), shareNs(level.classShare.at(node), endNs - startNs));
    return this.next;
  }

  /** Makes room in the slice for something that begins at `call`: starts another slice when they would be wider than a pixel. */
  private gather(lane: Lane, thread: ThreadId, call: number, endNs: number, startNs: number): void {
    if (this.next > this.first && endNs - this.sliceStartNs > this.context.pixelNs) this.flush(lane, thread);
    if (this.next === this.first) {
      this.first = call;
      this.sliceStartNs = startNs;
      this.flags = 0;
      this.callNs = 0;
      this.blockedNs = 0;
      this.class = -1;
      this.mixed = false;
    }
    this.sliceEndNs = endNs;
  }

  private addClass(itemClass: number, ns: number): void {
    // One more than its time, so that calls without a duration count by their number.
    if (this.class < 0) {
      this.class = itemClass;
      this.classTimeNs = ns + 1;
    } else if (!this.mixed && itemClass === this.class) {
      this.classTimeNs += ns + 1;
    } else {
      const { classNs } = this;
      if (!this.mixed) {
        this.mixed = true;
        classNs.fill(0);
        classNs[this.class] = this.classTimeNs;
      }
      classNs[itemClass] = (classNs[itemClass] as number) + ns + 1;
    }
  }

  private flush(lane: Lane, thread: ThreadId): void {
    const { store, slices, matches } = this.context;
    const count = this.next - this.first;
    const row = lane.calls.at(this.first);
    const out = slices.add();
    let flags = count > 1 ? this.flags | SliceFlag.Merged : this.flags;
    if (matches !== undefined) {
      this.matchHint = matches.firstFrom(thread, row, this.matchHint);
      if (matches.reaches(thread, this.matchHint, lane.calls.at(this.next - 1))) flags |= SliceFlag.Match;
    }
    slices.startNs[out] = this.sliceStartNs;
    slices.endNs[out] = this.sliceEndNs;
    slices.row[out] = row;
    slices.count[out] = count;
    slices.class[out] = this.mixed ? largest(this.classNs) : this.class;
    slices.flags[out] = flags;
    slices.name[out] = store.nameId(row);
    slices.fd[out] = count > 1 ? -1 : store.fd(row);
    slices.returnValue[out] = count > 1 ? NaN : store.returnValue(row);
    this.tellStrip(stateIndex.running, this.sliceStartNs);
    this.tellStrip(this.dominantState(), this.sliceEndNs);
    this.first = this.next;
  }

  private dominantState(): number {
    const runningNs = this.sliceEndNs - this.sliceStartNs - this.callNs;
    const workingNs = this.callNs - this.blockedNs;
    if (this.blockedNs >= workingNs && this.blockedNs > 0 && this.blockedNs >= runningNs) return stateIndex.blocked;
    return workingNs >= runningNs ? stateIndex.inCall : stateIndex.running;
  }

  private tellStrip(state: number, untilNs: number): void {
    const endNs = Math.min(untilNs, this.context.endNs);
    if (endNs <= this.stripNs) return;
    this.context.strip.add(state, this.stripNs, endNs);
    this.stripNs = endNs;
  }
}
