/** Logs for the rules about queues, segments, semaphores and temporary files. */

import { fork } from './logParts.js';
import type { RuleCases } from './ruleCase.js';

const ended = '10 1.0 +++ exited with 0 +++\n';
const take = 'semop(7, [{sem_num=0, sem_op=-1, sem_flg=0}], 1)';
const post = 'semop(7, [{sem_num=0, sem_op=1, sem_flg=0}], 1) = 0 <0.000010>';
const semWait = (address: string): string =>
  `futex(${address}, FUTEX_WAIT_BITSET|FUTEX_CLOCK_REALTIME, 0, NULL, FUTEX_BITSET_MATCH_ANY)`;

export const ipcCases: RuleCases = {
  'queue-not-removed': {
    bad: `10 0.0 msgget(IPC_PRIVATE, 0600) = 7 <0.000010>\n${ended}`,
    good: `10 0.0 msgget(IPC_PRIVATE, 0600) = 7 <0.000010>
      10 0.1 msgctl(7, IPC_RMID, NULL) = 0 <0.000010>\n${ended}`,
    also: {
      'a queue with a name may be meant to last': {
        log: `10 0.0 mq_open("jobs", O_RDWR|O_CREAT, 0600, {mq_maxmsg=4, mq_msgsize=64}) = 3 <0.000010>
          10 0.1 msgget(0x12, IPC_CREAT|0600) = 7 <0.000010>\n${ended}`,
        expected: ['info queue-not-removed', 'info queue-not-removed'],
      },
    },
    silent: {
      'it is unlinked': `10 0.0 mq_open("jobs", O_RDWR|O_CREAT, 0600, {mq_maxmsg=4, mq_msgsize=64}) = 3 <0.000010>
        10 0.1 mq_unlink("jobs") = 0 <0.000010>\n${ended}`,
      'it is another program’s': `10 0.0 msgget(0x12, 0) = 7 <0.000010>
        10 0.1 mq_open("jobs", O_RDWR) = 3 <0.000010>\n${ended}`,
      'somebody who could remove it lives on': `10 0.0 ${fork} = 11 <0.000100>
        10 0.0 msgget(IPC_PRIVATE, 0600) = 7 <0.000010>
        11 0.5 setsid() = 11 <0.000010>\n${ended}`,
      'another process removes it': `10 0.0 msgget(IPC_PRIVATE, 0600) = 7 <0.000010>
        10 0.0 ${fork} = 11 <0.000100>\n${ended}11 1.01 msgctl(7, IPC_RMID, NULL) = 0 <0.000010>
        11 1.02 +++ exited with 0 +++\n`,
    },
  },
  'segment-not-removed': {
    bad: `10 0.0 shmget(IPC_PRIVATE, 4096, 0600) = 7 <0.000010>\n${ended}`,
    good: `10 0.0 shmget(IPC_PRIVATE, 4096, 0600) = 7 <0.000010>
      10 0.1 shmctl(7, IPC_RMID, NULL) = 0 <0.000010>
      10 0.2 openat(AT_FDCWD, "/dev/shm/state", O_RDWR|O_CREAT|O_EXCL|O_CLOEXEC, 0600) = 3</dev/shm/state> <0.000010>
      10 0.3 unlink("/dev/shm/state") = 0 <0.000010>\n${ended}`,
    also: {
      'a segment with a name may be meant to last': {
        log: `10 0.0 openat(AT_FDCWD, "/dev/shm/state", O_RDWR|O_CREAT|O_CLOEXEC, 0600) = 3</dev/shm/state> <0.000010>\n${ended}`,
        expected: ['info segment-not-removed'],
      },
    },
  },
  'semaphore-not-removed': {
    bad: `10 0.0 semget(IPC_PRIVATE, 1, 0600) = 7 <0.000010>\n${ended}`,
    good: `10 0.0 semget(IPC_PRIVATE, 1, 0600) = 7 <0.000010>
      10 0.1 semctl(7, 0, IPC_RMID, NULL) = 0 <0.000010>\n${ended}`,
    also: {
      'a POSIX semaphore gets its name from a link': {
        log: `10 0.0 openat(AT_FDCWD, "/dev/shm/sem.aB3xYz", O_RDWR|O_CREAT|O_EXCL, 0600) = 3</dev/shm/sem.aB3xYz> <0.000010>
          10 0.1 link("/dev/shm/sem.aB3xYz", "/dev/shm/sem.turn") = 0 <0.000010>
          10 0.2 unlink("/dev/shm/sem.aB3xYz") = 0 <0.000010>\n${ended}`,
        expected: ['info semaphore-not-removed'],
      },
    },
  },
  'semaphore-never-posted': {
    bad: `10 0.0 ${take} = 0 <0.000010>
      10 0.1 ${fork} = 11 <0.000100>
      10 0.2 wait4(11,  <unfinished ...>
      11 0.2 ${take} = -1 EINTR (Interrupted system call) <1.000000>
      11 1.2 --- SIGALRM {si_signo=SIGALRM, si_code=SI_KERNEL} ---
      11 1.2 +++ killed by SIGALRM +++
      10 1.2 <... wait4 resumed>[{WIFSIGNALED(s) && WTERMSIG(s) == SIGALRM}], 0, NULL) = 11 <1.000000>\n`,
    good: `10 0.0 ${take} = 0 <0.000010>
      10 0.1 ${fork} = 11 <0.000100>
      11 0.2 ${take} <unfinished ...>
      10 0.9 ${post}
      11 1.0 <... semop resumed>) = 0 <0.800000>
      11 1.1 +++ exited with 0 +++
      10 1.2 wait4(11, NULL, 0, NULL) = 11 <0.000010>\n`,
    also: {
      'a POSIX semaphore with a name is a file that is mapped': {
        log: `10 0.0 openat(AT_FDCWD, "/dev/shm/sem.turn", O_RDWR|O_NOFOLLOW|O_CLOEXEC) = 3</dev/shm/sem.turn> <0.000010>
          10 0.0 mmap(NULL, 32, PROT_READ|PROT_WRITE, MAP_SHARED, 3</dev/shm/sem.turn>, 0) = 0x7f0000000000 <0.000010>
          10 0.1 close(3</dev/shm/sem.turn>) = 0 <0.000010>
          10 0.2 ${semWait('0x7f0000000000')} = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <1.000000>
          10 1.2 --- SIGALRM {si_signo=SIGALRM, si_code=SI_KERNEL} ---
          10 1.2 +++ killed by SIGALRM +++\n`,
        expected: ['warning semaphore-never-posted'],
      },
      'who is told to stop may have waited for work': {
        log: `11 0.2 ${take} = -1 EINTR (Interrupted system call) <1.000000>
          11 1.2 --- SIGTERM {si_signo=SIGTERM, si_code=SI_USER, si_pid=9, si_uid=0} ---
          11 1.2 +++ killed by SIGTERM +++\n`,
        expected: ['info semaphore-never-posted'],
      },
    },
    silent: {
      'it may be a condition variable': `10 0.2 ${semWait('0x7f0000001000')} = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <1.000000>
        10 1.2 --- SIGALRM {si_signo=SIGALRM, si_code=SI_KERNEL} ---
        10 1.2 +++ killed by SIGALRM +++\n`,
      'a handler interrupted it, and the program goes on': `11 0.2 ${take} = -1 EINTR (Interrupted system call) <1.000000>
        11 1.2 --- SIGALRM {si_signo=SIGALRM, si_code=SI_KERNEL} ---
        11 1.2 rt_sigreturn({mask=[]}) = -1 EINTR (Interrupted system call) <0.000010>
        11 1.3 +++ killed by SIGALRM +++\n`,
    },
  },
  'temp-file-left': {
    bad: `10 0.0 openat(AT_FDCWD, "/tmp/sorted-aB3xYz", O_RDWR|O_CREAT|O_EXCL, 0600) = 3</tmp/sorted-aB3xYz> <0.000010>\n${ended}`,
    good: `10 0.0 openat(AT_FDCWD, "/tmp/sorted-aB3xYz", O_RDWR|O_CREAT|O_EXCL, 0600) = 3</tmp/sorted-aB3xYz> <0.000010>
      10 0.1 unlink("/tmp/sorted-aB3xYz") = 0 <0.000010>\n${ended}`,
    silent: {
      'it has a name that somebody chose': `10 0.0 openat(AT_FDCWD, "/tmp/work/data/00000001", O_RDWR|O_CREAT|O_EXCL, 0600) = 3</tmp/work/data/00000001> <0.000010>
        10 0.1 openat(AT_FDCWD, "/tmp/work/VERSION", O_RDWR|O_CREAT|O_EXCL, 0600) = 4</tmp/work/VERSION> <0.000010>
        10 0.2 openat(AT_FDCWD, "/tmp/work/aB3xYz", O_WRONLY|O_CREAT|O_EXCL, 0666) = 5</tmp/work/aB3xYz> <0.000010>\n${ended}`,
      'it gets its place': `10 0.0 openat(AT_FDCWD, "/tmp/x/new-aB3xYz", O_RDWR|O_CREAT|O_EXCL, 0600) = 3</tmp/x/new-aB3xYz> <0.000010>
        10 0.1 renameat2(AT_FDCWD, "/tmp/x/new-aB3xYz", AT_FDCWD, "/tmp/x/result", RENAME_NOREPLACE) = 0 <0.000010>\n${ended}`,
      'it is removed by way of its folder': `10 0.0 openat(AT_FDCWD, "/tmp/x/new-aB3xYz", O_RDWR|O_CREAT|O_EXCL, 0600) = 3</tmp/x/new-aB3xYz> <0.000010>
        10 0.1 unlinkat(5</tmp/x>, "new-aB3xYz", 0) = 0 <0.000010>\n${ended}`,
      'the log does not say in which folder a file of its name is removed': `10 0.0 openat(AT_FDCWD, "/tmp/x/new-aB3xYz", O_RDWR|O_CREAT|O_EXCL, 0600) = 3</tmp/x/new-aB3xYz> <0.000010>
        10 0.1 unlink("new-aB3xYz") = 0 <0.000010>\n${ended}`,
    },
  },
};
