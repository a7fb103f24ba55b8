/**
 * The steps of becoming a daemon (daemon(7), "SysV daemons"), each with the call that took it: fork and let the parent exit, setsid,
 * fork again so that the session's leader is gone, chdir, umask, and the standard descriptors closed or replaced. Steps are looked for
 * in the process and in the ancestors that exited on its way there.
 */

import type { ProcessId, Row } from '../api.js';
import type { DaemonStep } from '../accountsApi.js';
import type { AccountContext } from './context.js';

/** A way to a daemon is two forks long; one more for a wrapper. */
const mostAncestors = 3;

/** null when no session was made on the way, or somebody of the way still lives beside it. */
export function daemonStepsOf(context: AccountContext, process: ProcessId): DaemonStep[] | null {
  const { processes } = context;
  const untilNs = endOf(context, process);
  const way = wayTo(context, process, untilNs);
  const session = firstCall(context, way, name => name === 'setsid');
  if (session === null) return null;
  const leader = context.events.process(session);
  const forkBefore = processes.createdByRow(processes.leader(leader));
  const started = leader === process ? null : processes.createdByRow(processes.leader(process));
  const since = context.events.startNs(forkBefore ?? session);
  const after = (matches: (name: string) => boolean): Row | null => firstCall(context, way, matches, since);
  return [
    {
      step: 'fork',
      row: forkBefore !== null && isGone(context, processes.parent(leader), untilNs) ? forkBefore : null,
    },
    { step: 'session', row: session },
    { step: 'secondFork', row: started !== null && isGone(context, leader, untilNs) ? started : null },
    { step: 'folder', row: after(name => name === 'chdir' || name === 'fchdir') },
    { step: 'umask', row: after(name => name === 'umask') },
    { step: 'descriptors', row: standardDescriptors(context, way, since) },
  ];
}

/** The process, and those of its ancestors that were gone before its end. */
function wayTo(context: AccountContext, process: ProcessId, untilNs: number): ProcessId[] {
  const way = [process];
  for (let at = context.processes.parent(process); at !== null && way.length <= mostAncestors;) {
    if (!isGone(context, at, untilNs)) break;
    way.unshift(at);
    at = context.processes.parent(at);
  }
  return way;
}

/** Time of a process's end; Infinity while it lives. */
function endOf({ processes, events }: AccountContext, process: ProcessId): number {
  const row = processes.exitRow(process);
  return row === null ? Number.POSITIVE_INFINITY : events.startNs(row);
}

/** The parent exited while its child went on: that is what makes it a daemon's. Outside the trace, nobody knows. */
function isGone(context: AccountContext, process: ProcessId | null, untilNs: number): boolean {
  return process !== null && endOf(context, process) < untilNs;
}

function firstCall(
  { events, processes }: AccountContext,
  way: readonly ProcessId[],
  matches: (name: string) => boolean,
  sinceNs = 0,
): Row | null {
  for (const process of way)
    for (const row of events.callsIn(processes.leader(process), sinceNs, Number.POSITIVE_INFINITY))
      if (events.startNs(row) >= sinceNs && events.returnValue(row) >= 0 && matches(events.name(row))) return row;
  return null;
}

/** The last of the calls by which 0, 1 and 2 were closed or replaced; null when one of them is what it was at the start. */
function standardDescriptors(
  { kernel, events }: AccountContext,
  way: readonly ProcessId[],
  sinceNs: number,
): Row | null {
  const rows: Row[] = [];
  const history = way.flatMap(process => kernel.descriptorHistory({ process }));
  for (const fd of [0, 1, 2]) {
    const changes = history
      .filter(d => d.fd === fd)
      .flatMap(d => [
        ...(d.birth === 'open' || d.birth === 'dup' ? [d.birthRow] : []),
        ...(d.death === 'exit' || d.death === 'exec' ? [] : [d.deathRow]),
      ]);
    const first = changes.find(row => row !== null && events.startNs(row) >= sinceNs);
    if (first === undefined || first === null) return null;
    rows.push(first);
  }
  return rows.reduce((a, b) => (events.startNs(a) > events.startNs(b) ? a : b));
}
