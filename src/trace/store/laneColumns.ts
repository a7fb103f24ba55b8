/**
 * What a picture of a lane needs of its events, as columns in time order: they lie side by side in memory, so that a walk along the
 * lane reads them as fast as memory gives them.
 *
 * Invariants: rows ascend and starts never decrease; entries are only appended, and only the last call's duration and look change.
 */

import { SliceFlag, type Row } from '../api.js';
import { FAN_OUT_LOG2, NO_RUN, type CallRooms, type Run } from './callRoom.js';

const FIRST_CAPACITY = 8;

/** A duration of this many nanoseconds or more is kept elsewhere (`EventStore.durationNs`). */
export const LONG_DURATION = 0xffffffff;

// A call's look: its class, and the slice flags that a finished call can have.
const CLASS_MASK = 0x0f;
/** Classes that a look has room for. */
export const CLASSES = CLASS_MASK + 1;
const FAILED = 0x10;
const BLOCKED = 0x20;
const NO_RETURN = 0x40;
const OPEN = 0x80;

/** Names beyond these (no real log has them) share one id. */
export const LAST_NAME = 0xffff;

/** By slice flags. */
const looksByFlags = Uint8Array.from(
  { length: SliceFlag.NoReturn << 1 },
  (_, flags) =>
    ((flags & SliceFlag.Failed) !== 0 ? FAILED : 0) |
    ((flags & SliceFlag.Blocked) !== 0 ? BLOCKED : 0) |
    ((flags & SliceFlag.NoReturn) !== 0 ? NO_RETURN : 0) |
    ((flags & SliceFlag.Open) !== 0 ? OPEN : 0),
);

/** Packs a class (index into syscallClasses) and slice flags into a byte. */
export function packLook(callClass: number, flags: number): number {
  return callClass | (looksByFlags[flags] as number);
}

export const isBlockedLook = (look: number): boolean => (look & BLOCKED) !== 0;
/** Of calls' looks (or-ed), what a look of them all has beside its class. */
export const inheritedLook = (looks: number): number => looks & (FAILED | BLOCKED | NO_RETURN);
export const classOfLook = (look: number): number => look & CLASS_MASK;

const flagsByLook = Uint8Array.from(
  { length: 256 },
  (_, look) =>
    ((look & FAILED) !== 0 ? SliceFlag.Failed : 0) |
    ((look & BLOCKED) !== 0 ? SliceFlag.Blocked : 0) |
    ((look & NO_RETURN) !== 0 ? SliceFlag.NoReturn : 0) |
    ((look & OPEN) !== 0 ? SliceFlag.Open : 0),
);
/** SliceFlag bits of a look. */
export const flagsOfLook = (look: number): number => flagsByLook[look] as number;

/** Rows in order and when they start. */
export class EventColumns {
  startNs: Float64Array = new Float64Array(0);
  rows: Uint32Array = new Uint32Array(0);
  length = 0;
  /** Where the last row was found: rows are mostly asked for in order. */
  private hint = 0;

  at(index: number): Row {
    return this.rows[index] as number;
  }

  push(row: Row, startNs: number): void {
    if (this.length === this.rows.length) this.resize(Math.max(FIRST_CAPACITY, Math.ceil(this.length * 1.5)));
    this.startNs[this.length] = startNs;
    this.rows[this.length++] = row;
  }

  /** Index of the first event that starts at or after a time. */
  firstAt(ns: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.startNs[middle] as number) < ns) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Index of the first row that is at least `row`. */
  lowerBound(row: Row): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle) < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Index of a row that is in the lane. */
  indexOf(row: Row): number {
    const { hint } = this;
    if (this.rows[hint] === row && hint < this.length) return hint;
    if (hint + 1 < this.length && this.rows[hint + 1] === row) return ++this.hint;
    return (this.hint = this.lowerBound(row));
  }

  get byteLength(): number {
    return this.startNs.byteLength + this.rows.byteLength;
  }

  /** Gives back the room for what will not come any more. */
  trim(): void {
    if (this.length < this.rows.length) this.resize(this.length);
  }

  private resize(capacity: number): void {
    this.startNs = resized(new Float64Array(capacity), this.startNs, this.length);
    this.rows = resized(new Uint32Array(capacity), this.rows, this.length);
  }
}

/** Calls: how long, and how they look, too. The columns are views of the lane's run. */
export class CallColumns extends EventColumns {
  /** LONG_DURATION when it does not fit. */
  durationNs: Uint32Array = NO_RUN.room.durationNs;
  look: Uint8Array = NO_RUN.room.look;
  /** The parser's name ids. */
  nameId: Uint16Array = NO_RUN.room.nameId;
  /** The nodes of the pyramid's lowest level: see lane.ts. */
  nodes: Uint32Array = NO_RUN.room.nodes;
  /** Where the columns are: what is read or written for each line of the log goes there directly. */
  run = NO_RUN;

  constructor(private readonly rooms: CallRooms) {
    super();
  }

  /** Adds a call without a duration. */
  pushCall(row: Row, startNs: number, look: number, nameId: number): void {
    if (this.length === this.run.capacity) this.moveTo(this.rooms.grown(this.run));
    const { room, base } = this.run;
    const at = base + this.length++;
    room.startNs[at] = startNs;
    room.rows[at] = row;
    room.durationNs[at] = 0;
    room.look[at] = look;
    room.nameId[at] = nameId;
  }

  /** `ns`: LONG_DURATION for what does not fit. */
  setLast(look: number, ns: number): void {
    const { room, base } = this.run;
    const at = base + this.length - 1;
    room.look[at] = look;
    room.durationNs[at] = ns;
  }

  /** The calls are there now. */
  moveTo(run: Run): void {
    const { room, base, capacity } = run;
    const end = base + capacity;
    this.run = run;
    this.startNs = room.startNs.subarray(base, end);
    this.rows = room.rows.subarray(base, end);
    this.durationNs = room.durationNs.subarray(base, end);
    this.look = room.look.subarray(base, end);
    this.nameId = room.nameId.subarray(base, end);
    this.nodes = room.nodes.subarray(base >>> FAN_OUT_LOG2, end >>> FAN_OUT_LOG2);
  }
}

/** The room, with the first items of a column in it. */
export function resized<T extends Float64Array | Uint32Array>(room: T, old: T, length: number): T {
  room.set(old.subarray(0, length));
  return room;
}
