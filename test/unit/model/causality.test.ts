/** One test a kind of edge: which event made another one happen, both ways, and who ended a wait. */

import assert from 'node:assert/strict';
import { fork, handMade } from './modelFixture.js';

describe('causes and effects', () => {
  it('a fork leads to the first event of its child', () => {
    const log = handMade(`
      10 ${fork} = 11 <0.000100>
      11 getppid() = 10 <0.000010>
      11 getppid() = 10 <0.000010>`);
    assert.deepEqual(log.links(1), ['effect fork 2']);
    assert.deepEqual(log.links(2), ['cause fork 1']);
    assert.deepEqual(log.links(3), []);
  });

  it('an exit leads to SIGCHLD and to the wait that reaps', () => {
    const log = handMade(`
      10 ${fork} = 11 <0.000100>
      10 wait4(-1,  <unfinished ...>
      11 exit_group(0) = ?
      11 +++ exited with 0 +++
      10 <... wait4 resumed>NULL, 0, NULL) = 11 <0.003000>
      10 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=11, si_uid=0, si_status=0, si_utime=0, si_stime=0} ---`);
    assert.deepEqual(log.links(4), ['effect reap 5', 'effect signal 6']);
    assert.deepEqual(log.links(5), ['cause exit 4']);
    assert.deepEqual(log.links(6), ['cause exit 4']);
    const why = log.trace.kernel.whyBlocked(log.row(5));
    assert.equal(why?.reason, 'childExit');
    assert.equal(why.endedBy?.row, log.row(4));
  });

  it('a read is tied to the writes whose bytes it got, by their positions in the pipe', () => {
    const log = handMade(`
      10 pipe2([3<pipe:[1]>, 4<pipe:[1]>], 0) = 0 <0.000010>
      10 write(4<pipe:[1]>, "abc", 3) = 3 <0.000010>
      10 write(4<pipe:[1]>, "defg", 4) = 4 <0.000010>
      10 read(3<pipe:[1]>, "ab", 2) = 2 <0.000010>
      10 read(3<pipe:[1]>, "cde", 3) = 3 <0.000010>
      10 write(4<pipe:[1]>, "h", 1) = 1 <0.000010>
      10 read(3<pipe:[1]>, "fgh", 9) = 3 <0.000010>`);
    assert.deepEqual(log.links(4), ['cause data 2']);
    assert.deepEqual(log.links(5), ['cause data 2', 'cause data 3']);
    assert.deepEqual(log.links(7), ['cause data 3', 'cause data 6']);
    assert.deepEqual(log.links(3), ['effect data 5', 'effect data 7']);
  });

  it('a read whose line comes before its write is tied to it all the same', () => {
    const log = handMade(`
      10 pipe2([3<pipe:[1]>, 4<pipe:[1]>], 0) = 0 <0.000010>
      10 ${fork} = 11 <0.000100>
      11 read(3<pipe:[1]>,  <unfinished ...>
      10 write(4<pipe:[1]>, "x", 1 <unfinished ...>
      11 <... read resumed>"x", 9) = 1 <0.002000>
      10 <... write resumed>) = 1 <0.002000>`);
    assert.deepEqual(log.links(5), ['cause fork 2', 'cause data 6']);
    assert.deepEqual(log.trace.kernel.channels({ process: null, atNs: null })[0]?.inFlight, [0, 0]);
  });

  it('nothing is said of a pipe into which somebody unseen writes', () => {
    const log = handMade(`
      10 pipe2([3<pipe:[1]>, 4<pipe:[1]>], 0) = 0 <0.000010>
      10 write(4<pipe:[1]>, "x", 1) = 1 <0.000010>
      10 read(3<pipe:[1]>, "xyz", 9) = 3 <0.000010>`);
    assert.deepEqual(log.links(3), []);
  });

  it('end of file comes from the close of the last writer', () => {
    const log = handMade(`
      10 pipe2([3<pipe:[1]>, 4<pipe:[1]>], 0) = 0 <0.000010>
      10 ${fork} = 11 <0.000100>
      10 close(4<pipe:[1]>) = 0 <0.000010>
      11 close(4<pipe:[1]>) = 0 <0.000010>
      10 read(3<pipe:[1]>, "", 9) = 0 <0.000010>`);
    assert.deepEqual(log.links(5), ['cause eof 4']);
  });

  it('end of file of a connection comes from the shutdown, not from a later exit', () => {
    const log = handMade(`
      10 socketpair(AF_UNIX, SOCK_STREAM, 0, [3<socket:[1]>, 4<socket:[2]>]) = 0 <0.000010>
      10 ${fork} = 11 <0.000100>
      11 shutdown(4<socket:[2]>, SHUT_WR) = 0 <0.000010>
      10 read(3<socket:[1]>, "", 9) = 0 <0.000500>
      11 exit_group(0) = ?
      11 +++ exited with 0 +++`);
    assert.deepEqual(log.links(4), ['cause eof 3']);
  });

  it('a kill leads to the delivery, and the delivery to the end of its handler', () => {
    const log = handMade(`
      11 rt_sigaction(SIGUSR1, {sa_handler=0x1, sa_mask=[], sa_flags=0}, NULL, 8) = 0 <0.000010>
      10 kill(11, SIGUSR1) = 0 <0.000010>
      11 pause( <unfinished ...>
      11 <... pause resumed>) = ? ERESTARTNOHAND (To be restarted if no handler) <0.000100>
      11 --- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=10, si_uid=0} ---
      11 rt_sigreturn({mask=[]}) = -1 EINTR (Interrupted system call) <0.000010>`);
    assert.deepEqual(log.links(2), ['effect signal 5']);
    assert.deepEqual(log.links(5), ['cause signal 2', 'effect signal 6']);
    assert.equal(log.trace.kernel.whyBlocked(log.row(4))?.endedBy?.row, log.row(5));
    const [span] = log.trace.kernel.handlers({ startNs: 0, endNs: Infinity, lanes: null, filter: null });
    assert.equal(span?.interruptedRow, log.row(4));
    assert.equal(span.restarted, false);
  });

  it('of three pending sends a standard signal is the first one, real-time signals come in their order', () => {
    const sends = (signal: string): string =>
      [1, 2, 3].map(i => `10 rt_sigqueueinfo(11, ${signal}, {si_int=${i}}) = 0 <0.000010>`).join('\n');
    const delivery = (signal: string): string =>
      `11 --- ${signal} {si_signo=${signal}, si_code=SI_QUEUE, si_pid=10, si_uid=0} ---`;
    const standard = handMade(`${sends('SIGUSR1')}\n${delivery('SIGUSR1')}`);
    assert.deepEqual(standard.links(4), ['cause signal 1']);
    const queued = handMade(`${sends('SIGRT_2')}\n${delivery('SIGRT_2')}\n${delivery('SIGRT_2')}`);
    assert.deepEqual(queued.links(4), ['cause signal 1']);
    assert.deepEqual(queued.links(5), ['cause signal 2']);
  });

  const thread = 'CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD';
  it('a futex wait is ended by the wake that counts it, whichever line comes first', () => {
    const log = handMade(`
      10 clone(child_stack=0x1, flags=${thread}) = 11 <0.000100>
      11 futex(0x100, FUTEX_WAIT_PRIVATE, 2, NULL <unfinished ...>
      10 futex(0x100, FUTEX_WAKE_PRIVATE, 1 <unfinished ...>
      11 <... futex resumed>) = 0 <0.002000>
      10 <... futex resumed>) = 1 <0.002000>`);
    assert.deepEqual(log.links(4), ['cause fork 1', 'cause wake 5']);
    assert.equal(log.trace.kernel.whyBlocked(log.row(4))?.endedBy?.row, log.row(5));
  });

  it('a join is ended by the end of the thread, which no call wakes', () => {
    const log = handMade(`
      10 clone(child_stack=0x1, flags=${thread}) = 11 <0.000100>
      10 futex(0x900, FUTEX_WAIT_BITSET|FUTEX_CLOCK_REALTIME, 11, NULL, FUTEX_BITSET_MATCH_ANY <unfinished ...>
      11 exit(0) = ?
      11 +++ exited with 0 +++
      10 <... futex resumed>) = 0 <0.003000>`);
    assert.equal(log.trace.kernel.whyBlocked(log.row(5))?.endedBy?.row, log.row(4));
  });

  it('an accept gets the connect that reached its listener', () => {
    const log = handMade(`
      10 socket(AF_UNIX, SOCK_STREAM, 0) = 3<socket:[1]> <0.000010>
      10 bind(3<socket:[1]>, {sa_family=AF_UNIX, sun_path="/s"}, 110) = 0 <0.000010>
      10 listen(3<socket:[1]>, 5) = 0 <0.000010>
      11 socket(AF_UNIX, SOCK_STREAM, 0) = 3<socket:[2]> <0.000010>
      11 connect(3<socket:[2]>, {sa_family=AF_UNIX, sun_path="/s"}, 110) = 0 <0.000010>
      10 accept(3<socket:[1]>, NULL, NULL) = 4<socket:[3]> <0.000010>
      10 write(4<socket:[3]>, "hi", 2) = 2 <0.000010>
      11 read(3<socket:[2]>, "hi", 9) = 2 <0.000010>`);
    assert.deepEqual(log.links(5), ['effect connect 6']);
    assert.deepEqual(log.links(6), ['cause connect 5']);
    assert.deepEqual(log.links(8), ['cause data 7']);
  });

  it('of two connects that wait an accept without an address is given neither', () => {
    const client = (pid: number): string => `
      ${pid} socket(AF_UNIX, SOCK_STREAM, 0) = 3<socket:[2]> <0.000010>
      ${pid} connect(3<socket:[2]>, {sa_family=AF_UNIX, sun_path="/s"}, 110) = 0 <0.000010>`;
    const log = handMade(`
      10 socket(AF_UNIX, SOCK_STREAM, 0) = 3<socket:[1]> <0.000010>
      10 bind(3<socket:[1]>, {sa_family=AF_UNIX, sun_path="/s"}, 110) = 0 <0.000010>
      10 listen(3<socket:[1]>, 5) = 0 <0.000010>${client(11)}${client(12)}
      10 accept(3<socket:[1]>, NULL, NULL) = 4<socket:[3]> <0.000010>`);
    assert.deepEqual(log.links(8), []);
  });

  const rights = (fd: string): string =>
    `{msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="x", iov_len=1}], msg_iovlen=1, msg_control=[{cmsg_len=20, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[${fd}]}], msg_controllen=24, msg_flags=0}`;
  for (const [order, lines] of [
    [
      'after',
      (s: string, r: string) => [
        `10 sendmsg(3<socket:[1]>, ${s}, 0) = 1 <0.000010>`,
        `11 recvmsg(4<socket:[2]>, ${r}, 0) = 1 <0.000010>`,
      ],
    ],
    [
      'before',
      (s: string, r: string) => [
        `10 sendmsg(3<socket:[1]>, ${s}, 0 <unfinished ...>`,
        `11 recvmsg(4<socket:[2]>, ${r}, 0) = 1 <0.000010>`,
        `10 <... sendmsg resumed>) = 1 <0.001500>`,
      ],
    ],
  ] as const)
    it(`a passed descriptor is the sender's description, when it is received ${order} the sender's line`, () => {
      const passed = lines(rights('5</f>'), rights('7</f>'));
      const log = handMade(`
        10 socketpair(AF_UNIX, SOCK_STREAM, 0, [3<socket:[1]>, 4<socket:[2]>]) = 0 <0.000010>
        10 ${fork} = 11 <0.000100>
        10 openat(AT_FDCWD</>, "/f", O_RDONLY) = 5</f> <0.000010>
        ${passed.join('\n')}`);
      const received = 5;
      const sent = order === 'before' ? 6 : 4;
      assert.ok(log.links(received).includes(`cause pass ${sent}`), log.links(received).join());
      const descriptors = log.trace.kernel.descriptors({ process: log.process(11), atNs: null });
      const got = descriptors.find(d => d.fd === 7);
      assert.equal(got?.birth, 'received');
      assert.deepEqual(got.siblings, [{ process: log.process(10), pid: 10, fd: 5 }]);
    });

  it('a lock is got from the one who released it, also when the release is printed later', () => {
    const log = handMade(`
      10 openat(AT_FDCWD</>, "/f", O_RDWR) = 3</f> <0.000010>
      11 openat(AT_FDCWD</>, "/f", O_RDWR) = 3</f> <0.000010>
      10 flock(3</f>, LOCK_EX) = 0 <0.000010>
      11 flock(3</f>, LOCK_EX <unfinished ...>
      10 flock(3</f>, LOCK_UN <unfinished ...>
      11 <... flock resumed>) = 0 <0.002000>
      10 <... flock resumed>) = 0 <0.001500>`);
    assert.deepEqual(log.links(6), ['cause lock 7']);
    assert.deepEqual(log.links(7), ['effect lock 6']);
  });

  it('a reported readiness comes from the write and leads to the read that served it', () => {
    const log = handMade(`
      10 pipe2([3<pipe:[1]>, 4<pipe:[1]>], 0) = 0 <0.000010>
      10 ${fork} = 11 <0.000100>
      10 poll([{fd=3<pipe:[1]>, events=POLLIN}], 1, -1 <unfinished ...>
      11 write(4<pipe:[1]>, "x", 1) = 1 <0.000010>
      10 <... poll resumed>) = 1 ([{fd=3, revents=POLLIN}]) <0.002000>
      10 read(3<pipe:[1]>, "x", 9) = 1 <0.000010>`);
    assert.deepEqual(log.links(5), ['effect ready 6', 'cause data 4']);
    assert.deepEqual(log.links(6), ['cause data 4', 'cause ready 5']);
    assert.equal(log.trace.kernel.whyBlocked(log.row(5))?.endedBy?.row, log.row(4));
  });

  it('an open of a FIFO waits for the open of its other end', () => {
    const log = handMade(`
      10 mknodat(AT_FDCWD</>, "/q", S_IFIFO|0600) = 0 <0.000010>
      10 ${fork} = 11 <0.000100>
      11 openat(AT_FDCWD</>, "/q", O_RDONLY <unfinished ...>
      10 openat(AT_FDCWD</>, "/q", O_WRONLY) = 3</q> <0.000010>
      11 <... openat resumed>) = 3</q> <0.002000>`);
    const why = log.trace.kernel.whyBlocked(log.row(5));
    assert.equal(why?.reason, 'peerOpen');
    assert.equal(why.endedBy?.row, log.row(4));
    assert.ok(log.links(4).includes('effect connect 5'));
  });

  it('a vfork is ended by the exec of its child', () => {
    const log = handMade(`
      10 vfork( <unfinished ...>
      11 dup2(1, 2) = 2 <0.000010>
      11 execve("/bin/true", ["true"], 0x1 /* 0 vars */) = 0 <0.000100>
      10 <... vfork resumed>) = 11 <0.003000>
      11 exit_group(0) = ?`);
    const why = log.trace.kernel.whyBlocked(log.row(4));
    assert.equal(why?.reason, 'vforkChild');
    assert.equal(why.endedBy?.row, log.row(3));
  });

  it('names who could end a read that still waits', () => {
    const log = handMade(
      `
      10 pipe2([3<pipe:[1]>, 4<pipe:[1]>], 0) = 0 <0.000010>
      10 ${fork} = 11 <0.000100>
      10 close(4<pipe:[1]>) = 0 <0.000010>
      10 read(3<pipe:[1]>,  <unfinished ...>
      11 getppid() = 10 <0.000010>`,
      { end: false },
    );
    assert.deepEqual(
      log.trace.kernel.whyBlocked(log.row(4))?.couldEnd.map(c => [c.pid, c.fd]),
      [[11, 4]],
    );
  });
});
