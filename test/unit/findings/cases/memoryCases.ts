/** Logs for the rules about memory. */

import { handler } from './logParts.js';
import type { RuleCases } from './ruleCase.js';

const failedMap =
  '10 0.1 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED|MAP_ANONYMOUS, -1, 0) = -1 ENOMEM (Cannot allocate memory) <0.000010>\n';
const fault = (code: string, address: string): string =>
  `10 0.3 --- SIGSEGV {si_signo=SIGSEGV, si_code=${code}, si_addr=${address}} ---\n10 0.4 +++ killed by SIGSEGV +++\n`;

export const memoryCases: RuleCases = {
  'mmap-eacces': {
    bad: '10 0.0 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, 3, 0) = -1 EACCES (Permission denied) <0.000010>\n',
    good: '10 0.0 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_PRIVATE, 3, 0) = 0x7f0000000000 <0.000010>\n',
  },
  'mmap-zero-length': {
    bad: '10 0.0 mmap(NULL, 0, PROT_READ, MAP_PRIVATE, 3, 0) = -1 EINVAL (Invalid argument) <0.000010>\n',
    good: '10 0.0 mmap(NULL, 1, PROT_READ, MAP_PRIVATE, 3, 0) = 0x7f0000000000 <0.000010>\n',
  },
  'mmap-unaligned': {
    bad: '10 0.0 mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, 3, 0x64) = -1 EINVAL (Invalid argument) <0.000010>\n',
    // A database that asks for huge pages it may not get.
    good: '10 0.0 mmap(NULL, 2097152, PROT_READ, MAP_PRIVATE|MAP_ANONYMOUS|MAP_HUGETLB, -1, 0) = -1 ENOMEM (Cannot allocate memory) <0.000010>\n',
  },
  'munmap-mismatch': {
    bad: '10 0.0 munmap(0x7f0000000001, 4096) = -1 EINVAL (Invalid argument) <0.000010>\n',
    good: `10 0.0 mmap(NULL, 8192, PROT_READ, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7f0000000000 <0.000010>
      10 0.1 munmap(0x7f0000001000, 4096) = 0 <0.000010>\n`,
  },
  sigbus: {
    bad: `10 0.0 openat(AT_FDCWD, "/tmp/f", O_RDWR) = 3</tmp/f> <0.000010>
      10 0.0 mmap(NULL, 8192, PROT_READ, MAP_SHARED, 3</tmp/f>, 0) = 0x7f0000000000 <0.000010>
      10 0.1 --- SIGBUS {si_signo=SIGBUS, si_code=BUS_ADRERR, si_addr=0x7f0000001000} ---
      10 0.2 +++ killed by SIGBUS +++\n`,
    // Sent by kill: no fault.
    good: `10 0.1 --- SIGBUS {si_signo=SIGBUS, si_code=SI_USER, si_pid=9, si_uid=0} ---
      10 0.2 +++ killed by SIGBUS +++\n`,
  },
  'mmap-failed-used': {
    bad: failedMap + fault('SEGV_MAPERR', '0xffffffffffffffff'),
    good: `${failedMap}10 0.2 exit_group(1) = ?\n10 0.2 +++ exited with 1 +++\n`,
    also: {
      'an index leads past -1, into the first page': {
        log: failedMap + fault('SEGV_MAPERR', '0x4'),
        expected: ['error mmap-failed-used'],
      },
      'other calls lie between, so the null pointer may be another one': {
        log: `${failedMap}10 0.2 getpid() = 10 <0.000010>\n${fault('SEGV_MAPERR', '0x4')}`,
        expected: ['error segfault'],
      },
      'it is unmapped': {
        log: `${failedMap}10 0.2 munmap(0xffffffffffffffff, 4096) = -1 EINVAL (Invalid argument) <0.000010>\n`,
        expected: ['warning mmap-failed-used'],
      },
    },
  },
  segfault: {
    bad: fault('SEGV_MAPERR', 'NULL'),
    // A runtime that takes the signal for its own purposes.
    good: `10 0.0 ${handler('SIGSEGV', 'SA_RESTORER|SA_SIGINFO')}
      ${fault('SEGV_ACCERR', '0x7f0000000000').replace('+++ killed by SIGSEGV +++', '+++ exited with 0 +++')}`,
    silent: {
      'sent by kill': `10 0.1 --- SIGSEGV {si_signo=SIGSEGV, si_code=SI_USER, si_pid=9, si_uid=0} ---
        10 0.2 +++ killed by SIGSEGV +++\n`,
    },
  },
};
