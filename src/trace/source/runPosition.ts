/**
 * The same call in another run of the same program. A call's position is its thread's place in the tree (which creation of which creator),
 * how many calls of its name that thread made before, and with which arguments. Invariant: a call is given only when everything up to it
 * agrees; what does not is told, and nothing is guessed.
 */

import { StraceParser, type CallRecord } from 'strace-parser';
import { SliceFlag, type CallMatch, type CallsInRow, type Row, type RunPosition, type ThreadId } from '../api.js';
import type { ProcessLookup } from '../model/causality/lookup.js';
import type { CallNames } from '../store/callNames.js';
import type { EventStore } from '../store/eventStore.js';
import { partsOf } from '../store/eventText.js';
import type { LogReader } from '../store/logReader.js';
import { givenArguments, sameArguments } from './callArguments.js';

/** Different calls before a position that are still compared; a loop of equal ones counts as one. */
const mostBefore = 20_000;
/** Trees larger than this have no names for numbers in arguments. */
const mostThreads = 10_000;
/** The calls that make threads and processes: a run that is to be compared must have them. */
export const creatingCalls: readonly string[] = ['fork', 'vfork', 'clone', 'clone3'];

export interface RunContext {
  store: EventStore;
  names: CallNames;
  log: LogReader;
  processes: Pick<ProcessLookup, 'createdThread'>;
  tidOf(thread: ThreadId): number;
  errnoName(errnoId: number): string;
}

/** Position of a call; null when it is no call, or its thread's birth was not seen, or too much came before it. */
export function positionOf(row: Row, run: RunContext): RunPosition | null {
  const { store, names } = run;
  if (!(row >= 0 && row < store.length) || store.kind(row) !== 'call') return null;
  const thread = store.thread(row);
  const threads = placesOfThreads(run);
  const place = threads.get(thread);
  if (!place) return null;
  const name = names.nameOf(store.nameId(row));
  const calls: CallsInRow[] = [];
  let index = 0;
  let total = 0;
  for (const each of callsNamed(name, thread, run)) {
    total++;
    if (each > row) continue;
    const call = callOf(each, name, run);
    const last = calls.at(-1);
    if (last && sameText(last, call)) last.times++;
    else if (calls.push(call) > mostBefore) return null;
    if (each < row) index++;
  }
  return { name, thread: place, index, total, calls, threads: [...placesOfNumbers(threads, run)] };
}

/** The call at a position that another run gave. */
export function callAt(position: RunPosition, run: RunContext): CallMatch {
  const { name, index, total } = position;
  const threads = placesOfThreads(run);
  const wanted = position.thread.join('.');
  const thread = [...threads].find(([, place]) => place.join('.') === wanted)?.[0];
  if (thread === undefined) return { kind: 'noThread' };
  const rows = [...callsNamed(name, thread, run)];
  const row = rows[index];
  if (row === undefined) return { kind: 'fewer', calls: rows.length };
  const places = { a: new Map(position.threads), b: placesOfNumbers(threads, run) };
  // When the numbers of calls differ, equal arguments are not enough to know that these are the same ones.
  const resultsToo = rows.length !== total;
  let at = 0;
  for (const expected of position.calls)
    for (let i = 0; i < expected.times; i++, at++) {
      const found = callOf(rows[at] as Row, name, run);
      const shorter = !expected.returned || !found.returned;
      if (!sameArguments(expected.args, found.args, places, shorter)) return { kind: 'arguments', at, row };
      if (resultsToo && !shorter && expected.result !== found.result) return { kind: 'count', calls: rows.length };
    }
  return { kind: 'found', row };
}

function sameText(a: CallsInRow, b: CallsInRow): boolean {
  return a.result === b.result && a.returned === b.returned && a.args.join('\0') === b.args.join('\0');
}

function callOf(row: Row, name: string, { store, log, errnoName }: RunContext): CallsInRow {
  let args: string[] = [];
  const read = (record: CallRecord): void => {
    args = record.arguments().map((_, i) => record.argumentText(i));
  };
  const parser = new StraceParser({ enter: read, call: read });
  for (const part of partsOf(store, log, row)) parser.push(part.bytes);
  const unfinished = parser.partial();
  if (unfinished) read(unfinished);
  const value = store.returnValue(row);
  // Addresses differ from run to run.
  const result = errnoName(store.errnoId(row)) || (Math.abs(value) > 0xffff_ffff ? 'address' : String(value));
  const returned = (store.flags(row) & (SliceFlag.Open | SliceFlag.NoReturn)) === 0;
  return { args: givenArguments(name, args), result, returned, times: 1 };
}

function* callsNamed(name: string, thread: ThreadId, { store, names }: RunContext): Generator<Row> {
  const calls = store.lanes[thread]?.calls;
  for (let i = 0; calls && i < calls.length; i++) if (names.nameOf(calls.nameId[i] ?? -1) === name) yield calls.at(i);
}

/** Which creation of its creator made each thread on the way from the first one, for every thread whose birth was seen. */
function placesOfThreads({ store, names, processes }: RunContext): Map<ThreadId, number[]> {
  const places = new Map<ThreadId, number[]>([[0, []]]);
  // Creators come before what they made.
  for (const [creator, place] of places) {
    const calls = store.lanes[creator]?.calls;
    let made = 0;
    for (let i = 0; calls && i < calls.length; i++) {
      if (!creatingCalls.includes(names.nameOf(calls.nameId[i] ?? -1))) continue;
      const child = processes.createdThread(calls.at(i));
      if (child !== null && !places.has(child)) places.set(child, [...place, made++]);
    }
  }
  return places;
}

/** Places by number. A number that is used twice keeps its first meaning. */
function placesOfNumbers(threads: ReadonlyMap<ThreadId, number[]>, { tidOf }: RunContext): Map<number, string> {
  const places = new Map<number, string>();
  if (threads.size > mostThreads) return places;
  for (const [thread, place] of threads) {
    const tid = tidOf(thread);
    if (!places.has(tid)) places.set(tid, place.join('.'));
  }
  return places;
}
