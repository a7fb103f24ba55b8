/** A stream socket that nobody connected was read or written: often the listening one instead of what accept returned. */

import { evidence } from './evidence.js';
import type { Rule } from './rule.js';

export const notConnected: Rule = {
  id: 'not-connected',
  severity: 'error',
  concept: 'tcp',
  manPages: ['send(2)', 'recv(2)', 'accept(2)', 'connect(2)'],
  snippet: 'sys-tcp-server',
  blames: 'used',
  check: ({ observed }) =>
    observed.connections.uses
      .filter(use => use.failed === null)
      .map(use => ({
        cause: `${use.call} ${use.fd}`,
        process: use.process,
        thread: use.thread,
        atNs: use.atNs,
        evidence: evidence(['opened', use.openedRow], ['used', use.row]),
        values: { call: use.call, fd: use.fd, listening: use.listening ? 1 : 0 },
      })),
};
