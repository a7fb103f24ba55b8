/** The process ran into a limit of its own resources. Error when that killed it. */

import { evidence } from './evidence.js';
import type { Rule } from './rule.js';

export const limitHit: Rule = {
  id: 'limit-hit',
  severity: 'warning',
  concept: 'limits',
  manPages: ['getrlimit(2)', 'signal(7)'],
  blames: 'refused',
  snippet: 'sys-setrlimit',
  check: ({ observed, process: byId, family }) =>
    observed.limits.hits.flatMap(({ process, thread, row, atNs, resource, name, setRow, limit }) => {
      const owner = byId(process);
      if (!owner) return [];
      const killer = owner.exit && 'signal' in owner.exit ? owner.exit.signal : '';
      const killed = killer === (resource === 'RLIMIT_CPU' ? 'SIGXCPU' : resource === 'RLIMIT_FSIZE' ? 'SIGXFSZ' : '-');
      // SIGKILL is what a process gets that goes on beyond the hard limit.
      const killedAtLast = resource === 'RLIMIT_CPU' && killer === 'SIGKILL';
      return {
        cause: resource,
        severity: killed || killedAtLast ? 'error' : 'warning',
        process,
        thread,
        atNs,
        evidence: evidence(['set', setRow], ['refused', row], ['exit', killed ? family.exitRow(process) : null]),
        values: { case: resource, call: name, limit: `${resource} ${limit}`.trim() },
      };
    }),
};
