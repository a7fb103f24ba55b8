/** A descriptor that epoll watches edge-triggered is blocking, and the loop that drains it fell asleep in a read or an accept. */

import type { Row } from '../api.js';
import { evidence } from './evidence.js';
import type { Rule } from './rule.js';

const leastSleepMs = 10;

export const etBlockingFd: Rule = {
  id: 'et-blocking-fd',
  severity: 'error',
  concept: 'edgeTriggered',
  manPages: ['epoll(7)', 'fcntl(2)'],
  check: ({ kernel, events }) =>
    [...kernel.waitingModel.watched()].flatMap(report => {
      const blocking = report.interest?.target?.nonBlocking.at(report.atNs) === false;
      if (report.trigger !== 'edge' || !blocking) return [];
      const slept = (row: Row): number => events.endNs(row) - events.startNs(row);
      const asleep = lastOf(report, events);
      if (asleep === null || slept(asleep) < leastSleepMs * 1e6) return [];
      return {
        cause: `fd ${report.fd}`,
        process: report.process,
        thread: report.thread,
        atNs: events.startNs(asleep),
        evidence: evidence(['ready', report.row], ['served', report.served[0]], ['asleep', asleep]),
        values: { fd: report.fd, call: events.name(asleep), sleptNs: slept(asleep) },
      };
    }),
};

/** The last call that served a report; while it waits it is not among those that are told as served. */
function lastOf(
  report: { served: readonly Row[]; fd: number },
  events: Parameters<Rule['check']>[0]['events'],
): Row | null {
  const last = report.served.at(-1);
  if (last === undefined) return null;
  const next = events.next(last);
  const waitsNow = next !== null && events.isOpen(next) && events.fd(next) === report.fd;
  return waitsNow ? next : last;
}
