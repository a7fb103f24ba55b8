/** Where the time of each process went, with its waits told apart: for input and output, or for somebody or something else. */

import type { ProcessId, RangeQuery, ThreadId } from '../api.js';
import type { ProcessTime } from '../accountsApi.js';
import { reasonOf } from '../model/causality/reasons.js';
import type { TimeSplit, WhyBlocked } from '../modelApi.js';
import type { AccountContext } from './context.js';

/** Looking at each call costs some tens of nanoseconds: with more calls than this the waits are not told apart. */
const mostCalls = 2_000_000;

const inputOutput: ReadonlySet<WhyBlocked['reason']> = new Set([
  'data',
  'space',
  'readiness',
  'connection',
  'peerOpen',
]);

export function processTimes(
  context: AccountContext,
  query: RangeQuery & { processes: readonly ProcessId[] | null },
): ProcessTime[] {
  const { kernel, processes } = context;
  const budget = { calls: mostCalls };
  const found = [...threadsByProcess(context, query)].map(([process, lanes]): ProcessTime => {
    const split = kernel.time({ ...query, lanes, process: null });
    const blockedFor = waitsOf(context, query, lanes, budget);
    return { process, pid: processes.pid(process), name: processes.name(process), split, blockedFor };
  });
  return found.filter(({ split }) => total(split) > 0).sort((a, b) => total(b.split) - total(a.split));
}

function threadsByProcess(
  { events }: AccountContext,
  { lanes, processes }: RangeQuery & { processes: readonly ProcessId[] | null },
): Map<ProcessId, ThreadId[]> {
  const wanted = processes && new Set(processes);
  const chosen = lanes && new Set(lanes);
  const found = new Map<ProcessId, ThreadId[]>();
  for (const thread of events.threads()) {
    const first = events.firstRowOf(thread);
    if (first === null || (chosen && !chosen.has(thread))) continue;
    const process = events.process(first);
    if (wanted && !wanted.has(process)) continue;
    const known = found.get(process);
    if (known) known.push(thread);
    else found.set(process, [thread]);
  }
  return found;
}

function waitsOf(
  { events }: AccountContext,
  { startNs, endNs }: RangeQuery,
  lanes: readonly ThreadId[],
  budget: { calls: number },
): ProcessTime['blockedFor'] {
  const blocked = { io: 0, others: 0 };
  for (const thread of lanes)
    for (const row of events.callsIn(thread, startNs, endNs)) {
      if (budget.calls-- <= 0) return null;
      if (!events.waited(row)) continue;
      const ns = Math.min(events.endNs(row), endNs) - Math.max(events.startNs(row), startNs);
      blocked[inputOutput.has(reasonOf(events.name(row))) ? 'io' : 'others'] += ns;
    }
  return blocked;
}

function total(split: TimeSplit): number {
  return Object.values(split).reduce((sum: number, ns: number) => sum + ns, 0);
}
