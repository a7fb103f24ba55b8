/** Every rule finds its bug in a short log and is silent on the log of the program that does it right. */

import assert from 'node:assert/strict';
import { rules } from '../../../src/trace/findings/rules.js';
import { found } from './traceText.js';

const fork = 'clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x1)';
const status = '[{WIFEXITED(s) && WEXITSTATUS(s) == 0}]';
const handler = (signal: string, flags: string): string =>
  `rt_sigaction(${signal}, {sa_handler=0x1234, sa_mask=[], sa_flags=${flags}}, NULL, 8) = 0 <0.000010>`;
const chld = '--- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=11, si_uid=0, si_status=0} ---';

const epoll = (trigger: string, kind: string): string => `10 0.0 epoll_create1(EPOLL_CLOEXEC) = 3 <0.000010>
  10 0.1 ${kind}
  10 0.2 epoll_ctl(3, EPOLL_CTL_ADD, 4, {events=EPOLLIN${trigger}, data={u32=4, u64=4}}) = 0 <0.000010>
  10 0.3 epoll_wait(3, [{events=EPOLLIN, data={u32=4, u64=4}}], 1, -1) = 1 <0.000010>\n`;
const pair = 'socketpair(AF_UNIX, SOCK_STREAM|SOCK_NONBLOCK, 0, [4, 5]) = 0 <0.000010>';
const blockingPair = 'socketpair(AF_UNIX, SOCK_STREAM, 0, [4, 5]) = 0 <0.000010>';
const listener = 'socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_IP) = 4 <0.000010>';
const full = 'read(4, "0123456789"..., 40) = 40 <0.000010>';
const again = 'read(4, 0x7ffe, 40) = -1 EAGAIN (Resource temporarily unavailable) <0.000010>';
const sleep = 'epoll_wait(3, [], 1, 500) = 0 <0.500000>';
const accepted = 'accept4(4, NULL, NULL, SOCK_CLOEXEC) = 6 <0.000010>';
const acceptAgain = 'accept4(4, NULL, NULL, SOCK_CLOEXEC) = -1 EAGAIN (Resource temporarily unavailable) <0.000010>';
const unixBind =
  'bind(3, {sa_family=AF_UNIX, sun_path="/tmp/s"}, 110) = -1 EADDRINUSE (Address already in use) <0.000010>';
const inetBind =
  'bind(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("0.0.0.0")}, 16) = -1 EADDRINUSE (Address already in use) <0.000010>';
const tcp = 'socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3 <0.000010>';
const lock = (tid: number, address: string): string =>
  `${tid} 1.0 futex(${address}, FUTEX_WAIT_PRIVATE, 2, NULL <unfinished ...>\n`;
const thread =
  'clone(child_stack=0x7f, flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD|CLONE_SYSVSEM|CLONE_SETTLS|CLONE_PARENT_SETTID|CLONE_CHILD_CLEARTID, parent_tid=[11], tls=0x7f, child_tidptr=0x7f) = 11 <0.000010>';
const repeat = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => `${line(i)}\n`).join('');
const herd = (flags: string, second: string): string =>
  `10 0.0 socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_IP) = 3 <0.000010>\n` +
  [11, 12].map(pid => `10 0.1 ${fork} = ${pid} <0.000010>\n`).join('') +
  [11, 12]
    .map(
      pid => `${pid} 0.2 epoll_create1(0) = 4 <0.000010>
      ${pid} 0.3 epoll_ctl(4, EPOLL_CTL_ADD, 3, {events=EPOLLIN${flags}, data={u32=3, u64=3}}) = 0 <0.000010>\n`,
    )
    .join('') +
  repeat(
    4,
    i => `11 ${i + 1}.0 epoll_wait(4, [{events=EPOLLIN, data={u32=3, u64=3}}], 1, -1) = 1 <0.000010>
      11 ${i + 1}.1 accept(3, NULL, NULL) = 5 <0.000010>
      12 ${i + 1}.1 epoll_wait(4, [{events=EPOLLIN, data={u32=3, u64=3}}], 1, -1) = 1 <0.000010>
      12 ${i + 1}.2 accept(3, NULL, NULL) = ${second} <0.000010>`,
  );

interface Case {
  bad: string;
  good: string;
  /** As `severity rule`; the rule alone at its own severity when it is left out. */
  expected?: string[];
}

const cases: Record<string, Case> = {
  zombie: {
    bad: `10 0.0 ${fork} = 11 <0.000100>
      11 0.1 +++ exited with 0 +++
      10 0.9 wait4(11, ${status}, 0, NULL) = 11 <0.000010>\n`,
    good: `10 0.0 ${fork} = 11 <0.000100>
      11 0.1 +++ exited with 0 +++
      10 0.5 wait4(11, ${status}, 0, NULL) = 11 <0.000010>\n`,
  },
  'zombie-never-reaped': {
    bad: `10 0.0 ${fork} = 11 <0.000100>
      11 0.1 +++ exited with 0 +++
      10 0.9 +++ exited with 0 +++\n`,
    good: `10 0.0 rt_sigaction(SIGCHLD, {sa_handler=SIG_IGN, sa_mask=[], sa_flags=0}, NULL, 8) = 0 <0.000010>
      10 0.0 ${fork} = 11 <0.000100>
      11 0.1 +++ exited with 0 +++
      10 0.9 +++ exited with 0 +++\n`,
  },
  'lost-sigchld': {
    bad: `10 0.0 ${handler('SIGCHLD', 'SA_RESTORER|SA_RESTART')}
      10 0.1 ${fork} = 11 <0.000100>
      10 0.1 ${fork} = 12 <0.000100>
      11 0.2 +++ exited with 0 +++
      12 0.2 +++ exited with 0 +++
      10 0.3 ${chld}
      10 0.3 wait4(-1, NULL, WNOHANG, NULL) = 11 <0.000010>
      10 0.4 rt_sigreturn({mask=[]}) = 0 <0.000010>
      10 1.9 +++ exited with 0 +++\n`,
    good: `10 0.0 ${handler('SIGCHLD', 'SA_RESTORER|SA_RESTART')}
      10 0.1 ${fork} = 11 <0.000100>
      10 0.1 ${fork} = 12 <0.000100>
      11 0.2 +++ exited with 0 +++
      12 0.2 +++ exited with 0 +++
      10 0.3 ${chld}
      10 0.3 wait4(-1, NULL, WNOHANG, NULL) = 11 <0.000010>
      10 0.3 wait4(-1, NULL, WNOHANG, NULL) = 12 <0.000010>
      10 0.3 wait4(-1, NULL, WNOHANG, NULL) = -1 ECHILD (No child processes) <0.000010>
      10 0.4 rt_sigreturn({mask=[]}) = 0 <0.000010>
      10 1.9 +++ exited with 0 +++\n`,
    expected: ['error lost-sigchld', 'warning zombie-never-reaped'],
  },
  orphan: {
    bad: `10 0.0 ${fork} = 11 <0.000100>
      11 0.1 getppid() = 10 <0.000010>
      10 0.2 +++ exited with 0 +++
      11 0.9 +++ exited with 0 +++\n`,
    good: `10 0.0 ${fork} = 11 <0.000100>
      11 0.1 setsid() = 11 <0.000010>
      10 0.2 +++ exited with 0 +++
      11 0.9 +++ exited with 0 +++\n`,
  },
  'et-not-drained': {
    bad: `${epoll('|EPOLLET', pair)}10 0.4 ${full}\n10 0.5 ${sleep}\n`,
    good: `${epoll('|EPOLLET', pair)}10 0.4 ${full}\n10 0.4 ${again}\n10 0.5 ${sleep}\n`,
  },
  'et-blocking-fd': {
    bad: `${epoll('|EPOLLET', blockingPair)}10 0.4 ${full}\n10 0.5 read(4, "x", 40) = 1 <0.800000>\n`,
    good: `${epoll('', blockingPair)}10 0.4 ${full}\n10 0.5 read(4, "x", 40) = 1 <0.800000>\n`,
  },
  'et-accept-not-looped': {
    bad: `${epoll('|EPOLLET', listener)}10 0.4 ${accepted}\n10 0.5 ${sleep}\n`,
    good: `${epoll('|EPOLLET', listener)}10 0.4 ${accepted}\n10 0.4 ${acceptAgain}\n10 0.5 ${sleep}\n`,
  },
  'thundering-herd': {
    bad: herd('', '-1 EAGAIN (Resource temporarily unavailable)'),
    good: herd('|EPOLLEXCLUSIVE', '6'),
  },
  'busy-poll': {
    bad: repeat(150, i => `10 ${1 + Math.floor(i / 100)}.${String(i % 100).padStart(2, '0')} ${again}`),
    good: repeat(
      150,
      i =>
        `10 ${1 + i}.0 ${again}\n10 ${1 + i}.1 poll([{fd=4, events=POLLIN}], 1, -1) = 1 ([{fd=4, revents=POLLIN}]) <0.1>`,
    ),
  },
  'sigpipe-death': {
    bad: `10 0.0 ${tcp}
      10 0.1 sendto(3, "x", 1, 0, NULL, 0) = -1 EPIPE (Broken pipe) <0.000010>
      10 0.1 --- SIGPIPE {si_signo=SIGPIPE, si_code=SI_USER, si_pid=10, si_uid=0} ---
      10 0.2 +++ killed by SIGPIPE +++\n`,
    // How `yes | head` is meant to end.
    good: `10 0.1 write(1<pipe:[7]>, "y\\n", 2) = -1 EPIPE (Broken pipe) <0.000010>
      10 0.1 --- SIGPIPE {si_signo=SIGPIPE, si_code=SI_USER, si_pid=10, si_uid=0} ---
      10 0.2 +++ killed by SIGPIPE +++\n`,
  },
  'eintr-not-retried': {
    bad: `10 0.0 ${handler('SIGUSR1', 'SA_RESTORER')}
      10 0.1 read(3, 0x7f, 15) = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <0.1>
      10 0.2 --- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=9, si_uid=0} ---
      10 0.2 rt_sigreturn({mask=[]}) = -1 EINTR (Interrupted system call) <0.000010>
      10 0.3 close(3) = 0 <0.000010>\n`,
    good: `10 0.0 ${handler('SIGUSR1', 'SA_RESTORER')}
      10 0.1 read(3, 0x7f, 15) = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <0.1>
      10 0.2 --- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=9, si_uid=0} ---
      10 0.2 rt_sigreturn({mask=[]}) = -1 EINTR (Interrupted system call) <0.000010>
      10 0.3 read(3, "x", 15) = 1 <0.000010>
      10 0.3 close(3) = 0 <0.000010>\n`,
  },
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
  'addr-in-use': {
    bad: `10 0.0 socket(AF_UNIX, SOCK_STREAM, 0) = 3 <0.000010>\n10 0.1 ${unixBind}\n10 0.2 close(3) = 0 <0.000010>\n`,
    good: `10 0.0 ${tcp}
      10 0.1 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0 <0.000010>
      10 0.2 ${inetBind}\n`,
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
  'vfork-child-misbehaves': {
    bad: `10 0.0 vfork( <unfinished ...>
      11 0.1 write(1, "x", 1) = 1 <0.000010>
      11 0.2 exit_group(0) = ?
      11 0.3 +++ exited with 0 +++
      10 0.3 <... vfork resumed>) = 11 <0.300000>
      10 0.4 wait4(11, ${status}, 0, NULL) = 11 <0.000010>\n`,
    // A shell's child that cannot find its program says so.
    good: `10 0.0 vfork( <unfinished ...>
      11 0.1 dup2(3, 1) = 1 <0.000010>
      11 0.1 execve("/bin/nope", ["nope"], 0x1 /* 3 vars */) = -1 ENOENT (No such file or directory) <0.000100>
      11 0.1 write(2, "x", 1) = 1 <0.000010>
      11 0.2 exit_group(127) = ?
      11 0.3 +++ exited with 127 +++
      10 0.3 <... vfork resumed>) = 11 <0.300000>
      10 0.4 wait4(11, ${status}, 0, NULL) = 11 <0.000010>\n`,
  },
  deadlock: {
    bad: `10 0.0 ${thread}\n${lock(10, '0x1000')}${lock(11, '0x2000')}11 2.0 +++ killed by SIGALRM +++
      10 2.0 +++ killed by SIGALRM +++\n`,
    // One thread waits for a lock, and the other one is at work.
    good: `10 0.0 ${thread}\n${lock(10, '0x1000')}11 1.0 getpid() = 10 <0.000010>
      11 2.0 +++ killed by SIGALRM +++
      10 2.0 +++ killed by SIGALRM +++\n`,
  },
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
  'copy-loop-could-be-sendfile': {
    bad: `10 0.0 openat(AT_FDCWD, "/tmp/f", O_RDONLY) = 3</tmp/f> <0.000010>
      ${repeat(8, i => `10 ${i}.1 read(3</tmp/f>, "x"..., 65536) = 65536 <0.000010>\n10 ${i}.2 write(1<pipe:[7]>, "x"..., 65536) = 65536 <0.000010>`)}`,
    good: `10 0.0 openat(AT_FDCWD, "/tmp/f", O_RDONLY) = 3</tmp/f> <0.000010>
      10 0.1 sendfile(1<pipe:[7]>, 3</tmp/f>, NULL, 1048576) = 1048576 <0.000010>\n`,
  },
};

describe('rules', () => {
  it('all have a bad log and a good one here', () => {
    assert.deepEqual(Object.keys(cases).sort(), rules.map(rule => rule.id).sort());
  });

  for (const rule of rules) {
    const { bad, good, expected } = cases[rule.id] ?? { bad: '', good: '' };
    it(`${rule.id} is found`, () => {
      assert.deepEqual(found(bad), expected ?? [`${rule.severity} ${rule.id}`]);
    });
    it(`${rule.id} is not found where it is done right`, () => {
      assert.deepEqual(found(good), []);
    });
  }
});
