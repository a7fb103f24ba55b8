/** A descriptor of 1024 or more in an fd_set: FD_SET wrote behind the set. */

import { evidence } from './evidence.js';
import type { Rule } from './rule.js';

export const fdSetsize: Rule = {
  id: 'fd-setsize',
  severity: 'error',
  concept: 'multiplexing',
  manPages: ['select(2)', 'poll(2)'],
  snippet: 'sys-poll-loop',
  blames: 'select',
  check: ({ observed, kernel }) =>
    [...observed.bigSelects.first.values()].map(select => ({
      cause: 'select',
      process: select.process,
      thread: select.thread,
      atNs: select.atNs,
      evidence: evidence(
        ['opened', kernel.descriptorModel.find(select.process, select.fd, select.atNs)?.birthRow],
        ['select', select.row],
      ),
      values: { fd: select.fd },
    })),
};
