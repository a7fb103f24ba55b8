/**
 * Records → strace's own text.
 *
 * Invariants: a line that came from one uninterrupted call prints as it was; parsing what was printed gives the same records.
 * A call that strace printed in two parts prints in two: all its arguments in the first, its result in the second.
 */

import { escape } from './escapes.js';
import type { LineLayout } from './layout.js';
import { printValue, printValues } from './printValue.js';
import type { CallRecord, FrameRecord, LineRecord, TimeOrigin } from './records.js';
import { encode } from './utf8.js';

const nsPerSecond = 1_000_000_000n;
const noOrigin: TimeOrigin = { kind: 'none', ns: 0n };

/** A line, or what a record contributes to one. */
interface Piece {
  line: number;
  byteStart: number;
  text: string;
}

/**
 * Prints one record: one line, or two joined by a newline for a call that was printed in two parts.
 * @param origin what the record's times count from: `ParsedLog.origin`, `StraceParser.origin`
 */
export function printRecord(record: LineRecord, origin: TimeOrigin = noOrigin): string {
  return pieces(record, origin)
    .map(piece => piece.text)
    .join('\n');
}

/** Prints a whole log, every line in its place, each with a newline. */
export function printLog(log: { records: readonly LineRecord[]; origin: TimeOrigin }): string {
  const all = log.records.flatMap(record => pieces(record, log.origin));
  all.sort((a, b) => a.line - b.line || a.byteStart - b.byteStart);
  let text = '';
  let line = 0;
  all.forEach((piece, i) => {
    for (; line < piece.line; line++) text += '\n';
    text += piece.text;
    if (i === all.length - 1) text += '\n';
  });
  return text;
}

function pieces(record: LineRecord, origin: TimeOrigin): Piece[] {
  if (record.type !== 'call')
    return [{ line: record.line, byteStart: record.byteStart, text: printLine(record, origin) }];
  const hasEntry = record.entryByteEnd > record.entryByteStart;
  if (!record.resumed || !hasEntry) {
    return [{ line: record.line, byteStart: record.byteStart, text: printWhole(record, origin) }];
  }
  return [
    { line: record.entryLine, byteStart: record.entryByteStart, text: printEntry(record, origin) },
    { line: record.line, byteStart: record.byteStart, text: printResumed(record, origin, '') },
  ];
}

/** A call on one line: whole, or only entered, or only its end. */
function printWhole(call: CallRecord, origin: TimeOrigin): string {
  const layout = call.layout();
  if (layout.part !== 'whole') return printResumed(call, origin, printValues(call.arguments()));
  const head =
    prefix(call.entryPid, call.comm, call.timeNs, layout, origin) + call.name + '(' + printValues(call.arguments());
  if (call.returnKind !== 0) return head + ending(call, layout, head.length);
  return layout.marker === '' ? head : head + ' ' + layout.marker;
}

function printEntry(call: CallRecord, origin: TimeOrigin): string {
  const layout = call.entryLayout();
  const head =
    prefix(call.entryPid, call.comm, call.startNs, layout, origin) + call.name + '(' + printValues(call.arguments());
  return layout.marker === '' ? head : head + ' ' + layout.marker;
}

function printResumed(call: CallRecord, origin: TimeOrigin, args: string): string {
  const layout = call.layout();
  if (layout.part === 'cutEnd') return args + ending(call, layout, args.length);
  const pair = layout.pair === '' ? '' : ' ' + layout.pair;
  const head = prefix(call.pid, call.comm, call.timeNs, layout, origin) + `<... ${call.name} resumed${pair}>` + args;
  return call.returnKind === 0 ? head + ' ' + layout.marker : head + ending(call, layout, head.length);
}

/** `) = 3 <0.000012>`, with the `=` in its column. */
function ending(call: CallRecord, layout: LineLayout, column: number): string {
  const result = call.result();
  let text = ')'.padEnd(Math.max(2, layout.returnColumn - column)) + '= ';
  text += result.value === undefined ? '?' : printValue(result.value);
  if (result.rest !== '') return text + result.rest;
  if (result.errno !== '') text += ' ' + result.errno;
  if (result.text !== undefined) text += ` (${result.text})`;
  if (result.unavailable) text += ' <unavailable>';
  for (const mark of result.marks) text += ` (${mark})`;
  if (result.durationNs >= 0) text += ` <${decimal(BigInt(result.durationNs), result.durationDigits)}>`;
  return text;
}

function printLine(record: Exclude<LineRecord, CallRecord>, origin: TimeOrigin): string {
  switch (record.type) {
    case 'frame':
      return printFrame(record);
    case 'note':
    case 'text':
      return record.text();
    case 'signal': {
      const info = record.info();
      return (
        head(record, origin) + `--- ${record.signal} ${info === undefined ? record.detail() : printValue(info)} ---`
      );
    }
    case 'stop':
      return head(record, origin) + `--- stopped by ${record.signal} ---`;
    case 'exit':
      return (
        head(record, origin) +
        (record.signal === ''
          ? `+++ exited with ${record.code} +++`
          : `+++ killed by ${record.signal}${record.coreDumped ? ' (core dumped)' : ''} +++`)
      );
  }
}

function printFrame(frame: FrameRecord): string {
  if (Number.isNaN(frame.address) || frame.object === '') return frame.text();
  const offset = Number.isNaN(frame.symbolOffset) ? '' : '+0x' + frame.symbolOffset.toString(16);
  const source = frame.source === '' ? '' : ' ' + frame.source;
  const line = ` > ${frame.object}(${frame.symbol}${offset}) [0x${frame.address.toString(16)}]${source}`;
  return line;
}

function head(record: Exclude<LineRecord, CallRecord>, origin: TimeOrigin): string {
  return prefix(record.pid, record.comm, record.timeNs, record.layout(), origin);
}

function prefix(pid: number, comm: string, timeNs: number, layout: LineLayout, origin: TimeOrigin): string {
  const shown = comm === '' ? '' : `<${escape(encode(comm))}>`;
  let text = '';
  if (layout.pid === 'bracketed') text = `[pid ${' '.repeat(layout.pidIndent)}${pid}${shown}] `;
  else if (layout.pid === 'plain') text = `${pid}${shown}${' '.repeat(layout.pidGap)}`;
  text += ' '.repeat(layout.timeIndent);
  if (layout.time === 'relative') text += layout.sinceLast + ' ';
  else if (layout.time !== 'none') {
    text += printTime(origin.ns + BigInt(Math.round(timeNs)), layout) + ' ';
    if (layout.sinceLast !== '') text += `(+${layout.sinceLast}) `;
  }
  if (layout.syscallNumber !== '') text += `[${layout.syscallNumber}] `;
  if (layout.instructionPointer !== '') text += `[${layout.instructionPointer}] `;
  return text;
}

function printTime(ns: bigint, layout: LineLayout): string {
  if (layout.time === 'epoch') return decimal(ns, layout.timeDigits);
  const inDay = ((ns % (86400n * nsPerSecond)) + 86400n * nsPerSecond) % (86400n * nsPerSecond);
  const seconds = Number(inDay / nsPerSecond);
  const two = (n: number): string => String(n).padStart(2, '0');
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return clock + decimal(inDay % nsPerSecond, layout.timeDigits).slice(1);
}

/** Nanoseconds as seconds with so many digits after the point. */
function decimal(ns: bigint, digits: number): string {
  const fraction = String(ns % nsPerSecond)
    .padStart(9, '0')
    .slice(0, digits);
  return String(ns / nsPerSecond) + (digits > 0 ? '.' + fraction : '');
}
