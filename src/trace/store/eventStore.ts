/**
 * The events of a trace: 40 bytes a row, append-only.
 *
 * A row is one record of 40 bytes in a chunk that is seen through several typed arrays, not one array a field: a timeline query
 * reads most fields of rows that lie far apart (every 64th row with 64 busy threads), so a row should be one cache line, not eight.
 * What does not fit its field (a return value beyond 32 bits, a call longer than 4 s, a line longer than 64 KiB) goes to a side
 * table; all else about an event is read back from the log by its byte position.
 *
 * Invariants: a row's index never changes; start times never decrease from row to row; a row changes after `append` only through
 * `complete` and `truncate`.
 */

import { SliceFlag, rowKinds, type Row, type RowKind, type ThreadId } from '../api.js';

export const BYTES_A_ROW = 40;
const ROWS_A_CHUNK_LOG2 = 15;
const ROWS_A_CHUNK = 1 << ROWS_A_CHUNK_LOG2;
const CHUNK_MASK = ROWS_A_CHUNK - 1;

/** Thread of rows that belong to none: text that is not strace's, messages. */
export const NO_THREAD: ThreadId = -1;
const NO_THREAD_CELL = 0xffffffff;

// Float64 cell of a row (5 a row), 32-bit cells (10 a row), 16-bit cells (20 a row).
const START = 0;
const BYTE_LOW = 2;
const RETURN_DELTA = 3;
const DURATION = 4;
const THREAD = 5;
const RETURN = 6;
const NAME = 14;
const ERRNO = 15;
const BITS = 16;
const FD = 17;
const BYTE_HIGH = 18;
const BYTE_LENGTH = 19;

// Bits above the slice flags in the BITS cell.
const SLICE_FLAGS = 0x3f;
const KIND_SHIFT = 8;
const KIND_MASK = 7;
const WIDE_RETURN = 1 << 11;
const NO_VALUE = 1 << 12;
const UNKNOWN_END = 1 << 13;
const FATAL = 1 << 14;

const OVERFLOW_32 = 0xffffffff;
const OVERFLOW_16 = 0xffff;
const TWO_32 = 2 ** 32;

interface Chunk {
  f64: Float64Array;
  u32: Uint32Array;
  i32: Int32Array;
  u16: Uint16Array;
  i16: Int16Array;
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
  private readonly chunks: Chunk[] = [];
  private used = 0;
  /** Values that do not fit their cells, by row. */
  private readonly longDurations = new Map<Row, number>();
  private readonly wideReturns: number[] = [];
  private readonly farReturns = new Map<Row, number>();
  private readonly wideFds = new Map<Row, number>();

  /** Number of rows. */
  get length(): number {
    return this.used;
  }

  /** Bytes held by rows, without the side tables. */
  get byteLength(): number {
    return this.chunks.length * ROWS_A_CHUNK * BYTES_A_ROW;
  }

  append(kind: RowKind, thread: ThreadId, startNs: number, nameId: number, byteStart: number, byteEnd: number): Row {
    const row = this.used++;
    if (row >>> ROWS_A_CHUNK_LOG2 === this.chunks.length) this.addChunk();
    const chunk = this.chunkOf(row);
    const i = row & CHUNK_MASK;
    chunk.f64[i * 5 + START] = startNs;
    chunk.u32[i * 10 + BYTE_LOW] = byteStart % TWO_32;
    chunk.u16[i * 20 + BYTE_HIGH] = Math.floor(byteStart / TWO_32);
    chunk.u16[i * 20 + BYTE_LENGTH] = Math.min(OVERFLOW_16, byteEnd - byteStart);
    chunk.u32[i * 10 + THREAD] = thread === NO_THREAD ? NO_THREAD_CELL : thread;
    chunk.u16[i * 20 + NAME] = Math.min(OVERFLOW_16, nameId);
    chunk.i16[i * 20 + FD] = -1;
    chunk.u16[i * 20 + BITS] = (rowKinds.indexOf(kind) << KIND_SHIFT) | NO_VALUE | (kind === 'call' ? SliceFlag.Open : 0);
    return row;
  }

  /** Ends an open call. */
  complete(row: Row, end: CallEnd): void {
    const chunk = this.chunkOf(row);
    const i = row & CHUNK_MASK;
    let bits = this.bits(row) & ~(SLICE_FLAGS | NO_VALUE | UNKNOWN_END);
    bits |= end.flags & SLICE_FLAGS;
    if (Number.isNaN(end.endNs)) bits |= UNKNOWN_END;
    else this.setDuration(row, Math.max(0, end.endNs - this.startNs(row)));
    if (Number.isNaN(end.returnValue)) {
      bits |= NO_VALUE;
    } else if ((end.returnValue | 0) === end.returnValue) {
      chunk.i32[i * 10 + RETURN] = end.returnValue;
    } else {
      bits |= WIDE_RETURN;
      chunk.i32[i * 10 + RETURN] = this.wideReturns.push(end.returnValue) - 1;
    }
    chunk.u16[i * 20 + BITS] = bits;
    chunk.u16[i * 20 + ERRNO] = Math.min(OVERFLOW_16, end.errnoId);
    if (end.returnByteStart >= 0) {
      const delta = end.returnByteStart - this.byteStart(row);
      if (delta >= OVERFLOW_32) this.farReturns.set(row, delta);
      chunk.u32[i * 10 + RETURN_DELTA] = Math.min(OVERFLOW_32, delta);
    }
  }

  /** The same thread's next event starts at `ns`: a call cannot last longer than that (-T includes the tracer's own time). */
  truncate(row: Row, ns: number): void {
    const longest = Math.max(0, ns - this.startNs(row));
    if (this.durationNs(row) > longest) this.setDuration(row, longest);
  }

  setFd(row: Row, fd: number): void {
    const fits = fd >= -0x7fff && fd <= 0x7fff;
    if (!fits) this.wideFds.set(row, fd);
    this.chunkOf(row).i16[(row & CHUNK_MASK) * 20 + FD] = fits ? fd : -0x8000;
  }

  /** Adds SliceFlag bits to an open call. */
  addFlags(row: Row, flags: number): void {
    this.chunkOf(row).u16[(row & CHUNK_MASK) * 20 + BITS] = this.bits(row) | (flags & SLICE_FLAGS);
  }

  /** The signal of this row killed the process. */
  setFatal(row: Row): void {
    this.chunkOf(row).u16[(row & CHUNK_MASK) * 20 + BITS] = this.bits(row) | FATAL;
  }

  isFatal(row: Row): boolean {
    return (this.bits(row) & FATAL) !== 0;
  }

  /** The whole length of a line that was cut when its row was appended. */
  setByteEnd(row: Row, byteEnd: number): void {
    const length = Math.min(OVERFLOW_16, byteEnd - this.byteStart(row));
    this.chunkOf(row).u16[(row & CHUNK_MASK) * 20 + BYTE_LENGTH] = length;
  }

  startNs(row: Row): number {
    return this.chunkOf(row).f64[(row & CHUNK_MASK) * 5 + START] as number;
  }

  /** 0 while the call is open and when the log cannot tell. */
  durationNs(row: Row): number {
    const cell = this.chunkOf(row).u32[(row & CHUNK_MASK) * 10 + DURATION] as number;
    return cell === OVERFLOW_32 ? (this.longDurations.get(row) ?? 0) : cell;
  }

  /** End time; `nowNs` for a call that is open. */
  endNs(row: Row, nowNs: number): number {
    return (this.bits(row) & SliceFlag.Open) !== 0 ? Math.max(nowNs, this.startNs(row)) : this.startNs(row) + this.durationNs(row);
  }

  /** True when the call ended (or the row is no call) but the log does not say when. */
  endUnknown(row: Row): boolean {
    return (this.bits(row) & UNKNOWN_END) !== 0;
  }

  thread(row: Row): ThreadId {
    const cell = this.chunkOf(row).u32[(row & CHUNK_MASK) * 10 + THREAD] as number;
    return cell === NO_THREAD_CELL ? NO_THREAD : cell;
  }

  nameId(row: Row): number {
    return this.chunkOf(row).u16[(row & CHUNK_MASK) * 20 + NAME] as number;
  }

  errnoId(row: Row): number {
    return this.chunkOf(row).u16[(row & CHUNK_MASK) * 20 + ERRNO] as number;
  }

  /** SliceFlag bits. */
  flags(row: Row): number {
    return this.bits(row) & SLICE_FLAGS;
  }

  isOpen(row: Row): boolean {
    return (this.bits(row) & SliceFlag.Open) !== 0;
  }

  kind(row: Row): RowKind {
    return rowKinds[(this.bits(row) >> KIND_SHIFT) & KIND_MASK] as RowKind;
  }

  /** Descriptor in the call's descriptor argument, -1 when it has none. */
  fd(row: Row): number {
    const cell = this.chunkOf(row).i16[(row & CHUNK_MASK) * 20 + FD] as number;
    return cell === -0x8000 ? (this.wideFds.get(row) ?? -1) : cell;
  }

  /** NaN when there is none. */
  returnValue(row: Row): number {
    const bits = this.bits(row);
    if ((bits & NO_VALUE) !== 0) return NaN;
    const cell = this.chunkOf(row).i32[(row & CHUNK_MASK) * 10 + RETURN] as number;
    return (bits & WIDE_RETURN) !== 0 ? (this.wideReturns[cell] as number) : cell;
  }

  /** Position of the line (of its entry part) in the log. */
  byteStart(row: Row): number {
    const chunk = this.chunkOf(row);
    const i = row & CHUNK_MASK;
    return (chunk.u32[i * 10 + BYTE_LOW] as number) + (chunk.u16[i * 20 + BYTE_HIGH] as number) * TWO_32;
  }

  /** Length of the line (of its entry part); -1 when it is longer than 65 534 bytes: it ends at the next line end. */
  byteLengthOf(row: Row): number {
    const cell = this.chunkOf(row).u16[(row & CHUNK_MASK) * 20 + BYTE_LENGTH] as number;
    return cell === OVERFLOW_16 ? -1 : cell;
  }

  /** Position of the line of the return part; -1 when there is none. */
  returnByteStart(row: Row): number {
    const cell = this.chunkOf(row).u32[(row & CHUNK_MASK) * 10 + RETURN_DELTA] as number;
    if (cell === 0) return -1;
    return this.byteStart(row) + (cell === OVERFLOW_32 ? (this.farReturns.get(row) ?? 0) : cell);
  }

  /** First row that starts at or after a time; `length` when there is none. */
  firstRowAt(ns: number): Row {
    let low = 0;
    let high = this.used;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.startNs(middle) < ns) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private bits(row: Row): number {
    return this.chunkOf(row).u16[(row & CHUNK_MASK) * 20 + BITS] as number;
  }

  private setDuration(row: Row, ns: number): void {
    if (ns >= OVERFLOW_32) this.longDurations.set(row, ns);
    this.chunkOf(row).u32[(row & CHUNK_MASK) * 10 + DURATION] = Math.min(OVERFLOW_32, ns);
  }

  private chunkOf(row: Row): Chunk {
    return this.chunks[row >>> ROWS_A_CHUNK_LOG2] as Chunk;
  }

  private addChunk(): void {
    const buffer = new ArrayBuffer(ROWS_A_CHUNK * BYTES_A_ROW);
    this.chunks.push({
      f64: new Float64Array(buffer),
      u32: new Uint32Array(buffer),
      i32: new Int32Array(buffer),
      u16: new Uint16Array(buffer),
      i16: new Int16Array(buffer),
    });
  }
}
