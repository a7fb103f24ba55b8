/**
 * Everything about one event: what the store knows, and what its lines say, which are read back from the log and parsed again.
 */

import type { CallRecord, FrameRecord, SignalRecord } from 'strace-parser';
import { StraceParser } from 'strace-parser';
import { SliceFlag, syscallClasses, type EventDetail, type EventFact, type EventLink, type Row } from '../api.js';
import { syscallInfo } from '../knowledge/syscalls.js';
import { factsOfCall, factsOfSignal } from '../model/recordFacts.js';
import type { CallNames } from './callNames.js';
import { classOfRow } from './eventFilter.js';
import type { EventStore } from './eventStore.js';
import { partsOf, returnText } from './eventText.js';
import type { LineIndex } from './lineIndex.js';
import { readLine, type LogReader } from './logReader.js';

const MOST_FRAMES = 512;
const decoder = new TextDecoder();

export interface DetailContext {
  store: EventStore;
  names: CallNames;
  log: LogReader;
  lines: LineIndex;
  errnoName(errnoId: number): string;
  markName(row: Row): string;
  placeOf(row: Row): Pick<EventDetail, 'thread' | 'process' | 'tid' | 'pid'>;
  factsOf(row: Row): EventFact[];
  linksOf(row: Row): EventLink[];
  /** Row of the thread's `+++` line after an exit call, where strace prints that call's stack. */
  exitAfter(row: Row): Row | undefined;
}

type LineFacts = Pick<EventDetail, 'args' | 'returnText' | 'facts' | 'stack'>;

export function eventDetail(row: Row, context: DetailContext): EventDetail {
  const { store, names, lines } = context;
  const kind = store.kind(row);
  const isCall = kind === 'call';
  const parts = partsOf(store, context.log, row);
  const read = readBack(row, context, parts);
  const returnValue = store.returnValue(row);
  const open = store.isOpen(row);
  return {
    row,
    kind,
    ...context.placeOf(row),
    name: isCall ? names.nameOf(store.nameId(row)) : context.markName(row),
    class: syscallClasses[classOfRow(store, names, row)] ?? 'other',
    startNs: store.startNs(row),
    endNs: open || store.endUnknown(row) ? null : store.startNs(row) + store.durationNs(row),
    flags: store.flags(row),
    returnValue: Number.isNaN(returnValue) ? null : returnValue,
    errno: isCall ? context.errnoName(store.errnoId(row)) : '',
    rawLines: parts.map(part => ({ line: lines.lineAt(part.byteStart), text: part.text })),
    args: read.args,
    returnText: read.returnText,
    facts: [...read.facts, ...(store.resumed.has(row) ? [{ kind: 'resumed' } as const] : []), ...context.factsOf(row)],
    links: context.linksOf(row),
    stack: read.stack,
  };
}

/** Parses the event's lines as if they were the whole log. */
function readBack(
  row: Row,
  context: DetailContext,
  parts: readonly { bytes: Uint8Array; byteStart: number }[],
): LineFacts {
  const { store, log } = context;
  const facts: LineFacts = { args: [], returnText: '', facts: [], stack: [] };
  const parser = new StraceParser({
    enter: record => readCall(record, facts),
    call: record => readCall(record, facts),
    signal: (record: SignalRecord) => facts.facts.push(...factsOfSignal(record)),
    frame: (record: FrameRecord) => {
      const { object, symbol, address, source } = record;
      facts.stack.push({
        object,
        symbol,
        address: Number.isNaN(address) ? null : address,
        source: source === '' ? null : source,
      });
    },
  });
  for (const part of parts) parser.push(part.bytes);
  const last = parts.at(-1);
  const unfinished = parser.partial();
  if (unfinished !== undefined) readCall(unfinished, facts);
  if (last === undefined) return facts;
  let framesFrom = last.byteStart + last.bytes.length;
  if (store.kind(row) === 'call' && (store.flags(row) & SliceFlag.NoReturn) !== 0) {
    const exit = context.exitAfter(row);
    if (exit !== undefined) framesFrom = store.byteStart(exit) + readLine(log, store.byteStart(exit)).length;
  }
  for (let at = framesFrom, frames = 0; frames < MOST_FRAMES; frames++) {
    const line = readLine(log, at);
    if (!decoder.decode(line.subarray(0, 3)).startsWith(' > ') || line.at(-1) !== 0x0a) break;
    parser.push(line);
    at += line.length;
  }
  return facts;
}

function readCall(record: CallRecord, facts: LineFacts): void {
  const names = syscallInfo(record.name)?.args ?? [];
  const values = record.arguments();
  const texts = values.map((_, i) => record.argumentText(i));
  facts.args = texts.map((text, i) => {
    const printed = values[i]?.name;
    const named = printed !== undefined && text.startsWith(`${printed}=`);
    return { name: printed ?? names[i] ?? null, text: named ? text.slice(printed.length + 1) : text };
  });
  facts.returnText = returnText(record, texts);
  facts.facts = factsOfCall(record);
}
