/** execve by a thread that is not the leader: it goes on as the leader, with the leader's number, and nobody else is left (execve(2)). */

import assert from 'node:assert/strict';
import type { Trace } from '../../../src/trace/trace.js';
import { at, everything, traceOf } from '../trace/traceFixture.js';
import { handMade } from './modelFixture.js';

const clone3 = (tid: number): string =>
  `clone3({flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD|CLONE_SYSVSEM}, 88) = ${tid}`;
/** Each line as `pid call`; the pid is left out by strace on stderr while it traces one thread only. */
const lines = [
  '10 execve("./p", ["./p"], 0x7f /* 1 var */) = 0',
  '10 openat(AT_FDCWD, "/closed", O_RDONLY|O_CLOEXEC) = 3',
  '10 openat(AT_FDCWD, "/kept", O_RDONLY) = 4',
  `10 ${clone3(11)}`,
  `10 ${clone3(12)}`,
  '10 futex(0x5000, FUTEX_WAIT_PRIVATE, 2, NULL <unfinished ...>',
  '11 pause( <unfinished ...>',
  '12 rt_sigprocmask(SIG_BLOCK, [USR2], [], 8) = 0',
  '12 prctl(PR_SET_NAME, "execer") = 0',
  '12 execve("/bin/new", ["new", "1"], 0x7f /* 1 var */ <unfinished ...>',
  '11 <... pause resumed>) = ?',
  '11 +++ exited with 0 +++',
  '10 <... futex resumed>) = ?',
  '10 +++ superseded by execve in pid 12 +++',
  '10 <... execve resumed>) = 0',
  '10 read(4, "x", 1) = 1',
  '10 exit_group(3) = ?',
  '10 +++ exited with 3 +++',
];
const inFile = lines.map((line, i) => line.replace(/^\d+/, pid => `${pid} ${at(i * 1000)}`));
const onStderr = lines.map((line, i) => {
  const alone = i < 4 || i > 12;
  return line.replace(/^(\d+) /, (_, pid: string) => `${alone ? '' : `[pid ${pid.padStart(5)}] `}${at(i * 1000)} `);
});
const zombieLeader = inFile.flatMap((line, i) => {
  if (i === 12) return [];
  if (i === 14) return [line.replace('= 0', '= 12')]; // as strace 6.1 prints it now and then
  return i === 5 ? [`10 ${at(5000)} exit(0) = ?`] : [line];
});

const checked = (trace: Trace): void => {
  const { lanes, threads, processes } = trace.lanes({ offset: 0, limit: 9, folded: [], root: null });
  const process = processes[0] ?? assert.fail('there is a process');
  assert.equal(trace.summary().processes, 1);
  assert.deepEqual([process.image, process.argv, process.exit], ['/bin/new', ['new', '1'], { code: 3 }]);
  assert.equal(process.state.kind, 'dead');
  assert.equal(process.name, 'new');
  const [leader, idle, caller] = threads;
  assert.deepEqual([leader?.name, idle?.name, caller?.name], ['', '', 'execer']);
  const execs = trace.events({ ...everything, filter: { syscalls: ['execve'] }, offset: 0, limit: 9 }).items;
  assert.equal(execs.length, 2, 'the execve of the thread is one event');
  assert.equal(execs[1]?.thread, caller?.id);
  const read = trace.events({ ...everything, filter: { syscalls: ['read'] }, offset: 0, limit: 9 }).items[0];
  assert.equal(read?.thread, leader?.id, 'the new program runs as the leader');
  assert.ok((caller?.endNs ?? Infinity) <= (read?.startNs ?? 0), 'the caller’s number is gone');
  assert.ok((leader?.endNs ?? 0) > (read?.startNs ?? Infinity), 'the leader lives on');
  assert.equal(lanes.length, 3);
  const history = trace.kernel.descriptorHistory({ process: process.id });
  assert.deepEqual(
    history.map(({ fd, name, death }) => `${fd} ${name} ${death}`),
    ['3 /closed exec', '4 /kept exit'],
  );
  assert.deepEqual(trace.kernel.signals({ thread: leader?.id ?? -1, atNs: read?.startNs ?? 0 }).blocked, ['SIGUSR2']);
  assert.deepEqual(trace.findings(), []);
};

describe('an execve by a thread', () => {
  it('makes it the leader of its process (-f, into a file)', () => checked(traceOf(inFile.join('\n') + '\n')));

  it('makes it the leader of its process (on stderr, where numbers come and go)', () =>
    checked(traceOf(onStderr.join('\n') + '\n')));

  it('makes it the leader of its process (whose leader had ended)', () =>
    checked(traceOf(zombieLeader.join('\n') + '\n')));

  it('makes it the leader of its process (whatever the log is cut into)', () =>
    checked(traceOf(onStderr.join('\n') + '\n', { chunkBytes: 7 })));

  it('ends handlers that ran, and waits for futexes', () => {
    const { trace, row } = handMade(
      `10 rt_sigaction(SIGUSR1, {sa_handler=0x1, sa_mask=[], sa_flags=0}, NULL, 8) = 0 <0.0001>
      10 ${clone3(11)} <0.0001>
      10 futex(0x5000, FUTEX_WAIT_PRIVATE, 2, NULL <unfinished ...>
      11 --- SIGUSR1 {si_signo=SIGUSR1} ---
      11 execve("/bin/new", ["new"], 0x7f /* 1 var */ <unfinished ...>
      10 <... futex resumed>) = ?
      10 +++ superseded by execve in pid 11 +++
      10 <... execve resumed>) = 0 <0.0001>
      10 pause( <unfinished ...>`,
      { end: false },
    );
    const [span] = trace.kernel.handlers({ startNs: 0, endNs: Infinity, lanes: null, filter: null });
    assert.equal(span?.deliveredRow, row(4));
    assert.ok(span.endNs !== null);
    assert.deepEqual(trace.kernel.futexModel.stuck(), []);
  });
});
