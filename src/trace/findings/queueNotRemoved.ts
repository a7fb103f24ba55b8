/** A message queue is still there when everybody has ended. One with a key or a name may be meant to last. */

import { leftBehindRule } from './leftBehindRule.js';

export const queueNotRemoved = leftBehindRule(
  {
    id: 'queue-not-removed',
    severity: 'warning',
    concept: 'messageQueues',
    manPages: ['sysvipc(7)', 'msgctl(2)', 'mq_overview(7)', 'ipcrm(1)'],
    snippet: 'sys-msgq-sysv',
  },
  'queue',
  left => (left.anonymous ? 'warning' : 'info'),
);
