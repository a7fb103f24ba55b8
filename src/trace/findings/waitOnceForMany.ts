/**
 * A process made several children, waited for one, and left. The others may have been meant to go on: information. Those that are
 * zombies for long are told by zombie-never-reaped, and those lost by a SIGCHLD handler by lost-sigchld.
 */

import type { ProcessInfo } from '../api.js';
import { baseName, evidence, isShell, leaderOf } from './evidence.js';
import type { Rule } from './rule.js';

export const waitOnceForMany: Rule = {
  id: 'wait-once-for-many',
  severity: 'info',
  concept: 'wait',
  manPages: ['wait(2)'],
  blames: 'wait',
  snippet: 'sys-waitpid-loop',
  check: ({ processes, process: byId, observed, family, kernel }) =>
    processes.flatMap(parent => {
      const { id, exit, endNs, children } = parent;
      if (endNs === null || !exit || !('code' in exit) || children.length < 2 || isShell(baseName(parent.image)))
        return [];
      const waits = observed.waitCalls.of(id);
      const [wait] = waits;
      if (!wait || waits.length > 1 || !(wait.result > 0)) return [];
      if (kernel.signalModel.disposition(id, 'SIGCHLD', wait.startNs)?.action === 'handler') return [];
      const born = children.map(child => byId(child)).filter((c): c is ProcessInfo => c !== undefined);
      const left = born.filter(c => !c.autoReaped && c.reapedBy?.process !== id && c.startNs < endNs);
      const [first] = left;
      if (!first || born.some(c => c.startNs > wait.startNs)) return [];
      return {
        cause: 'left',
        process: id,
        thread: leaderOf(parent),
        atNs: endNs,
        evidence: evidence(['created', first.createdByRow], ['wait', wait.row], ['parentExit', family.exitRow(id)]),
        values: { children: children.length, left: left.length, child: first.pid },
      };
    }),
};
