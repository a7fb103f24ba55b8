/**
 * Every thread of a process waits for a futex of its own process, with no time limit: nobody is left to wake anybody. At least one
 * waits for a lock (the value 2 is a contended mutex of glibc's). What a held lock was taken with is not visible, so the cycle
 * itself is not named.
 */

import type { ProcessInfo, Row } from '../api.js';
import type { FindingContext } from './context.js';
import { contendedMutex } from '../model/sync/contention.js';
import { evidence, leaderOf } from './evidence.js';
import type { Rule } from './rule.js';

export const deadlock: Rule = {
  id: 'deadlock',
  severity: 'error',
  concept: 'deadlock',
  manPages: ['futex(2)', 'pthread_mutex_lock(3)'],
  snippet: 'sys-lock-order',
  check: context => {
    const stuck = context.kernel.futexModel.stuck();
    if (stuck.length === 0) return [];
    // A wait that a signal cut may have been given up: then the thread has called something else since.
    const lasting = stuck.filter(wait => context.events.lastCallOf(wait.thread) === wait.row);
    const byThread = new Map(lasting.map(wait => [wait.thread, wait]));
    return context.processes.flatMap(process => {
      const waits = process.threads.filter(t => isLast(context, t)).map(t => byThread.get(t));
      const known = waits.filter(wait => wait !== undefined);
      const locks = known.filter(wait => wait.expected === contendedMutex);
      if (known.length === 0 || known.length < waits.length || locks.length === 0) return [];
      if (locks.some(wait => isShared(context, process, wait.futex.address))) return [];
      const sinceNs = Math.max(...known.map(wait => wait.sinceNs));
      const untilNs = process.endNs ?? context.nowNs;
      if (untilNs - sinceNs < context.settings.stuckMs * 1e6 || endedByItself(process)) return [];
      return {
        cause: 'stuck',
        process: process.id,
        thread: leaderOf(process),
        atNs: sinceNs,
        evidence: evidence(
          ...known.map((wait): [string, Row] => [wait.expected === contendedMutex ? 'lock' : 'join', wait.row]),
        ),
        values: { threads: known.length, locks: locks.length, stuckNs: untilNs - sinceNs },
      };
    });
  },
};

/** The thread had not ended before its process did: its exit call would be its last one. */
function isLast({ events }: FindingContext, thread: number): boolean {
  const last = events.lastCallOf(thread);
  return last === null || !['exit', 'exit_group'].includes(events.name(last));
}

function endedByItself({ exit }: ProcessInfo): boolean {
  return exit !== null && 'code' in exit;
}

function isShared({ kernel }: FindingContext, process: ProcessInfo, address: number): boolean {
  return kernel.memoryModel.spaceOf(process.id).find(address)?.shared ?? false;
}
