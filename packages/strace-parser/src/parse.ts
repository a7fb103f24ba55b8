/**
 * The whole log at once, or one line of it: records that can be kept.
 */

import type { CallRecord, LineRecord, RecordSink, TimeOrigin } from './records.js';
import { StraceParser } from './parser.js';
import { encode } from './utf8.js';

export interface ParsedLog {
  /** Every record, in the order of the lines that complete them; a call that was printed in two parts stands where it ends. */
  records: LineRecord[];
  /** The calls among them. */
  calls: CallRecord[];
  /** What the records' times count from. */
  origin: TimeOrigin;
  /** Lines in the log. */
  lines: number;
}

/**
 * Parses a log that is in memory. Records own their bytes.
 * @param log strace's output, as text or as bytes
 */
export function parse(log: string | Uint8Array): ParsedLog {
  const records: LineRecord[] = [];
  const calls: CallRecord[] = [];
  const parser = new StraceParser({
    ...keepInto(records),
    call(record) {
      const kept = record.keep();
      records.push(kept);
      calls.push(kept);
    },
  });
  parser.push(typeof log === 'string' ? encode(log) : log);
  parser.end();
  return { records, calls, origin: parser.origin, lines: parser.lines };
}

/**
 * Parses one line by itself. A call's entry (`… <unfinished ...>`, or a line without an end) is a call with outcome
 * `LogEnded`; a resumed line is a call with `resumed` set and an empty entry.
 * @returns undefined for an empty line
 */
export function parseLine(line: string | Uint8Array): LineRecord | undefined {
  return parse(line).records[0];
}

/** A sink that keeps every record. */
export function keepInto(records: LineRecord[]): RecordSink {
  const keep = (record: LineRecord): void => {
    records.push(record.keep());
  };
  return { call: keep, signal: keep, exit: keep, stop: keep, note: keep, frame: keep, text: keep };
}
