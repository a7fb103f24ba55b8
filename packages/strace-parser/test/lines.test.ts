/**
 * Single lines, as a table that reads like strace's grammar: what each kind of line must be understood as, by itself.
 */

import assert from 'node:assert/strict';
import { CallOutcome, ReturnKind, parse, parseLine, type LineRecord } from 'strace-parser';

type Expected = Record<string, unknown> & { type: LineRecord['type']; args?: string[]; returned?: string };

function check(line: string, expected: Expected): void {
  const record = parseLine(line);
  assert.ok(record, 'no record');
  const { args, returned, ...fields } = expected;
  const found = Object.fromEntries(Object.keys(fields).map(key => [key, Reflect.get(record, key)]));
  assert.deepEqual(found, fields);
  if (record.type !== 'call') return;
  if (args) {
    assert.deepEqual(
      args.map((_, i) => record.argumentText(i)),
      args,
    );
    assert.equal(record.argumentCount(), args.length);
  }
  if (returned !== undefined) assert.equal(record.resultText(), returned);
}

const sections: Record<string, [line: string, expected: Expected][]> = {
  'what stands before a call': [
    ['close(3) = 0', { type: 'call', pid: 0, timeNs: NaN, name: 'close' }],
    ['2762  close(100) = 0', { type: 'call', pid: 2762, timeNs: NaN, name: 'close' }],
    ['7     close(100) = 0', { type: 'call', pid: 7, name: 'close' }],
    ['[pid  2762] close(100) = 0', { type: 'call', pid: 2762, name: 'close' }],
    ['[pid 2762<sh>] close(100) = 0', { type: 'call', pid: 2762, comm: 'sh' }],
    ['4194304 close(100) = 0', { type: 'call', pid: 4194304 }],
    ['2762<my > name> close(1) = 0', { type: 'text' }],
    [String.raw`2762<a\"b\\c\74\76> close(1) = 0`, { type: 'call', pid: 2762, comm: 'a"b\\c<>' }],
    ['02:40:00.650558 close(3) = 0', { type: 'call', pid: 0, timeNs: 0 }],
    ['02:40:00 close(3) = 0', { type: 'call', pid: 0, timeNs: 0 }],
    ['1795228800.657981 close(3) = 0', { type: 'call', pid: 0, timeNs: 0 }],
    ['1795228800 close(3) = 0', { type: 'call', pid: 0, timeNs: 0 }],
    ['12 1795228800.657981123 close(3) = 0', { type: 'call', pid: 12, timeNs: 0 }],
    ['     0.001081 close(3) = 0', { type: 'call', pid: 0, timeNs: 1_081_000 }],
    ['12        0.001081 close(3) = 0', { type: 'call', pid: 12, timeNs: 1_081_000 }],
    ['02:40:00.674279 (+     0.000938) close(3) = 0', { type: 'call', timeNs: 0 }],
    ['[  59] close(3) = 0', { type: 'call', syscallNumber: 59 }],
    ['[00007f3d68c59ad7] close(3) = 0', { type: 'call', instructionPointer: 0x7f3d68c59ad7n }],
    ['[????????????????] exit_group(0) = ?', { type: 'call', instructionPointer: undefined }],
    ['12 02:40:00.674279 [   3] [00007f3d68c59ad7] close(3) = 0', { type: 'call', pid: 12, syscallNumber: 3 }],
  ],
  'where the arguments end': [
    ['1 read(3, "a) = 3\\n", 7) = 5', { type: 'call', args: ['3', '"a) = 3\\n"', '7'], returnValue: 5 }],
    ['1 read(3</tmp/a) = 4>, "", 7) = 5', { type: 'call', args: ['3</tmp/a) = 4>', '""', '7'], returnValue: 5 }],
    ['1 open("x", O_RDONLY) = 3</tmp/a) = 4>', { type: 'call', returnValue: 3, returned: '3</tmp/a) = 4>' }],
    ['1 open("x", 0) = 3</tmp/a) = 4 (b>', { type: 'call', returnValue: 3 }],
    ['1 wait4(-1, [{WIFEXITED(s) && WEXITSTATUS(s) == 3}], 0, NULL) = 28464', { type: 'call', returnValue: 28464 }],
    ['1 write(1, "\\"", 1) = 1', { type: 'call', args: ['1', '"\\""', '1'] }],
    ['1 write(1, "\\\\", 1) = 1', { type: 'call', args: ['1', '"\\\\"', '1'] }],
    ['1 f(/* ) = 1 */, 2) = 3', { type: 'call', returnValue: 3 }],
    [
      '1 mmap(NULL, 1, 0, 21<<MAP_HUGE_SHIFT, -1, 0) = 0x7f00',
      { type: 'call', args: ['NULL', '1', '0', '21<<MAP_HUGE_SHIFT', '-1', '0'] },
    ],
    ['1 f(9<TCP:[1.2.3.4:5->6.7.8.9:10]>, 1) = 0', { type: 'call', args: ['9<TCP:[1.2.3.4:5->6.7.8.9:10]>', '1'] }],
    [
      '1 f(16<UNIX-STREAM:[7->8,"/tmp/s > o\\"ck"]>, 1) = 0',
      { type: 'call', args: ['16<UNIX-STREAM:[7->8,"/tmp/s > o\\"ck"]>', '1'] },
    ],
    [
      '1 f(25</dev/ptmx<char 5:2 @/dev/pts/0>>, 1) = 0',
      { type: 'call', args: ['25</dev/ptmx<char 5:2 @/dev/pts/0>>', '1'] },
    ],
    ['1 f([16 => 0], [16->0]) = 0', { type: 'call', args: ['[16 => 0]', '[16->0]'] }],
    ['1 getpid() = 12', { type: 'call', args: [], returnValue: 12 }],
    ['1 close(100)                        = 0', { type: 'call', args: ['100'] }],
  ],
  'how a call returns': [
    [
      '1 read(3, "", 1) = 0',
      { type: 'call', outcome: CallOutcome.Returned, returnKind: ReturnKind.Decimal, returnValue: 0, errno: '' },
    ],
    ['1 mmap(0) = 0x7f7e3d641000', { type: 'call', returnKind: ReturnKind.Hex, returnValue: 0x7f7e3d641000 }],
    ['1 umask(022) = 077', { type: 'call', returnKind: ReturnKind.Octal, returnValue: 0o77 }],
    [
      '1 close(9) = -1 EBADF (Bad file descriptor) <0.000012>',
      { type: 'call', returnValue: -1, errno: 'EBADF', durationNs: 12_000 },
    ],
    ['1 f() = -1 (errno 18446744073709551506)', { type: 'call', returnValue: -1, errno: '' }],
    [
      '1 exit_group(3) = ?',
      { type: 'call', outcome: CallOutcome.NoReturn, returnKind: ReturnKind.Unknown, returnValue: NaN },
    ],
    ['1 getppid() = ? <unavailable>', { type: 'call', outcome: CallOutcome.NoReturn }],
    [
      '1 pause() = ? ERESTARTNOHAND (To be restarted if no handler)',
      { type: 'call', outcome: CallOutcome.Returned, errno: 'ERESTARTNOHAND' },
    ],
    ['1 rt_sigreturn({mask=[]}) = -1 EINTR (Interrupted system call)', { type: 'call', errno: 'EINTR' }],
    [
      '1 f() = -1 EPERM (Operation not permitted) (INJECTED)',
      { type: 'call', errno: 'EPERM', injected: true, delayed: false },
    ],
    ['1 f() = 10 (DELAYED) <0.000001>', { type: 'call', injected: false, delayed: true, durationNs: 1000 }],
    ['1 f() = 832 (INJECTED: args)', { type: 'call', injected: true }],
    ['1 poll([], 0, 1) = 0 (Timeout)', { type: 'call', returnValue: 0, returned: '0 (Timeout)' }],
    [
      '1 fcntl(3, F_GETFL) = 0x800 (flags O_RDONLY|O_NONBLOCK)',
      { type: 'call', returnKind: ReturnKind.Hex, returnValue: 0x800 },
    ],
    ['1 poll(0) = 1 ([{fd=8, revents=POLLOUT}], left {tv_sec=0, tv_nsec=999366})', { type: 'call', returnValue: 1 }],
    ['1 dup(22) = 27</memfd:my memfd>(deleted) <0.000009>', { type: 'call', returnValue: 27, durationNs: 9000 }],
    [
      "1 getpid() = 2<sh> /* 7130 in strace's PID NS */ <0.000010>",
      { type: 'call', returnValue: 2, durationNs: 10_000 },
    ],
    ['1 lseek(3, 0, 0) = 18446744073709551615', { type: 'call', returnValue: 2 ** 64 }],
    ['1 f() = 0 <1.5>', { type: 'call', durationNs: 1_500_000_000 }],
    ['1 f() = 0 <0.000000123>', { type: 'call', durationNs: 123 }],
    ['1 f() = 0 something new <0.000002>', { type: 'call', returnValue: 0, durationNs: 2000 }],
    [
      '1 syscall_0x270f(0x1, 0x2) = -1 ENOSYS (Function not implemented)',
      { type: 'call', name: 'syscall_0x270f', errno: 'ENOSYS' },
    ],
  ],
  'calls in two parts, one part alone': [
    [
      '1 wait4(28464,  <unfinished ...>',
      { type: 'call', outcome: CallOutcome.LogEnded, args: ['28464'], resumed: false },
    ],
    ['1 wait4(29474 <unfinished ...>', { type: 'call', outcome: CallOutcome.LogEnded, args: ['29474'] }],
    ['1 wait4(29474 <unfinished #7 ...>', { type: 'call', outcome: CallOutcome.LogEnded, args: ['29474'] }],
    ['1 ???( <unfinished ...>', { type: 'call', name: '???', outcome: CallOutcome.LogEnded }],
    [
      '1 <... wait4 resumed>[], 0, NULL) = 5 <0.5>',
      { type: 'call', name: 'wait4', resumed: true, args: ['[]', '0', 'NULL'] },
    ],
    ['1 <... wait4 resumed #7>[], 0) = 5', { type: 'call', name: 'wait4', args: ['[]', '0'] }],
    ['1 <... clone3 resumed> => {parent_tid=[28474]}, 88) = 28474', { type: 'call', returnValue: 28474 }],
    ['1 <... read resumed> <unfinished ...>) = ?', { type: 'call', outcome: CallOutcome.NoReturn, args: [] }],
    [
      '1 read(6<pipe:[1]>,  <unfinished ...>) = ?',
      { type: 'call', outcome: CallOutcome.NoReturn, args: ['6<pipe:[1]>'] },
    ],
    ['1 clock_nanosleep(0, 0,  <detached ...>', { type: 'call', outcome: CallOutcome.Detached, args: ['0', '0'] }],
    [
      '1 restart_syscall(<... resuming interrupted read ...> <unfinished ...>',
      { type: 'call', name: 'restart_syscall' },
    ],
    [
      '1 execve("/bin/true", ["t"], 0x7f00 /* 35 vars */ <pid changed to 21121 ...>',
      { type: 'call', pid: 21121, entryPid: 1 },
    ],
    [
      '9263 1795228800.657981 read(6<pipe:[1]>, ',
      { type: 'call', outcome: CallOutcome.LogEnded, name: 'read', args: ['6<pipe:[1]>'] },
    ],
  ],
  'ends of threads': [
    ['1 +++ exited with 3 +++', { type: 'exit', code: 3, signal: '', coreDumped: false }],
    ['1 +++ killed by SIGSEGV (core dumped) +++', { type: 'exit', code: -1, signal: 'SIGSEGV', coreDumped: true }],
    ['1 +++ killed by SIGRT_3 +++', { type: 'exit', signal: 'SIGRT_3', coreDumped: false }],
    ['28477 +++ superseded by execve in pid 28478 +++', { type: 'note', kind: 'superseded', pid: 28477, value: 28478 }],
    ['[????????????????] +++ exited with 0 +++', { type: 'exit', code: 0 }],
  ],
  signals: [
    ['1 --- SIGSEGV {si_signo=SIGSEGV, si_code=SEGV_MAPERR, si_addr=0x10} ---', { type: 'signal', signal: 'SIGSEGV' }],
    ['1 --- SIGCHLD {si_signo=17 /* SIGCHLD */, si_code=0x1} ---', { type: 'signal', signal: 'SIGCHLD' }],
    ['1 --- SIGCHLD (Child exited) @ 0 (0) ---', { type: 'signal', signal: 'SIGCHLD' }],
    ['1 --- stopped by SIGSTOP ---', { type: 'stop', signal: 'SIGSTOP' }],
  ],
  "strace's own remarks": [
    [
      '30125 [ Process PID=30125 runs in 32 bit mode. ]',
      { type: 'note', kind: 'personality', pid: 30125, value: 30125 },
    ],
    ['[ Process PID=30125 runs in x32 mode. ]', { type: 'note', kind: 'personality', value: 30125 }],
    ['strace: Process 12 attached', { type: 'note', kind: 'attached', value: 12 }],
    ['strace: Process 12 attached with 3 threads', { type: 'note', kind: 'attached', value: 12 }],
    ['/usr/bin/strace: Process 12 detached', { type: 'note', kind: 'detached', value: 12 }],
    ['Process 12 attached', { type: 'note', kind: 'attached', value: 12 }],
    ['strace: exec: Permission denied', { type: 'note', kind: 'message' }],
    ['strace: attach: ptrace(PTRACE_SEIZE, 12): Operation not permitted', { type: 'note', kind: 'message' }],
    [' <detached ...>', { type: 'note', kind: 'detached', value: NaN }],
    [' <unfinished ...>', { type: 'note', kind: 'message' }],
    [') = -1 EINTR (Interrupted system call)', { type: 'note', kind: 'message' }],
    [' | 00000  68 65 6c 6c 6f                                    hello            |', { type: 'note', kind: 'dump' }],
    [' * 3 bytes in buffer 0', { type: 'note', kind: 'dump' }],
    [' = 2 buffers in vector 0', { type: 'note', kind: 'dump' }],
    ['% time     seconds  usecs/call     calls    errors syscall', { type: 'note', kind: 'summary' }],
    ['System call usage summary for 32 bit mode:', { type: 'note', kind: 'summary' }],
  ],
  'stack frames': [
    [
      ' > /home/u/s0(level2+0x1b) [0x1224]',
      { type: 'frame', object: '/home/u/s0', symbol: 'level2', symbolOffset: 0x1b, address: 0x1224, source: '' },
    ],
    [
      ' > /home/u/s0(level2+0x1a) [0x1223] /home/u/s.c:10',
      { type: 'frame', symbol: 'level2', address: 0x1223, source: '/home/u/s.c:10' },
    ],
    [
      ' > /lib/libstdc++.so.6(std::f(int, char)+0x10) [0x10]',
      { type: 'frame', symbol: 'std::f(int, char)', symbolOffset: 0x10 },
    ],
    [
      ' > /home/u/s0() [0x1224]',
      { type: 'frame', object: '/home/u/s0', symbol: '', symbolOffset: NaN, address: 0x1224 },
    ],
    [' > no matching address range', { type: 'frame', object: '', address: NaN }],
    [' > unexpected_backtracing_error [0x55cf22523004]', { type: 'frame', object: '' }],
  ],
  'what is not strace': [
    ['hello, world', { type: 'text' }],
    ['printf("hello") is a call, but not of the system', { type: 'text' }],
    ['12 apples', { type: 'text' }],
    ['1795228800.657981 seconds have passed', { type: 'text' }],
    ['café ☕ “quoted”', { type: 'text' }],
    ['+++ exited with style +++', { type: 'text' }],
    ['--- cut here ---', { type: 'text' }],
    ['<... and so on', { type: 'text' }],
    [' ', { type: 'text' }],
  ],
  'lines in colour and lines with CRLF': [
    [
      '\x1b[1;34m1 close\x1b[0m(\x1b[32m3\x1b[0m) = \x1b[31m-1 EBADF\x1b[0m (Bad file descriptor)',
      { type: 'call', pid: 1, name: 'close', errno: 'EBADF' },
    ],
    ['\x1b[33m1 +++ exited with 0 +++\x1b[0m', { type: 'exit', code: 0 }],
    ['1 close(3) = 0\r\n', { type: 'call', name: 'close', byteEnd: 14 }],
    ['1 read(3,  <unfinished ...>\r\n', { type: 'call', name: 'read', byteEnd: 27 }],
    ['1 +++ exited with 0 +++\r\n', { type: 'exit', byteEnd: 23 }],
  ],
};

describe('a line by itself', () => {
  for (const [section, lines] of Object.entries(sections)) {
    describe(section, () => {
      for (const [line, expected] of lines) {
        it(`${JSON.stringify(line)} is a ${String(expected.kind ?? expected.type)}`, () => check(line, expected));
      }
    });
  }

  it('that is empty is no record', () => assert.equal(parseLine(''), undefined));

  it('gives a signal its siginfo field by field', () => {
    const record = parseLine(
      '1 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=12, si_status=3, si_addr=0x10} ---',
    );
    assert.equal(record?.type, 'signal');
    assert.equal(record.infoNumber('si_pid'), 12);
    assert.equal(record.infoNumber('si_addr'), 16);
    assert.equal(record.infoText('si_code'), 'CLD_EXITED');
    assert.ok(Number.isNaN(record.infoNumber('si_code')));
    assert.equal(record.infoText('si_uid'), '');
  });

  it('gives a big return value exactly, too', () => {
    const record = parseLine('1 lseek(3, 0, 0) = 18446744073709551615');
    assert.equal(record?.type === 'call' && record.returnBigInt(), 18446744073709551615n);
  });

  it('says how an argument begins', () => {
    const record = parseLine('1 fstat(3</a>, {st_mode=S_IFREG|0644, st_size=5, ...}) = 0');
    assert.equal(record?.type, 'call');
    const begins = (index: number, text: string): boolean => record.argumentBegins(index, text);
    assert.deepEqual(
      [begins(0, '3</'), begins(1, '{st_mode=S_IFREG'), begins(1, '{st_mode=S_IFDIR')],
      [true, true, false],
    );
    // Never more than there is: not what stands after the last argument.
    assert.deepEqual(
      [begins(0, ''), begins(1, '{st_mode=S_IFREG|0644, st_size=5, ...})'), begins(2, '')],
      [true, false, false],
    );
  });

  for (const [result, annotation] of [
    ['3</a b>', '</a b>'],
    ['3</a>(deleted)', '</a>(deleted)'],
    ['12', ''],
    ['?', ''],
    ['-1 ENOENT (No such file or directory)', ''],
  ] as const)
    it(`finds the annotation of the result ${result}`, () => {
      const record = parseLine(`1 open("a", O_RDONLY) = ${result}`);
      assert.equal(record?.type === 'call' && record.returnAnnotation(), annotation);
    });

  it('reads arguments as numbers where they are numbers', () => {
    const record = parseLine('1 f(3</a>, AT_FDCWD, NULL, 0x1f, 010, "3", fd=7<pipe:[1]>, O_RDONLY, -4) = 0');
    assert.equal(record?.type, 'call');
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(i => record.argumentNumber(i)),
      [3, -100, 0, 31, 8, NaN, 7, NaN, -4, NaN],
    );
  });
});

describe('times', () => {
  it('of -r add up', () => {
    const { calls, origin } = parse('     0.000000 a() = 0\n     0.000100 b() = 0\n     0.000200 c() = 0\n');
    assert.deepEqual(
      calls.map(call => call.timeNs),
      [0, 100_000, 300_000],
    );
    assert.equal(origin.kind, 'relative');
  });

  it('of -tt go on after midnight', () => {
    const { calls, origin } = parse(
      '23:59:59.900000 a() = 0\n00:00:00.100000 b() = 0\n23:59:59.950000 c() = 0\n00:00:01 d() = 0\n',
    );
    assert.deepEqual(
      calls.map(call => call.timeNs),
      [0, 200_000_000, 50_000_000, 1_100_000_000],
    );
    assert.deepEqual(origin, { kind: 'day', ns: 86_399_900_000_000n });
  });

  it('of -ttt keep nanoseconds', () => {
    const { calls, origin } = parse('1795228800.657981001 a() = 0\n1795228801.657981003 b() = 0\n');
    assert.equal(calls[1]?.timeNs, 1_000_000_002);
    assert.deepEqual(origin, { kind: 'epoch', ns: 1795228800_657981001n });
  });

  it('are of no kind in a log without them, and unknown in an empty one', () => {
    assert.equal(parse('1 a() = 0\n').origin.kind, 'none');
    assert.equal(parse('').origin.kind, 'unknown');
  });

  it('belong to every call of a log: what looks like a call without one is the program talking', () => {
    const { records } = parse('12:00:00 write(1, "x", 1) = 1\nread(3, "", 1) = 0\n');
    assert.deepEqual(
      records.map(record => record.type),
      ['call', 'text'],
    );
  });
});
