/** A child failed, and its parent reaped it without asking how it had ended. Perhaps it does not matter: information. */

import { evidence, leaderOf } from './evidence.js';
import type { Rule } from './rule.js';

/** Signals that tell of a mistake in the child; others are sent to end it, often by the parent itself. */
const crashes = /^SIG(SEGV|BUS|FPE|ILL|ABRT|SYS|TRAP|XCPU|XFSZ)$/;

export const childStatusIgnored: Rule = {
  id: 'child-status-ignored',
  severity: 'info',
  concept: 'exitStatus',
  manPages: ['wait(2)'],
  blames: 'reap',
  snippet: 'sys-wait-status',
  check: ({ processes, process: byId, observed, family }) =>
    processes.flatMap(child => {
      const { exit, reapedBy, parent } = child;
      if (!exit || reapedBy === null || parent === null || reapedBy.process !== parent) return [];
      const crash = 'signal' in exit ? exit.signal : '';
      if ('code' in exit ? exit.code === 0 : !crashes.test(crash)) return [];
      const wait = observed.waitCalls.at(reapedBy.row);
      const owner = byId(parent);
      if (!wait || wait.asksStatus || !owner) return [];
      return {
        cause: 'status',
        process: parent,
        thread: leaderOf(owner),
        atNs: reapedBy.atNs,
        evidence: evidence(['created', child.createdByRow], ['exit', family.exitRow(child.id)], ['reap', wait.row]),
        values: {
          case: crash === '' ? 'code' : 'signal',
          child: child.pid,
          status: 'code' in exit ? exit.code : crash,
        },
      };
    }),
};
