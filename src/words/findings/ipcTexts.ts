/** What the rules about queues, segments, semaphores and files that outlive their maker say. */

import type { FindingTexts } from './findingText.js';

const exit = 'its maker ends';

export const ipcTexts: FindingTexts = {
  'queue-not-removed': {
    title: 'Message queue never removed',
    message: 'message queue {0} is still there when everybody has ended',
    values: ['name'],
    explanation:
      'A message queue, and what is in it, stays until somebody removes it or the system restarts; that its processes end does not matter. Such queues add up to a limit, and the next run may read old messages. Remove it with msgctl(IPC_RMID) or mq_unlink, also on the ways out that report an error. ipcs -q lists the System V queues that are there, and ipcrm removes one.',
    steps: { made: 'the queue is made', exit },
  },
  'segment-not-removed': {
    title: 'Shared memory never removed',
    message: 'shared memory {0} is still there when everybody has ended',
    values: ['name'],
    explanation:
      'A shared memory object keeps its memory when the last process has detached it, until somebody removes it or the system restarts. Remove it with shmctl(IPC_RMID) or shm_unlink. That can be done as soon as all have attached it: it goes with the last one, however that ends. ipcs -m lists System V segments, /dev/shm holds the POSIX ones.',
    steps: { made: 'the segment is made', exit },
  },
  'semaphore-not-removed': {
    title: 'Semaphores never removed',
    message: 'semaphores {0} are still there when everybody has ended',
    values: ['name'],
    explanation:
      'Semaphores that have a key, an id or a name stay, with their values, until somebody removes them or the system restarts. The number of System V sets is limited, and semget fails with ENOSPC at the limit. Remove them with semctl(IPC_RMID) or sem_unlink. ipcs -s lists the System V sets, /dev/shm/sem.* are the POSIX ones.',
    steps: { made: 'the semaphores are made', exit },
  },
  'semaphore-never-posted': {
    title: 'Semaphore that nobody posts',
    message: 'waited {1} for semaphore {0}, which nobody posted',
    values: ['name', 'waitedNs'],
    explanation:
      'sem_wait, and semop with a negative number, wait until the value is large enough. Whoever had taken the semaphore did not give it back, or ended before: look at its ways out that report an error. With SEM_UNDO the kernel gives back what a process had taken from a System V semaphore when it ends.',
    steps: {
      taken: 'somebody takes it',
      wait: 'the wait that nobody ends',
      exit: 'the process is killed, still waiting',
    },
  },
  'temp-file-left': {
    title: 'Temporary file left behind',
    message: '{0} was made and never removed',
    values: ['name'],
    explanation:
      'Files under /tmp stay until somebody removes them, and every run leaves another one. A file that only one program needs can be unlinked right after it was opened: it goes with the last descriptor, however the program ends. tmpfile does that, and O_TMPFILE makes a file that never has a name.',
    steps: { made: 'the file is made', exit },
  },
};
