/** Counts and times of a range by stack and call: what lines, functions and the flame graph are added up from. */

import { SliceFlag, syscallClasses, type CallSite, type CallSites } from '../api.js';
import type { CallNames } from './callNames.js';
import type { CallStacks } from './callStacks.js';
import type { EventStore } from './eventStore.js';
import type { SelectedRows } from './rowSelection.js';

/** More names of calls than Linux has. */
const NAMES = 65_536;

/** Of each call only the time in the range counts; what is open lasts until `nowNs`. Rows that are no calls are left out. */
export function sumSites(
  { store, stacks }: { store: EventStore; stacks: CallStacks },
  names: CallNames,
  nowNs: number,
  { startNs, endNs, limit }: { startNs: number; endNs: number; limit: number },
  rows: SelectedRows,
): CallSites {
  const byKey = new Map<number, CallSite>();
  for (let i = 0; i < rows.length; i++) {
    const row = rows.at(i);
    if (store.kind(row) !== 'call') continue;
    const stack = stacks.of(row);
    const nameId = store.nameId(row);
    const key = (stack + 1) * NAMES + nameId;
    let site = byKey.get(key);
    if (site === undefined) {
      const name = names.nameOf(nameId);
      const callClass = syscallClasses[names.classOf(nameId)] ?? 'other';
      const place = { row, thread: store.thread(row) };
      site = { stack, name, class: callClass, calls: 0, errors: 0, totalNs: 0, maxNs: 0, blockedNs: 0, ...place };
      byKey.set(key, site);
    }
    const flags = store.flags(row);
    const callStartNs = store.startNs(row);
    const callEndNs = store.endNs(row, nowNs);
    const insideNs = Math.max(0, Math.min(callEndNs, endNs) - Math.max(callStartNs, startNs));
    site.calls++;
    if ((flags & SliceFlag.Failed) !== 0) site.errors++;
    site.totalNs += insideNs;
    if (callEndNs - callStartNs > site.maxNs) site.maxNs = callEndNs - callStartNs;
    if ((flags & SliceFlag.Blocked) !== 0) site.blockedNs += insideNs;
  }
  return { recorded: stacks.count > 0, ...heaviest([...byKey.values()], limit) };
}

function heaviest(sites: CallSite[], limit: number): Pick<CallSites, 'sites' | 'omitted'> {
  let calls = 0;
  let totalNs = 0;
  for (const site of sites) {
    calls += site.calls;
    totalNs += site.totalNs;
  }
  const weight = (site: CallSite): number =>
    Math.max(site.calls / Math.max(1, calls), site.totalNs / Math.max(1, totalNs));
  const sorted = sites.sort((a, b) => weight(b) - weight(a) || a.row - b.row);
  const omitted = { calls: 0, errors: 0, totalNs: 0, blockedNs: 0 };
  for (const site of sorted.splice(limit)) {
    omitted.calls += site.calls;
    omitted.errors += site.errors;
    omitted.totalNs += site.totalNs;
    omitted.blockedNs += site.blockedNs;
  }
  return { sites: sorted, omitted };
}
