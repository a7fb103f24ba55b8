/**
 * Counts and times by syscall, as `strace -c` adds them up: kept up to date for the whole trace, and summed anew for a range.
 */

import { SliceFlag, syscallClasses, type Row, type SummaryRow } from '../api.js';
import type { CallNames } from './callNames.js';
import type { EventStore } from './eventStore.js';
import type { SelectedRows } from './rowSelection.js';

interface Total {
  calls: number;
  errors: number;
  totalNs: number;
  maxNs: number;
  blockedNs: number;
}

export class CallTotals {
  private readonly totals: (Total | undefined)[];

  constructor(
    private readonly store: EventStore,
    private readonly names: CallNames,
    from?: CallTotals,
  ) {
    this.totals = from?.totals.map(total => total && { ...total }) ?? [];
  }

  /**
   * Counts a call; of its time only what lies in [startNs, endNs]. An open call lasts until `nowNs`. Rows that are no calls are
   * left out.
   */
  add(row: Row, startNs: number, endNs: number, nowNs: number): void {
    const { store } = this;
    if (store.kind(row) !== 'call') return;
    const total = (this.totals[store.nameId(row)] ??= { calls: 0, errors: 0, totalNs: 0, maxNs: 0, blockedNs: 0 });
    const flags = store.flags(row);
    const callStartNs = store.startNs(row);
    const callEndNs = store.endNs(row, nowNs);
    const insideNs = Math.max(0, Math.min(callEndNs, endNs) - Math.max(callStartNs, startNs));
    total.calls++;
    if ((flags & SliceFlag.Failed) !== 0) total.errors++;
    total.totalNs += insideNs;
    total.maxNs = Math.max(total.maxNs, callEndNs - callStartNs);
    if ((flags & SliceFlag.Blocked) !== 0) total.blockedNs += insideNs;
  }

  /** The syscall that took most time first. */
  rows(): SummaryRow[] {
    const rows: SummaryRow[] = [];
    this.totals.forEach((total, nameId) => {
      if (total === undefined) return;
      const callClass = syscallClasses[this.names.classOf(nameId)] ?? 'other';
      rows.push({ name: this.names.nameOf(nameId), class: callClass, ...total });
    });
    return rows.sort((a, b) => b.totalNs - a.totalNs || b.calls - a.calls);
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
    for (const lane of store.lanes) if (lane?.lastCall !== undefined) totals.add(lane.lastCall, 0, Infinity, nowNs);
    return totals;
  }
  const totals = new CallTotals(store, names);
  for (let i = 0; i < rows.length; i++) totals.add(rows.at(i), range.startNs, range.endNs, nowNs);
  return totals;
}
