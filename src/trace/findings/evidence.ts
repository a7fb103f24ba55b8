/** Small questions that several rules ask. */

import type { ProcessInfo, Row, ThreadId } from '../api.js';
import type { FindingContext } from './context.js';
import type { Evidence } from './finding.js';

/** Leaves out the steps whose event the trace did not see. */
export function evidence(...steps: readonly [step: string, row: Row | null | undefined][]): Evidence[] {
  return steps.flatMap(([step, row]) => (row === null || row === undefined || row < 0 ? [] : [{ row, step }]));
}

export function leaderOf(process: ProcessInfo): ThreadId {
  return process.threads[0] ?? -1;
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

const shells = /^(sh|dash|bash|zsh|ksh|busybox|fish|env|xargs|nohup|setsid|sudo)$/;

/** A shell, or another program that exists to run others: what these leave open or behind, their user asked for. */
export function isShell(name: string): boolean {
  return shells.test(name);
}

/** The next event of the thread is a wait that lasted: it went to sleep instead of going on. Its row, or null. */
export function sleepAfter(context: FindingContext, row: Row, leastMs: number): Row | null {
  const { events } = context;
  for (let next = events.next(row), steps = 0; next !== null && steps < maxSteps; next = events.next(next), steps++) {
    if (!waits.test(events.name(next))) continue;
    return events.endNs(next) - events.startNs(next) >= leastMs * 1e6 ? next : null;
  }
  return null;
}

const waits = /^(epoll_p?wait2?|poll|ppoll|select|pselect6)$/;
/** Between serving a descriptor and waiting again a program does not do much more than this. */
const maxSteps = 64;
