/** The same call in two runs of a program, found or not, from two logs. */

import assert from 'node:assert/strict';
import type { CallMatch } from '../../../src/trace/api.js';
import type { Trace } from '../../../src/trace/trace.js';
import { at, traceOf } from '../trace/traceFixture.js';

/** Lines `pid call`, one a millisecond. */
const logOf = (...lines: string[]): string =>
  lines.map((line, i) => line.replace(/^\d+/, pid => `${pid} ${at(i * 1000)}`) + '\n').join('');
const rowOf = (trace: Trace, text: string): number => {
  for (let row = 0; row < trace.summary().rows; row++)
    if (trace.event(row)?.rawLines.some(line => line.text.includes(text))) return row;
  throw new Error(`No event like ${text}`);
};
/** The line that the second log has for an event of the first, else why it has none. */
const match = (first: string, text: string, second: string): string | CallMatch => {
  const one = traceOf(first);
  const other = traceOf(second);
  const position = one.positionOf(rowOf(one, text));
  assert.ok(position, 'the call has a position');
  const found = other.callAt(structuredClone(position));
  return found.kind === 'found' ? (other.event(found.row)?.rawLines[0]?.text.replace(/^\d+ \S+ /, '') ?? '') : found;
};

describe('a call of one run', () => {
  it('is found in another by its thread’s place in the tree and its order there, whatever the numbers and the interleaving', () => {
    const first = logOf(
      '100 clone(child_stack=NULL, flags=SIGCHLD) = 101 <0.000010>',
      '100 clone(child_stack=NULL, flags=SIGCHLD) = 102 <0.000010>',
      '101 write(1, "a", 1) = 1 <0.000010>',
      '102 write(1, "b", 1) = 1 <0.000010>',
      '102 write(1, "the one", 7) = 7 <0.000010>',
      '101 +++ exited with 0 +++',
      '102 +++ exited with 0 +++',
      '100 +++ exited with 0 +++',
    );
    const second = logOf(
      '900 clone(child_stack=NULL, flags=SIGCHLD) = 950 <0.000010>',
      '900 clone(child_stack=NULL, flags=SIGCHLD) = 920 <0.000010>',
      '920 write(1, "b", 1) = 1 <0.000010>',
      '920 write(1, "the one", 7) = 7 <0.000010>',
      '950 write(1, "a", 1) = 1 <0.000010>',
      '950 +++ exited with 0 +++',
      '920 +++ exited with 0 +++',
      '900 +++ exited with 0 +++',
    );
    assert.equal(match(first, 'the one', second), 'write(1, "the one", 7) = 7 <0.000010>');
  });

  it('is found where only addresses, processes, inodes, ports, terminals and answers differ', () => {
    const pairs = [
      ['mmap(0x7f1234567000, 4096, PROT_READ, MAP_FIXED, 3, 0) = 0x7f1234567000', 'mmap(0x7fabcdef0000, 4096, PROT_READ, MAP_FIXED, 3, 0) = 0x7fabcdef0000'],
      ['read(3<pipe:[111]>, "abc", 10) = 3', 'read(3<pipe:[222]>, 0x7ffc123456, 10) = -1 EAGAIN (Resource temporarily unavailable)'],
      ['accept4(3, {sa_family=AF_INET, sin_port=htons(40001), sin_addr=inet_addr("127.0.0.1")}, [16 => 16], 0) = 4', 'accept4(3, {sa_family=AF_INET, sin_port=htons(50002), sin_addr=inet_addr("127.0.0.1")}, [16 => 16], 0) = 4'],
      ['connect(3, {sa_family=AF_INET, sin_port=htons(40001)}, 16) = 0', 'connect(3, {sa_family=AF_INET, sin_port=htons(50002)}, 16) = 0'],
      ['kill(100, SIGUSR1) = 0', 'kill(900, SIGUSR1) = 0'],
      ['write(1</dev/pts/3>, "I am 100\\n", 9) = 9', 'write(1</dev/pts/12>, "I am 900\\n", 9) = 9'],
      ['execve("/p", ["/p"], 0x7ffc00001000 /* 25 vars */) = 0', 'execve("/p", ["/p"], 0x7ffc00002000 /* 31 vars */) = 0'],
    ] as const; // prettier-ignore
    for (const [one, other] of pairs) {
      const found = match(logOf(`100 ${one} <0.000010>`), one, logOf(`900 ${other} <0.000010>`));
      assert.equal(found, `${other} <0.000010>`);
    }
  });

  it('is not found where it or one before it had other arguments', () => {
    const first = logOf('100 write(1, "a", 1) = 1 <0.000010>', '100 write(1, "b", 1) = 1 <0.000010>');
    const second = logOf('900 write(1, "x", 1) = 1 <0.000010>', '900 write(1, "b", 1) = 1 <0.000010>');
    assert.deepEqual(match(first, '"b"', second), { kind: 'arguments', at: 0, row: 1 });
    assert.deepEqual(match(second, '"b"', first), { kind: 'arguments', at: 0, row: 1 });
  });

  it('is not found where the port, descriptor or size was chosen by the program', () => {
    for (const [one, other] of [
      [
        'bind(3, {sa_family=AF_INET, sin_port=htons(8080)}, 16) = 0',
        'bind(3, {sa_family=AF_INET, sin_port=htons(8081)}, 16) = 0',
      ],
      ['close(3) = 0', 'close(4) = 0'],
      ['read(3, "a", 10) = 1', 'read(3, "a", 11) = 1'],
    ] as const)
      // prettier-ignore
      assert.deepEqual(match(logOf(`100 ${one} <0.000010>`), one, logOf(`900 ${other} <0.000010>`)), {
        kind: 'arguments',
        at: 0,
        row: 0,
      });
  });

  it('is not found where the thread made fewer such calls, or there is no such thread', () => {
    const first = logOf(
      '100 clone(child_stack=NULL, flags=SIGCHLD) = 101 <0.000010>',
      '101 close(1) = 0 <0.000010>',
      '101 close(2) = 0 <0.000010>',
    );
    const fewer = logOf('900 clone(child_stack=NULL, flags=SIGCHLD) = 901 <0.000010>', '901 close(1) = 0 <0.000010>');
    assert.deepEqual(match(first, 'close(2)', fewer), { kind: 'fewer', calls: 1 });
    assert.deepEqual(match(first, 'close(2)', logOf('900 close(1) = 0 <0.000010>')), { kind: 'noThread' });
  });

  const polls = (times: number): string =>
    logOf(
      ...Array.from({ length: times }, () => '100 read(3, 0x7ffc1234, 10) = -1 EAGAIN (Again) <0.000010>'),
      '100 read(3, "data", 10) = 4 <0.000010>',
      '100 read(3, "", 10) = 0 <0.000010>',
    );

  it('is not taken for another where the runs made different numbers of calls that ended differently', () => {
    assert.deepEqual(match(polls(9), '"data"', polls(8)), { kind: 'count', calls: 10 });
    assert.deepEqual(match(polls(9), '""', polls(12)), { kind: 'count', calls: 14 });
    const one = traceOf(polls(9));
    const ninth = one.positionOf(8);
    assert.deepEqual(ninth && traceOf(polls(8)).callAt(ninth), { kind: 'count', calls: 10 });
  });

  it('is found in a run that was cut short after it', () => {
    const cut = polls(9).split('\n').slice(0, -2).join('\n') + '\n';
    assert.equal(match(polls(9), '"data"', cut), 'read(3, "data", 10) = 4 <0.000010>');
  });

  it('that never returned is found by the arguments that were printed', () => {
    const first = logOf('100 read(0, <unfinished ...>', '100 +++ killed by SIGTERM +++');
    const second = logOf('900 read(0, "x", 1) = 1 <0.000010>');
    assert.equal(match(first, 'read(0', second), 'read(0, "x", 1) = 1 <0.000010>');
  });

  it('has no position when it is a signal, or nobody saw its thread begin', () => {
    const trace = traceOf(
      logOf('100 close(1) = 0 <0.000010>', '500 close(2) = 0 <0.000010>', '100 --- SIGUSR1 {si_signo=SIGUSR1} ---'),
    );
    assert.equal(trace.positionOf(rowOf(trace, 'close(2)')), null);
    assert.equal(trace.positionOf(rowOf(trace, 'SIGUSR1')), null);
    assert.equal(trace.positionOf(99), null);
  });

  /** The call that is looked for is the one that gets "the one"; in `interrupted` it is tried more than once. */
  const restarts: { title: string; interrupted: string[]; plain: string[]; text: string; tries: string[]; last: string }[] = [
    {
      title: 'a signal that nobody handles',
      interrupted: [
        '100 recvmsg(3, <unfinished ...>',
        '100 <... recvmsg resumed>0x7ffd0, 0) = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <0.000010>',
        '100 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=101} ---',
        '100 recvmsg(3, {msg_name=NULL, msg_iov="the one"}, 0) = 7 <0.000010>',
      ],
      plain: ['100 recvmsg(3, {msg_name=NULL, msg_iov="the one"}, 0) = 7 <0.000010>'],
      text: 'the one',
      tries: ['recvmsg(3, <unfinished'],
      last: 'recvmsg(3, {msg_name=NULL, msg_iov="the one"}, 0) = 7 <0.000010>',
    },
    {
      title: 'a handler with SA_RESTART that makes calls itself',
      interrupted: [
        '100 read(0, 0x7ffd0, 10) = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <0.000010>',
        '100 --- SIGUSR1 {si_signo=SIGUSR1} ---',
        '100 write(1, "handler", 7) = 7 <0.000010>',
        '100 rt_sigreturn({mask=[]}) = 0 <0.000010>',
        '100 read(0, "the one", 10) = 7 <0.000010>',
      ],
      plain: ['100 read(0, "the one", 10) = 7 <0.000010>'],
      text: 'the one',
      tries: ['read(0, 0x7ffd0, 10) = ? ERESTARTSYS'],
      last: 'read(0, "the one", 10) = 7 <0.000010>',
    },
    {
      title: 'two handlers, one on the other',
      interrupted: [
        '100 read(0, 0x7ffd0, 10) = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <0.000010>',
        '100 --- SIGUSR1 {si_signo=SIGUSR1} ---',
        '100 --- SIGUSR2 {si_signo=SIGUSR2} ---',
        '100 rt_sigreturn({mask=[USR1]}) = 0 <0.000010>',
        '100 rt_sigreturn({mask=[]}) = 0 <0.000010>',
        '100 read(0, "the one", 10) = 7 <0.000010>',
      ],
      plain: ['100 read(0, "the one", 10) = 7 <0.000010>'],
      text: 'the one',
      tries: ['read(0, 0x7ffd0, 10) = ? ERESTARTSYS'],
      last: 'read(0, "the one", 10) = 7 <0.000010>',
    },
    {
      title: 'a stop, twice, and restart_syscall after it',
      interrupted: [
        '100 clock_nanosleep(CLOCK_REALTIME, 0, {tv_sec=9, tv_nsec=0}, 0x7ffd0) = ? ERESTART_RESTARTBLOCK (Interrupted by signal) <0.000010>',
        '100 --- SIGTSTP {si_signo=SIGTSTP} ---',
        '100 --- stopped by SIGTSTP ---',
        '100 --- SIGCONT {si_signo=SIGCONT} ---',
        '100 restart_syscall(<... resuming interrupted clock_nanosleep ...>) = ? ERESTART_RESTARTBLOCK (Interrupted by signal) <0.000010>',
        '100 --- SIGCONT {si_signo=SIGCONT} ---',
        '100 restart_syscall(<... resuming interrupted clock_nanosleep ...>) = 0 <0.000010>',
      ],
      plain: ['100 clock_nanosleep(CLOCK_REALTIME, 0, {tv_sec=9, tv_nsec=0}, 0x7ffd0) = 0 <0.000010>'],
      text: '{tv_sec=9',
      tries: ['ERESTART_RESTARTBLOCK', 'restart_syscall(<... resuming interrupted clock_nanosleep ...>) = ?', ') = 0 <'],
      last: 'restart_syscall(<... resuming interrupted clock_nanosleep ...>) = 0 <0.000010>',
    },
    {
      title: 'select, whose timeout the kernel has made shorter (ERESTARTNOHAND)',
      interrupted: [
        '100 select(4, [3], NULL, NULL, {tv_sec=5, tv_usec=0}) = ? ERESTARTNOHAND (To be restarted if no handler) <0.000010>',
        '100 --- SIGCHLD {si_signo=SIGCHLD} ---',
        '100 select(4, [3], NULL, NULL, {tv_sec=4, tv_usec=999000}) = 1 (in [3], left {tv_sec=4, tv_usec=0}) <0.000010>',
      ],
      plain: ['100 select(4, [3], NULL, NULL, {tv_sec=5, tv_usec=0}) = 1 (in [3], left {tv_sec=4, tv_usec=0}) <0.000010>'],
      text: 'select(4',
      tries: ['ERESTARTNOHAND', 'tv_usec=999000'],
      last: 'select(4, [3], NULL, NULL, {tv_sec=4, tv_usec=999000}) = 1 (in [3], left {tv_sec=4, tv_usec=0}) <0.000010>',
    },
  ]; // prettier-ignore

  for (const { title, interrupted, plain, text, tries, last } of restarts)
    it(`that the kernel started again is one call: ${title}`, () => {
      const after = '100 close(9) = 0 <0.000010>';
      const [one, other] = [logOf(...interrupted, after), logOf(...plain, after)];
      assert.equal(match(other, text, one), last);
      for (const part of [...tries, last]) assert.equal(match(one, part, other), plain[0]?.slice(4));
      for (const part of [...tries, last]) assert.equal(match(one, part, one), last);
      assert.deepEqual(match(one, 'close(9)', other), 'close(9) = 0 <0.000010>');
      const [a, b] = [traceOf(one), traceOf(other)];
      const positions = [a.positionOf(rowOf(a, last)), b.positionOf(rowOf(b, text))];
      assert.deepEqual(positions[0], positions[1]);
    });

  it('that failed with EINTR is a call of its own, and the one made after it is another', () => {
    const cut = (handler: string): string =>
      logOf(
        '100 read(0, 0x7ffd0, 10) = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <0.000010>',
        '100 --- SIGUSR1 {si_signo=SIGUSR1} ---',
        handler,
        '100 read(0, "data", 10) = 4 <0.000010>',
      );
    const eintr = cut('100 rt_sigreturn({mask=[]}) = -1 EINTR (Interrupted system call) <0.000010>');
    const trace = traceOf(eintr);
    assert.deepEqual(
      [0, 3].map(row => trace.positionOf(row)?.index),
      [0, 1],
    );
    assert.equal(trace.positionOf(0)?.calls[0]?.result, 'EINTR');
    assert.match(String(match(eintr, 'ERESTARTSYS', eintr)), /ERESTARTSYS/);
    const plain = logOf('100 read(0, "data", 10) = 4 <0.000010>');
    assert.deepEqual(match(eintr, 'data', plain), { kind: 'fewer', calls: 1 });
    assert.deepEqual(match(plain, 'data', eintr), { kind: 'count', calls: 2 });
  });

  it('that a handler left by siglongjmp is not what the program calls next', () => {
    const jumped = logOf(
      '100 rt_sigaction(SIGINT, {sa_handler=0x1, sa_mask=[], sa_flags=SA_RESTART}, NULL, 8) = 0 <0.000010>',
      '100 read(0, 0x7ffd0, 10) = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <0.000010>',
      '100 --- SIGINT {si_signo=SIGINT} ---',
      '100 read(0, "data", 10) = 4 <0.000010>',
    );
    assert.match(String(match(jumped, 'ERESTARTSYS', jumped)), /ERESTARTSYS/);
    assert.match(String(match(jumped, 'data', jumped)), /data/);
  });

  it('that makes a process and was started again does not change the places of the others', () => {
    const plain = logOf(
      '100 clone(child_stack=NULL, flags=SIGCHLD) = 101 <0.000010>',
      '100 clone(child_stack=NULL, flags=SIGCHLD) = 102 <0.000010>',
      '102 write(1, "the one", 7) = 7 <0.000010>',
    );
    for (const handler of [[], ['100 rt_sigreturn({mask=[]}) = 56 <0.000010>']]) {
      const interrupted = logOf(
        '100 clone(child_stack=NULL, flags=SIGCHLD) = ? ERESTARTNOINTR (To be restarted) <0.000010>',
        '100 --- SIGALRM {si_signo=SIGALRM} ---',
        ...handler,
        '100 clone(child_stack=NULL, flags=SIGCHLD) = 101 <0.000010>',
        '100 clone(child_stack=NULL, flags=SIGCHLD) = ? ERESTARTNOINTR (To be restarted) <0.000010>',
        '100 clone(child_stack=NULL, flags=SIGCHLD) = 102 <0.000010>',
        '102 write(1, "the one", 7) = 7 <0.000010>',
      );
      for (const [one, other] of [
        [plain, interrupted],
        [interrupted, plain],
      ] as const) {
        assert.equal(match(one, 'the one', other), 'write(1, "the one", 7) = 7 <0.000010>');
        assert.match(String(match(one, '= 102', other)), /= 102/);
      }
    }
  });

  it('that a signal ended together with the program is found by what the program gave', () => {
    const first = logOf(
      '100 read(0, 0x7ffd0, 10) = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <0.000010>',
      '100 --- SIGTERM {si_signo=SIGTERM} ---',
      '100 +++ killed by SIGTERM +++',
    );
    assert.match(String(match(first, 'read(0', logOf('900 read(0, "x", 10) = 1 <0.000010>'))), /"x"/);
  });
});
