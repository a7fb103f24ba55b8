/**
 * A descriptor was closed twice. In between its number may have been given to something else, which then loses it. Shells, which close
 * what they may have inherited from themselves, are known for it and silent.
 */

import type { FindingContext } from './context.js';
import { baseName, evidence, isShell } from './evidence.js';
import type { DoubleClose } from './observers/doubleCloses.js';
import type { Rule } from './rule.js';

/** Calls of close around it that are looked at. */
const mostSteps = 64;

export const closeTwice: Rule = {
  id: 'close-twice',
  severity: 'warning',
  concept: 'descriptors',
  manPages: ['close(2)'],
  blames: 'again',
  check: context =>
    context.observed.doubleCloses.all.flatMap(twice => {
      const image = context.process(twice.process)?.image ?? '';
      if (isShell(baseName(image)) || isSweep(twice, context)) return [];
      return {
        cause: `${twice.fd} ${twice.name}`,
        process: twice.process,
        thread: twice.thread,
        atNs: twice.atNs,
        evidence: evidence(['opened', twice.openedRow], ['closed', twice.closedRow], ['again', twice.row]),
        values: { fd: twice.fd, what: twice.name },
      };
    }),
};

/** It is one of many closes in a row, among them of numbers that were never open: somebody closes whatever there may be. */
function isSweep({ row, thread }: DoubleClose, { events, observed }: FindingContext): boolean {
  for (const step of [events.next, events.previous])
    for (
      let r = step(row), steps = 0;
      r !== null && steps < mostSteps && events.name(r) === 'close';
      r = step(r), steps++
    )
      if (observed.doubleCloses.isStray(thread, r)) return true;
  return false;
}
