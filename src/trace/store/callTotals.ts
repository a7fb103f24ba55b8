/**
 * Counts and times by syscall, as `strace -c` adds them up: kept up to date for the whole trace, and summed anew for a range.
 */

import { SliceFlag, syscallClasses, type Row, type SummaryRow } from '../api.js';
import type { CallNames } from './callNames.js';
import type { EventStore } from './eventStore.js';
import type { Lane } from './lane.js';
import { flagsOfLook } from './laneColumns.js';
import type { SelectedRows } from './rowSelection.js';

// Columns of a name's totals.
const CALLS = 0;
const ERRORS = 1;
const TOTAL_NS = 2;
const MAX_NS = 3;
const BLOCKED_NS = 4;
const COLUMNS = 5;
export class CallTotals {
  /** By name id. */
  private columns: Float64Array;
  /** Failed calls by name id, then by errno id; holes for names and errnos that no failed call had. */
  private readonly errnos: (number[] | undefined)[];

  constructor(
    private readonly store: EventStore,
    private readonly names: CallNames,
    from?: CallTotals,
  ) {
    this.columns = from?.columns.slice() ?? new Float64Array(64 * COLUMNS);
    this.errnos = from?.errnos.map(counts => counts?.slice()) ?? [];
  }

  /** Counts a lane's last call, which has ended. */
  addLast(lane: Lane): void {
    const { lastDurationNs } = lane;
    this.count(lane.lastRow, lane.lastNameId, lane.lastFlags, lastDurationNs, lastDurationNs);
  }

  /** Counts call number `call` of a lane; of its time only what lies in [startNs, endNs]. An open call lasts until `nowNs`. */
  add(lane: Lane, call: number, startNs: number, endNs: number, nowNs: number): void {
    const { calls } = lane;
    const callStartNs = calls.startNs[call] as number;
    const callEndNs = lane.endNs(call, nowNs);
    const insideNs = Math.max(0, Math.min(callEndNs, endNs) - Math.max(callStartNs, startNs));
    const flags = flagsOfLook(calls.look[call] as number);
    this.count(calls.at(call), calls.nameId[call] as number, flags, callEndNs - callStartNs, insideNs);
  }

  private count(row: Row, nameId: number, flags: number, durationNs: number, insideNs: number): void {
    const at = nameId * COLUMNS;
    if (at >= this.columns.length) this.grow(at);
    const { columns } = this;
    (columns[at + CALLS] as number)++;
    (columns[at + TOTAL_NS] as number) += insideNs;
    if (durationNs > (columns[at + MAX_NS] as number)) columns[at + MAX_NS] = durationNs;
    if ((flags & SliceFlag.Blocked) !== 0) (columns[at + BLOCKED_NS] as number) += insideNs;
    if ((flags & SliceFlag.Failed) !== 0) this.countError(nameId, this.store.errnoId(row));
  }

  private countError(nameId: number, errnoId: number): void {
    (this.columns[nameId * COLUMNS + ERRORS] as number)++;
    const counts = (this.errnos[nameId] ??= []);
    counts[errnoId] = (counts[errnoId] ?? 0) + 1;
  }

  /** The syscall that took most time first. */
  rows(errnoName: (errnoId: number) => string): SummaryRow[] {
    const rows: SummaryRow[] = [];
    for (let at = 0; at < this.columns.length; at += COLUMNS) {
      const [calls = 0, errors = 0, totalNs = 0, maxNs = 0, blockedNs = 0] = this.columns.subarray(at, at + COLUMNS);
      if (calls === 0) continue;
      const nameId = at / COLUMNS;
      const callClass = syscallClasses[this.names.classOf(nameId)] ?? 'other';
      const sums = { calls, errors, totalNs, maxNs, blockedNs };
      const errnos = errors === 0 ? [] : this.errnosOf(nameId, errnoName);
      rows.push({ name: this.names.nameOf(nameId), class: callClass, ...sums, errnos });
    }
    return rows.sort((a, b) => b.totalNs - a.totalNs || b.calls - a.calls);
  }

  private errnosOf(nameId: number, errnoName: (errnoId: number) => string): SummaryRow['errnos'] {
    const found: SummaryRow['errnos'] = [];
    this.errnos[nameId]?.forEach((calls, errnoId) => found.push({ name: errnoName(errnoId), calls }));
    return found.sort((a, b) => b.calls - a.calls || a.name.localeCompare(b.name));
  }

  private grow(at: number): void {
    const longer = new Float64Array(2 * (at + COLUMNS));
    longer.set(this.columns);
    this.columns = longer;
  }
}

/** What a sum over the whole trace starts from. */
interface Recorded {
  store: EventStore;
  /** Totals of all calls but the last of each lane. */
  finalTotals: CallTotals;
}

/** Sums the rows of a range; without one, the whole trace at the cost of its lanes, not of its events. */
export function sumCalls(
  { store, finalTotals }: Recorded,
  names: CallNames,
  nowNs: number,
  range?: { startNs: number; endNs: number },
  rows?: SelectedRows,
): CallTotals {
  if (range === undefined || rows === undefined) {
    const totals = new CallTotals(store, names, finalTotals);
    for (const lane of store.lanes)
      if (lane !== undefined && lane.calls.length > 0) totals.add(lane, lane.calls.length - 1, 0, Infinity, nowNs);
    return totals;
  }
  const totals = new CallTotals(store, names);
  for (let i = 0; i < rows.length; i++) {
    const row = rows.at(i);
    if (!store.isCall(row)) continue;
    const lane = store.laneOf(row);
    totals.add(lane, lane.calls.indexOf(row), range.startNs, range.endNs, nowNs);
  }
  return totals;
}
