/** The task of the tests of `parseFile`: every record, entered calls too, as a line of text with its byte ranges. */

import type { LineRecord } from 'strace-parser';
import type { FilePart } from 'strace-parser/node';
import { dumpRecord } from './dump.js';

export function createPart(): FilePart<string[]> {
  const lines: string[] = [];
  const add = (record: LineRecord): void => void lines.push(dumpWhole(record));
  return {
    sink: { call: add, enter: add, signal: add, exit: add, stop: add, note: add, frame: add, text: add },
    result: () => lines,
  };
}

function dumpWhole(record: LineRecord): string {
  const entry = record.type === 'call' ? ` ${record.entryByteStart}-${record.entryByteEnd}` : '';
  return `${record.byteStart}-${record.byteEnd}${entry} ${dumpRecord(record)} | ${record.text()}`;
}
