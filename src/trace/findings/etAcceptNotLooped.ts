/** An edge-triggered listener was asked for one connection, and the thread went to sleep with more perhaps in the queue. */

import { edgeReports } from './edgeTriggered.js';
import { evidence, sleepAfter } from './evidence.js';
import type { Rule } from './rule.js';

const leastSleepMs = 10;

export const etAcceptNotLooped: Rule = {
  id: 'et-accept-not-looped',
  severity: 'error',
  concept: 'edgeTriggered',
  manPages: ['epoll(7)', 'accept(2)'],
  blames: 'accepted',
  snippet: 'sys-epoll-et-accept',
  check: context =>
    edgeReports(context, 'notDrained').flatMap(({ report, last }) => {
      if (!context.events.name(last).startsWith('accept')) return [];
      const sleep = sleepAfter(context, last, leastSleepMs);
      if (sleep === null) return [];
      return {
        cause: `fd ${report.fd}`,
        process: report.process,
        thread: report.thread,
        atNs: report.atNs,
        evidence: evidence(['ready', report.row], ['accepted', last], ['sleep', sleep]),
        values: { fd: report.fd, sleptNs: context.events.endNs(sleep) - context.events.startNs(sleep) },
      };
    }),
};
