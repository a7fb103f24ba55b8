/**
 * The events of one thread in time order, and a pyramid of summaries over its calls: a node of level k stands for FAN_OUT^(k+1)
 * calls in a row, so that a picture of any length of time touches about as many nodes as it has pixels.
 *
 * Invariants: calls of a lane never overlap and their starts never decrease; only the last call can still change, so a node is built
 * once, when the call after its last one arrives, and is final. The pyramid costs about 3 bytes an event.
 */

import { SliceFlag, type Row } from '../api.js';
import { ANY_NUMBER } from './anyNumber.js';
import { FAN_OUT_LOG2, type CallRooms } from './callRoom.js';
import {
  CallColumns,
  CLASSES,
  classOfLook,
  EventColumns,
  flagsOfLook,
  inheritedLook,
  LAST_NAME,
  isBlockedLook,
  LONG_DURATION,
  packLook,
  resized,
} from './laneColumns.js';

const FAN_OUT = 1 << FAN_OUT_LOG2;
const FULL_SHARE = 255;
/** Nodes that a level has room for at first. */
const FIRST_NODES = 16;

/** One level of the pyramid above the lowest, whose nodes stand beside the calls and are so small that these are asked for their times. */
export class Level {
  startNs: Float64Array = new Float64Array(0);
  endNs: Float64Array = new Float64Array(0);
  /**
   * The rest of a node in one number, so that a walk reads few places: from the low byte on, its look (the class of most of its
   * time and the flags of all its calls, see packLook), then the shares of its span in 1/255 that were spent in calls, in blocked
   * calls, and in calls of its class: that of most of the children. The lowest level's nodes are packed so, too.
   */
  packed: Uint32Array = new Uint32Array(0);
  length = 0;

  push(startNs: number, endNs: number, packed: number): void {
    if (this.length === this.packed.length) this.resize(Math.max(FIRST_NODES, 2 * this.length));
    this.startNs[this.length] = startNs;
    this.endNs[this.length] = endNs;
    this.packed[this.length++] = packed;
  }

  trim(): void {
    if (this.length < this.packed.length) this.resize(this.length);
  }

  get byteLength(): number {
    return this.startNs.byteLength + this.endNs.byteLength + this.packed.byteLength;
  }

  private resize(capacity: number): void {
    this.startNs = resized(new Float64Array(capacity), this.startNs, this.length);
    this.endNs = resized(new Float64Array(capacity), this.endNs, this.length);
    this.packed = resized(new Uint32Array(capacity), this.packed, this.length);
  }
}

/** A node of a level stands for 2 to this many calls; 0 for a call by itself (level -1). */
export const levelShift = (depth: number): number => (depth + 1) * FAN_OUT_LOG2;

/** Look of a packed node. */
export const lookOfNode = (packed: number): number => packed & 0xff;
/** Nanoseconds of a packed node's span that were spent in calls, in blocked calls, in calls of its class. */
export const callNsOf = (packed: number, spanNs: number): number => (((packed >>> 8) & 0xff) * spanNs) / FULL_SHARE;
export const blockedNsOf = (packed: number, spanNs: number): number => (((packed >>> 16) & 0xff) * spanNs) / FULL_SHARE;
export const classNsOf = (packed: number, spanNs: number): number => ((packed >>> 24) * spanNs) / FULL_SHARE;

export class Lane {
  readonly calls: CallColumns;
  /** Its signals, stops, exits and notes. */
  readonly marks = new EventColumns();
  /** From level 1 on. */
  readonly levels: Level[] = [];
  /**
   * Its last call, the only one that can still change, once more: each line of the log asks for it, and here it is at hand. Row: -1
   * when there is none; flags: SliceFlag bits; duration: 0 while it is open.
   */
  lastRow: Row = -1;
  lastStartNs = ANY_NUMBER;
  lastDurationNs = ANY_NUMBER;
  lastFlags = 0;
  lastNameId = 0;
  /** Descriptor in its descriptor argument; -1 when it has none. */
  lastFd = -1;
  private lastClass = 0;
  private rowBeforeLast: Row = -1;
  /** Durations of 4.3 s and more, by index of the call. */
  private readonly longDurations = new Map<number, number>();

  /** The call before a row that is the lane's last event; -1 when there is none. */
  callBefore(row: Row): Row {
    return this.lastRow === row ? this.rowBeforeLast : this.lastRow;
  }

  /** True while the last call has not ended. */
  get isOpen(): boolean {
    return (this.lastFlags & SliceFlag.Open) !== 0;
  }

  constructor(rooms: CallRooms) {
    this.calls = new CallColumns(rooms);
  }

  /** Adds an open call, after the one before it has got its final end. `flags`: other SliceFlag bits. */
  addCall(row: Row, startNs: number, callClass: number, nameId: number, flags: number, fd: number): void {
    const finished = this.calls.length;
    this.rowBeforeLast = this.lastRow;
    this.lastRow = row;
    this.lastStartNs = startNs;
    this.lastDurationNs = 0;
    this.lastFlags = flags | SliceFlag.Open;
    this.lastClass = callClass;
    this.lastNameId = nameId < LAST_NAME ? nameId : LAST_NAME;
    this.lastFd = fd;
    this.calls.pushCall(row, startNs, packLook(callClass, this.lastFlags), this.lastNameId);
    if ((finished & (FAN_OUT - 1)) === 0 && finished > 0) this.buildLowest((finished >>> FAN_OUT_LOG2) - 1);
  }

  /** Ends the last call. `endNs`: NaN when the log cannot tell; `flags`: SliceFlag bits (Failed, Blocked, NoReturn). */
  endLast(endNs: number, flags: number): void {
    const ns = endNs - this.lastStartNs;
    this.setLast(flags, ns > 0 ? ns : 0);
  }

  /**
   * The lane's next event starts at `ns`: the last call cannot last longer than that (-T includes the tracer's own time), and one that is
   * still open never returned.
   */
  settleLast(ns: number): void {
    if (this.isOpen || this.lastDurationNs > ns - this.lastStartNs) this.cutLast(ns);
  }

  /** Adds SliceFlag bits to the last call. */
  addLastFlags(flags: number): void {
    this.setLast(this.lastFlags | flags, this.lastDurationNs);
  }

  /** 0 while the call is open and when the log cannot tell. */
  durationNs(call: number): number {
    const cell = this.calls.durationNs[call] as number;
    return cell === LONG_DURATION ? this.longDuration(call) : cell;
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
      : ((this.levels[depth - 1] as Level).startNs[node] as number);
  }

  nodeEndNs(depth: number, node: number): number {
    if (depth > 0) return (this.levels[depth - 1] as Level).endNs[node] as number;
    const last = node * FAN_OUT + FAN_OUT - 1;
    return (this.calls.startNs[last] as number) + this.durationNs(last);
  }

  /** No event will come any more: gives back the room for them, but for that of calls, which lanes share. */
  trim(): void {
    this.marks.trim();
    for (const level of this.levels) level.trim();
  }

  /** Without its calls, whose room lanes share. */
  get byteLength(): number {
    return this.levels.reduce((sum, level) => sum + level.byteLength, this.marks.byteLength);
  }

  /** As in `Level.packed`. */
  private packed(depth: number, node: number): number {
    return (depth === 0 ? this.calls.nodes[node] : (this.levels[depth - 1] as Level).packed[node]) as number;
  }

  /** Builds node `node` of level 0 from its finished calls, and its parent when that is full. */
  private buildLowest(node: number): void {
    const { room, base } = this.calls.run;
    room.nodes[(base >>> FAN_OUT_LOG2) + node] = this.sumCalls(node << FAN_OUT_LOG2);
    if ((node & (FAN_OUT - 1)) === FAN_OUT - 1) this.build(1, node >>> FAN_OUT_LOG2);
  }

  /** The same for a level above. */
  private build(depth: number, node: number): void {
    const level = (this.levels[depth - 1] ??= new Level());
    const first = node << FAN_OUT_LOG2;
    const startNs = this.nodeStartNs(depth - 1, first);
    const endNs = this.nodeEndNs(depth - 1, first + FAN_OUT - 1);
    level.push(startNs, endNs, this.sumNodes(depth - 1, first, endNs - startNs));
    if ((node & (FAN_OUT - 1)) === FAN_OUT - 1) this.build(depth + 1, node >>> FAN_OUT_LOG2);
  }

  /** The node of FAN_OUT calls, packed. */
  private sumCalls(first: number): number {
    const { room, base } = this.calls.run;
    const { startNs, look: looks, durationNs: durations } = room;
    const from = base + first;
    const end = from + FAN_OUT;
    for (let call = from; call < end; call++) classNs[classOfLook(looks[call] as number)] = 0;
    let common = 0;
    let callNs = 0;
    let blockedNs = 0;
    let durationNs = 0;
    let most = classOfLook(looks[from] as number);
    for (let call = from; call < end; call++) {
      const look = looks[call] as number;
      durationNs = durations[call] as number;
      if (durationNs === LONG_DURATION) durationNs = this.longDuration(call - base);
      common |= look;
      callNs += durationNs;
      if (isBlockedLook(look)) blockedNs += durationNs;
      most = addToClass(classOfLook(look), durationNs, most);
    }
    const endNs = (startNs[end - 1] as number) + durationNs;
    return packNode(common, most, callNs, blockedNs, endNs - (startNs[from] as number));
  }

  /** The node of FAN_OUT nodes of a level, packed. */
  private sumNodes(depth: number, first: number, spanNs: number): number {
    for (let i = 0; i < FAN_OUT; i++) {
      const child = this.packed(depth, first + i);
      children[i] = child;
      classNs[classOfLook(child)] = 0;
    }
    let common = 0;
    let callNs = 0;
    let blockedNs = 0;
    let most = classOfLook(children[0] as number);
    for (let i = 0; i < FAN_OUT; i++) {
      const child = children[i] as number;
      const childNs = this.nodeEndNs(depth, first + i) - this.nodeStartNs(depth, first + i);
      common |= child;
      callNs += callNsOf(child, childNs);
      blockedNs += blockedNsOf(child, childNs);
      most = addToClass(classOfLook(child), classNsOf(child, childNs), most);
    }
    return packNode(common, most, callNs, blockedNs, spanNs);
  }

  private cutLast(ns: number): void {
    if (this.isOpen) this.endLast(ns, (this.lastFlags & ~SliceFlag.Open) | SliceFlag.NoReturn);
    else this.setLast(this.lastFlags, Math.max(0, ns - this.lastStartNs));
  }

  private setLast(flags: number, durationNs: number): void {
    this.lastFlags = flags;
    this.lastDurationNs = durationNs;
    const cell = durationNs < LONG_DURATION ? durationNs : this.keepLong(durationNs);
    this.calls.setLast(packLook(this.lastClass, flags), cell);
  }

  private keepLong(durationNs: number): number {
    this.longDurations.set(this.calls.length - 1, durationNs);
    return LONG_DURATION;
  }

  private longDuration(call: number): number {
    return this.longDurations.get(call) ?? 0;
  }
}

/** Times of the classes of a node's children, while it is made: one room for all nodes, of which there are nearly as many as calls. */
const classNs = new Float64Array(CLASSES);
/** The same for what its children are, when these are nodes. */
const children = new Uint32Array(FAN_OUT);

/** Adds to a class's time; returns that of it and the class that had `most` which has more now, the lower one of equals. */
function addToClass(callClass: number, ns: number, most: number): number {
  // One more than its time, so that calls without a duration count by their number.
  const sumNs = (classNs[callClass] as number) + ns + 1;
  classNs[callClass] = sumNs;
  const mostNs = classNs[most] as number;
  return sumNs > mostNs || (sumNs === mostNs && callClass < most) ? callClass : most;
}

/** As in `Level.packed`: a node of these looks (or-ed), of the class that `classNs` has most of, that spans so many nanoseconds. */
function packNode(looks: number, callClass: number, callNs: number, blockedNs: number, spanNs: number): number {
  const ofClass = shareOf(classNs[callClass] as number, spanNs);
  const shares = (ofClass << 24) | (shareOf(blockedNs, spanNs) << 16) | (shareOf(callNs, spanNs) << 8);
  return (shares | inheritedLook(looks) | callClass) >>> 0;
}

/** Part of a span in 1/FULL_SHARE. */
function shareOf(ns: number, spanNs: number): number {
  return spanNs > 0 ? Math.min(FULL_SHARE, Math.round((ns / spanNs) * FULL_SHARE)) : 0;
}
