/** The text of an event's lines, as strace printed them, and the parts of it that views show. */

import type { CallRecord } from 'strace-parser';
import type { Row } from '../api.js';
import type { EventStore } from './eventStore.js';
import { readLine, type LogReader } from './logReader.js';

const decoder = new TextDecoder();

/** One line of an event. */
export interface EventPart {
  byteStart: number;
  /** With its line end, when it has one. */
  bytes: Uint8Array;
  /** Without it. */
  text: string;
}

/** The line of an event, or the lines of its entry and its return. */
export function partsOf(store: EventStore, log: LogReader, row: Row): EventPart[] {
  const parts = [partAt(log, store.byteStart(row))];
  const returnStart = store.returnByteStart(row);
  if (returnStart >= 0) parts.push(partAt(log, returnStart));
  return parts;
}

function partAt(log: LogReader, byteStart: number): EventPart {
  const bytes = readLine(log, byteStart);
  return { byteStart, bytes, text: decoder.decode(bytes).replace(/\r?\n$/, '') };
}

/** All of an event's text. */
export function textOf(store: EventStore, log: LogReader, row: Row): string {
  return partsOf(store, log, row)
    .map(part => part.text)
    .join('\n');
}

const entryEnd = / ?<(?:unfinished|detached|pid changed)[^>]*>$/;
const returnHead = /^.*?<\.\.\. \S+ resumed> ?/s;

/** An event from its name on in one line: an interrupted call reads as if it had not been. */
export function oneLine(store: EventStore, log: LogReader, row: Row, name: string, maxLength: number): string {
  const [entry, rest] = partsOf(store, log, row);
  const text = entry?.text ?? '';
  const kind = store.kind(row);
  const printed = store.resumed.has(row) ? 'restart_syscall' : name;
  const mark =
    kind === 'call' ? `${printed}(` : kind === 'exit' ? '+++' : kind === 'signal' || kind === 'stop' ? '---' : '';
  const from = text.slice(Math.max(0, text.indexOf(mark)));
  const whole = rest === undefined ? from : from.replace(entryEnd, '') + rest.text.replace(returnHead, '');
  return whole.length > maxLength ? whole.slice(0, maxLength) : whole;
}

const durationAtEnd = / <\d+(?:\.\d+)?>$/;

/**
 * The return value as printed with what follows it, without `-T`'s duration; '' when there is none. `args`: the call's arguments
 * as text. They may hold `) = `, so the closing parenthesis is the first one that has all of them before it.
 */
export function returnText(record: CallRecord, args: readonly string[]): string {
  if (Number.isNaN(record.returnValue) && record.errno === '' && !/\?/.test(record.text())) return '';
  const text = record.text().replace(durationAtEnd, '');
  const lastLine = record.resumed ? text.slice(text.lastIndexOf('\n') + 1) : text;
  const lastArgument = args.at(-1) ?? '';
  let found = '';
  for (const match of lastLine.matchAll(/\)\s+= /g)) {
    found = lastLine.slice(match.index + match[0].length);
    if (lastLine.slice(0, match.index).endsWith(lastArgument)) break;
  }
  return found;
}
