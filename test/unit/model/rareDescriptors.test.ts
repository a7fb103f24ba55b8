/** Descriptors that come, go and are watched in other ways than open and close: what the man pages say must come out. */

import assert from 'node:assert/strict';
import type { DescriptorInfo } from '../../../src/trace/modelApi.js';
import { handMade } from './modelFixture.js';

type Log = ReturnType<typeof handMade>;

const open = (log: Log, pid: number): DescriptorInfo[] =>
  log.trace.kernel.descriptors({ process: log.process(pid), atNs: null });
const born = (log: Log, pid: number): string[] => open(log, pid).map(d => `${d.fd} ${d.kind} ${d.name} ${d.birth}`);

describe('rare descriptors', () => {
  it('O_PATH allows neither reading nor writing, and opens no end of a FIFO', () => {
    const log = handMade(`
      10 mknodat(AT_FDCWD</>, "/f", S_IFIFO|0600) = 0 <0.000010>
      10 openat(AT_FDCWD</>, "/f", O_RDONLY|O_PATH) = 3</f> <0.000010>`);
    assert.deepEqual(
      open(log, 10).map(d => [d.access, d.channel]),
      [[null, null]],
    );
  });

  it('pidfd_getfd gives one more descriptor of the other process’s description', () => {
    const log = handMade(`
      10 pipe2([3<pipe:[5]>, 4<pipe:[5]>], O_NONBLOCK) = 0 <0.000010>
      10 clone(child_stack=NULL, flags=SIGCHLD) = 11 <0.000100>
      11 close(4<pipe:[5]>) = 0 <0.000010>
      11 pidfd_open(10, PIDFD_NONBLOCK) = 4<pid:10> <0.000010>
      11 pidfd_getfd(4<pid:10>, 4<pipe:[5]>, 0) = 5<pipe:[5]> <0.000010>
      11 write(5<pipe:[5]>, "abc", 3) = 3 <0.000010>`);
    const [, handle, got] = open(log, 11);
    assert.equal(handle?.nonBlocking, true);
    assert.deepEqual([got?.birth, got?.closeOnExec, got?.nonBlocking], ['received', true, true]);
    assert.deepEqual(
      got?.siblings.map(s => `${s.pid}:${s.fd}`),
      ['10:4'],
    );
    assert.deepEqual(log.trace.kernel.channel(got?.channel ?? -1)?.inFlight[1], 3);
  });

  it('clone with CLONE_PIDFD opens a handle in the parent alone', () => {
    const log = handMade(`
      10 clone3({flags=CLONE_PIDFD, exit_signal=SIGCHLD, pidfd=0x1} => {pidfd=[3]}, 88) = 11 <0.000100>
      10 clone(child_stack=NULL, flags=CLONE_PIDFD|SIGCHLD, parent_tid=[4]) = 12 <0.000100>
      11 getpid() = 11 <0.000010>
      12 getpid() = 12 <0.000010>`);
    assert.deepEqual(born(log, 10), ['3 pidfd [pidfd 11] create', '4 pidfd [pidfd 12] create']);
    assert.deepEqual(born(log, 11), []);
    assert.deepEqual(born(log, 12), ['3 pidfd [pidfd 11] fork']);
  });

  it('open_by_handle_at, TIOCGPTPEER and landlock_create_ruleset open; a ruleset’s version number is none', () => {
    const log = handMade(`
      10 open_by_handle_at(AT_FDCWD</>, {handle_bytes=8, handle_type=1, f_handle="\\x38"}, O_RDONLY|O_CLOEXEC) = 3 <0.000010>
      10 ioctl(9</dev/ptmx<char 5:2>>, TIOCGPTPEER, 0x102) = 4 <0.000010>
      10 landlock_create_ruleset(NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) = 6 <0.000010>
      10 landlock_create_ruleset({handled_access_fs=LANDLOCK_ACCESS_FS_EXECUTE}, 8, 0) = 5<anon_inode:[landlock-ruleset]> <0.000010>
      10 ioctl(4</dev/pts/7<char 136:7>>, TIOCSCTTY, 0) = 0 <0.000010>`);
    assert.deepEqual(born(log, 10), [
      '3 file  open',
      '4 char /dev/pts/7 create',
      '5 other [landlock-ruleset] create',
      '9 char /dev/ptmx unknown',
    ]);
  });

  it('what another thread opens while a fork is under way is the child’s, too, when the child uses it', () => {
    const log = handMade(`
      10 clone(child_stack=0x1, flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD|CLONE_SYSVSEM) = 12 <0.000100>
      10 clone(child_stack=NULL, flags=SIGCHLD <unfinished ...>
      12 openat(AT_FDCWD</>, "/f", O_RDWR|O_CLOEXEC) = 3</f> <0.000010>
      12 openat(AT_FDCWD</>, "/g", O_RDWR) = 4</g> <0.000010>
      10 <... clone resumed>) = 11 <0.003000>
      12 openat(AT_FDCWD</>, "/h", O_RDWR) = 5</h> <0.000010>
      11 close(3</f>) = 0 <0.000010>
      11 getpid() = 11 <0.000010>`);
    const history = log.trace.kernel.descriptorHistory({ process: log.process(11) });
    assert.deepEqual(
      history.map(d => `${d.fd} ${d.name} ${d.birth} ${d.access} ${d.closeOnExec}`),
      ['3 /f fork readWrite true'],
    );
  });

  it('a message carries all its descriptors, also pipes and names with brackets; sendmmsg and recvmmsg carry them too', () => {
    const control = (fds: string): string =>
      `msg_control=[{cmsg_len=28, cmsg_level=SOL_SOCKET, cmsg_type=SCM_CREDENTIALS, cmsg_data={pid=10, uid=0, gid=0}}, ` +
      `{cmsg_len=32, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[${fds}]}], msg_controllen=32, msg_flags=0`;
    const header = (fds: string): string =>
      `{msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="a", iov_len=1}], msg_iovlen=1, ${control(fds)}}`;
    const log = handMade(`
      10 socketpair(AF_UNIX, SOCK_STREAM, 0, [3<socket:[1]>, 4<socket:[2]>]) = 0 <0.000010>
      10 clone(child_stack=NULL, flags=SIGCHLD) = 11 <0.000100>
      10 pipe2([5<pipe:[8]>, 6<pipe:[8]>], 0) = 0 <0.000010>
      10 openat(AT_FDCWD</>, "/with, 12]x", O_RDWR) = 7</with, 12]x> <0.000010>
      10 sendmsg(3<socket:[1]>, ${header('5<pipe:[8]>, 7</with, 12]x>, 6<pipe:[8]>')}, 0) = 1 <0.000010>
      11 recvmsg(4<socket:[2]>, ${header('8<pipe:[8]>, 9</with, 12]x>, 10<pipe:[8]>')}, 0) = 1 <0.000010>
      10 sendmmsg(3<socket:[1]>, [{msg_hdr=${header('5<pipe:[8]>')}, msg_len=1}, {msg_hdr=${header('7</with, 12]x>')}, msg_len=1}], 2, 0) = 2 <0.000010>
      11 recvmmsg(4<socket:[2]>, [{msg_hdr=${header('11<pipe:[8]>')}, msg_len=1}, {msg_hdr=${header('12</with, 12]x>')}, msg_len=1}], 2, MSG_CMSG_CLOEXEC, NULL) = 2 <0.000010>`);
    const [pipe, , write, again, file] = open(log, 11).filter(d => d.fd > 4);
    assert.deepEqual(born(log, 11).slice(2), [
      '8 pipe pipe:[8] received',
      '9 file /with, 12]x received',
      '10 pipe pipe:[8] received',
      '11 pipe pipe:[8] received',
      '12 file /with, 12]x received',
    ]);
    assert.deepEqual([pipe?.access, write?.access, again?.closeOnExec], ['read', 'write', true]);
    assert.deepEqual(
      file?.siblings.map(s => `${s.pid}:${s.fd}`),
      ['10:7', '11:9'],
    );
    assert.deepEqual(log.links(8), ['cause data 7', 'cause pass 7']);
  });

  it('a packet pipe and a seqpacket connection lose what a short read leaves of a packet', () => {
    const log = handMade(`
      10 pipe2([3<pipe:[5]>, 4<pipe:[5]>], O_DIRECT) = 0 <0.000010>
      10 write(4<pipe:[5]>, "hello", 5) = 5 <0.000010>
      10 write(4<pipe:[5]>, "wo", 2) = 2 <0.000010>
      10 read(3<pipe:[5]>, "hel", 3) = 3 <0.000010>
      10 socket(AF_UNIX, SOCK_SEQPACKET, 0) = 5<socket:[1]> <0.000010>
      10 bind(5<socket:[1]>, {sa_family=AF_UNIX, sun_path=@"abs"}, 6) = 0 <0.000010>
      10 listen(5<socket:[1]>, 1) = 0 <0.000010>
      10 socket(AF_UNIX, SOCK_SEQPACKET, 0) = 6<socket:[2]> <0.000010>
      10 connect(6<socket:[2]>, {sa_family=AF_UNIX, sun_path=@"abs"}, 6) = 0 <0.000010>
      10 accept(5<socket:[1]>, NULL, NULL) = 7<socket:[3]> <0.000010>
      10 write(6<socket:[2]>, "packet", 6) = 6 <0.000010>
      10 write(6<socket:[2]>, "pk", 2) = 2 <0.000010>
      10 read(7<socket:[3]>, "pac", 3) = 3 <0.000010>`);
    const flight = log.trace.kernel.channels({ process: null, atNs: null }).map(c => `${c.kind} ${c.inFlight.join()}`);
    assert.deepEqual(flight, ['pipe 0,2', 'unix 2,0']);
  });

  it('a datagram without bytes is no end of file', () => {
    const log = handMade(`
      10 socketpair(AF_UNIX, SOCK_DGRAM, 0, [3<socket:[1]>, 4<socket:[2]>]) = 0 <0.000010>
      10 recvfrom(4<socket:[2]>, "", 9, 0, NULL, NULL) = 0 <0.000010>
      10 socketpair(AF_UNIX, SOCK_STREAM, 0, [5<socket:[3]>, 6<socket:[4]>]) = 0 <0.000010>
      10 recvfrom(6<socket:[4]>, "", 0, 0, NULL, NULL) = 0 <0.000010>
      10 close(5<socket:[3]>) = 0 <0.000010>
      10 recvfrom(6<socket:[4]>, "", 9, 0, NULL, NULL) = 0 <0.000010>`);
    const ends = log.trace.kernel.channels({ process: null, atNs: null }).map(c => c.eofNs);
    assert.deepEqual(ends, [null, log.trace.event(log.row(6))!.startNs + 10_000]);
  });

  it('vmsplice on the end that is read takes bytes out', () => {
    const log = handMade(`
      10 pipe2([3<pipe:[5]>, 4<pipe:[5]>], 0) = 0 <0.000010>
      10 vmsplice(4<pipe:[5]>, [{iov_base="abcd", iov_len=4}], 1, 0) = 4 <0.000010>
      10 vmsplice(3<pipe:[5]>, [{iov_base="abc", iov_len=3}], 1, 0) = 3 <0.000010>`);
    assert.deepEqual(
      open(log, 10).map(d => [d.bytesIn, d.bytesOut]),
      [
        [3, 0],
        [0, 4],
      ],
    );
    assert.deepEqual(log.trace.kernel.channels({ process: null, atNs: null })[0]?.inFlight, [0, 1]);
    assert.deepEqual(log.links(3), ['cause data 2']);
  });

  it('ECONNRESET is a reset, whichever call is told of it', () => {
    const log = handMade(`
      10 socketpair(AF_UNIX, SOCK_STREAM, 0, [3<socket:[1]>, 4<socket:[2]>]) = 0 <0.000010>
      10 recvmsg(3<socket:[1]>, {msg_namelen=0}, 0) = -1 ECONNRESET (Connection reset by peer) <0.000010>`);
    assert.notEqual(log.trace.kernel.channels({ process: null, atNs: null })[0]?.resetNs, null);
  });

  it('epoll forgets what the last descriptor of is closed, not before', () => {
    const log = handMade(`
      10 pipe2([3<pipe:[5]>, 4<pipe:[5]>], 0) = 0 <0.000010>
      10 epoll_create1(0) = 5<anon_inode:[eventpoll]> <0.000010>
      10 epoll_ctl(5<anon_inode:[eventpoll]>, EPOLL_CTL_ADD, 3<pipe:[5]>, {events=EPOLLIN, data={u32=3, u64=3}}) = 0 <0.000010>
      10 dup(3<pipe:[5]>) = 6<pipe:[5]> <0.000010>
      10 close(3<pipe:[5]>) = 0 <0.000010>
      10 close(6<pipe:[5]>) = 0 <0.000010>
      10 getpid() = 10 <0.000010>`);
    const watched = (line: number): number[] => {
      const atNs = log.trace.event(log.row(line))!.startNs + 500_000;
      return log.trace.kernel.interest({ process: log.process(10), atNs }).map(i => i.fd);
    };
    assert.deepEqual([watched(4), watched(5), watched(6)], [[3], [3], []]);
  });

  it('mq_open always sets close-on-exec', () => {
    const log = handMade(`
      10 mq_open("q", O_RDWR|O_CREAT, 0600, NULL) = 3 <0.000010>`);
    assert.deepEqual(
      open(log, 10).map(d => [d.closeOnExec, d.letter]),
      [[true, '-']],
    );
  });
});
