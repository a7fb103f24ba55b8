/** The tricky cases of the models of kernel objects, one short log each: what the man pages say must come out. */

import assert from 'node:assert/strict';
import { fork, handMade } from './modelFixture.js';

type Log = ReturnType<typeof handMade>;

/** `3 /f fork`: open descriptors of a process now (or after a line), with how each was born. */
function open(log: Log, pid: number, afterLine?: number): string[] {
  const atNs = afterLine === undefined ? null : log.trace.event(log.row(afterLine))!.startNs + 500_000;
  return log.trace.kernel.descriptors({ process: log.process(pid), atNs }).map(d => `${d.fd} ${d.name} ${d.birth}`);
}

const channels = (log: Log) => log.trace.kernel.channels({ process: null, atNs: null });
const file = 'openat(AT_FDCWD</>, "/f", O_RDONLY) = 3</f> <0.000010>';

describe('descriptors', () => {
  it('dup2 onto itself changes nothing, onto another replaces that', () => {
    const log = handMade(`
      10 ${file}
      10 openat(AT_FDCWD</>, "/g", O_RDONLY|O_CLOEXEC) = 4</g> <0.000010>
      10 dup2(4</g>, 4</g>) = 4</g> <0.000010>
      10 dup2(3</f>, 4</g>) = 4</f> <0.000010>`);
    assert.deepEqual(open(log, 10), ['3 /f open', '4 /f dup']);
    const [, old] = log.trace.kernel.descriptorHistory({ process: log.process(10) });
    assert.equal(old?.death, 'replaced');
    assert.equal(old.deathRow, log.row(4));
    assert.equal(log.trace.kernel.descriptors({ process: log.process(10), atNs: null })[1]?.closeOnExec, false);
  });

  it('a close that fails with EINTR or EIO has closed; one that fails with EBADF closed nothing that was open', () => {
    const log = handMade(`
      10 ${file}
      10 close(3</f>) = -1 EINTR (Interrupted system call) <0.000010>
      10 close(9) = -1 EBADF (Bad file descriptor) <0.000010>`);
    assert.deepEqual(open(log, 10), []);
    assert.equal(log.trace.kernel.descriptorHistory({ process: log.process(10) }).length, 1);
  });

  it('exec closes what is close-on-exec, a failed exec does not', () => {
    const log = handMade(`
      10 ${file}
      10 openat(AT_FDCWD</>, "/g", O_RDONLY|O_CLOEXEC) = 4</g> <0.000010>
      10 execve("/none", ["none"], 0x1 /* 0 vars */) = -1 ENOENT (No such file or directory) <0.000010>
      10 execve("/bin/true", ["true"], 0x1 /* 0 vars */) = 0 <0.000010>
      10 getpid() = 10 <0.000010>`);
    assert.deepEqual(open(log, 10, 3), ['3 /f open', '4 /g open']);
    assert.deepEqual(open(log, 10), ['3 /f open']);
  });

  it('close_range closes up to a last number that is no descriptor, or marks', () => {
    const log = handMade(`
      10 ${file}
      10 fcntl(3</f>, F_DUPFD, 10) = 10</f> <0.000010>
      10 close_range(3, 9, CLOSE_RANGE_CLOEXEC) = 0 <0.000010>
      10 close_range(5, 4294967295, 0) = 0 <0.000010>`);
    const [only, ...others] = log.trace.kernel.descriptors({ process: log.process(10), atNs: null });
    assert.deepEqual(others, []);
    assert.equal(only?.closeOnExec, true);
  });

  it('a table shared by CLONE_FILES is one table, until exec', () => {
    const log = handMade(`
      10 ${file}
      10 clone(child_stack=0x1, flags=CLONE_FILES|SIGCHLD) = 11 <0.000100>
      11 close(3</f>) = 0 <0.000010>
      11 openat(AT_FDCWD</>, "/g", O_RDONLY) = 3</g> <0.000010>
      11 execve("/bin/true", ["true"], 0x1 /* 0 vars */) = 0 <0.000010>
      11 close(3</g>) = 0 <0.000010>`);
    assert.deepEqual(open(log, 10), ['3 /g open']);
    assert.deepEqual(open(log, 11), []);
  });

  it('a child that began before its fork returned has what its parent had at the fork', () => {
    const log = handMade(`
      10 ${file}
      10 clone(child_stack=NULL, flags=SIGCHLD <unfinished ...>
      11 close(3</f>) = 0 <0.000010>
      11 openat(AT_FDCWD</>, "/g", O_RDONLY) = 3</g> <0.000010>
      10 <... clone resumed>) = 11 <0.003000>
      10 close(3</f>) = 0 <0.000010>`);
    assert.deepEqual(open(log, 11), ['3 /g open']);
    assert.deepEqual(open(log, 10), []);
    const [inherited] = log.trace.kernel.descriptorHistory({ process: log.process(11) });
    assert.equal(inherited?.birth, 'fork');
  });

  it('of two forks in progress each child gets its own parent in the end', () => {
    const log = handMade(`
      10 ${file}
      20 openat(AT_FDCWD</>, "/g", O_RDONLY) = 3</g> <0.000010>
      10 clone(child_stack=NULL, flags=SIGCHLD <unfinished ...>
      20 clone(child_stack=NULL, flags=SIGCHLD <unfinished ...>
      11 getppid() = 10 <0.000010>
      21 getppid() = 20 <0.000010>
      10 <... clone resumed>) = 11 <0.004000>
      20 <... clone resumed>) = 21 <0.004000>`);
    assert.deepEqual(open(log, 11), ['3 /f fork']);
    assert.deepEqual(open(log, 21), ['3 /g fork']);
  });

  it('what was open before the trace is unknown, and known from its first use', () => {
    const log = handMade('10 read(5</old>, "x", 1) = 1 <0.000010>');
    assert.deepEqual(open(log, 10), ['5 /old unknown']);
    const [d] = log.trace.kernel.descriptors({ process: log.process(10), atNs: null });
    assert.equal(d?.closeOnExec, null);
    assert.equal(d.access, null);
  });

  it('a pid that is used again has a table of its own', () => {
    const log = handMade(`
      10 ${fork} = 11 <0.000100>
      11 ${file}
      11 exit_group(0) = ?
      11 +++ exited with 0 +++
      10 wait4(11, NULL, 0, NULL) = 11 <0.000010>
      10 ${fork} = 11 <0.000100>
      11 getppid() = 10 <0.000010>`);
    const second = log.trace.process(log.process(11))!.id + 1;
    assert.equal(log.trace.process(second)?.pid, 11);
    assert.deepEqual(log.trace.kernel.descriptors({ process: second, atNs: null }), []);
  });

  const thread = 'clone(child_stack=0x1, flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD)';
  it('a number that a thread closes and another is given meanwhile is the new one, whichever line comes first', () => {
    const log = handMade(`
      10 ${thread} = 11 <0.000100>
      10 ${file}
      11 close(3</f> <unfinished ...>
      10 openat(AT_FDCWD</>, "/g", O_RDONLY) = 3</g> <0.000010>
      11 <... close resumed>) = 0 <0.002000>`);
    assert.deepEqual(open(log, 10), ['3 /g open']);
  });

  it('a descriptor that another thread uses before the line of its open was printed is the opened one', () => {
    const log = handMade(`
      10 ${thread} = 11 <0.000100>
      10 openat(AT_FDCWD</>, "/f", O_RDONLY <unfinished ...>
      11 read(3</f>, "x", 1) = 1 <0.000010>
      10 <... openat resumed>) = 3</f> <0.002000>`);
    assert.deepEqual(open(log, 10), ['3 /f open']);
    assert.deepEqual(
      log.trace.kernel.descriptorHistory({ process: log.process(10) }).map(d => [d.birth, d.bytesIn]),
      [['open', 1]],
    );
  });

  it('MSG_PEEK takes nothing out', () => {
    const log = handMade(`
      10 socketpair(AF_UNIX, SOCK_STREAM, 0, [3<socket:[1]>, 4<socket:[2]>]) = 0 <0.000010>
      10 write(3<socket:[1]>, "ab", 2) = 2 <0.000010>
      10 recvfrom(4<socket:[2]>, "ab", 9, MSG_PEEK, NULL, NULL) = 2 <0.000010>`);
    assert.deepEqual(channels(log)[0]?.inFlight, [2, 0]);
  });
});

describe('channels without descriptors, and those that count or keep messages apart', () => {
  it('a message is the first of its type, whatever was asked for', () => {
    const log = handMade(`
      10 msgget(IPC_PRIVATE, 0600) = 5 <0.000010>
      10 msgsnd(5, {mtype=1, mtext="a"}, 1, 0) = 0 <0.000010>
      10 msgsnd(5, {mtype=2, mtext="bb"}, 2, 0) = 0 <0.000010>
      10 msgsnd(5, {mtype=2, mtext="ccc"}, 3, 0) = 0 <0.000010>
      10 msgrcv(5, {mtype=2, mtext="bb"}, 9, 2, 0) = 2 <0.000010>
      10 msgctl(5, IPC_RMID, NULL) = 0 <0.000010>`);
    assert.deepEqual(log.links(5), ['cause data 3']);
    const [queue] = channels(log);
    assert.deepEqual(queue?.inFlight, [0, 4]);
    assert.notEqual(queue.removedNs, null);
  });

  it('of a queue that was there before nothing is said', () => {
    const log = handMade(`
      10 msgget(0x77, 0) = 5 <0.000010>
      10 msgsnd(5, {mtype=1, mtext="a"}, 1, 0) = 0 <0.000010>
      10 msgrcv(5, {mtype=1, mtext="z"}, 9, 0, 0) = 1 <0.000010>`);
    assert.deepEqual(log.links(3), []);
    assert.equal(channels(log)[0]?.inFlight[1], null);
  });

  it('an eventfd is a counter: a read gets the sum of the writes', () => {
    const log = handMade(`
      10 eventfd2(0, 0) = 3<anon_inode:[eventfd]> <0.000010>
      10 write(3<anon_inode:[eventfd]>, "\\3\\0\\0\\0\\0\\0\\0\\0", 8) = 8 <0.000010>
      10 write(3<anon_inode:[eventfd]>, "\\4\\0\\0\\0\\0\\0\\0\\0", 8) = 8 <0.000010>
      10 read(3<anon_inode:[eventfd]>, "\\7\\0\\0\\0\\0\\0\\0\\0", 8) = 8 <0.000010>`);
    assert.deepEqual(log.links(4), ['cause data 2', 'cause data 3']);
    assert.deepEqual(channels(log)[0]?.inFlight, [0, 0]);
  });

  it('a segment is held from attach to detach, by a forked child until its exec', () => {
    const log = handMade(`
      10 shmget(IPC_PRIVATE, 8192, 0600) = 1 <0.000010>
      10 shmat(1, NULL, 0) = 0x7f0000000000 <0.000010>
      10 ${fork} = 11 <0.000100>
      10 shmdt(0x7f0000000000) = 0 <0.000010>
      11 execve("/bin/true", ["true"], 0x1 /* 0 vars */) = 0 <0.000010>
      11 getpid() = 11 <0.000010>`);
    const [holders] = channels(log)[0]!.ends.map(e => e.holders);
    assert.deepEqual(
      holders!.map(h => [h.pid, h.toNs !== null]),
      [
        [10, true],
        [11, true],
      ],
    );
  });

  it('a datagram whose receiver got something else than was sent first is not tied to anything', () => {
    const address = '{sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}';
    const log = handMade(`
      10 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 3<socket:[1]> <0.000010>
      10 bind(3<socket:[1]>, ${address}, 16) = 0 <0.000010>
      11 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 3<socket:[2]> <0.000010>
      11 sendto(3<socket:[2]>, "abc", 3, 0, ${address}, 16) = 3 <0.000010>
      10 recvfrom(3<socket:[1]>, "wxyz", 64, 0, NULL, NULL) = 4 <0.000010>`);
    assert.deepEqual(log.links(5), []);
    assert.deepEqual(channels(log)[0]?.inFlight[0], null);
  });

  it('a FIFO that everybody closed begins empty again', () => {
    const log = handMade(`
      10 mknodat(AT_FDCWD</>, "/q", S_IFIFO|0600) = 0 <0.000010>
      10 openat(AT_FDCWD</>, "/q", O_RDWR) = 3</q> <0.000010>
      10 write(3</q>, "lost", 4) = 4 <0.000010>
      10 close(3</q>) = 0 <0.000010>
      10 openat(AT_FDCWD</>, "/q", O_RDWR) = 3</q> <0.000010>
      10 write(3</q>, "x", 1) = 1 <0.000010>
      10 read(3</q>, "x", 9) = 1 <0.000010>`);
    assert.equal(channels(log).length, 2);
    assert.deepEqual(log.links(7), ['cause data 6']);
  });
});

describe('identity', () => {
  const of = (log: Log, pid: number) => log.trace.kernel.identity({ process: log.process(pid), atNs: null });

  it('says nothing of what the log does not show', () => {
    const { pgid, sid, uid, groups } = of(handMade('10 getppid() = 1 <0.000010>'), 10);
    assert.deepEqual(
      { pgid, sid, uid, groups },
      { pgid: null, sid: null, uid: { real: null, effective: null, saved: null }, groups: null },
    );
  });

  it('a child has its parent groups and ids as of the fork', () => {
    const log = handMade(`
      10 setsid() = 10 <0.000010>
      10 setresuid(5, 6, 7) = 0 <0.000010>
      10 ${fork} = 11 <0.000100>
      10 setresuid(-1, 8, -1) = 0 <0.000010>
      11 getppid() = 10 <0.000010>`);
    const child = of(log, 11);
    assert.deepEqual([child.pgid, child.sid, child.uid], [10, 10, { real: 5, effective: 6, saved: 7 }]);
    assert.deepEqual(of(log, 10).uid, { real: 5, effective: 8, saved: 7 });
  });

  it('setuid changes all three ids of root and the effective one of others', () => {
    assert.deepEqual(of(handMade('10 setresuid(0, 0, 0) = 0 <0.1>\n10 setuid(9) = 0 <0.1>'), 10).uid, {
      real: 9,
      effective: 9,
      saved: 9,
    });
    assert.deepEqual(of(handMade('10 setresuid(5, 5, 9) = 0 <0.1>\n10 setuid(9) = 0 <0.1>'), 10).uid, {
      real: 5,
      effective: 9,
      saved: 9,
    });
    assert.deepEqual(of(handMade('10 setuid(9) = 0 <0.1>'), 10).uid, { real: null, effective: 9, saved: null });
    assert.deepEqual(
      of(handMade('10 setresuid(5, 5, 5) = 0 <0.1>\n10 setuid(9) = -1 EPERM (Operation not permitted) <0.1>'), 10).uid,
      { real: 5, effective: 5, saved: 5 },
    );
  });

  it('a parent may put its child into a group, and what a call tells held before it', () => {
    const log = handMade(`
      10 ${fork} = 11 <0.000100>
      10 setpgid(11, 0) = 0 <0.000010>
      10 getsid(0) = 3 <0.000010>
      11 getppid() = 10 <0.000010>`);
    assert.deepEqual([of(log, 11).pgid, of(log, 11).sid], [11, 3]);
  });

  it('keeps every name, cut to the 15 bytes of the kernel', () => {
    const log = handMade(`
      10 execve("/usr/bin/a-very-long-program-name", ["x"], 0x1 /* 0 vars */) = 0 <0.000010>
      10 prctl(PR_SET_NAME, "short") = 0 <0.000010>`);
    assert.deepEqual(
      of(log, 10).names.map(n => `${n.how} ${n.name}`),
      ['exec a-very-long-pro', 'prctl short'],
    );
  });
});

describe('memory, locks and transfers', () => {
  it('mremap with an old size of 0 leaves the first mapping', () => {
    const log = handMade(`
      10 mmap(NULL, 8192, PROT_READ|PROT_WRITE, MAP_SHARED|MAP_ANONYMOUS, -1, 0) = 0x7f0000000000 <0.000010>
      10 mremap(0x7f0000000000, 0, 8192, MREMAP_MAYMOVE) = 0x7f0000100000 <0.000010>`);
    assert.equal(log.trace.kernel.memory({ process: log.process(10), atNs: null }).regions.length, 2);
  });

  it('a fork shares copy-on-write, CLONE_VM shares, and the dead share nothing', () => {
    const sharing = (clone: string): unknown => {
      const log = handMade(`
        10 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7f0000000000 <0.000010>
        10 ${clone} = 11 <0.000100>
        11 getppid() = 10 <0.000010>
        11 exit_group(0) = ?
        11 +++ exited with 0 +++
        10 getpid() = 10 <0.000010>`);
      const at = (line: number): string[] =>
        log.trace.kernel
          .memory({ process: log.process(10), atNs: log.trace.event(log.row(line))!.startNs })
          .regions[0]!.sharedWith.map(s => s.how);
      return [at(3), at(6)];
    };
    assert.deepEqual(sharing(fork), [['copyOnWrite'], []]);
    assert.deepEqual(sharing('clone(child_stack=0x1, flags=CLONE_VM|SIGCHLD)'), [['shared'], []]);
  });

  it('unlocking a whole file releases every range of its owner, unlocking a part leaves the rest', () => {
    const lock = (type: string, start: number, length: number): string =>
      `fcntl(3</f>, F_SETLK, {l_type=${type}, l_whence=SEEK_SET, l_start=${start}, l_len=${length}}) = 0 <0.000010>`;
    const log = handMade(`
      10 openat(AT_FDCWD</>, "/f", O_RDWR) = 3</f> <0.000010>
      10 ${lock('F_WRLCK', 0, 10)}
      10 ${lock('F_WRLCK', 20, 10)}
      10 ${lock('F_UNLCK', 25, 10)}
      10 ${lock('F_UNLCK', 0, 0)}`);
    const held = (line: number): number =>
      log.trace.kernel.locks({ atNs: log.trace.event(log.row(line))!.startNs + 500_000 }).length;
    assert.deepEqual([held(3), held(4), held(5)], [2, 2, 0]);
  });

  it('a read written on in two pieces is one transfer of three calls', () => {
    const log = handMade(`
      10 ${file}
      10 openat(AT_FDCWD</>, "/g", O_WRONLY) = 4</g> <0.000010>
      10 read(3</f>, "abcd", 9) = 4 <0.000010>
      10 write(4</g>, "abcd", 4) = 1 <0.000010>
      10 write(4</g>, "bcd", 3) = 3 <0.000010>`);
    const [transfer] = log.trace.kernel.transfers({ startNs: 0, endNs: Infinity, lanes: null, filter: null });
    assert.deepEqual([transfer?.bytes, transfer?.calls, transfer?.userCopies], [4, 3, 2]);
  });

  it('a semaphore taken with SEM_UNDO goes back at exit and lets its waiter go on', () => {
    const take = '[{sem_num=0, sem_op=-1, sem_flg=SEM_UNDO}], 1';
    const log = handMade(`
      10 semget(IPC_PRIVATE, 1, 0600) = 2 <0.000010>
      10 ${fork} = 11 <0.000100>
      11 semop(2, ${take}) = 0 <0.000010>
      10 semop(2, ${take} <unfinished ...>
      11 exit_group(0) = ?
      11 +++ exited with 0 +++
      10 <... semop resumed>) = 0 <0.003000>`);
    assert.equal(log.trace.kernel.whyBlocked(log.row(7))?.endedBy?.row, log.row(6));
    assert.deepEqual(
      log.trace.kernel.locks({ atNs: null }).map(l => [l.kind, l.name]),
      [['semaphore', '2[0]']],
    );
  });
});
