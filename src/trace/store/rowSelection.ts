/**
 * The rows of a range of time, lanes and filter, in the order of the log: what the Events table pages through and the Summary adds up.
 *
 * A call belongs to a range that it overlaps, so one that began before the range and waits through it is there.
 */

import type { Row, ThreadId } from '../api.js';
import { NO_THREAD, type EventStore } from './eventStore.js';
import { Uint32List } from './growable.js';
import type { MatchIndex } from './matchIndex.js';

export interface SelectedRows {
  readonly length: number;
  at(index: number): Row;
}

export interface SelectionContext {
  store: EventStore;
  nowNs: number;
}

/** Every row of the store. */
export function allRows(store: EventStore): SelectedRows {
  return { length: store.length, at: index => index };
}

export function selectRows(
  { store, nowNs }: SelectionContext,
  range: { startNs: number; endNs: number; lanes: readonly ThreadId[] | null },
  matches: MatchIndex | undefined,
): SelectedRows {
  const rows = new Uint32List();
  const wanted = range.lanes === null ? undefined : membership(range.lanes);
  const from = store.firstRowAt(range.startNs);
  const accepts = (row: Row): boolean => {
    const thread = store.thread(row);
    if (wanted !== undefined && (thread === NO_THREAD || wanted[thread] !== 1)) return false;
    return matches === undefined || matches.has(row);
  };

  // Calls under way when the range begins: at most one a thread.
  const underWay: Row[] = [];
  const candidates = range.lanes ?? store.lanes.keys();
  for (const thread of candidates) {
    const lane = store.lanes[thread];
    if (lane === undefined || from === 0) continue;
    const next = lane.calls.lowerBound(from);
    const before = next > 0 ? lane.calls.at(next - 1) : undefined;
    if (before !== undefined && store.endNs(before, nowNs) > range.startNs && accepts(before)) underWay.push(before);
  }
  for (const row of underWay.sort((a, b) => a - b)) rows.push(row);

  if (matches === undefined) {
    for (let row = from; row < store.length && store.startNs(row) <= range.endNs; row++)
      if (accepts(row)) rows.push(row);
  } else {
    for (const row of matches.rowsFrom(from)) {
      if (store.startNs(row) > range.endNs) break;
      if (accepts(row)) rows.push(row);
    }
  }
  return rows;
}

function membership(threads: readonly ThreadId[]): Uint8Array {
  const members = new Uint8Array(threads.reduce((most, thread) => Math.max(most, thread + 1), 0));
  for (const thread of threads) members[thread] = 1;
  return members;
}
