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
  blames: 'served',
  snippet: 'sys-nonblock',
  check: ({ kernel, events }) =>
    [...kernel.waitingModel.watched()].flatMap(report => {
      const blocking = report.interest?.target?.nonBlocking.at(report.atNs) === false;
      if (report.trigger !== 'edge' || !blocking) return [];
      const slept = (row: Row): number => events.endNs(row) - events.startNs(row);
      const asleep = calls(report, events).find(row => slept(row) >= leastSleepMs * 1e6);
      if (asleep === undefined) return [];
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

/** The calls that served a report; one that still waits is not among those that are told as served. */
function calls(
  report: { served: readonly Row[]; fd: number },
  events: Parameters<Rule['check']>[0]['events'],
): readonly Row[] {
  const last = report.served.at(-1);
  const next = last === undefined ? null : events.next(last);
  const waitsNow = next !== null && events.isOpen(next) && events.fd(next) === report.fd;
  return waitsNow ? [...report.served, next] : report.served;
}
