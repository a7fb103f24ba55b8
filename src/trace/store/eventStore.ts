/**
 * The events of a trace, append-only. What is drawn of a call (when, how long, of what class) lies in its thread's lane
 * (laneColumns.ts, callRoom.ts); the rest is one record of 24 bytes in the order of the log. With a lane's 20 bytes, nodes of its
 * pyramid's lowest level among them, and 2 for the levels above that makes 46 bytes an event; everything else is read back from the log
 * by its byte position.
 *
 * Long, because each fact of a row has its reader here, next to the layout of the cells that it reads.
 *
 * What does not fit its cell (a return value beyond 32 bits, a return 4 GiB after the entry) goes to a side table.
 *
 * Invariants: a row's index never changes; start times never decrease from row to row; a call changes after it was added only while it is
 * its lane's last.
 */

import { SliceFlag, rowKinds, type Row, type RowKind, type ThreadId } from '../api.js';
import { CallRooms } from './callRoom.js';
import { Lane } from './lane.js';
import { flagsOfLook } from './laneColumns.js';

const BYTES_A_ROW = 24;
const ROWS_A_CHUNK_LOG2 = 15;
const ROWS_A_CHUNK = 1 << ROWS_A_CHUNK_LOG2;
const CHUNK_MASK = ROWS_A_CHUNK - 1;

/** Thread of rows that belong to none: text that is not strace's, messages. */
export const NO_THREAD: ThreadId = -1;

// 32-bit cells of a row (6 a row), then its 16-bit cells (12 a row).
const BYTE_LOW = 0;
const RETURN_DELTA = 1;
const THREAD = 2;
const RETURN = 3;
const FD = 4;
/** The errno's id; the name's id for a row that is no call. */
const ERRNO_OR_NAME = 10;
const BITS = 11;

const KIND_MASK = 7;
/** Index into rowKinds. */
const CALL = 0;
const WIDE_RETURN = 1 << 3;
const NO_VALUE = 1 << 4;
const UNKNOWN_END = 1 << 5;
const FATAL = 1 << 6;
/** Above the bits: what is beyond 32 bits of the line's position. */
const BYTE_HIGH_SHIFT = 8;

const OVERFLOW_32 = 0xffffffff;
const OVERFLOW_16 = 0xffff;
const TWO_32 = 2 ** 32;

/** A class, not a literal: engines take a literal's second object for a change of the first, and throw away code made for it. */
class Chunk {
  readonly i32: Int32Array;
  readonly u32: Uint32Array;
  readonly u16: Uint16Array;

  constructor() {
    const buffer = new ArrayBuffer(ROWS_A_CHUNK * BYTES_A_ROW);
    this.i32 = new Int32Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.u16 = new Uint16Array(buffer);
  }
}

export class EventStore {
  /** By thread id. */
  readonly lanes: (Lane | undefined)[] = [];
  /** Calls of restart_syscall that stand here by the name of the call that they go on with. */
  readonly resumed = new Set<Row>();
  private readonly rooms = new CallRooms();
  /** Rows of no thread. */
  private readonly loose = new Lane(this.rooms);
  private readonly chunks: Chunk[] = [];
  private used = 0;
  private readonly wideReturns: number[] = [];
  private readonly farReturns = new Map<Row, number>();

  /** The lane of a thread; a new one when it has none. */
  lane(thread: ThreadId): Lane {
    return this.lanes[thread] ?? this.newLane(thread);
  }

  /** The lane that a row stands in. */
  laneOf(row: Row): Lane {
    return this.lane(this.thread(row));
  }

  /** Number of rows. */
  get length(): number {
    return this.used;
  }

  /** No row will come any more: gives back the room for them. */
  trim(): void {
    for (const lane of this.lanes) lane?.trim();
    this.loose.trim();
    this.rooms.trim(this.lanes.flatMap(lane => lane?.calls ?? []));
  }

  /** Bytes held, spare room included, without the side tables. */
  get byteLength(): number {
    const rows = this.chunks.length * ROWS_A_CHUNK * BYTES_A_ROW;
    const calls = this.rooms.byteLength(this.lanes.flatMap(lane => lane?.calls.run ?? []));
    return this.lanes.reduce((sum, lane) => sum + (lane?.byteLength ?? 0), rows + calls + this.loose.byteLength);
  }

  /**
   * Adds a call that has just been entered, to be ended through its thread's lane. `byteStart`: where its line begins in the log;
   * `nameId`: the parser's; `callClass`: index into syscallClasses; `fd`: -1 when it has none.
   */
  addCall(
    thread: ThreadId,
    lane: Lane,
    startNs: number,
    byteStart: number,
    nameId: number,
    callClass: number,
    flags: number,
    fd = -1,
  ): Row {
    const row = this.append(CALL, thread, byteStart, fd);
    lane.addCall(row, startNs, callClass, nameId, flags, fd);
    return row;
  }

  /** Adds anything but a call. `nameId`: of a table of the caller's. */
  addMark(kind: Exclude<RowKind, 'call'>, thread: ThreadId, startNs: number, byteStart: number, nameId: number): Row {
    const row = this.append(rowKinds.indexOf(kind), thread, byteStart, -1);
    this.chunkOf(row).u16[(row & CHUNK_MASK) * 12 + ERRNO_OR_NAME] = Math.min(OVERFLOW_16, nameId);
    this.lane(thread).marks.push(row, startNs);
    return row;
  }

  /** What a call returned. `value`: NaN when there is none. */
  setResult(row: Row, value: number, errnoId: number): void {
    const { i32, u16 } = this.chunkOf(row);
    const i = row & CHUNK_MASK;
    u16[i * 12 + ERRNO_OR_NAME] = Math.min(OVERFLOW_16, errnoId);
    if (value !== value) return;
    let bits = (u16[i * 12 + BITS] as number) & ~NO_VALUE;
    if ((value | 0) === value) i32[i * 6 + RETURN] = value;
    else {
      bits |= WIDE_RETURN;
      i32[i * 6 + RETURN] = this.wideReturns.push(value) - 1;
    }
    u16[i * 12 + BITS] = bits;
  }

  /** The call was printed in two parts: so many bytes after its entry's line begins that of its return. */
  setReturnPlace(row: Row, bytesAfter: number): void {
    if (bytesAfter >= OVERFLOW_32) this.farReturns.set(row, bytesAfter);
    this.chunkOf(row).u32[(row & CHUNK_MASK) * 6 + RETURN_DELTA] = Math.min(OVERFLOW_32, bytesAfter);
  }

  /** The call ended, but the log cannot tell when. */
  setEndUnknown(row: Row): void {
    this.chunkOf(row).u16[(row & CHUNK_MASK) * 12 + BITS] = this.bits(row) | UNKNOWN_END;
  }

  setFd(row: Row, fd: number): void {
    this.chunkOf(row).i32[(row & CHUNK_MASK) * 6 + FD] = fd;
  }

  /** The signal of this row killed the process. */
  setFatal(row: Row): void {
    this.chunkOf(row).u16[(row & CHUNK_MASK) * 12 + BITS] = this.bits(row) | FATAL;
  }

  isFatal(row: Row): boolean {
    return (this.bits(row) & FATAL) !== 0;
  }

  startNs(row: Row): number {
    const lane = this.laneOf(row);
    const columns = this.isCall(row) ? lane.calls : lane.marks;
    return columns.startNs[columns.indexOf(row)] as number;
  }

  /** 0 for what is no call, while a call is open and when the log cannot tell. */
  durationNs(row: Row): number {
    if (!this.isCall(row)) return 0;
    const lane = this.laneOf(row);
    return lane.durationNs(lane.calls.indexOf(row));
  }

  /** End time; `nowNs` for a call that is open. */
  endNs(row: Row, nowNs: number): number {
    if (!this.isCall(row)) return this.startNs(row);
    const lane = this.laneOf(row);
    return lane.endNs(lane.calls.indexOf(row), nowNs);
  }

  /** True when the call ended but the log does not say when. */
  endUnknown(row: Row): boolean {
    return (this.bits(row) & UNKNOWN_END) !== 0;
  }

  thread(row: Row): ThreadId {
    return this.chunkOf(row).i32[(row & CHUNK_MASK) * 6 + THREAD] as number;
  }

  /** Name id of a call (the parser's) or of another row (the recorder's). */
  nameId(row: Row): number {
    if (!this.isCall(row)) return this.chunkOf(row).u16[(row & CHUNK_MASK) * 12 + ERRNO_OR_NAME] as number;
    const { calls } = this.laneOf(row);
    return calls.nameId[calls.indexOf(row)] as number;
  }

  /** 0 for what is no call, and for a call that did not fail. */
  errnoId(row: Row): number {
    if (!this.isCall(row)) return 0;
    return this.chunkOf(row).u16[(row & CHUNK_MASK) * 12 + ERRNO_OR_NAME] as number;
  }

  /** SliceFlag bits of a call; 0 for what is none. */
  flags(row: Row): number {
    if (!this.isCall(row)) return 0;
    const { calls } = this.laneOf(row);
    return flagsOfLook(calls.look[calls.indexOf(row)] as number);
  }

  isOpen(row: Row): boolean {
    return (this.flags(row) & SliceFlag.Open) !== 0;
  }

  isCall(row: Row): boolean {
    return (this.bits(row) & KIND_MASK) === 0;
  }

  kind(row: Row): RowKind {
    return rowKinds[this.bits(row) & KIND_MASK] as RowKind;
  }

  /** Descriptor in the call's descriptor argument, -1 when it has none. */
  fd(row: Row): number {
    return this.chunkOf(row).i32[(row & CHUNK_MASK) * 6 + FD] as number;
  }

  /** NaN when there is none. */
  returnValue(row: Row): number {
    const bits = this.bits(row);
    if ((bits & NO_VALUE) !== 0) return NaN;
    const cell = this.chunkOf(row).i32[(row & CHUNK_MASK) * 6 + RETURN] as number;
    return (bits & WIDE_RETURN) !== 0 ? (this.wideReturns[cell] as number) : cell;
  }

  /** Position of the line (of its entry part) in the log. */
  byteStart(row: Row): number {
    const chunk = this.chunkOf(row);
    const i = row & CHUNK_MASK;
    const high = (chunk.u16[i * 12 + BITS] as number) >> BYTE_HIGH_SHIFT;
    return (chunk.u32[i * 6 + BYTE_LOW] as number) + high * TWO_32;
  }

  /** Position of the line of the return part; -1 when there is none. */
  returnByteStart(row: Row): number {
    const cell = this.chunkOf(row).u32[(row & CHUNK_MASK) * 6 + RETURN_DELTA] as number;
    if (cell === 0) return -1;
    return this.byteStart(row) + (cell === OVERFLOW_32 ? (this.farReturns.get(row) ?? 0) : cell);
  }

  /** First row that starts at or after a time; `length` when there is none. */
  firstRowAt(ns: number): Row {
    return this.firstRow(row => this.startNs(row) >= ns);
  }

  /** The row whose line (entry part) begins at a byte of the log; undefined when none does. */
  rowAtByte(byteStart: number): Row | undefined {
    const row = this.firstRow(candidate => this.byteStart(candidate) >= byteStart);
    return row < this.used && this.byteStart(row) === byteStart ? row : undefined;
  }

  /** First row for which a condition holds that, once it holds, holds for all rows after it. */
  private firstRow(holds: (row: Row) => boolean): Row {
    let low = 0;
    let high = this.used;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** A new row, without a value. `kind`: index into rowKinds. */
  private append(kind: number, thread: ThreadId, byteStart: number, fd: number): Row {
    const row = this.used++;
    if (row >>> ROWS_A_CHUNK_LOG2 === this.chunks.length) this.addChunk();
    const { i32, u32, u16 } = this.chunkOf(row);
    const i = row & CHUNK_MASK;
    const high = byteStart < TWO_32 ? 0 : Math.floor(byteStart / TWO_32);
    u32[i * 6 + BYTE_LOW] = byteStart - high * TWO_32;
    i32[i * 6 + THREAD] = thread;
    i32[i * 6 + FD] = fd;
    u16[i * 12 + BITS] = kind | NO_VALUE | (high << BYTE_HIGH_SHIFT);
    return row;
  }

  private newLane(thread: ThreadId): Lane {
    return thread === NO_THREAD ? this.loose : (this.lanes[thread] = new Lane(this.rooms));
  }

  private bits(row: Row): number {
    return this.chunkOf(row).u16[(row & CHUNK_MASK) * 12 + BITS] as number;
  }

  private chunkOf(row: Row): Chunk {
    return this.chunks[row >>> ROWS_A_CHUNK_LOG2] as Chunk;
  }

  private addChunk(): void {
    this.chunks.push(new Chunk());
  }
}
