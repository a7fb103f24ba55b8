/** bind failed: the path of a UNIX socket is there from an earlier run, or a port without SO_REUSEADDR is not free yet. */

import { evidence } from './evidence.js';
import type { Rule } from './rule.js';

export const addrInUse: Rule = {
  id: 'addr-in-use',
  severity: 'error',
  concept: 'tcp',
  manPages: ['bind(2)', 'unix(7)', 'socket(7)'],
  blames: 'bind',
  snippet: 'sys-reuseaddr',
  check: ({ observed, events }) =>
    observed.addresses.failedBinds.flatMap(bind => {
      // With the option set somebody really listens there, which is nobody's bug.
      if (bind.family === 'inet' && bind.reuseAddress) return [];
      // A program that unlinks the path and binds again has dealt with it.
      const next = events.next(bind.row);
      if (next !== null && /^unlink/.test(events.name(next))) return [];
      return {
        cause: bind.address,
        // A traced process has the address: in use indeed, and perhaps as it should be.
        severity: bind.held ? 'info' : 'error',
        process: bind.process,
        thread: bind.thread,
        atNs: bind.atNs,
        evidence: evidence(['earlierBind', bind.earlier], ['bind', bind.row]),
        values: { address: bind.address, family: bind.family },
      };
    }),
};
