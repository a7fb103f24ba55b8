/**
 * Two threads hold one file lock each, try for the other's without waiting, let go and begin again: both are busy, and neither gets
 * further. trylock on a mutex makes no system call, so only file locks show it.
 */

import { evidence } from './evidence.js';
import type { Rule } from './rule.js';

/** Fewer are bad luck. */
const leastTries = 10;

export const livelock: Rule = {
  id: 'livelock',
  severity: 'info',
  concept: 'deadlock',
  manPages: ['flock(2)', 'fcntl_locking(2)'],
  snippet: 'sys-lock-order',
  blames: 'mine',
  check: ({ observed }) => {
    const retries = observed.lockRetries.all().filter(retry => retry.tries >= leastTries);
    return retries.flatMap((mine, i) =>
      retries.slice(i + 1).flatMap(other => {
        const crossed = mine.held === other.wanted && mine.wanted === other.held && mine.thread !== other.thread;
        if (!crossed || mine.endNs < other.startNs || other.endNs < mine.startNs) return [];
        return {
          cause: `${mine.held} ${mine.wanted}`,
          process: mine.process,
          thread: mine.thread,
          atNs: mine.startNs,
          evidence: evidence(['mine', mine.row], ['other', other.row], ['last', mine.lastRow]),
          values: {
            held: mine.held,
            wanted: mine.wanted,
            tries: mine.tries + other.tries,
            lastedNs: Math.max(mine.endNs, other.endNs) - Math.min(mine.startNs, other.startNs),
          },
        };
      }),
    );
  },
};
