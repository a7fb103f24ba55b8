/** A process outlived its parent. Daemons do so on purpose: one that made a session of its own is no finding. */

import { evidence, leaderOf } from './evidence.js';
import type { Rule } from './rule.js';

export const orphan: Rule = {
  id: 'orphan',
  severity: 'info',
  concept: 'orphan',
  manPages: ['wait(2)', 'prctl(2)'],
  snippet: 'sys-waitpid-loop',
  check: ({ processes, family, observed, nowNs, settings }) =>
    processes.flatMap(process => {
      const { reparented, parent } = process;
      if (!reparented || parent === null) return [];
      const outlivedNs = (process.endNs ?? nowNs) - reparented.atNs;
      const isDaemon = [process.id, parent].some(id => observed.daemonSteps.rowOf(id, 'setsid') !== undefined);
      if (outlivedNs < settings.orphanMs * 1e6 || isDaemon) return [];
      return {
        cause: 'outlived',
        process: process.id,
        thread: leaderOf(process),
        atNs: reparented.atNs,
        evidence: evidence(['created', process.createdByRow], ['parentExit', family.exitRow(parent)]),
        values: { outlivedNs, adopter: reparented.pid ?? 0 },
      };
    }),
};
