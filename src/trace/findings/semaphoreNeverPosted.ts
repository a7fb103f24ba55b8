/**
 * A thread waits for a semaphore that nobody posts: a System V one, or a POSIX one with a name. Waiting for one without a name looks like
 * waiting for a condition variable, which is what idle threads do.
 */

import type { ProcessId, Row, ThreadId } from '../api.js';
import type { FindingContext } from './context.js';
import { evidence } from './evidence.js';
import type { Rule } from './rule.js';

const semaphoreFile = '/dev/shm/sem.';
/** Who is asked to stop while it waits may have waited for work. */
const stops = /^SIG(INT|TERM|QUIT|HUP)$/;

export const semaphoreNeverPosted: Rule = {
  id: 'semaphore-never-posted',
  severity: 'warning',
  concept: 'semaphores',
  manPages: ['semop(2)', 'sem_overview(7)'],
  blames: 'taken',
  check: context => {
    const { events, process: byId, family, nowNs, settings } = context;
    return [...systemV(context), ...named(context)].flatMap(wait => {
      const process = byId(wait.process);
      // After a wait that a signal cut short a program may go on: then it has called something since.
      if (!process || events.lastCallOf(wait.thread) !== wait.row) return [];
      const waitedNs = (process.endNs ?? nowNs) - wait.sinceNs;
      const { exit } = process;
      if (waitedNs < settings.stuckMs * 1e6 || (exit && 'code' in exit)) return [];
      return {
        cause: wait.name,
        severity: exit && !stops.test(exit.signal) ? 'warning' : 'info',
        process: wait.process,
        thread: wait.thread,
        atNs: wait.sinceNs,
        evidence: evidence(['taken', wait.takenBy], ['wait', wait.row], ['exit', family.exitRow(wait.process)]),
        values: { name: wait.name, waitedNs },
      };
    });
  },
};

interface Wait {
  name: string;
  process: ProcessId;
  thread: ThreadId;
  row: Row;
  sinceNs: number;
  /** Who took it before, where that is visible. */
  takenBy: Row | null;
}

function systemV({ observed: { semaphoreWaits } }: FindingContext): Wait[] {
  return [...semaphoreWaits.unended.values()].filter(wait => !semaphoreWaits.postedSince(wait.name, wait.sinceNs));
}

/** sem_open(3) maps a file of its own for each semaphore; a post that finds a waiter would have ended the wait. */
function named({ kernel, events }: FindingContext): Wait[] {
  return kernel.futexModel.stuck().flatMap(({ futex, thread, row, sinceNs }) => {
    const process = events.process(row);
    const name = kernel.memoryModel.regionAt(process, futex.address, sinceNs)?.path ?? '';
    return name.startsWith(semaphoreFile) ? { name, process, thread, row, sinceNs, takenBy: null } : [];
  });
}
