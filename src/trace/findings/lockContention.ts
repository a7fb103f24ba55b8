/**
 * Threads spent much of their time waiting for one mutex. A trace makes every such wait longer by the cost of tracing, some fifty
 * microseconds: only waits that are far longer count.
 */

import { evidence } from './evidence.js';
import type { Rule } from './rule.js';

const leastWaits = 20;
const leastMeanNs = 1e6;
/** Parts of the waiting threads' time. */
const notable = 0.2;
const heavy = 0.5;

export const lockContention: Rule = {
  id: 'lock-contention',
  severity: 'warning',
  concept: 'locks',
  manPages: ['futex(2)', 'pthread_mutex_lock(3)'],
  snippet: 'sys-mutex-cond',
  blames: 'longest',
  check: ({ kernel }) =>
    kernel.futexModel.contentions().flatMap(({ process, waits, waitedNs, startNs, endNs, threads, longest }) => {
      const part = waitedNs / ((endNs - startNs) * threads.size);
      if (threads.size < 2 || waits < leastWaits || waitedNs / waits < leastMeanNs || part < notable) return [];
      return {
        cause: `lock of row ${longest.row}`,
        severity: part >= heavy ? 'warning' : 'info',
        process,
        thread: longest.thread,
        atNs: startNs,
        evidence: evidence(['longest', longest.row], ['wake', kernel.futexModel.wakerOf(longest.row)]),
        values: { threads: threads.size, waits, waitedNs, percent: Math.round(part * 100) },
      };
    }),
};
