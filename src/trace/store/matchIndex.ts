/**
 * Which rows a filter matches, kept from query to query and brought up to date when rows were added.
 *
 * Matches are lists of rows in order, one for the trace and one for each thread, so that "any match among these calls" and "the next
 * match" are binary searches. A call that is open when it is looked at can match later (by its errno, its duration): such rows are
 * looked at again until they end, and match as they are meanwhile.
 */

import type { Row, ThreadId } from '../api.js';
import type { EventStore } from './eventStore.js';
import { NO_THREAD } from './eventStore.js';
import { Uint32List } from './growable.js';

/** The matches of a lane, for a walk from left to right. */
export interface LaneMatches {
  /** Place of the thread's first match at or after a row, searched from an earlier place. */
  firstFrom(thread: ThreadId, row: Row, from: number): number;
  /** True when there is a match at that place and it is at most `lastRow`. */
  reaches(thread: ThreadId, place: number, lastRow: Row): boolean;
}

export class MatchIndex implements LaneMatches {
  readonly rows = new Uint32List();
  private readonly byThread: Uint32List[] = [];
  private scanned = 0;
  /** Rows that were open when last looked at. */
  private open: Row[] = [];
  private readonly openMatches = new Set<Row>();

  constructor(
    private readonly store: EventStore,
    private readonly matches: (row: Row) => boolean,
    /** The call has ended, but not all that strace prints of it has been read. */
    private readonly pending: (row: Row) => boolean,
  ) {}

  /** Looks at every row that is new or was open. */
  update(): void {
    const { store } = this;
    const stillOpen: Row[] = [];
    for (const row of this.open) this.look(row, stillOpen);
    for (; this.scanned < store.length; this.scanned++) this.look(this.scanned, stillOpen);
    this.open = stillOpen;
  }

  /** Matches among all rows that have been looked at. */
  get count(): number {
    return this.rows.length + this.openMatches.size;
  }

  has(row: Row): boolean {
    return this.rows.has(row) || this.openMatches.has(row);
  }

  /** The nearest match after (step 1) or before (step -1) a row. */
  next(row: Row, step: 1 | -1): Row | null {
    const place = this.rows.lowerBound(step === 1 ? row + 1 : row) + (step === 1 ? 0 : -1);
    const listed = place >= 0 && place < this.rows.length ? this.rows.at(place) : null;
    let best = listed;
    for (const candidate of this.openMatches) {
      if (step === 1 ? candidate <= row : candidate >= row) continue;
      if (best === null || (step === 1 ? candidate < best : candidate > best)) best = candidate;
    }
    return best;
  }

  /** Matches in order from a row on, those of open calls included. */
  *rowsFrom(row: Row): Generator<Row> {
    const open = [...this.openMatches].filter(candidate => candidate >= row).sort((a, b) => a - b);
    for (let place = this.rows.lowerBound(row); place < this.rows.length; place++) {
      const listed = this.rows.at(place);
      while (open.length > 0 && (open[0] as Row) < listed) yield open.shift() as Row;
      yield listed;
    }
    yield* open;
  }

  firstFrom(thread: ThreadId, row: Row, from: number): number {
    return this.byThread[thread]?.lowerBound(row, from) ?? 0;
  }

  reaches(thread: ThreadId, place: number, lastRow: Row): boolean {
    const list = this.byThread[thread];
    if (list !== undefined && place < list.length && list.at(place) <= lastRow) return true;
    return this.openMatches.size > 0 && this.openMatches.has(lastRow);
  }

  private look(row: Row, stillOpen: Row[]): void {
    const { store } = this;
    const matched = this.matches(row);
    if (store.isOpen(row) || this.pending(row)) {
      stillOpen.push(row);
      if (matched) this.openMatches.add(row);
      else this.openMatches.delete(row);
      return;
    }
    this.openMatches.delete(row);
    if (!matched) return;
    this.rows.insertSorted(row);
    const thread = store.thread(row);
    // Slices are of calls: a matching signal between two calls is no match of theirs.
    if (thread !== NO_THREAD && store.kind(row) === 'call')
      (this.byThread[thread] ??= new Uint32List()).insertSorted(row);
  }
}
