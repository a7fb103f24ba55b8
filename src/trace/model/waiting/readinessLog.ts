/**
 * Every readiness that was reported, as a record of 48 bytes and 4 for each call that served it: an event loop reports one each turn.
 *
 * Invariants: a record keeps its number, in the order of the reports; an `OpenReadiness` is written back with `settle` when its thread
 * waits again, and until then what it knows more is in the object alone.
 */

import type { ProcessId, Row, ThreadId } from '../../api.js';
import type { ReadinessInfo } from '../../modelApi.js';
import { Uint32List } from '../../store/growable.js';
import type { Interest } from './interest.js';

export interface Readiness extends ReadinessInfo {
  process: ProcessId;
  /** The epoll registration it came through. */
  interest: Interest | undefined;
  epollFd: number | null;
}

/** A readiness that may still be served, and the number of its record. */
export interface OpenReadiness extends Readiness {
  record: number;
}

const outcomes: readonly ReadinessInfo['outcome'][] = [
  'unserved',
  'eagain',
  'shortRead',
  'eof',
  'error',
  'notDrained',
  'other',
  'unknown',
];

const RECORDS_A_CHUNK = 4096;
const INTS = 9;

const ROW = 0;
const THREAD = 1;
const PROCESS = 2;
const FD = 3;
const EVENTS = 4;
const INTEREST = 5;
const EPOLL_FD = 6;
const SERVED_FROM = 7;
/** Above the outcome: how many rows served it. */
const SERVED_AND_OUTCOME = 8;
const OUTCOME_BITS = 3;

export class ReadinessLog {
  private readonly chunks: Int32Array[] = [];
  private readonly times: Float64Array[] = [];
  private used = 0;
  private readonly served = new Uint32List();
  private readonly interests: Interest[] = [];
  private readonly eventSets: string[][] = [];
  /** The list seen last, by identity: parsed lists are shared. */
  private lastEvents: string[] | undefined;
  private lastEventSet = 0;
  private readonly eventSetIds = new Map<string, number>();

  /** Adds a report and gives it its number; its `events` may be shared with others. */
  add(r: OpenReadiness): void {
    const record = this.used++;
    r.record = record;
    if (record % RECORDS_A_CHUNK === 0) {
      this.chunks.push(new Int32Array(RECORDS_A_CHUNK * INTS));
      this.times.push(new Float64Array(RECORDS_A_CHUNK));
    }
    this.times[this.times.length - 1]![record % RECORDS_A_CHUNK] = r.atNs;
    const chunk = this.chunkOf(record);
    const i = (record % RECORDS_A_CHUNK) * INTS;
    chunk[i + ROW] = r.row;
    chunk[i + THREAD] = r.thread;
    chunk[i + PROCESS] = r.process;
    chunk[i + FD] = r.fd;
    chunk[i + EVENTS] = this.eventSet(r.events);
    chunk[i + INTEREST] = r.interest ? this.idOf(r.interest) : -1;
    chunk[i + EPOLL_FD] = r.epollFd ?? -1;
  }

  /** What became of a report is now complete. */
  settle({ record, served, outcome }: OpenReadiness): void {
    const chunk = this.chunkOf(record);
    const i = (record % RECORDS_A_CHUNK) * INTS;
    chunk[i + SERVED_FROM] = this.served.length;
    chunk[i + SERVED_AND_OUTCOME] = (served.length << OUTCOME_BITS) | outcomes.indexOf(outcome);
    for (let k = 0; k < served.length; k++) this.served.push(served[k]!);
  }

  /** Reports that a condition on their bare record holds for, in order; `open` are those not settled yet. */
  *select(open: ReadonlyMap<number, Readiness>, holds: (record: number) => boolean): Generator<Readiness> {
    for (let record = 0; record < this.used; record++)
      if (open.has(record) || holds(record)) yield open.get(record) ?? this.restore(record);
  }

  row(record: number): Row {
    return this.chunkOf(record)[(record % RECORDS_A_CHUNK) * INTS + ROW] as number;
  }

  atNs(record: number): number {
    return this.times[Math.floor(record / RECORDS_A_CHUNK)]![record % RECORDS_A_CHUNK] as number;
  }

  process(record: number): ProcessId {
    return this.chunkOf(record)[(record % RECORDS_A_CHUNK) * INTS + PROCESS] as number;
  }

  hasInterest(record: number): boolean {
    return (this.chunkOf(record)[(record % RECORDS_A_CHUNK) * INTS + INTEREST] as number) >= 0;
  }

  wasServedBy(record: number, row: Row): boolean {
    const chunk = this.chunkOf(record);
    const i = (record % RECORDS_A_CHUNK) * INTS;
    const count = (chunk[i + SERVED_AND_OUTCOME] as number) >> OUTCOME_BITS;
    const from = chunk[i + SERVED_FROM] as number;
    for (let k = from; k < from + count; k++) if (this.served.at(k) === row) return true;
    return false;
  }

  private restore(record: number): Readiness {
    const chunk = this.chunkOf(record);
    const i = (record % RECORDS_A_CHUNK) * INTS;
    const int = (cell: number): number => chunk[i + cell] as number;
    const interest = this.interests[int(INTEREST)];
    const from = int(SERVED_FROM);
    const count = int(SERVED_AND_OUTCOME) >> OUTCOME_BITS;
    return {
      row: int(ROW) as Row,
      thread: int(THREAD) as ThreadId,
      process: int(PROCESS),
      atNs: this.atNs(record),
      fd: int(FD),
      events: this.eventSets[int(EVENTS)] ?? [],
      served: Array.from({ length: count }, (_, k) => this.served.at(from + k)),
      outcome: outcomes[int(SERVED_AND_OUTCOME) & ((1 << OUTCOME_BITS) - 1)]!,
      trigger: interest?.trigger ?? null,
      interest,
      epollFd: int(EPOLL_FD) < 0 ? null : int(EPOLL_FD),
    };
  }

  private idOf(interest: Interest): number {
    if (interest.id < 0) interest.id = this.interests.push(interest) - 1;
    return interest.id;
  }

  private eventSet(events: string[]): number {
    if (events === this.lastEvents) return this.lastEventSet;
    const text = events.join('|');
    let id = this.eventSetIds.get(text);
    if (id === undefined) {
      id = this.eventSets.push(events) - 1;
      this.eventSetIds.set(text, id);
    }
    this.lastEvents = events;
    this.lastEventSet = id;
    return id;
  }

  private chunkOf(record: number): Int32Array {
    return this.chunks[Math.floor(record / RECORDS_A_CHUNK)]!;
  }
}
