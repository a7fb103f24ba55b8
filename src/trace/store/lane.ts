/**
 * The events of one thread in time order, and a pyramid of summaries over its calls: a node of level k stands for FAN_OUT^(k+1)
 * calls in a row, so that a picture of any length of time touches about as many nodes as it has pixels.
 *
 * Invariants: calls of a lane never overlap and their starts never decrease; only the last call can still change, so a node is built
 * once, when the call after its last one arrives, and is final. The pyramid costs about 3 bytes an event.
 */

import { SliceFlag, syscallClasses, type Row } from '../api.js';
import { Float64List, Uint32List } from './growable.js';
import { CallColumns, classOfLook, EventColumns, flagsOfLook, LONG_DURATION, packLook } from './laneColumns.js';

export const FAN_OUT_LOG2 = 2;
const FAN_OUT = 1 << FAN_OUT_LOG2;
const FULL_SHARE = 255;
/** Flags of a node: those that any of its calls has. */
const INHERITED = SliceFlag.Failed | SliceFlag.Blocked | SliceFlag.NoReturn;

/** One level of the pyramid. */
export class Level {
  /** Empty in level 0, whose nodes are so small that their calls are asked. */
  readonly startNs = new Float64List();
  readonly endNs = new Float64List();
  /**
   * The rest of a node in one number, so that a walk reads few places: from the low byte on, its look (the class of most of its
   * time and the flags of all its calls, see packLook), then the shares of its span in 1/255 that were spent in calls, in blocked
   * calls, and in calls of its class. Above level 0 the class is that of most of the children.
   */
  readonly packed = new Uint32List();

  get length(): number {
    return this.packed.length;
  }

  get byteLength(): number {
    return this.startNs.byteLength + this.endNs.byteLength + this.packed.byteLength;
  }
}

/** Look of a packed node. */
export const lookOfNode = (packed: number): number => packed & 0xff;
/** Nanoseconds of a packed node's span that were spent in calls, in blocked calls, in calls of its class. */
export const callNsOf = (packed: number, spanNs: number): number => (((packed >>> 8) & 0xff) * spanNs) / FULL_SHARE;
export const blockedNsOf = (packed: number, spanNs: number): number => (((packed >>> 16) & 0xff) * spanNs) / FULL_SHARE;
export const classNsOf = (packed: number, spanNs: number): number => ((packed >>> 24) * spanNs) / FULL_SHARE;

export class Lane {
  readonly calls = new CallColumns();
  /** Its signals, stops, exits and notes. */
  readonly marks = new EventColumns();
  readonly levels: Level[] = [];
  /** Durations of 4.3 s and more, by index of the call. */
  private readonly longDurations = new Map<number, number>();

  get lastCall(): Row | undefined {
    return this.calls.length === 0 ? undefined : this.calls.at(this.calls.length - 1);
  }

  /** The call before a row that is the lane's last event; undefined when there is none. */
  callBefore(row: Row): Row | undefined {
    const { calls } = this;
    const last = calls.length - 1;
    const before = last >= 0 && calls.at(last) === row ? last - 1 : last;
    return before < 0 ? undefined : calls.at(before);
  }

  /** Adds an open call, after the one before it has got its final end. */
  addCall(row: Row, startNs: number, look: number, nameId: number): void {
    const finished = this.calls.length;
    this.calls.pushCall(row, startNs, look, nameId);
    if (finished > 0 && finished % FAN_OUT === 0) this.build(0, finished / FAN_OUT - 1);
  }

  setDuration(call: number, ns: number): void {
    if (ns >= LONG_DURATION) this.longDurations.set(call, ns);
    this.calls.durationNs[call] = Math.min(LONG_DURATION, ns);
  }

  /** 0 while the call is open and when the log cannot tell. */
  durationNs(call: number): number {
    const cell = this.calls.durationNs[call] as number;
    return cell === LONG_DURATION ? (this.longDurations.get(call) ?? 0) : cell;
  }

  /** End of a call; `nowNs` while it is open. */
  endNs(call: number, nowNs: number): number {
    const startNs = this.calls.startNs[call] as number;
    const open = (flagsOfLook(this.calls.look[call] as number) & SliceFlag.Open) !== 0;
    return open ? Math.max(nowNs, startNs) : startNs + this.durationNs(call);
  }

  /** Index of the first call that ends after a time (or starts at it). */
  firstCallReaching(ns: number, nowNs: number): number {
    const next = this.calls.firstAt(ns);
    return next > 0 && this.endNs(next - 1, nowNs) > ns ? next - 1 : next;
  }

  nodeStartNs(depth: number, node: number): number {
    return depth === 0
      ? (this.calls.startNs[node * FAN_OUT] as number)
      : (this.levels[depth] as Level).startNs.at(node);
  }

  nodeEndNs(depth: number, node: number): number {
    if (depth > 0) return (this.levels[depth] as Level).endNs.at(node);
    const last = node * FAN_OUT + FAN_OUT - 1;
    return (this.calls.startNs[last] as number) + this.durationNs(last);
  }

  get byteLength(): number {
    return this.levels.reduce((sum, level) => sum + level.byteLength, this.calls.byteLength + this.marks.byteLength);
  }

  /** Builds node `node` of a level from its finished children, and its parent when that is full. */
  private build(depth: number, node: number): void {
    const level = (this.levels[depth] ??= new Level());
    const startNs = depth === 0 ? this.nodeStartNs(0, node) : this.nodeStartNs(depth - 1, node * FAN_OUT);
    const endNs = depth === 0 ? this.nodeEndNs(0, node) : this.nodeEndNs(depth - 1, node * FAN_OUT + FAN_OUT - 1);
    const sum = { flags: 0, callNs: 0, blockedNs: 0 };
    const classNs = classScratch.fill(0);
    for (let child = node * FAN_OUT; child < (node + 1) * FAN_OUT; child++) {
      if (depth === 0) this.addCallTo(sum, classNs, child);
      else this.addNodeTo(sum, classNs, depth - 1, child);
    }
    const dominant = largest(classNs);
    const span = endNs - startNs;
    const share = (ns: number): number => (span > 0 ? Math.min(FULL_SHARE, Math.round((ns / span) * FULL_SHARE)) : 0);
    if (depth > 0) {
      level.startNs.push(startNs);
      level.endNs.push(endNs);
    }
    const shares = (share(classNs[dominant] as number) << 24) | (share(sum.blockedNs) << 16) | (share(sum.callNs) << 8);
    level.packed.push((shares | packLook(dominant, sum.flags & INHERITED)) >>> 0);
    if (level.length % FAN_OUT === 0) this.build(depth + 1, level.length / FAN_OUT - 1);
  }

  private addCallTo(sum: NodeSum, classNs: Float64Array, call: number): void {
    const look = this.calls.look[call] as number;
    const durationNs = this.durationNs(call);
    const callClass = classOfLook(look);
    const flags = flagsOfLook(look);
    sum.flags |= flags;
    sum.callNs += durationNs;
    if ((flags & SliceFlag.Blocked) !== 0) sum.blockedNs += durationNs;
    // One more than its time, so that calls without a duration count by their number.
    classNs[callClass] = (classNs[callClass] as number) + durationNs + 1;
  }

  private addNodeTo(sum: NodeSum, classNs: Float64Array, depth: number, node: number): void {
    const packed = (this.levels[depth] as Level).packed.at(node);
    const spanNs = this.nodeEndNs(depth, node) - this.nodeStartNs(depth, node);
    const nodeClass = classOfLook(lookOfNode(packed));
    sum.flags |= flagsOfLook(lookOfNode(packed));
    sum.callNs += callNsOf(packed, spanNs);
    sum.blockedNs += blockedNsOf(packed, spanNs);
    classNs[nodeClass] = (classNs[nodeClass] as number) + classNsOf(packed, spanNs) + 1;
  }
}

interface NodeSum {
  flags: number;
  callNs: number;
  blockedNs: number;
}

const classScratch = new Float64Array(syscallClasses.length);

/** Index of the largest item, the first of equals. */
export function largest(items: Float64Array): number {
  let best = 0;
  for (let i = 1; i < items.length; i++) if ((items[i] as number) > (items[best] as number)) best = i;
  return best;
}
