/** Who waits at a moment, and on what a process spent its blocked time. */

import type { ProcessId, RangeQuery, Row } from '../api.js';
import type { BlockedOn, WaitingThread } from '../accountsApi.js';
import type { AccountContext } from './context.js';

/** A row that ended later than this after the moment counts as waiting then; shorter ones would only flicker. */
const notableWaitNs = 50_000;

export function waitingAt(context: AccountContext, atNs: number): WaitingThread[] {
  const { events, processes, kernel } = context;
  const found: WaitingThread[] = [];
  const stuck = new Set(kernel.futexModel.stuck().map(wait => wait.row));
  for (const thread of events.threads()) {
    const row = callAt(context, thread, atNs);
    if (row === null || !events.waited(row)) continue;
    const why = kernel.whyBlocked(row);
    const sinceNs = events.startNs(row);
    if (!why || (!events.isOpen(row) && events.endNs(row) - sinceNs < notableWaitNs)) continue;
    const process = events.process(row);
    found.push({
      ...{ thread, process, tid: events.tid(row), pid: processes.pid(process) },
      ...{ row, name: events.name(row), sinceNs, untilNs: events.isOpen(row) ? null : events.endNs(row) },
      ...{ why, stuck: stuck.has(row), fdName: fdName(context, row) },
    });
  }
  return found.sort((a, b) => a.sinceNs - b.sinceNs);
}

/** Groups by call, descriptor (each life of a number by itself) and reason. */
export function blockedOn(context: AccountContext, query: RangeQuery & { process: ProcessId }): BlockedOn[] {
  const { events, kernel } = context;
  const groups = new Map<string, Omit<BlockedOn, 'reason' | 'endedBy'>>();
  for (const thread of query.lanes ?? events.threads()) {
    const first = events.firstRowOf(thread);
    if (first === null || events.process(first) !== query.process) continue;
    for (const row of events.callsIn(thread, query.startNs, query.endNs)) {
      if (!events.waited(row)) continue;
      const name = events.name(row);
      const fd = events.fd(row);
      const totalNs = Math.min(events.endNs(row), query.endNs) - Math.max(events.startNs(row), query.startNs);
      if (!(totalNs > 0)) continue;
      const descriptor =
        fd < 0 ? undefined : kernel.descriptorModel.find(query.process, fd, events.startNs(row), thread);
      const key = `${name} ${fd} ${descriptor?.description.id ?? ''}`;
      const group = groups.get(key);
      if (!group) {
        const fdText = descriptor?.description.name ?? '';
        const start = { name, fd: fd < 0 ? null : fd, fdName: fdText, calls: 1 };
        groups.set(key, { ...start, totalNs, longestNs: totalNs, longestRow: row });
        continue;
      }
      group.calls++;
      group.totalNs += totalNs;
      if (totalNs > group.longestNs) {
        group.longestNs = totalNs;
        group.longestRow = row;
      }
    }
  }
  return [...groups.values()]
    .sort((a, b) => b.totalNs - a.totalNs)
    .map(group => {
      const why = kernel.whyBlocked(group.longestRow);
      return { ...group, reason: why?.reason ?? 'unknown', endedBy: why?.endedBy ?? null };
    });
}

function callAt({ events }: AccountContext, thread: number, atNs: number): Row | null {
  // From a little before: a call that has not ended lasts until now, and no longer.
  for (const row of events.callsIn(thread, atNs - 1, atNs + 1)) {
    if (events.startNs(row) <= atNs && (events.isOpen(row) || events.endNs(row) > atNs)) return row;
  }
  return null;
}

function fdName({ events, kernel }: AccountContext, row: Row): string {
  const fd = events.fd(row);
  if (fd < 0) return '';
  return (
    kernel.descriptorModel.find(events.process(row), fd, events.startNs(row), events.thread(row))?.description.name ??
    ''
  );
}
