/**
 * Every readiness that was reported, as a record of 48 bytes and 4 for each call that served it: an event loop reports one each turn.
 *
 * Invariants: a record keeps its number, in the order of the reports; what served it is written with `settle` when its thread waits
 * again, and until then is in its `OpenReadiness` alone.
 */

import type { ProcessId, Row, ThreadId } from '../../api.js';
import type { ReadinessInfo } from '../../modelApi.js';
import { Uint32List } from '../../store/growable.js';
import type { EventPlace } from '../model.js';
import type { Interest } from './interest.js';
import type { OpenReadiness } from './openReadiness.js';

export interface Readiness extends ReadinessInfo {
  process: ProcessId;
  /** The epoll registration it came through. */
  interest: Interest | undefined;
  epollFd: number | null;
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
  private readonly eventSetIds = new Map<string, number>();

  /** Adds a report and returns its number. `events`: what `eventSet` made of them. */
  add(place: EventPlace, atNs: number, fd: number, events: number): number {
    const record = this.used++;
    if (record % RECORDS_A_CHUNK === 0) {
      this.chunks.push(new Int32Array(RECORDS_A_CHUNK * INTS));
      this.times.push(new Float64Array(RECORDS_A_CHUNK));
    }
    this.times[this.times.length - 1]![record % RECORDS_A_CHUNK] = atNs;
    const chunk = this.chunkOf(record);
    const i = (record % RECORDS_A_CHUNK) * INTS;
    chunk[i + ROW] = place.row;
    chunk[i + THREAD] = place.thread;
    chunk[i + PROCESS] = place.process;
    chunk[i + FD] = fd;
    chunk[i + EVENTS] = events;
    chunk[i + INTEREST] = -1;
    chunk[i + EPOLL_FD] = -1;
    return record;
  }

  /** A report came through epoll; `interest` is undefined when its registration was not seen. */
  cameThrough(record: number, epollFd: number, interest: Interest | undefined): void {
    const chunk = this.chunkOf(record);
    const i = (record % RECORDS_A_CHUNK) * INTS;
    chunk[i + EPOLL_FD] = epollFd;
    if (interest !== undefined) chunk[i + INTEREST] = this.idOf(interest);
  }

  /** What became of a report is now complete. */
  settle(open: OpenReadiness): void {
    const { record, servedCount } = open;
    const chunk = this.chunkOf(record);
    const i = (record % RECORDS_A_CHUNK) * INTS;
    chunk[i + SERVED_FROM] = this.served.length;
    chunk[i + SERVED_AND_OUTCOME] = (servedCount << OUTCOME_BITS) | outcomes.indexOf(open.outcome);
    for (let k = 0; k < servedCount; k++) this.served.push(open.servedRow(k));
  }

  /** Reports that a condition on their bare record holds for, in order; `open` are those not settled yet, by record. */
  *select(open: ReadonlyMap<number, OpenReadiness>, holds: (record: number) => boolean): Generator<Readiness> {
    for (let record = 0; record < this.used; record++) if (holds(record)) yield this.restore(record, open.get(record));
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

  private restore(record: number, open: OpenReadiness | undefined): Readiness {
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
      served: open?.served() ?? Array.from({ length: count }, (_, k) => this.served.at(from + k)),
      outcome: open?.outcome ?? outcomes[int(SERVED_AND_OUTCOME) & ((1 << OUTCOME_BITS) - 1)]!,
      trigger: interest?.trigger ?? null,
      interest,
      epollFd: int(EPOLL_FD) < 0 ? null : int(EPOLL_FD),
    };
  }

  private idOf(interest: Interest): number {
    if (interest.id < 0) interest.id = this.interests.push(interest) - 1;
    return interest.id;
  }

  /** Number of a list of events: there are few different ones. */
  eventSet(events: string[]): number {
    const text = events.join('|');
    let id = this.eventSetIds.get(text);
    if (id === undefined) {
      id = this.eventSets.push(events) - 1;
      this.eventSetIds.set(text, id);
    }
    return id;
  }

  private chunkOf(record: number): Int32Array {
    return this.chunks[Math.floor(record / RECORDS_A_CHUNK)]!;
  }
}
