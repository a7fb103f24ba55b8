/**
 * A call was refused because the process lacks a privilege. Programs may try and do without: only one that gives up right after is a
 * warning.
 */

import type { FindingContext } from './context.js';
import { evidence } from './evidence.js';
import type { Refusal } from './observers/refusals.js';
import type { Rule } from './rule.js';

/** Between the refusal and the exit there is a message. */
const mostSteps = 6;

export const missingPrivilege: Rule = {
  id: 'missing-privilege',
  severity: 'warning',
  concept: 'namespaces',
  manPages: ['capabilities(7)', 'credentials(7)'],
  blames: 'refused',
  check: context =>
    context.observed.refusals.all.map(refusal => {
      const exit = exitAfter(context, refusal);
      return {
        cause: refusal.call,
        severity: exit === null ? 'info' : 'warning',
        process: refusal.process,
        thread: refusal.thread,
        atNs: refusal.atNs,
        evidence: evidence(['refused', refusal.row], ['exit', exit]),
        values: { call: refusal.call, capability: refusal.capability },
      };
    }),
};

/** The exit with another code than 0 that follows a refusal at once. */
function exitAfter({ events, process: byId }: FindingContext, { row, process }: Refusal): number | null {
  const exit = byId(process)?.exit;
  if (!exit || !('code' in exit) || exit.code === 0) return null;
  let next = events.next(row);
  for (let step = 0; next !== null && step < mostSteps; step++, next = events.next(next))
    if (events.name(next) === 'exit_group') return next;
  return null;
}
