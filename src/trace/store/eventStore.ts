/**
 * The events of a trace, append-only. What is drawn of a call (when, how long, of what class) lies in its thread's lane
 * (laneColumns.ts); the rest is one record of 24 bytes in the order of the log. With a lane's 19 bytes and its pyramid's 3 that makes
 * 46 bytes an event; everything else is read back from the log by its byte position.
 *
 * Long, because each fact of a row has its reader here, next to the layout of the cells that it reads.
 *
 * What does not fit its cell (a return value beyond 32 bits, a return 4 GiB after the entry) goes to a side table.
 *
 * Invariants: a row's index never changes; start times never decrease from row to row; a row changes after it was added only through
 * `complete` and `truncate`, and only while it is its thread's last.
 */

import { SliceFlag, rowKinds, type Row, type RowKind, type ThreadId } from '../api.js';
import { Lane } from './lane.js';
import { classOfLook, flagsOfLook, packLook } from './laneColumns.js';

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
const WIDE_RETURN = 1 << 3;
const NO_VALUE = 1 << 4;
const UNKNOWN_END = 1 << 5;
const FATAL = 1 << 6;
/** Above the bits: what is beyond 32 bits of the line's position. */
const BYTE_HIGH_SHIFT = 8;

const OVERFLOW_32 = 0xffffffff;
const OVERFLOW_16 = 0xffff;
const TWO_32 = 2 ** 32;

interface Chunk {
  i32: Int32Array;
  u32: Uint32Array;
  u16: Uint16Array;
}

/** Where a row stands: its line in the log and its name (an id; calls and other rows have tables of their own). */
export interface RowHead {
  thread: ThreadId;
  startNs: number;
  nameId: number;
  byteStart: number;
}

/** How a call ended. */
export interface CallEnd {
  /** NaN when the log cannot tell. */
  endNs: number;
  /** SliceFlag bits: Failed, Blocked, NoReturn. */
  flags: number;
  /** NaN when there is none. */
  returnValue: number;
  errnoId: number;
  /** Position of the line of the return part; -1 when the call was printed in one line. */
  returnByteStart: number;
}

export class EventStore {
  /** By thread id. */
  readonly lanes: (Lane | undefined)[] = [];
  /** Rows of no thread. */
  private readonly loose = new Lane();
  private readonly chunks: Chunk[] = [];
  private used = 0;
  private readonly wideReturns: number[] = [];
  private readonly farReturns = new Map<Row, number>();

  /** Number of rows. */
  get length(): number {
    return this.used;
  }

  /** Bytes held, spare room included, without the side tables. */
  get byteLength(): number {
    const rows = this.chunks.length * ROWS_A_CHUNK * BYTES_A_ROW;
    return this.lanes.reduce((sum, lane) => sum + (lane?.byteLength ?? 0), rows + this.loose.byteLength);
  }

  /** Adds a call that has just been entered. `callClass`: index into syscallClasses. */
  addCall(head: RowHead, callClass: number, flags: number): Row {
    const row = this.append('call', head);
    this.laneOf(head.thread).addCall(row, head.startNs, packLook(callClass, flags | SliceFlag.Open), head.nameId);
    return row;
  }

  /** Adds anything but a call. */
  addMark(kind: Exclude<RowKind, 'call'>, head: RowHead): Row {
    const row = this.append(kind, head);
    this.laneOf(head.thread).marks.push(row, head.startNs);
    return row;
  }

  /** Ends an open call. */
  complete(row: Row, end: CallEnd): void {
    const chunk = this.chunkOf(row);
    const i = row & CHUNK_MASK;
    const lane = this.laneOf(this.thread(row));
    const call = lane.calls.indexOf(row);
    lane.calls.look[call] = packLook(classOfLook(lane.calls.look[call] as number), end.flags & ~SliceFlag.Open);
    let bits = this.bits(row) & ~(NO_VALUE | UNKNOWN_END);
    if (Number.isNaN(end.endNs)) bits |= UNKNOWN_END;
    else lane.setDuration(call, Math.max(0, end.endNs - (lane.calls.startNs[call] as number)));
    if (Number.isNaN(end.returnValue)) {
      bits |= NO_VALUE;
    } else if ((end.returnValue | 0) === end.returnValue) {
      chunk.i32[i * 6 + RETURN] = end.returnValue;
    } else {
      bits |= WIDE_RETURN;
      chunk.i32[i * 6 + RETURN] = this.wideReturns.push(end.returnValue) - 1;
    }
    chunk.u16[i * 12 + BITS] = bits;
    chunk.u16[i * 12 + ERRNO_OR_NAME] = Math.min(OVERFLOW_16, end.errnoId);
    if (end.returnByteStart >= 0) {
      const delta = end.returnByteStart - this.byteStart(row);
      if (delta >= OVERFLOW_32) this.farReturns.set(row, delta);
      chunk.u32[i * 6 + RETURN_DELTA] = Math.min(OVERFLOW_32, delta);
    }
  }

  /** The same thread's next event starts at `ns`: a call cannot last longer than that (-T includes the tracer's own time). */
  truncate(row: Row, ns: number): void {
    const lane = this.laneOf(this.thread(row));
    const call = lane.calls.indexOf(row);
    const longestNs = Math.max(0, ns - (lane.calls.startNs[call] as number));
    if (lane.durationNs(call) > longestNs) lane.setDuration(call, longestNs);
  }

  setFd(row: Row, fd: number): void {
    this.chunkOf(row).i32[(row & CHUNK_MASK) * 6 + FD] = fd;
  }

  /** Adds SliceFlag bits to an open call. */
  addFlags(row: Row, flags: number): void {
    const { calls } = this.laneOf(this.thread(row));
    const call = calls.indexOf(row);
    calls.look[call] = (calls.look[call] as number) | packLook(0, flags);
  }

  /** The signal of this row killed the process. */
  setFatal(row: Row): void {
    this.chunkOf(row).u16[(row & CHUNK_MASK) * 12 + BITS] = this.bits(row) | FATAL;
  }

  isFatal(row: Row): boolean {
    return (this.bits(row) & FATAL) !== 0;
  }

  startNs(row: Row): number {
    const lane = this.laneOf(this.thread(row));
    const columns = this.isCall(row) ? lane.calls : lane.marks;
    return columns.startNs[columns.indexOf(row)] as number;
  }

  /** 0 for what is no call, while a call is open and when the log cannot tell. */
  durationNs(row: Row): number {
    if (!this.isCall(row)) return 0;
    const lane = this.laneOf(this.thread(row));
    return lane.durationNs(lane.calls.indexOf(row));
  }

  /** End time; `nowNs` for a call that is open. */
  endNs(row: Row, nowNs: number): number {
    if (!this.isCall(row)) return this.startNs(row);
    const lane = this.laneOf(this.thread(row));
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
    const { calls } = this.laneOf(this.thread(row));
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
    const { calls } = this.laneOf(this.thread(row));
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

  private append(kind: RowKind, head: RowHead): Row {
    const row = this.used++;
    if (row >>> ROWS_A_CHUNK_LOG2 === this.chunks.length) this.addChunk();
    const { i32, u32, u16 } = this.chunkOf(row);
    const i = row & CHUNK_MASK;
    u32[i * 6 + BYTE_LOW] = head.byteStart % TWO_32;
    i32[i * 6 + THREAD] = head.thread;
    if (kind !== 'call') u16[i * 12 + ERRNO_OR_NAME] = Math.min(OVERFLOW_16, head.nameId);
    i32[i * 6 + FD] = -1;
    u16[i * 12 + BITS] = rowKinds.indexOf(kind) | NO_VALUE | (Math.floor(head.byteStart / TWO_32) << BYTE_HIGH_SHIFT);
    return row;
  }

  private laneOf(thread: ThreadId): Lane {
    return thread === NO_THREAD ? this.loose : (this.lanes[thread] ??= new Lane());
  }

  private bits(row: Row): number {
    return this.chunkOf(row).u16[(row & CHUNK_MASK) * 12 + BITS] as number;
  }

  private chunkOf(row: Row): Chunk {
    return this.chunks[row >>> ROWS_A_CHUNK_LOG2] as Chunk;
  }

  private addChunk(): void {
    const buffer = new ArrayBuffer(ROWS_A_CHUNK * BYTES_A_ROW);
    this.chunks.push({
      i32: new Int32Array(buffer),
      u32: new Uint32Array(buffer),
      u16: new Uint16Array(buffer),
    });
  }
}
