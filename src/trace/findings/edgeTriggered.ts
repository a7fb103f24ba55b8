/** What the rules about edge-triggered epoll have in common (epoll(7), "Level-triggered and edge-triggered"). */

import type { Row } from '../api.js';
import type { Readiness } from '../model/waiting/readinessLog.js';
import type { FindingContext } from './context.js';

/** Reports of edge-triggered streams that ended in a given way, with the last call that served them. */
export function edgeReports(
  { kernel }: FindingContext,
  outcome: Readiness['outcome'],
): { report: Readiness; last: Row; description: NonNullable<NonNullable<Readiness['interest']>['target']> }[] {
  return [...kernel.waitingModel.watched()].flatMap(report => {
    const last = report.served.at(-1);
    const description = report.interest?.target;
    if (report.trigger !== 'edge' || report.outcome !== outcome || last === undefined || !description) return [];
    return { report, last, description };
  });
}
