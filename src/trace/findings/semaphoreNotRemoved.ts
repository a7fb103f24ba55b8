/** Semaphores are still there when everybody has ended. Those with a key or a name may be meant to last. */

import { leftBehindRule } from './leftBehindRule.js';

export const semaphoreNotRemoved = leftBehindRule(
  {
    id: 'semaphore-not-removed',
    severity: 'warning',
    concept: 'semaphores',
    manPages: ['sysvipc(7)', 'semctl(2)', 'sem_overview(7)', 'ipcrm(1)'],
    snippet: 'sys-shm-sem',
  },
  'semaphores',
  left => (left.anonymous ? 'warning' : 'info'),
);
