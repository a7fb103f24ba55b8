/**
 * A process made children by the hundred without a wait in between, and they were all there at once. Whether there would have been an
 * end to it the log cannot tell, and some servers keep as many workers: information.
 */

import type { ProcessInfo } from '../api.js';
import { evidence, leaderOf } from './evidence.js';
import type { Rule } from './rule.js';

const manyChildren = 100;

export const forkUnbounded: Rule = {
  id: 'fork-unbounded',
  severity: 'info',
  concept: 'fork',
  manPages: ['fork(2)', 'wait(2)', 'getrlimit(2)'],
  blames: 'first',
  snippet: 'sys-prefork',
  check: ({ processes, process: byId, observed }) =>
    processes.flatMap(parent => {
      if (parent.children.length < manyChildren) return [];
      const waits = observed.waitCalls.of(parent.id);
      const children = parent.children.flatMap(id => byId(id) ?? []).sort((a, b) => a.startNs - b.startNs);
      // Of the children made since the last wait, those that are still there when another one is made.
      let nextWait = 0;
      let there: ProcessInfo[] = [];
      for (const child of children) {
        const before = nextWait;
        while ((waits[nextWait]?.startNs ?? Infinity) < child.startNs) nextWait++;
        if (nextWait > before) there = [];
        there.push(child);
        if (there.length < manyChildren) continue;
        const [first] = there;
        if (there.some(c => goneNs(c) <= child.startNs)) {
          there = there.filter(c => goneNs(c) > child.startNs);
          continue;
        }
        const same = children.filter(
          c => c.startNs >= first!.startNs && c.startNs < (waits[nextWait]?.startNs ?? Infinity),
        );
        return {
          cause: 'many',
          process: parent.id,
          thread: leaderOf(parent),
          atNs: child.startNs,
          evidence: evidence(['first', first!.createdByRow], ['last', child.createdByRow]),
          values: { children: same.length },
        };
      }
      return [];
    }),
};

/** When a child left the table of processes. */
function goneNs({ reapedBy, autoReaped, endNs }: ProcessInfo): number {
  return reapedBy?.atNs ?? (autoReaped && endNs !== null ? endNs : Infinity);
}
