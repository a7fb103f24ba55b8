/** What is worked out from several models: surroundings, daemons, waits, wake-ups, and ids that are a thread's own. */

import assert from 'node:assert/strict';
import { fork, handMade } from './modelFixture.js';

const thread =
  'clone3({flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD|CLONE_SYSVSEM, stack=0x1, stack_size=0x1}, 88)';
const never = Number.POSITIVE_INFINITY;

describe('surroundings of a process', () => {
  it('a directory is what chdir made it, relative to the one before, and a copy at fork', () => {
    const log = handMade(`
      10 chdir("/srv") = 0 <0.000010>
      10 chdir("www/../data") = 0 <0.000010>
      10 ${fork} = 11 <0.000100>
      11 chdir("..") = 0 <0.000010>
      10 umask(027) = 022 <0.000010>`);
    const of = (pid: number) => log.trace.accounts.environment({ process: log.process(pid), atNs: null });
    assert.deepEqual(of(10).cwd, { value: '/srv/data', row: log.row(2) });
    assert.deepEqual(of(11).cwd, { value: '/srv', row: log.row(4) });
    assert.deepEqual([of(10).umask?.value, of(11).umask], ['0027', null]);
  });

  it('a relative chdir from an unknown directory says nothing', () => {
    const log = handMade('10 chdir("www") = 0 <0.000010>');
    assert.equal(log.trace.accounts.environment({ process: 0, atNs: null }).cwd, null);
  });

  it('CLONE_FS shares directory and umask until unshare', () => {
    const log = handMade(`
      10 chdir("/a") = 0 <0.000010>
      10 clone(child_stack=0x1, flags=CLONE_FS|SIGCHLD) = 11 <0.000100>
      11 chdir("/b") = 0 <0.000010>
      11 unshare(CLONE_FS) = 0 <0.000010>
      11 chdir("/c") = 0 <0.000010>`);
    const at = (pid: number, line: number) =>
      log.trace.accounts.environment({
        process: log.process(pid),
        atNs: log.trace.event(log.row(line))!.startNs + 500_000,
      }).cwd?.value;
    assert.deepEqual([at(10, 3), at(10, 5), at(11, 5)], ['/b', '/b', '/c']);
  });

  it('limits are told, set by oneself or for another, and inherited', () => {
    const log = handMade(`
      10 prlimit64(0, RLIMIT_NOFILE, NULL, {rlim_cur=1024, rlim_max=1024*1024}) = 0 <0.000010>
      10 ${fork} = 11 <0.000100>
      10 prlimit64(11, RLIMIT_NOFILE, {rlim_cur=64, rlim_max=64}, NULL) = 0 <0.000010>
      11 setrlimit(RLIMIT_CORE, {rlim_cur=0, rlim_max=RLIM64_INFINITY}) = 0 <0.000010>`);
    const of = (pid: number) =>
      log.trace.accounts
        .environment({ process: log.process(pid), atNs: null })
        .limits.map(l => `${l.resource} ${l.soft} ${l.hard}`);
    assert.deepEqual(of(10), ['RLIMIT_NOFILE 1024 1048576']);
    assert.deepEqual(of(11), ['RLIMIT_NOFILE 64 64', 'RLIMIT_CORE 0 null']);
  });

  it('setsid leaves the terminal, TIOCSCTTY gets one', () => {
    const log = handMade(`
      10 ioctl(0</dev/pts/3<char 136:3>>, TIOCGPGRP, [10]) = 0 <0.000010>
      10 ${fork} = 11 <0.000100>
      11 setsid() = 11 <0.000010>
      11 ioctl(4</dev/pts/7<char 136:7>>, TIOCSCTTY, 0) = 0 <0.000010>`);
    const at = (pid: number, line: number) =>
      log.trace.accounts.environment({
        process: log.process(pid),
        atNs: log.trace.event(log.row(line))!.startNs + 500_000,
      }).terminal?.value;
    assert.deepEqual([at(10, 4), at(11, 3), at(11, 4)], ['/dev/pts/3', null, '/dev/pts/7']);
  });
});

describe('ids of threads', () => {
  it('a raw setuid changes one thread; a thread begins with its creator’s ids', () => {
    const log = handMade(`
      10 getresuid([0], [0], [0]) = 0 <0.000010>
      10 ${thread} = 11 <0.000100>
      11 setresuid(-1, 1000, -1) = 0 <0.000010>
      11 ${thread} = 12 <0.000100>
      12 gettid() = 12 <0.000010>`);
    const identity = log.trace.kernel.identity({ process: 0, atNs: null });
    assert.deepEqual(identity.uid, { real: 0, effective: 0, saved: 0 });
    const other = { real: 0, effective: 1000, saved: 0 };
    assert.deepEqual(identity.threads.map(t => [t.tid, t.uid]), [[11, other], [12, other]]); // prettier-ignore
    assert.deepEqual(identity.changes, [{ atNs: 2_010_000, row: log.row(3), what: 'credentials' }]);
  });

  it('once all threads have made the change, as the C library does, they agree again', () => {
    const log = handMade(`
      10 getresuid([0], [0], [0]) = 0 <0.000010>
      10 ${thread} = 11 <0.000100>
      10 setresuid(1000, 1000, 1000) = 0 <0.000010>
      11 setresuid(1000, 1000, 1000) = 0 <0.000010>`);
    assert.deepEqual(log.trace.kernel.identity({ process: 0, atNs: null }).threads, []);
  });
});

describe('signal masks of threads', () => {
  it('a new thread has its creator’s mask, and changes only its own', () => {
    const log = handMade(`
      10 rt_sigprocmask(SIG_BLOCK, [INT], [], 8) = 0 <0.000010>
      10 ${thread} = 11 <0.000100>
      11 rt_sigprocmask(SIG_BLOCK, [TERM], NULL, 8) = 0 <0.000010>`);
    const blocked = (id: number) => log.trace.kernel.signals({ thread: id, atNs: null }).blocked;
    assert.deepEqual([blocked(0), blocked(1)], [['SIGINT'], ['SIGINT', 'SIGTERM']]);
  });
});

describe('becoming a daemon', () => {
  const log = handMade(`
    10 ${fork} = 11 <0.000100>
    10 exit_group(0) = ?
    10 +++ exited with 0 +++
    11 setsid() = 11 <0.000010>
    11 ${fork} = 12 <0.000100>
    11 exit_group(0) = ?
    11 +++ exited with 0 +++
    12 chdir("/") = 0 <0.000010>
    12 openat(AT_FDCWD, "/dev/null", O_RDWR) = 3</dev/null> <0.000010>
    12 dup2(3</dev/null>, 0) = 0</dev/null> <0.000010>
    12 dup2(3</dev/null>, 1) = 1</dev/null> <0.000010>
    12 dup2(3</dev/null>, 2) = 2</dev/null> <0.000010>`);
  const steps = (pid: number) =>
    log.trace.accounts
      .daemon({ process: log.process(pid) })
      ?.map(({ step, row }) => `${step} ${row === null ? '-' : log.line(row)}`);

  it('is a list of steps, each with its call, and of those left out', () => {
    assert.deepEqual(steps(12), ['fork 1', 'session 4', 'secondFork 5', 'folder 8', 'umask -', 'descriptors 12']);
  });

  it('is said of nobody who made no session', () => assert.equal(steps(10), undefined));
});

describe('who waits', () => {
  const log = handMade(`
    10 pipe2([3<pipe:[1]>, 4<pipe:[1]>], 0) = 0 <0.000010>
    10 ${fork} = 11 <0.000100>
    11 read(3<pipe:[1]>,  <unfinished ...>
    10 nanosleep({tv_sec=0, tv_nsec=2000000}, NULL) = 0 <0.002000>
    10 getpid() = 10 <0.000010>
    10 write(4<pipe:[1]>, "x", 1) = 1 <0.000010>
    11 <... read resumed>"x", 8) = 1 <0.004000>
    11 getpid() = 11 <0.000010>`);

  it('at a moment: the thread, its call, and the event that ended it', () => {
    const [waiting, ...others] = log.trace.accounts
      .waitingAt({ atNs: 4_500_000 })
      .map(w => `${w.tid} ${w.name} ${w.why.reason} ${w.fdName} ${w.why.endedBy?.name}`);
    assert.deepEqual(others, []);
    assert.equal(waiting, '11 read data pipe:[1] write');
  });

  it('over a time: what it waited on, and for how long', () => {
    const blocked = log.trace.accounts.blockedOn({ startNs: 0, endNs: never, lanes: null, filter: null, process: 1 });
    assert.deepEqual(blocked.map(b => [b.name, b.fd, b.calls, b.totalNs, b.endedBy?.pid]), [['read', 3, 1, 4e6, 10]]); // prettier-ignore
  });
});

describe('channels at a moment', () => {
  it('have the bytes that had gone through them by then', () => {
    const log = handMade(`
      10 pipe2([3<pipe:[1]>, 4<pipe:[1]>], 0) = 0 <0.000010>
      10 write(4<pipe:[1]>, "abc", 3) = 3 <0.000010>
      10 write(4<pipe:[1]>, "de", 2) = 2 <0.000010>
      10 read(3<pipe:[1]>, "abcd", 4) = 4 <0.000010>
      10 close(3<pipe:[1]>) = 0 <0.000010>`);
    const at = (atNs: number | null) => {
      const [pipe] = log.trace.kernel.channels({ process: null, atNs });
      return [pipe?.bytesWritten[1], pipe?.bytesRead[1], pipe?.inFlight[1]];
    };
    assert.deepEqual([at(500_000), at(1_500_000), at(2_500_000), at(null)], [[0, 0, 0], [3, 0, 3], [5, 0, 5], [5, 4, 1]]); // prettier-ignore
  });
});

describe('causes that other descriptors bring', () => {
  it('a splice into a pipe leads to the read of what it wrote', () => {
    const log = handMade(`
      10 pipe2([3<pipe:[1]>, 4<pipe:[1]>], 0) = 0 <0.000010>
      10 pipe2([5<pipe:[2]>, 6<pipe:[2]>], 0) = 0 <0.000010>
      10 write(4<pipe:[1]>, "abc", 3) = 3 <0.000010>
      10 splice(3<pipe:[1]>, NULL, 6<pipe:[2]>, NULL, 3, 0) = 3 <0.000010>
      10 read(5<pipe:[2]>, "abc", 8) = 3 <0.000010>`);
    assert.deepEqual(log.links(4), ['cause data 3', 'effect data 5']);
    assert.deepEqual(log.links(5), ['cause data 4']);
  });

  it('a connect makes the listener ready', () => {
    const log = handMade(`
      10 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3<socket:[1]> <0.000010>
      10 bind(3<socket:[1]>, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}, 16) = 0 <0.000010>
      10 listen(3<socket:[1]>, 5) = 0 <0.000010>
      10 poll([{fd=3<socket:[1]>, events=POLLIN}], 1, -1 <unfinished ...>
      11 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3<socket:[2]> <0.000010>
      11 connect(3<socket:[2]>, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}, 16) = 0 <0.000010>
      10 <... poll resumed>) = 1 ([{fd=3, revents=POLLIN}]) <0.003000>
      10 accept(3<socket:[1]>, NULL, NULL) = 4<socket:[3]> <0.000010>`);
    assert.ok(log.links(4).includes('cause connect 6'), log.links(4).join());
    assert.ok(log.links(6).includes('effect ready 7') || log.links(6).includes('effect ready 4'), log.links(6).join());
  });
});

describe('ways of waiting for many descriptors', () => {
  it('select and poll hand over what they wait for with each call, epoll nothing', () => {
    const log = handMade(`
      10 pselect6(9, [3<pipe:[1]> 5<pipe:[2]>], [8</f>], NULL, NULL, NULL) = 1 (in [3]) <0.000010>
      10 poll([{fd=3, events=POLLIN}, {fd=5, events=POLLIN}], 2, 100) = 0 (Timeout) <0.000010>
      10 epoll_create1(0) = 4<anon_inode:[eventpoll]> <0.000010>
      10 epoll_ctl(4<anon_inode:[eventpoll]>, EPOLL_CTL_ADD, 3<pipe:[1]>, {events=EPOLLIN, data={u32=3, u64=3}}) = 0 <0.000010>
      10 epoll_wait(4<anon_inode:[eventpoll]>, [{events=EPOLLIN, data={u32=3, u64=3}}], 8, -1) = 1 <0.000010>`);
    const uses = log.trace.accounts
      .multiplexing()
      .map(m => [m.kind, m.calls, m.passed, m.reported, m.timeouts, m.controls].join(' '));
    assert.deepEqual(uses.sort(), ['epoll 1 0 1 0 1', 'poll 1 2 0 1 0', 'select 1 3 1 0 0']);
  });
});

describe('connections', () => {
  it('are joined when the accept is printed before its connect has returned', () => {
    const to = '{sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}, 16';
    const log = handMade(`
      10 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3<socket:[1]> <0.000010>
      10 bind(3<socket:[1]>, ${to}) = 0 <0.000010>
      10 listen(3<socket:[1]>, 5) = 0 <0.000010>
      11 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3<socket:[2]> <0.000010>
      11 connect(3<socket:[2]>, ${to} <unfinished ...>
      10 accept(3<socket:[1]>, NULL, NULL) = 4<socket:[3]> <0.000010>
      11 <... connect resumed>) = 0 <0.002000>
      11 write(3<socket:[2]>, "hi", 2) = 2 <0.000010>
      10 read(4<socket:[3]>, "hi", 9) = 2 <0.000010>`);
    const [connection, ...others] = log.trace.kernel.channels({ process: null, atNs: null });
    assert.deepEqual(others, []);
    assert.deepEqual(connection?.ends.map(end => end.holders.map(h => `${h.pid}:${h.fd}`)), [['11:3'], ['10:4']]); // prettier-ignore
    assert.deepEqual(log.links(9), ['cause data 8']);
  });

  it('wait to be accepted also when the client has closed its end', () => {
    const to = '{sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}, 16';
    const log = handMade(`
      10 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3<socket:[1]> <0.000010>
      10 bind(3<socket:[1]>, ${to}) = 0 <0.000010>
      10 listen(3<socket:[1]>, 5) = 0 <0.000010>
      11 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3<socket:[2]> <0.000010>
      11 connect(3<socket:[2]>, ${to}) = 0 <0.000010>
      11 write(3<socket:[2]>, "hi", 2) = 2 <0.000010>
      11 close(3<socket:[2]>) = 0 <0.000010>
      10 accept(3<socket:[1]>, NULL, NULL) = 4<socket:[3]> <0.000010>
      10 read(4<socket:[3]>, "hi", 9) = 2 <0.000010>`);
    assert.deepEqual(log.links(9), ['cause data 6']);
    assert.deepEqual(log.links(8), ['cause connect 5']);
  });
});
