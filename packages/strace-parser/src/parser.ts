/**
 * Bytes in, records out: the push parser. It cuts chunks into runs of whole lines; `LineReader` understands them.
 *
 * Invariants: a chunk may end anywhere, the records are the same; nothing throws but the sink; what is kept between pushes is
 * the last unterminated line and one line for each thread that is in a call.
 */

import { LF } from './chars.js';
import { LineReader } from './lineReader.js';
import type { CallRecord, RecordSink, TimeOrigin } from './records.js';
import type { CallEntry } from './threads.js';

const newline = Uint8Array.of(LF);
/** A line buffer larger than this is given back once its line is read. */
const keptCarryBytes = 1 << 20;
/** Positions in what is read at once fit in 31 bits. */
const mostBytesAtOnce = 1 << 30;

export interface ParserOptions {
  /** What times count from, when it is known before the first line: to parse a piece of a log like the whole of it. */
  origin?: TimeOrigin;
  /** Where the piece begins in the whole log; needs `origin`. */
  startAt?: PieceStart;
}

/** Where a piece of a log begins: what a parser of the whole would know there. Only logs with -ttt can be cut (see `inProgress`). */
export interface PieceStart {
  /** Bytes and lines before the piece. */
  byte: number;
  line: number;
  /** Calls in progress, by the lines that entered them. */
  entries: readonly CallEntry[];
}

/** A call in progress. */
export interface CallInProgress {
  /** Thread that is in it, and the one on the line that entered it. */
  pid: number;
  entryPid: number;
  /** Number and byte range of that line. */
  line: number;
  byteStart: number;
  byteEnd: number;
}

export class StraceParser {
  private readonly reader: LineReader;
  private carry = new Uint8Array(4096);
  private carryLength = 0;
  private byteCount = 0;
  private ended = false;

  constructor(sink: RecordSink, options: ParserOptions = {}) {
    this.reader = new LineReader(sink, options.origin);
    if (options.startAt === undefined) return;
    this.byteCount = options.startAt.byte;
    this.reader.startAt(options.startAt.line, options.startAt.entries);
  }

  /** Syscall names by `nameId`; grows while parsing. */
  get names(): readonly string[] {
    return this.reader.names.names;
  }
  /** Errnos by `errnoId`; the first is ''. */
  get errnos(): readonly string[] {
    return this.reader.errnos.names;
  }
  get origin(): TimeOrigin {
    return this.reader.origin;
  }
  /** Lines read; an unterminated last one counts only after `end`. */
  get lines(): number {
    return this.reader.lineCount;
  }
  /** Lines, or parts of lines, that were not strace's. */
  get textLines(): number {
    return this.reader.textLines;
  }
  /** Position after the last byte pushed. */
  get bytes(): number {
    return this.byteCount;
  }
  /**
   * Who the lines with pid 0 at the log's beginning are, when strace wrote to a terminal: it prints `[pid N]` only while it
   * traces more than one process. 0 until the log tells, and in every log written with -o.
   */
  get mainPid(): number {
    return this.reader.mainPid;
  }

  /**
   * The calls that are in progress after the bytes pushed so far, in the order of their lines. Undefined when a parser that
   * starts here would need to know more: lines without times, `[pid N]` of a terminal, a call cut by other output.
   */
  inProgress(): CallInProgress[] | undefined {
    if (this.carryLength > 0 || this.origin.kind !== 'epoch') return undefined;
    return this.reader
      .inProgress()
      ?.map(({ pid, entryPid, line, byteStart, byteEnd }) => ({ pid, entryPid, line, byteStart, byteEnd }));
  }

  /**
   * Parses the next bytes of the log. The chunk is not kept: reuse it when this returns.
   * @throws {Error} after `end`, and whatever the sink throws
   */
  push(chunk: Uint8Array): void {
    if (this.ended) throw new Error('strace-parser: push after end');
    if (chunk.length <= mostBytesAtOnce) this.pushPart(chunk);
    else {
      for (let at = 0; at < chunk.length; at += mostBytesAtOnce)
        this.pushPart(chunk.subarray(at, at + mostBytesAtOnce));
    }
  }

  private pushPart(chunk: Uint8Array): void {
    const chunkStart = this.byteCount;
    this.byteCount += chunk.length;
    let start = 0;
    if (this.carryLength > 0) {
      start = chunk.indexOf(LF) + 1;
      if (start === 0) {
        this.keep(chunk, 0, chunk.length);
        return;
      }
      this.keep(chunk, 0, start);
      this.readCarry(chunkStart + start);
    }
    const end = chunk.lastIndexOf(LF) + 1;
    if (end > start) {
      this.reader.read(chunk, start, end, chunkStart);
      start = end;
    }
    if (start < chunk.length) this.keep(chunk, start, chunk.length);
  }

  /** The log is complete: reads a last line that has no newline, then hands out the calls that never ended. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    if (this.carryLength > 0) {
      this.keep(newline, 0, 1);
      this.readCarry(this.byteCount + 1);
    }
    this.reader.finish();
  }

  /**
   * The last line, not yet terminated, read as an entered call: strace prints a call's entry before it waits, so a thread
   * that blocks is a line without an end. Undefined when there is no such line, or it is no call. Nothing is consumed; the
   * record owns its bytes.
   */
  partial(): CallRecord | undefined {
    if (this.carryLength === 0) return undefined;
    const line = new Uint8Array(this.carryLength + 1);
    line.set(this.carry.subarray(0, this.carryLength));
    line[this.carryLength] = LF;
    return this.reader.partial(line, this.byteCount - this.carryLength);
  }

  /** Appends chunk[from, to) to the line that waits for its end. */
  private keep(chunk: Uint8Array, from: number, to: number): void {
    const length = this.carryLength + to - from;
    if (length > this.carry.length) {
      const larger = new Uint8Array(length + (length >> 1));
      larger.set(this.carry.subarray(0, this.carryLength));
      this.carry = larger;
    }
    this.carry.set(chunk.subarray(from, to), this.carryLength);
    this.carryLength = length;
  }

  /** Reads the completed line; `end` is its end in the whole input. */
  private readCarry(end: number): void {
    const length = this.carryLength;
    this.carryLength = 0;
    this.reader.read(this.carry, 0, length, end - length);
    if (this.carry.length > keptCarryBytes) this.carry = new Uint8Array(4096);
  }
}
