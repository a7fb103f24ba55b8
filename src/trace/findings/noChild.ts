/**
 * A process waited for a child that it does not have (ECHILD, wait(2)). A loop that reaps until there is no child left, and a handler
 * that only asks (WNOHANG), end like that on purpose: silent.
 */

import type { Row } from '../api.js';
import type { FindingContext } from './context.js';
import { evidence } from './evidence.js';
import type { WaitCall } from './observers/waitCalls.js';
import type { Found, Rule } from './rule.js';

export const noChild: Rule = {
  id: 'no-child',
  severity: 'warning',
  concept: 'wait',
  manPages: ['wait(2)', 'sigaction(2)'],
  blames: 'refused',
  snippet: 'sys-waitpid',
  check: context =>
    context.observed.waitCalls.refused.filter(wait => !wait.noHang).flatMap(wait => foundAt(wait, context) ?? []),
};

function foundAt(wait: WaitCall, context: FindingContext): Found | null {
  const reason = reasonOf(wait, context);
  if (reason === null) return null;
  return {
    cause: `${reason.why} ${wait.target}`,
    severity: reason.why === 'ignored' ? 'info' : 'warning',
    process: wait.process,
    thread: wait.thread,
    atNs: wait.startNs,
    evidence: evidence(['before', reason.row], ['refused', wait.row]),
    values: { case: reason.why, child: wait.target },
  };
}

/** Why there is no such child, and the event that shows it; null when the trace cannot tell, or all is well. */
function reasonOf(wait: WaitCall, context: FindingContext): { why: string; row: Row | null } | null {
  const { processes, process: byId, observed, family } = context;
  const waiter = byId(wait.process);
  if (!waiter) return null;
  if (!(wait.target > 0)) {
    // Children from before the trace began would not be known.
    const known = waiter.createdByRow !== null || observed.daemonSteps.executed.has(waiter.id);
    return known && waiter.children.length === 0 ? { why: 'none', row: null } : null;
  }
  const before = observed.waitCalls.of(waiter.id).findLast(w => w.row < wait.row && w.result === wait.target);
  if (before) return { why: 'again', row: before.row };
  const target = processes.findLast(p => p.pid === wait.target && p.startNs <= wait.startNs);
  if (!target || target.id === waiter.id) return null;
  if (target.parent !== waiter.id) return { why: 'notMine', row: target.createdByRow };
  return target.autoReaped ? { why: 'ignored', row: family.exitRow(target.id) } : null;
}
