/** Shared memory is still there when everybody has ended. A segment with a key or a name may be meant to last. */

import { leftBehindRule } from './leftBehindRule.js';

export const segmentNotRemoved = leftBehindRule(
  {
    id: 'segment-not-removed',
    severity: 'warning',
    concept: 'sharedMemory',
    manPages: ['sysvipc(7)', 'shmctl(2)', 'shm_overview(7)', 'ipcrm(1)'],
    snippet: 'sys-shm-sem',
  },
  'segment',
  left => (left.anonymous ? 'warning' : 'info'),
);
