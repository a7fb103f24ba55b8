/** A child stayed a zombie for long before somebody reaped it, or still is one (wait(2), "Notes"). */

import { evidence, leaderOf } from './evidence.js';
import type { Rule } from './rule.js';

export const zombie: Rule = {
  id: 'zombie',
  severity: 'warning',
  concept: 'zombie',
  manPages: ['wait(2)'],
  snippet: 'sys-waitpid-nohang',
  check: ({ processes, process: byId, family, settings }) =>
    processes.flatMap(child => {
      const { parent, endNs, reapedBy } = child;
      const lasts = child.state.kind === 'zombie';
      if (parent === null || endNs === null || child.zombieNs < settings.zombieMs * 1e6) return [];
      if (reapedBy === null ? !lasts : reapedBy.process !== parent) return [];
      const owner = byId(parent);
      if (!owner) return [];
      return {
        cause: 'late',
        process: parent,
        thread: leaderOf(owner),
        atNs: endNs,
        evidence: evidence(
          ['created', child.createdByRow],
          ['exit', family.exitRow(child.id)],
          ['reap', reapedBy?.row],
        ),
        values: { child: child.pid, zombieNs: child.zombieNs, reaped: reapedBy ? 1 : 0 },
      };
    }),
};
