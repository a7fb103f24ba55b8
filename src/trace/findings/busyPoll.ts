/** A thread asks a non-blocking descriptor again and again instead of waiting in poll or epoll_wait. */

import { evidence } from './evidence.js';
import type { Rule } from './rule.js';

export const busyPoll: Rule = {
  id: 'busy-poll',
  severity: 'warning',
  concept: 'ioModels',
  manPages: ['poll(2)', 'epoll_wait(2)'],
  snippet: 'sys-poll-loop',
  check: ({ observed }) =>
    observed.polling.streaks.map(streak => ({
      cause: `${streak.name} ${streak.fd}`,
      process: streak.process,
      thread: streak.thread,
      atNs: streak.startNs,
      evidence: evidence(['first', streak.row], ['last', streak.lastRow]),
      values: { call: streak.name, fd: streak.fd, calls: streak.count, lastedNs: streak.endNs - streak.startNs },
    })),
};
