/**
 * The same call in another run of the same program. A call's position is its thread's place in the tree (which creation of which creator),
 * how many calls of its name that thread made before, and with which arguments. Invariant: a call is given only when everything up to it
 * agrees; what does not is told, and nothing is guessed. A call that the kernel interrupted and started again is one call: which runs it
 * happens in is chance.
 */

import { StraceParser, type CallRecord } from 'strace-parser';
import { SliceFlag, type CallMatch, type CallsInRow, type Row, type RunPosition, type ThreadId } from '../api.js';
import type { ProcessLookup } from '../model/causality/lookup.js';
import type { CallNames } from '../store/callNames.js';
import type { EventStore } from '../store/eventStore.js';
import { partsOf } from '../store/eventText.js';
import type { LogReader } from '../store/logReader.js';
import { givenArguments, sameArguments } from './callArguments.js';
import { restartingCalls, restartsIn, type Restarts } from './restarts.js';

/** Different calls before a position that are still compared; a loop of equal ones counts as one. */
const mostBefore = 20_000;
/** Trees larger than this have no names for numbers in arguments. */
const mostThreads = 10_000;
/** The calls that make threads and processes. */
const creatingCalls: readonly string[] = ['fork', 'vfork', 'clone', 'clone3'];
/** A run that is to be compared must have these calls in its log, besides those that are looked for. */
export const guidingCalls: readonly string[] = [...creatingCalls, ...restartingCalls];

export interface RunContext {
  store: EventStore;
  names: CallNames;
  log: LogReader;
  processes: Pick<ProcessLookup, 'createdThread'>;
  tidOf(thread: ThreadId): number;
  errnoName(errnoId: number): string;
  /** The log shows that the signal of this row has a handler. */
  isHandled(signal: Row): boolean;
}

/** A call that the program made: the rows from its first try to its last one, mostly one. */
interface MadeCall {
  first: Row;
  last: Row;
  /** It was interrupted, and the program got EINTR. */
  failed: boolean;
}

/** Position of a call; null when it is no call, or its thread's birth was not seen, or too much came before it. */
export function positionOf(row: Row, run: RunContext): RunPosition | null {
  const { store } = run;
  if (!(row >= 0 && row < store.length) || store.kind(row) !== 'call') return null;
  const thread = store.thread(row);
  const threads = placesOfThreads(run);
  const place = threads.get(thread);
  if (!place) return null;
  const restarts = restartsOf(thread, run);
  const asked = restarts.firstOf.get(row) ?? row;
  const name = run.names.nameOf(store.nameId(asked));
  const calls: CallsInRow[] = [];
  let index = 0;
  let total = 0;
  for (const each of callsNamed(name, thread, restarts, run)) {
    total++;
    if (each.first > asked) continue;
    const call = callOf(each, name, run);
    const last = calls.at(-1);
    if (last && sameText(last, call)) last.times++;
    else if (calls.push(call) > mostBefore) return null;
    if (each.first < asked) index++;
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
  const made = [...callsNamed(name, thread, restartsOf(thread, run), run)];
  const row = made[index]?.last;
  if (row === undefined) return { kind: 'fewer', calls: made.length };
  const places = { a: new Map(position.threads), b: placesOfNumbers(threads, run) };
  // When the numbers of calls differ, equal arguments are not enough to know that these are the same ones.
  const resultsToo = made.length !== total;
  let at = 0;
  for (const expected of position.calls)
    for (let i = 0; i < expected.times; i++, at++) {
      const found = callOf(made[at] as MadeCall, name, run);
      const shorter = !expected.returned || !found.returned;
      if (!sameArguments(expected.args, found.args, places, shorter)) return { kind: 'arguments', at, row };
      if (resultsToo && !shorter && expected.result !== found.result) return { kind: 'count', calls: made.length };
    }
  return { kind: 'found', row };
}

function sameText(a: CallsInRow, b: CallsInRow): boolean {
  return a.result === b.result && a.returned === b.returned && a.args.join('\0') === b.args.join('\0');
}

function callOf({ first, last, failed }: MadeCall, name: string, { store, log, errnoName }: RunContext): CallsInRow {
  const value = store.returnValue(last);
  const errno = failed ? 'EINTR' : errnoName(store.errnoId(last));
  // Addresses differ from run to run.
  const result = errno || (Math.abs(value) > 0xffff_ffff ? 'address' : String(value));
  const returned = hasReturned(store, last) && !errno.startsWith('ERESTART');
  return { args: givenArguments(name, argumentsOf(store, log, first)), result, returned, times: 1 };
}

function argumentsOf(store: EventStore, log: LogReader, row: Row): string[] {
  let args: string[] = [];
  const read = (record: CallRecord): void => {
    args = record.arguments().map((_, i) => record.argumentText(i));
  };
  const parser = new StraceParser({ enter: read, call: read });
  for (const part of partsOf(store, log, row)) parser.push(part.bytes);
  const unfinished = parser.partial();
  if (unfinished) read(unfinished);
  return args;
}

function hasReturned(store: EventStore, row: Row): boolean {
  return (store.flags(row) & (SliceFlag.Open | SliceFlag.NoReturn)) === 0;
}

function* callsNamed(
  name: string,
  thread: ThreadId,
  { firstOf, lastOf, failed }: Restarts,
  { store, names }: RunContext,
): Generator<MadeCall> {
  const calls = store.lanes[thread]?.calls;
  for (let i = 0; calls && i < calls.length; i++) {
    const first = calls.at(i);
    if (names.nameOf(calls.nameId[i] ?? -1) !== name || firstOf.has(first)) continue;
    const last = lastOf.get(first) ?? first;
    yield { first, last, failed: failed.has(last) };
  }
}

function restartsOf(thread: ThreadId, { store, names, log, errnoName, isHandled }: RunContext): Restarts {
  const nameOf = (row: Row): string => names.nameOf(store.nameId(row));
  return restartsIn(store.lanes[thread], {
    nameOf,
    errnoOf: row => errnoName(store.errnoId(row)),
    isSignal: row => store.kind(row) === 'signal',
    isHandled,
    argumentsOf: row => ({
      args: givenArguments(nameOf(row), argumentsOf(store, log, row)),
      shorter: !hasReturned(store, row),
    }),
  });
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
