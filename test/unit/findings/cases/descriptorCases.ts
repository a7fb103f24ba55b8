/** Logs for the rules about descriptors, pipes and files. */

import { fork, repeat } from './logParts.js';
import type { RuleCases } from './ruleCase.js';

export const descriptorCases: RuleCases = {
  'pipe-reader-hangs': {
    bad: `10 0.0 pipe2([3, 4], O_CLOEXEC) = 0 <0.000010>
      10 0.1 read(3, 0x7f, 64) = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <0.900000>
      10 1.0 --- SIGALRM {si_signo=SIGALRM, si_code=SI_KERNEL} ---
      10 1.1 +++ killed by SIGALRM +++\n`,
    good: `10 0.0 pipe2([3, 4], O_CLOEXEC) = 0 <0.000010>
      10 0.0 ${fork} = 11 <0.000010>
      10 0.0 close(4) = 0 <0.000010>
      11 0.0 close(3) = 0 <0.000010>
      10 0.1 read(3, 0x7f, 64) = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <0.900000>
      10 1.0 --- SIGALRM {si_signo=SIGALRM, si_code=SI_KERNEL} ---
      10 1.1 +++ killed by SIGALRM +++\n`,
  },
  'fifo-open-blocked': {
    bad: `10 0.0 mknodat(AT_FDCWD, "/tmp/f", S_IFIFO|0600) = 0 <0.000010>
      10 0.1 openat(AT_FDCWD, "/tmp/f", O_WRONLY) = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <0.900000>
      10 1.0 --- SIGALRM {si_signo=SIGALRM, si_code=SI_KERNEL} ---
      10 1.1 +++ killed by SIGALRM +++\n`,
    good: `10 0.0 mknodat(AT_FDCWD, "/tmp/f", S_IFIFO|0600) = 0 <0.000010>
      10 0.1 openat(AT_FDCWD, "/tmp/f", O_WRONLY) = 3 <0.900000>
      10 1.1 +++ killed by SIGALRM +++\n`,
  },
  'missing-cloexec': {
    bad: `10 0.0 execve("./server", ["./server"], 0x1 /* 3 vars */) = 0 <0.000100>
      10 0.0 openat(AT_FDCWD, "/etc/secret", O_RDONLY) = 3</etc/secret> <0.000010>
      10 0.1 ${fork} = 11 <0.000010>
      11 0.2 execve("/bin/ls", ["ls"], 0x1 /* 3 vars */) = 0 <0.000100>
      11 0.3 +++ exited with 0 +++\n`,
    good: `10 0.0 execve("./server", ["./server"], 0x1 /* 3 vars */) = 0 <0.000100>
      10 0.0 openat(AT_FDCWD, "/etc/secret", O_RDONLY) = 3</etc/secret> <0.000010>
      10 0.1 ${fork} = 11 <0.000010>
      11 0.2 execve("/bin/cat", ["cat"], 0x1 /* 3 vars */) = 0 <0.000100>
      11 0.2 read(3</etc/secret>, "x", 10) = 1 <0.000010>
      11 0.3 +++ exited with 0 +++\n`,
  },
  'fd-leak': {
    bad: repeat(
      20,
      i => `10 ${i}.0 openat(AT_FDCWD, "/etc/hosts", O_RDONLY|O_CLOEXEC) = ${i + 3}</etc/hosts> <0.000010>`,
    ),
    good: repeat(
      20,
      i => `10 ${i}.0 openat(AT_FDCWD, "/etc/hosts", O_RDONLY|O_CLOEXEC) = 3</etc/hosts> <0.000010>
        10 ${i}.1 close(3</etc/hosts>) = 0 <0.000010>`,
    ),
  },
  'copy-loop-could-be-sendfile': {
    bad: `10 0.0 openat(AT_FDCWD, "/tmp/f", O_RDONLY) = 3</tmp/f> <0.000010>
      ${repeat(8, i => `10 ${i}.1 read(3</tmp/f>, "x"..., 65536) = 65536 <0.000010>\n10 ${i}.2 write(1<pipe:[7]>, "x"..., 65536) = 65536 <0.000010>`)}`,
    good: `10 0.0 openat(AT_FDCWD, "/tmp/f", O_RDONLY) = 3</tmp/f> <0.000010>
      10 0.1 sendfile(1<pipe:[7]>, 3</tmp/f>, NULL, 1048576) = 1048576 <0.000010>\n`,
  },
};
