/** A parent let its dead child lie until it ended itself. */

import { evidence, leaderOf } from './evidence.js';
import type { Rule } from './rule.js';

export const zombieNeverReaped: Rule = {
  id: 'zombie-never-reaped',
  severity: 'warning',
  concept: 'zombie',
  manPages: ['wait(2)'],
  snippet: 'sys-sigchld-handler',
  check: ({ processes, process: byId, family, settings }) =>
    processes.flatMap(child => {
      const { parent, endNs, reapedBy } = child;
      if (parent === null || endNs === null || child.autoReaped || child.zombieNs < settings.zombieMs * 1e6) return [];
      const owner = byId(parent);
      // Only an end that the trace shows: a parent that lives on may reap it yet.
      if (!owner || owner.endNs === null || owner.endNs < endNs || reapedBy?.process === parent) return [];
      return {
        cause: 'never',
        process: parent,
        thread: leaderOf(owner),
        atNs: endNs,
        evidence: evidence(
          ['created', child.createdByRow],
          ['exit', family.exitRow(child.id)],
          ['parentExit', family.exitRow(parent)],
        ),
        values: { child: child.pid, zombieNs: child.zombieNs },
      };
    }),
};
