/**
 * Several workers woke up for one connection, and all but one found nothing: accept said EAGAIN as the first thing after the
 * wake-up. A loop that accepts until EAGAIN is no herd: its first accept worked.
 */

import type { Readiness } from '../model/waiting/readinessLog.js';
import { evidence } from './evidence.js';
import type { Found, Rule } from './rule.js';

/** Fewer are a coincidence. */
const leastVain = 3;

export const thunderingHerd: Rule = {
  id: 'thundering-herd',
  severity: 'warning',
  concept: 'thunderingHerd',
  manPages: ['epoll_ctl(2)', 'socket(7)'],
  blames: 'vain',
  snippet: 'sys-epoll-exclusive',
  check: ({ kernel, events }) => {
    const listeners = new Map<object, { vain: Readiness[]; accepted: Readiness[]; workers: Set<number> }>();
    for (const report of kernel.waitingModel.watched()) {
      const listener = report.interest?.target;
      const first = report.served[0];
      if (!listener || first === undefined || !events.name(first).startsWith('accept')) continue;
      let seen = listeners.get(listener);
      if (!seen) listeners.set(listener, (seen = { vain: [], accepted: [], workers: new Set() }));
      seen.workers.add(report.thread);
      if (events.returnValue(first) >= 0) seen.accepted.push(report);
      else if (report.outcome === 'eagain') seen.vain.push(report);
    }
    const found: Found[] = [];
    for (const { vain, accepted, workers } of listeners.values()) {
      const first = vain[0];
      if (!first || workers.size < 2 || vain.length < leastVain || vain.length < accepted.length) continue;
      const winner = accepted.findLast(a => a.atNs <= first.atNs) ?? accepted[0];
      found.push({
        cause: `fd ${first.fd}`,
        process: first.process,
        thread: first.thread,
        atNs: first.atNs,
        evidence: evidence(['won', winner?.served[0]], ['woken', first.row], ['vain', first.served[0]]),
        values: { fd: first.fd, workers: workers.size, vain: vain.length, accepted: accepted.length },
      });
    }
    return found;
  },
};
