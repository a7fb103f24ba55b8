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
  'lock-contention': {
    title: 'Lock contention',
    message: '{0} threads waited {1} times for one lock, {2} in all: {3} % of their time meanwhile',
    values: ['threads', 'waits', 'waitedNs', 'percent'],
    explanation:
      'A mutex that is free is taken without a system call; these waits are those for one that somebody else held. Threads that mostly wait for the same lock take turns, however many processors there are. Hold it for less: compute and do I/O before or after, or give each thread or each part of the data a lock of its own.',
    steps: { longest: 'the longest wait for the lock', wake: 'its holder unlocks it' },
  },
  livelock: {
    title: 'Livelock',
    message: 'two threads tried {2} times in {3} for the lock that the other one held: {0} and {1}',
    values: ['held', 'wanted', 'tries', 'lastedNs'],
    explanation:
      'Each takes its first lock, finds the second one taken, lets go and begins again, at the same pace as the other. Nobody sleeps for good, and nobody gets further. Take the locks in one order everywhere, or wait for a random time before the next try.',
    steps: {
      mine: 'holds one lock and does not get the other',
      other: 'holds that one and does not get this one',
      last: 'still the same',
    },
  },
  'lock-not-released': {
    title: 'File lock held until the end',
    message: 'the lock on {0} was held for {1}, until the process ended',
    values: ['name', 'heldNs'],
    explanation:
      'The kernel releases file locks when the process ends (a flock lock with the last descriptor of its open file). Until then everybody else waits, also while the program does something else. Unlock, or close the file, when the work on it is done.',
    steps: { locked: 'the lock is taken', exit: 'the end of the process releases it' },
  },
};
