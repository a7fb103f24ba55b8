/** Logs for the rules about threads and locks. */

import { fork, repeat, thread } from './logParts.js';
import type { RuleCases } from './ruleCase.js';

const lock = (tid: number, address: string): string =>
  `${tid} 1.0 futex(${address}, FUTEX_WAIT_PRIVATE, 2, NULL <unfinished ...>\n`;

/** Two threads that wait for a lock in turn, every ten milliseconds, for so many milliseconds. */
const contended = (waits: number, ms: number, how = 'FUTEX_WAIT_PRIVATE, 2, NULL'): string =>
  repeat(waits, i =>
    [10, 11]
      .map(
        tid =>
          `${tid} 1.${String(i).padStart(2, '0')}${tid - 10}000 futex(0x1000, ${how}) = 0 <${(ms / 1000).toFixed(6)}>`,
      )
      .join('\n'),
  );
/** Two processes that have both files open. */
const opened = `10 0.0 ${fork} = 11 <0.000010>\n${[10, 11]
  .map(
    pid => `${pid} 0.1 openat(AT_FDCWD, "/data/a", O_RDWR|O_CLOEXEC) = 3</data/a> <0.000010>
      ${pid} 0.1 openat(AT_FDCWD, "/data/b", O_RDWR|O_CLOEXEC) = 4</data/b> <0.000010>\n`,
  )
  .join('')}`;
const politely = (pid: number, first: number, second: number, i: number): string =>
  `${pid} ${i + 1}.${pid - 9} flock(${first}, LOCK_EX) = 0 <0.000010>
    ${pid} ${i + 1}.${pid - 7} flock(${second}, LOCK_EX|LOCK_NB) = -1 EAGAIN (Resource temporarily unavailable) <0.000010>
    ${pid} ${i + 1}.${pid - 5} flock(${first}, LOCK_UN) = 0 <0.000010>`;

export const syncCases: RuleCases = {
  deadlock: {
    bad: `10 0.0 ${thread}\n${lock(10, '0x1000')}${lock(11, '0x2000')}11 2.0 +++ killed by SIGALRM +++
      10 2.0 +++ killed by SIGALRM +++\n`,
    // One thread waits for a lock, and the other one is at work.
    good: `10 0.0 ${thread}\n${lock(10, '0x1000')}11 1.0 getpid() = 10 <0.000010>
      11 2.0 +++ killed by SIGALRM +++
      10 2.0 +++ killed by SIGALRM +++\n`,
  },
  'lock-contention': {
    bad: `10 0.0 ${thread}\n${contended(25, 6)}`,
    // As many waits, each as long as tracing makes it.
    good: `10 0.0 ${thread}\n${contended(25, 0.05)}`,
    also: {
      'a third of the time is worth knowing': {
        log: `10 0.0 ${thread}\n${contended(25, 3)}`,
        expected: ['info lock-contention'],
      },
    },
    silent: {
      'few waits': `10 0.0 ${thread}\n${contended(8, 6)}`,
      'waiting for something to do': `10 0.0 ${thread}\n${contended(25, 3, 'FUTEX_WAIT_BITSET_PRIVATE|FUTEX_CLOCK_REALTIME, 0, NULL, FUTEX_BITSET_MATCH_ANY')}`,
    },
  },
  livelock: {
    bad: `${opened}${repeat(12, i => `${politely(10, 3, 4, i)}\n${politely(11, 4, 3, i)}`)}`,
    // Both begin with the same file.
    good: `${opened}${repeat(12, i => politely(10, 3, 4, i))}`,
    silent: {
      'bad luck is over soon': `${opened}${repeat(5, i => `${politely(10, 3, 4, i)}\n${politely(11, 4, 3, i)}`)}`,
    },
  },
  'lock-not-released': {
    bad: `10 0.0 openat(AT_FDCWD, "/data/list", O_RDWR|O_CLOEXEC) = 3</data/list> <0.000010>
      10 0.1 flock(3</data/list>, LOCK_EX) = 0 <0.000010>
      10 0.9 +++ exited with 0 +++\n`,
    good: `10 0.0 openat(AT_FDCWD, "/data/list", O_RDWR|O_CLOEXEC) = 3</data/list> <0.000010>
      10 0.1 flock(3</data/list>, LOCK_EX) = 0 <0.000010>
      10 0.2 flock(3</data/list>, LOCK_UN) = 0 <0.000010>
      10 0.9 +++ exited with 0 +++\n`,
    silent: {
      'it is closed': `10 0.0 openat(AT_FDCWD, "/data/list", O_RDWR|O_CLOEXEC) = 3</data/list> <0.000010>
        10 0.1 fcntl(3</data/list>, F_SETLKW, {l_type=F_WRLCK, l_whence=SEEK_SET, l_start=0, l_len=0}) = 0 <0.000010>
        10 0.2 close(3</data/list>) = 0 <0.000010>
        10 0.9 +++ exited with 0 +++\n`,
      'a PID file is locked for life': `10 0.0 openat(AT_FDCWD, "/run/x.pid", O_RDWR|O_CLOEXEC) = 3</run/x.pid> <0.000010>
        10 0.1 fcntl(3</run/x.pid>, F_SETLK, {l_type=F_WRLCK, l_whence=SEEK_SET, l_start=0, l_len=0}) = 0 <0.000010>
        10 0.9 +++ exited with 0 +++\n`,
      'it ends at once': `10 0.0 openat(AT_FDCWD, "/data/list", O_RDWR|O_CLOEXEC) = 3</data/list> <0.000010>
        10 0.1 flock(3</data/list>, LOCK_EX) = 0 <0.000010>
        10 0.11 +++ exited with 0 +++\n`,
      'it was killed': `10 0.0 openat(AT_FDCWD, "/data/list", O_RDWR|O_CLOEXEC) = 3</data/list> <0.000010>
        10 0.1 flock(3</data/list>, LOCK_EX) = 0 <0.000010>
        10 0.9 +++ killed by SIGKILL +++\n`,
    },
  },
};
