/** A file lock was held until its process ended. A locked PID file is meant so: it says that the daemon lives. */

import { evidence } from './evidence.js';
import type { Rule } from './rule.js';

const pidFile = /\.pid\b|^\/(var\/)?run\//;
/** Nobody minds a shorter one. */
const leastHeldNs = 100e6;

export const lockNotReleased: Rule = {
  id: 'lock-not-released',
  severity: 'info',
  concept: 'fileLocks',
  manPages: ['flock(2)', 'fcntl_locking(2)'],
  blames: 'locked',
  check: ({ kernel, process: byId, family }) =>
    kernel.lockModel.untilExit().flatMap(({ name, process, holder, fromNs, toNs, row }) => {
      const exit = byId(process)?.exit;
      // Who is killed cannot release anything.
      if (!exit || 'signal' in exit || pidFile.test(name) || toNs - fromNs < leastHeldNs) return [];
      return {
        cause: name,
        process,
        thread: holder,
        atNs: fromNs,
        evidence: evidence(['locked', row], ['exit', family.exitRow(process)]),
        values: { name, heldNs: toNs - fromNs },
      };
    }),
};
