/**
 * Draws one lane for a window: walks its calls from left to right, by the largest node of the pyramid that is narrower than a pixel
 * where there is one and call by call elsewhere, and gathers what is narrower than a pixel into one slice.
 *
 * Invariant: two neighbouring slices are together wider than a pixel, so a lane has at most about two slices a pixel; a call wider
 * than a pixel is always a slice of its own.
 */

import { SliceFlag, syscallClasses, type ThreadId } from '../api.js';
import type { EventStore } from './eventStore.js';
import { FAN_OUT, largest, type Lane } from './lane.js';
import type { LaneMatches } from './matchIndex.js';
import type { SliceColumns } from './sliceColumns.js';
import { stateIndex, type StateStrip } from './stateStrip.js';

/** What a walk needs beside the lane. */
export interface WalkContext {
  store: EventStore;
  classOf: (nameId: number) => number;
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
  private callNs = 0;
  private blockedNs = 0;
  /** End of what the strip has been told of. */
  private stripNs = 0;
  private matchHint = 0;

  constructor(private readonly context: WalkContext) {}

  draw(lane: Lane, thread: ThreadId, life: Life): void {
    const { startNs, endNs, nowNs, strip } = this.context;
    const from = lane.firstCallReaching(startNs, nowNs);
    const to = lane.firstCallAt(endNs);
    this.stripNs = Math.max(startNs, life.startNs);
    this.matchHint = 0;
    this.first = this.next = from;
    for (let call = from; call < to; ) call = this.take(lane, thread, call, to);
    if (this.next > this.first) this.flush(lane, thread);
    this.tellStrip(stateIndex.running, life.endNs);
    strip.endLane();
  }

  /** Adds the call, or the widest node of calls, that begins at `call`; returns the call after it. */
  private take(lane: Lane, thread: ThreadId, call: number, to: number): number {
    const { pixelNs } = this.context;
    let depth = -1;
    let size = 1;
    while (call % (size * FAN_OUT) === 0 && call + size * FAN_OUT <= to) {
      const level = lane.levels[depth + 1];
      const node = call / (size * FAN_OUT);
      if (level === undefined || node >= level.length || level.endNs.at(node) - level.startNs.at(node) > pixelNs) break;
      depth++;
      size *= FAN_OUT;
    }
    if (depth < 0) {
      this.takeCall(lane, thread, call);
    } else {
      this.takeNode(lane, thread, depth, call, size);
    }
    return call + size;
  }

  private takeCall(lane: Lane, thread: ThreadId, call: number): void {
    const { store, nowNs, classOf } = this.context;
    const row = lane.calls.at(call);
    const startNs = store.startNs(row);
    const endNs = store.endNs(row, nowNs);
    const flags = store.flags(row);
    const blockedNs = (flags & SliceFlag.Blocked) !== 0 ? endNs - startNs : 0;
    this.gather(lane, thread, call, 1, startNs, endNs, flags, classOf(store.nameId(row)), endNs - startNs, endNs - startNs, blockedNs);
  }

  private takeNode(lane: Lane, thread: ThreadId, depth: number, call: number, size: number): void {
    const level = lane.levels[depth] as Lane['levels'][number];
    const node = call / size;
    this.gather(
      lane,
      thread,
      call,
      size,
      level.startNs.at(node),
      level.endNs.at(node),
      level.flags.at(node),
      level.class.at(node),
      level.shareNs(level.classShare, node),
      level.shareNs(level.callShare, node),
      level.shareNs(level.blockedShare, node),
    );
  }

  private gather(
    lane: Lane,
    thread: ThreadId,
    call: number,
    count: number,
    startNs: number,
    endNs: number,
    flags: number,
    itemClass: number,
    classNs: number,
    callNs: number,
    blockedNs: number,
  ): void {
    const { classNs: byClass } = this;
    if (this.next > this.first && endNs - this.sliceStartNs > this.context.pixelNs) this.flush(lane, thread);
    if (this.next === this.first) {
      this.first = call;
      this.sliceStartNs = startNs;
      this.flags = 0;
      this.callNs = 0;
      this.blockedNs = 0;
      byClass.fill(0);
    }
    this.next = call + count;
    this.sliceEndNs = endNs;
    this.flags |= flags;
    this.class = itemClass;
    this.callNs += callNs;
    this.blockedNs += blockedNs;
    // One more than its time, so that calls without a duration count by their number.
    byClass[itemClass] = (byClass[itemClass] as number) + classNs + 1;
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
    slices.class[out] = count > 1 ? largest(this.classNs) : this.class;
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
