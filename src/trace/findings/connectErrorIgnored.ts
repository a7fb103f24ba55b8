/** connect failed, and the next thing that was done with the socket was to read or write it. */

import { evidence } from './evidence.js';
import type { Rule } from './rule.js';

export const connectErrorIgnored: Rule = {
  id: 'connect-error-ignored',
  severity: 'error',
  concept: 'tcp',
  manPages: ['connect(2)', 'send(2)', 'recv(2)'],
  snippet: 'sys-tcp-client',
  blames: 'failed',
  check: ({ observed }) =>
    observed.connections.uses.flatMap(({ failed, ...use }) =>
      failed === null
        ? []
        : {
            cause: `${failed.address} ${use.call}`,
            process: use.process,
            thread: use.thread,
            atNs: use.atNs,
            evidence: evidence(['failed', failed.row], ['used', use.row]),
            values: { address: failed.address, errno: failed.errno, call: use.call, fd: use.fd },
          },
    ),
};
