/** Logs for the rules about descriptors, pipes and files. */

import { fork, repeat } from './logParts.js';
import type { RuleCases } from './ruleCase.js';

const opened = '10 0.0 openat(AT_FDCWD, "/tmp/f", O_RDONLY) = 3</tmp/f> <0.000010>\n';
const close = (fd: number): string => `10 0.1 close(${fd}</tmp/f>) = 0 <0.000010>\n`;
const closeAgain = (fd: number): string => `10 0.6 close(${fd}) = -1 EBADF (Bad file descriptor) <0.000010>\n`;
const noFile = '10 0.0 openat(AT_FDCWD, "/etc/f", O_RDONLY) = -1 ENOENT (No such file or directory) <0.000010>\n';

const file = '10 0.0 openat(AT_FDCWD, "/tmp/f", O_RDONLY) = 3</tmp/f> <0.000010>\n';

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
  'too-many-open-files': {
    bad: `10 0.0 openat(AT_FDCWD, "/etc/hosts", O_RDONLY) = 3</etc/hosts> <0.000010>
      10 0.1 openat(AT_FDCWD, "/etc/hosts", O_RDONLY) = -1 EMFILE (Too many open files) <0.000010>\n`,
    good: '10 0.1 openat(AT_FDCWD, "/etc/hosts", O_RDONLY) = -1 ENOENT (No such file or directory) <0.000010>\n',
    also: {
      'the system has no more, and says so to every accept': {
        log: repeat(
          3,
          i => `10 ${i}.0 accept4(3, NULL, NULL, 0) = -1 ENFILE (Too many open files in system) <0.000010>`,
        ),
        expected: ['warning too-many-open-files'],
      },
    },
  },
  'close-twice': {
    bad: opened + close(3) + closeAgain(3),
    good: opened + close(3) + opened + close(3),
    silent: {
      'it was never open here': closeAgain(3),
      'whatever may be open is closed, upwards': opened + close(3) + close(4) + [3, 4, 5, 6].map(closeAgain).join(''),
      'whatever may be open is closed, downwards':
        opened + close(4) + [9, 8, 7, 6].map(closeAgain).join('') + close(5) + closeAgain(4) + close(3),
      'a shell does it': `10 0.0 execve("/bin/bash", ["bash"], 0x1 /* 3 vars */) = 0 <0.000100>\n${opened}${close(3)}${closeAgain(3)}`,
      'exec had closed it': `10 0.0 openat(AT_FDCWD, "/tmp/f", O_RDONLY|O_CLOEXEC) = 3</tmp/f> <0.000010>
        10 0.1 execve("/bin/p", ["p"], 0x1 /* 3 vars */) = 0 <0.000100>\n${closeAgain(3)}`,
      'the child never had it': `${opened}${close(3)}10 0.5 ${fork} = 11 <0.000010>\n${closeAgain(3).replace('10', '11')}`,
    },
    also: {
      'both ends of a pipe': {
        log: `10 0.0 pipe2([3, 4], 0) = 0 <0.000010>\n${close(3)}${close(4)}10 0.3 getpid() = 10 <0.000010>\n${closeAgain(3)}${closeAgain(4)}`,
        expected: ['warning close-twice', 'warning close-twice'],
      },
    },
  },
  'error-ignored': {
    bad: `${noFile}10 0.1 read(-1, 0x7ffc, 100) = -1 EBADF (Bad file descriptor) <0.000010>\n`,
    good: `${noFile}10 0.1 openat(AT_FDCWD, "/etc/other", O_RDONLY) = 3</etc/other> <0.000010>
      10 0.1 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7f0000000000 <0.000010>\n`,
    silent: {
      'cleaning up, long after': `${noFile}10 0.1 getpid() = 10 <0.000010>
        10 0.1 close(-1) = -1 EBADF (Bad file descriptor) <0.000010>\n`,
    },
    also: {
      'the descriptor is mapped': {
        log: `${noFile}10 0.1 mmap(NULL, 100, PROT_READ, MAP_PRIVATE, -1, 0) = -1 EBADF (Bad file descriptor) <0.000010>\n`,
        expected: ['warning error-ignored'],
      },
      'fork failed, and everybody gets a signal': {
        log: `10 0.0 ${fork} = -1 EAGAIN (Resource temporarily unavailable) <0.000010>
          10 0.1 kill(-1, SIGTERM) = 0 <0.000010>\n`,
        expected: ['error error-ignored', 'warning fork-eagain'],
      },
      'closed at once': {
        log: `${noFile}10 0.1 write(2, "oops\\n", 5) = 5 <0.000010>
          10 0.1 close(-1) = -1 EBADF (Bad file descriptor) <0.000010>\n`,
        expected: ['info error-ignored'],
      },
      "the call that failed was another thread's, or is not in the log": {
        log: '10 0.1 read(-1, 0x7ffc, 100) = -1 EBADF (Bad file descriptor) <0.000010>\n',
        expected: ['info error-ignored'],
      },
    },
  },
  'tiny-io': {
    bad: file + repeat(300, i => `10 ${i}.1 read(3</tmp/f>, "x", 1) = 1 <0.000010>`),
    good: file + repeat(300, i => `10 ${i}.1 read(3</tmp/f>, "x"..., 4096) = 4096 <0.000010>`),
    silent: {
      'each is asked for by another call':
        file + repeat(300, i => `10 ${i}.1 read(3</tmp/f>, "x", 1) = 1 <0.000010>\n10 ${i}.2 getpid() = 10 <0.000010>`),
      'a shell reads a line': `10 0.0 execve("/bin/sh", ["sh"], 0x1 /* 3 vars */) = 0 <0.000100>\n${file}${repeat(
        300,
        i => `10 ${i}.1 read(3</tmp/f>, "x", 1) = 1 <0.000010>`,
      )}`,
      'a counter has eight bytes':
        '10 0.0 eventfd2(0, EFD_CLOEXEC) = 3 <0.000010>\n' +
        repeat(300, i => `10 ${i}.1 write(3, "\\1\\0\\0\\0\\0\\0\\0\\0", 8) = 8 <0.000010>`),
    },
    also: {
      'copied byte by byte': {
        log:
          file +
          repeat(
            300,
            i =>
              `10 ${i}.1 read(3</tmp/f>, "x", 1) = 1 <0.000010>\n10 ${i}.2 write(1<pipe:[7]>, "x", 1) = 1 <0.000010>`,
          ),
        expected: ['info tiny-io', 'info tiny-io'],
      },
    },
  },
  'limit-hit': {
    bad: `10 0.0 prlimit64(0, RLIMIT_FSIZE, {rlim_cur=4*1024, rlim_max=8*1024}, NULL) = 0 <0.000010>
      10 0.1 write(3</tmp/f>, "x"..., 1024) = -1 EFBIG (File too large) <0.000010>\n`,
    good: `10 0.0 prlimit64(0, RLIMIT_FSIZE, {rlim_cur=4*1024, rlim_max=8*1024}, NULL) = 0 <0.000010>
      10 0.1 write(3</tmp/f>, "x"..., 1024) = 1024 <0.000010>\n`,
    silent: {
      'the log shows no limit': `10 0.1 write(3</tmp/f>, "x"..., 1024) = -1 EFBIG (File too large) <0.000010>
        10 0.1 mmap(NULL, 1152921504606846976, PROT_READ, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = -1 ENOMEM (Cannot allocate memory) <0.000010>\n`,
      'the limit was lifted': `10 0.0 prlimit64(0, RLIMIT_AS, {rlim_cur=4*1024, rlim_max=RLIM64_INFINITY}, NULL) = 0 <0.000010>
        10 0.0 prlimit64(0, RLIMIT_AS, {rlim_cur=RLIM64_INFINITY, rlim_max=RLIM64_INFINITY}, NULL) = 0 <0.000010>
        10 0.1 brk(0x560000021000) = -1 ENOMEM (Cannot allocate memory) <0.000010>\n`,
      'the signal was sent': `10 0.1 --- SIGXCPU {si_signo=SIGXCPU, si_code=SI_USER, si_pid=9, si_uid=0} ---\n`,
    },
    also: {
      "a child has its parent's limit": {
        log: `10 0.0 setrlimit(RLIMIT_AS, {rlim_cur=65536*1024, rlim_max=65536*1024}) = 0 <0.000010>
          10 0.1 ${fork} = 11 <0.000010>
          11 0.2 mmap(NULL, 1073741824, PROT_READ, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = -1 ENOMEM (Cannot allocate memory) <0.000010>\n`,
        expected: ['warning limit-hit'],
      },
      'killed by it, once': {
        log: `10 0.1 write(3</tmp/f>, "x"..., 1024) = -1 EFBIG (File too large) <0.000010>
          10 0.1 --- SIGXFSZ {si_signo=SIGXFSZ, si_code=SI_KERNEL} ---
          10 0.1 +++ killed by SIGXFSZ +++\n`,
        expected: ['error limit-hit'],
      },
      'processor time': {
        log: `10 1.0 --- SIGXCPU {si_signo=SIGXCPU, si_code=SI_KERNEL} ---\n10 2.0 +++ killed by SIGKILL +++\n`,
        expected: ['error limit-hit'],
      },
    },
  },
};
