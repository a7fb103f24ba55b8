/** No process, or thread, could be made: a limit on their number was hit. Often by a loop that makes them and does not wait. */

import { evidence } from './evidence.js';
import type { Rule } from './rule.js';

export const forkEagain: Rule = {
  id: 'fork-eagain',
  severity: 'warning',
  concept: 'fork',
  manPages: ['fork(2)', 'clone(2)', 'getrlimit(2)', 'cgroups(7)'],
  blames: 'refused',
  snippet: 'sys-fork',
  check: ({ observed, process: byId }) =>
    observed.forkFailures.all.flatMap(({ process, thread, row, atNs, errno, isThread }) => {
      const parent = byId(process);
      if (!parent) return [];
      const children = parent.children.flatMap(id => byId(id) ?? []).filter(c => c.startNs <= atNs);
      // Reaped children take no room; zombies do.
      const there = children.filter(c => c.reapedBy === null || c.reapedBy.atNs > atNs);
      return {
        cause: `${errno} ${isThread}`,
        process,
        thread,
        atNs,
        evidence: evidence(['first', there[0]?.createdByRow], ['last', there.at(-1)?.createdByRow], ['refused', row]),
        values: { case: isThread ? 'thread' : errno, children: there.length, errno },
      };
    }),
};
