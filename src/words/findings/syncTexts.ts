/** What the rules about threads and locks say. */

import type { FindingTexts } from './findingText.js';

export const syncTexts: FindingTexts = {
  deadlock: {
    title: 'Deadlock',
    message: 'all {0} threads wait for one another, {1} of them for locks, for {2}',
    values: ['threads', 'locks', 'stuckNs'],
    explanation:
      'Every thread of the process waits for a lock or for another thread, without a time limit, so nobody is left to wake anybody. Usually two threads took two locks in opposite order, or one took the same lock twice. Take locks in one fixed order everywhere.',
    steps: { lock: 'this thread waits for a lock', join: 'this thread waits for another one' },
  },
};
