/**
 * A thread waits for a semaphore that nobody posts. System V semaphores only: waiting for a POSIX one looks like waiting for a condition
 * variable, which is what idle threads do.
 */

import { evidence } from './evidence.js';
import type { Rule } from './rule.js';

/** Who is asked to stop while it waits may have waited for work. */
const stops = /^SIG(INT|TERM|QUIT|HUP)$/;

export const semaphoreNeverPosted: Rule = {
  id: 'semaphore-never-posted',
  severity: 'warning',
  concept: 'semaphores',
  manPages: ['semop(2)', 'sem_overview(7)'],
  blames: 'taken',
  check: ({ observed, events, process: byId, family, nowNs, settings }) =>
    [...observed.semaphoreWaits.unended.values()].flatMap(wait => {
      const process = byId(wait.process);
      // After a wait that a signal cut short a program may go on: then it has called something since.
      if (!process || events.lastCallOf(wait.thread) !== wait.row) return [];
      const waitedNs = (process.endNs ?? nowNs) - wait.sinceNs;
      const { exit } = process;
      if (waitedNs < settings.stuckMs * 1e6 || (exit && 'code' in exit)) return [];
      if (observed.semaphoreWaits.postedSince(wait.name, wait.sinceNs)) return [];
      return {
        cause: wait.name,
        severity: exit && !stops.test(exit.signal) ? 'warning' : 'info',
        process: wait.process,
        thread: wait.thread,
        atNs: wait.sinceNs,
        evidence: evidence(['taken', wait.takenBy], ['wait', wait.row], ['exit', family.exitRow(wait.process)]),
        values: { name: wait.name, waitedNs },
      };
    }),
};
