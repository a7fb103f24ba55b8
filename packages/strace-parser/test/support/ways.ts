/**
 * Ways of giving the same bytes to the parser, and the two things that must hold of every way.
 */

import assert from 'node:assert/strict';
import { StraceParser, type LineRecord, type ParsedLog } from 'strace-parser';
import { BatchReader, BatchWriter, newBatch } from 'strace-parser/batch';
import { dumpLog, dumpRecord } from './dump.js';

export interface Parsed extends ParsedLog {
  entered: LineRecord[];
  textLines: number;
}

/** Pushes chunk by chunk, each from a buffer that is overwritten afterwards, as a reader of files would do. */
export function parseChunks(bytes: Uint8Array, cuts: readonly number[]): Parsed {
  const records: LineRecord[] = [];
  const entered: LineRecord[] = [];
  const keep = (record: LineRecord): void => void records.push(record.keep());
  const parser = new StraceParser({
    call: keep,
    signal: keep,
    exit: keep,
    stop: keep,
    note: keep,
    frame: keep,
    text: keep,
    enter: record => void entered.push(record.keep()),
  });
  let start = 0;
  for (const cut of [...cuts, bytes.length]) {
    const chunk = Uint8Array.from(bytes.subarray(start, cut));
    parser.push(chunk);
    chunk.fill(0x2a);
    start = cut;
  }
  parser.end();
  const calls = records.filter(record => record.type === 'call');
  return { records, entered, calls, origin: parser.origin, lines: parser.lines, textLines: parser.textLines };
}

/** Parses into batches of so many bytes, and takes the records from those; each batch is overwritten afterwards. */
export function parseBatches(bytes: Uint8Array, cuts: readonly number[]): Parsed {
  const records: LineRecord[] = [];
  const entered: LineRecord[] = [];
  const keep = (record: LineRecord): void => void records.push(record.keep());
  const enter = (record: LineRecord): void => void entered.push(record.keep());
  const sink = { call: keep, signal: keep, exit: keep, stop: keep, note: keep, frame: keep, text: keep, enter };
  const writer = new BatchWriter();
  const reader = new BatchReader(sink);
  // Room for less than there is: the writer makes more.
  const batch = newBatch(64);
  let start = 0;
  for (const cut of [...cuts, bytes.length]) {
    const piece = bytes.subarray(start, cut);
    if (batch.bytes.length < piece.length) batch.bytes = newBatch(piece.length).bytes;
    batch.bytes.set(piece);
    writer.write(batch, piece.length, cut === bytes.length);
    reader.read(batch);
    batch.bytes.fill(0x2a);
    batch.ints.fill(-7);
    batch.floats.fill(-7);
    start = cut;
    if (cut === bytes.length) break;
  }
  const calls = records.filter(record => record.type === 'call');
  const { origin, lines, textLines } = reader;
  assert.equal(reader.bytes, bytes.length);
  return { records, entered, calls, origin, lines, textLines };
}

/** All that can be asked of parsed records. */
export function everything(parsed: Parsed): string[] {
  const details = parsed.records.map(record => {
    const { byteStart, byteEnd } = record;
    const call = record.type === 'call' ? [record.entryByteStart, record.entryByteEnd, record.result()] : [];
    return JSON.stringify([byteStart, byteEnd, record.text(), record.layout(), ...call], (_, value: unknown) =>
      typeof value === 'bigint' ? `${value}n` : value,
    );
  });
  return [dumpLog(parsed), String(parsed.textLines), ...parsed.entered.map(dumpRecord), ...details];
}

export function oneByteCuts(bytes: Uint8Array): number[] {
  return Array.from({ length: Math.max(0, bytes.length - 1) }, (_, i) => i + 1);
}

/** Deterministic numbers in [0, 1). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

export function randomCuts(bytes: Uint8Array, seed: number, meanChunk: number): number[] {
  const random = randomOf(seed);
  const cuts: number[] = [];
  for (let at = 0; ;) {
    at += Math.floor(random() * 2 * meanChunk);
    if (at >= bytes.length) return cuts;
    cuts.push(at);
  }
}

/** Every byte of every line is in the range of exactly one record, or of the entry part of one call. */
export function assertNothingLost(bytes: Uint8Array, records: readonly LineRecord[]): void {
  const ranges: [number, number][] = [];
  for (const record of records) {
    ranges.push([record.byteStart, record.byteEnd]);
    if (record.type === 'call' && record.resumed && record.entryByteEnd > record.entryByteStart) {
      ranges.push([record.entryByteStart, record.entryByteEnd]);
    }
  }
  ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let at = 0;
  const skipLineEnd = (): void => {
    // A log cut between CR and LF ends with a line end, too.
    if (bytes[at] === 0x0d && (bytes[at + 1] === 0x0a || at + 1 === bytes.length)) at++;
    if (bytes[at] === 0x0a) at++;
  };
  for (const [start, end] of ranges) {
    while (at < start) {
      const before = at;
      skipLineEnd();
      if (at === before)
        assert.fail(`bytes ${at} to ${start} are in no record: ${JSON.stringify(text(bytes, at, start))}`);
    }
    assert.equal(start, at, `bytes from ${start} are in two records: ${JSON.stringify(text(bytes, start, at))}`);
    at = end;
  }
  while (at < bytes.length) {
    const before = at;
    skipLineEnd();
    if (at === before) assert.fail(`the end is in no record: ${JSON.stringify(text(bytes, at, bytes.length))}`);
  }
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.subarray(from, Math.min(to, from + 200))).toString('latin1');
}
