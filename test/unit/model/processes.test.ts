/** What the process model makes of logs that are hard to read right. Logs are written by hand; recorded ones are in test/golden. */

import assert from 'node:assert/strict';
import type { ProcessInfo } from '../../../src/trace/api.js';
import { MemoryLog } from '../../../src/trace/store/logReader.js';
import { Trace } from '../../../src/trace/trace.js';
import { allProcesses } from '../../../src/cli/allProcesses.js';

/** `text`: lines whose times are short, for the reader: `10 1.5 …` is a second and a half in. */
function traceOf(text: string): Trace {
  const log = new MemoryLog();
  const lines = text
    .replace(/^ +/gm, '')
    .replace(
      /^(\d+) (\d+)\.(\d)/gm,
      (_, pid: string, s: string, tenth: string) => `${pid} ${1795200000 + Number(s)}.${tenth}00000`,
    );
  const bytes = new TextEncoder().encode(lines);
  log.append(bytes);
  const trace = new Trace({ log });
  trace.ingest(bytes);
  trace.end();
  return trace;
}

function processesOf(text: string): ProcessInfo[] {
  return allProcesses(traceOf(text)).map(listed => listed.process);
}

function only(text: string, pid: number): ProcessInfo {
  const found = processesOf(text).filter(process => process.pid === pid);
  assert.equal(found.length, 1, `one process ${pid}`);
  return found[0] as ProcessInfo;
}

const fork = 'clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x1)';
const exited = (code: number): string => `[{WIFEXITED(s) && WEXITSTATUS(s) == ${code}}]`;

describe('process model', () => {
  it('keeps five lives of one pid apart', () => {
    const lives = [1, 2, 3, 4, 5].map(
      i => `10 ${i}.0 ${fork} = 11 <0.000100>
        11 ${i}.1 exit_group(${i}) = ?
        11 ${i}.2 +++ exited with ${i} +++
        10 ${i}.3 wait4(-1, ${exited(i)}, 0, NULL) = 11 <0.000010>
        `,
    );
    const children = processesOf(lives.join('')).filter(process => process.pid === 11);
    assert.deepEqual(
      children.map(child => child.exit),
      [1, 2, 3, 4, 5].map(code => ({ code })),
    );
    assert.ok(children.every(child => child.reapedBy?.pid === 10 && child.parentPid === 10));
  });

  it('links a child that has lived and died before its creator returned', () => {
    const child = only(
      `10 1.0 vfork( <unfinished ...>
      11 1.1 execve("/bin/nope", ["nope"], 0x1 /* 3 vars */) = -1 ENOENT (No such file or directory) <0.000100>
      11 1.2 exit_group(127) = ?
      11 1.3 +++ exited with 127 +++
      10 1.4 <... vfork resumed>) = 11 <0.400000>
      10 1.5 wait4(11, ${exited(127)}, 0, NULL) = 11 <0.000100>
      `,
      11,
    );
    assert.equal(child.parentPid, 10);
    assert.equal(child.reapedBy?.pid, 10);
    assert.equal(child.zombieNs, 200_100_000);
    assert.equal(child.image, '');
  });

  it('gives two children that appear during two forks to the right creators', () => {
    const processes = processesOf(
      `10 1.0 ${fork} = 20 <0.000100>
      10 1.1 clone(child_stack=NULL, flags=SIGCHLD <unfinished ...>
      20 1.2 clone(child_stack=NULL, flags=SIGCHLD <unfinished ...>
      31 1.3 getppid() = 10 <0.000001>
      30 1.4 getppid() = 20 <0.000001>
      10 1.5 <... clone resumed>) = 31 <0.4>
      20 1.6 <... clone resumed>) = 30 <0.4>
      `,
    );
    assert.deepEqual(
      processes.map(process => [process.pid, process.parentPid]),
      [
        [10, null],
        [20, 10],
        [31, 10],
        [30, 20],
      ],
    );
  });

  it('takes a thread that appears before its creation returned for a thread', () => {
    const flags = 'CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD|CLONE_SYSVSEM';
    const processes = processesOf(
      `10 1.0 clone3({flags=${flags}, exit_signal=0, stack=0x1}, 88 <unfinished ...>
      11 1.1 rseq(0x1, 0x20, 0, 0x53053053) = 0 <0.000001>
      11 1.2 exit(0) = ?
      11 1.3 +++ exited with 0 +++
      10 1.4 <... clone3 resumed> => {parent_tid=[11]}, 88) = 11 <0.4>
      `,
    );
    assert.equal(processes.length, 1);
    assert.equal(processes[0]?.threads.length, 2);
    assert.equal(processes[0].exit, null);
  });

  it('does not reap on a report of a stop, and does on a status that nobody asked for', () => {
    const text = (options: string, death: string): string =>
      `10 1.0 ${fork} = 11 <0.000100>
      11 1.1 --- stopped by SIGSTOP ---
      ${death}10 1.5 wait4(11, NULL, ${options}, NULL) = 11 <0.000100>
      `;
    assert.equal(only(text('WUNTRACED', ''), 11).reapedBy, null);
    assert.equal(only(text('WUNTRACED', '11 1.2 +++ killed by SIGKILL +++\n'), 11).reapedBy?.pid, 10);
    assert.equal(only(text('0', '11 1.2 +++ killed by SIGKILL +++\n'), 11).reapedBy?.pid, 10);
  });

  it('leaves a child that waitid only looked at with WNOWAIT', () => {
    const info = '{si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=11, si_uid=0, si_status=4, si_utime=0, si_stime=0}';
    const text = (options: string): string =>
      `10 1.0 ${fork} = 11 <0.000100>
      11 1.1 +++ exited with 4 +++
      10 1.2 waitid(P_ALL, 0, ${info}, ${options}, NULL) = 0 <0.000100>
      `;
    assert.equal(only(text('WEXITED|WNOWAIT'), 11).reapedBy, null);
    assert.equal(only(text('WEXITED|WNOWAIT'), 11).state.kind, 'zombie');
    assert.equal(only(text('WEXITED'), 11).reapedBy?.pid, 10);
  });

  it('takes a wait that printed no child for none', () => {
    const text = `10 1.0 ${fork} = 11 <0.000100>
      11 1.1 +++ exited with 4 +++
      10 1.2 waitid(P_ALL, 0, {}, WNOHANG|WEXITED, NULL) = 0 <0.000100>
      10 1.3 wait4(-1, 0x7ffd, WNOHANG, NULL) = 0 <0.000100>
      10 1.4 wait4(-1, 0x7ffd, 0, NULL) = -1 ECHILD (No child processes) <0.000100>
      `;
    assert.equal(only(text, 11).reapedBy, null);
  });

  it('believes a wait whose line comes before the child’s exit line', () => {
    const child = only(
      `10 1.0 ${fork} = 11 <0.000100>
      10 1.1 wait4(11, ${exited(3)}, 0, NULL) = 11 <0.500000>
      11 1.5 +++ exited with 3 +++
      `,
      11,
    );
    assert.deepEqual(child.exit, { code: 3 });
    assert.equal(child.endNs, 500_000_000);
    assert.equal(child.zombieNs, 100_000_000);
  });

  it('hands orphans to the nearest living subreaper, and its zombies with them', () => {
    const processes = processesOf(
      `1 1.0 prctl(PR_SET_CHILD_SUBREAPER, 1) = 0 <0.000001>
      1 1.1 ${fork} = 2 <0.000001>
      2 1.2 ${fork} = 3 <0.000001>
      3 1.3 ${fork} = 4 <0.000001>
      3 1.4 ${fork} = 5 <0.000001>
      5 1.5 +++ exited with 5 +++
      3 1.6 +++ exited with 0 +++
      2 1.7 wait4(3, ${exited(0)}, 0, NULL) = 3 <0.000001>
      4 1.8 +++ exited with 4 +++
      1 1.9 wait4(-1, ${exited(5)}, 0, NULL) = 5 <0.000001>
      `,
    );
    const by = (pid: number): ProcessInfo | undefined => processes.find(process => process.pid === pid);
    assert.equal(by(4)?.reparented?.pid, 1);
    assert.equal(by(4)?.parentPid, 3);
    assert.equal(by(4)?.state.kind, 'zombie');
    assert.equal(by(5)?.reapedBy?.pid, 1);
    assert.equal(by(5)?.zombieNs, 400_001_000);
  });

  it('gives a CLONE_PARENT child to its creator’s parent', () => {
    const processes = processesOf(
      `1 1.0 ${fork} = 2 <0.000001>
      2 1.1 clone(child_stack=NULL, flags=CLONE_PARENT|SIGCHLD) = 3 <0.000001>
      3 1.2 getppid() = 1 <0.000001>
      `,
    );
    assert.equal(processes.find(process => process.pid === 3)?.parentPid, 1);
  });

  it('knows when the kernel reaps: SIGCHLD ignored, also after exec; SA_NOCLDWAIT, not after exec', () => {
    const text = (action: string): string =>
      `1 1.0 rt_sigaction(SIGCHLD, ${action}, NULL, 8) = 0 <0.000001>
      1 1.1 ${fork} = 2 <0.000001>
      2 1.2 +++ exited with 0 +++
      1 1.3 execve("/bin/x", ["x"], 0x1 /* 1 var */) = 0 <0.000001>
      1 1.4 ${fork} = 3 <0.000001>
      3 1.5 +++ exited with 0 +++
      1 1.6 pause( <unfinished ...>
      `;
    const kernel = (action: string): boolean[] =>
      processesOf(text(action))
        .slice(1)
        .map(process => process.autoReaped && process.zombieNs === 0);
    assert.deepEqual(kernel('{sa_handler=SIG_IGN, sa_mask=[], sa_flags=0}'), [true, true]);
    assert.deepEqual(kernel('{sa_handler=0x55, sa_mask=[], sa_flags=SA_NOCLDWAIT}'), [true, false]);
    assert.deepEqual(kernel('{sa_handler=0x55, sa_mask=[], sa_flags=SA_RESTART}'), [false, false]);
  });

  it('does not let exec failures change the image', () => {
    const text = `1 1.0 execve("/a/x", ["x"], 0x1) = 0 <0.000001>
      1 1.1 execve("/b/x", ["x"], 0x1) = -1 ENOENT (No such file or directory) <0.000001>
      `;
    assert.equal(only(text, 1).image, '/a/x');
  });

  it('resolves execveat by the descriptor that strace printed', () => {
    const text = (call: string): string => `1 1.0 ${call} = 0 <0.000001>\n`;
    assert.equal(only(text('execveat(3</usr/bin>, "true", ["true"], 0x1, 0)'), 1).image, '/usr/bin/true');
    assert.equal(only(text('execveat(3</usr/bin/true>, "", ["true"], 0x1, AT_EMPTY_PATH)'), 1).image, '/usr/bin/true');
    assert.equal(only(text('execveat(3, "true", ["true"], 0x1, 0)'), 1).image, 'true');
  });

  it('matches waits by inner numbers in a namespace that it did not see begin', () => {
    const processes = processesOf(
      `7001 1.0 gettid() = 1 <0.000001>
      7001 1.1 ${fork} = 2 <0.000001>
      7002 1.2 +++ exited with 9 +++
      7001 1.3 wait4(-1, ${exited(9)}, 0, NULL) = 2 <0.000001>
      `,
    );
    assert.deepEqual(
      processes.map(process => [process.pid, process.parentPid, process.reapedBy?.pid ?? null]),
      [
        [7001, null, null],
        [7002, 7001, 7001],
      ],
    );
  });

  it('lets the init of a namespace take what is left in it along, however it ends', () => {
    const killed = only(
      `10 1.0 clone(child_stack=0x1, flags=CLONE_NEWPID|SIGCHLD) = 11 <0.000100>
      11 1.1 ${fork} = 2 <0.000100>
      12 1.2 getppid() = 1 <0.000001>
      11 1.3 exit(6) = ?
      12 1.4 +++ killed by SIGKILL +++
      11 1.8 +++ exited with 6 +++
      10 1.9 wait4(11, ${exited(6)}, 0, NULL) = 11 <0.000010>
      `,
      12,
    );
    assert.deepEqual([killed.zombieNs, killed.adoptions], [0, []]);
  });

  it('ends a stop at the continue, and a vfork suspension at the exec', () => {
    const trace = traceOf(
      `1 1.0 vfork( <unfinished ...>
      2 1.1 execve("/bin/x", ["x"], 0x1) = 0 <0.100000>
      1 1.3 <... vfork resumed>) = 2 <0.300000>
      2 1.4 --- stopped by SIGSTOP ---
      2 1.6 --- SIGCONT {si_signo=SIGCONT, si_code=SI_USER, si_pid=1, si_uid=0} ---
      2 1.8 +++ exited with 0 +++
      1 1.9 +++ exited with 0 +++
      `,
    );
    const lanes = [0, 1];
    const window = trace.window({ startNs: 0, endNs: 9e8, widthPx: 9000, lanes, filter: null });
    const spans: [number, number, number, number][] = [];
    for (const lane of lanes) {
      for (let i = window.stateOffsets[lane] ?? 0; i < (window.stateOffsets[lane + 1] ?? 0); i++) {
        const state = window.state[i] ?? -1;
        if (state === 3 || state === 4)
          spans.push([lane, state, window.stateStartNs[i] ?? -1, window.stateEndNs[i] ?? -1]);
      }
    }
    assert.deepEqual(spans, [
      [0, 4, 0, 2e8],
      [1, 3, 4e8, 6e8],
    ]);
  });

  it('lists 12 000 children in order of birth, page by page', () => {
    const lines = Array.from({ length: 12_000 }, (_, i) => `10 ${i}.0 ${fork} = ${100 + i} <0.000100>\n`).join('');
    const trace = traceOf(lines);
    const page = trace.lanes({ offset: 11_990, limit: 20, folded: [], root: null });
    assert.equal(page.total, 12_001);
    assert.deepEqual(
      page.processes.map(process => process.pid),
      Array.from({ length: 11 }, (_, i) => 12_089 + i),
    );
    assert.equal(trace.lanes({ offset: 0, limit: 5, folded: [0], root: null }).total, 1);
    assert.equal(trace.laneIndex(5, { folded: [], root: 5 }), 0);
  });

  it('survives nonsense', () => {
    const trace = traceOf(
      `1 1.0 <... clone resumed>) = 2 <0.1>
      1 1.1 clone(flags=SIGCHLD) = 1 <0.1>
      1 1.2 wait4(1, ${exited(0)}, 0, NULL) = 1 <0.1>
      2 1.3 +++ superseded by execve in pid 9 +++
      2 1.4 +++ superseded by execve in pid 1 +++
      2 1.5 +++ exited with 0 +++
      2 1.6 +++ exited with 0 +++
      1 1.7 prctl(PR_SET_NAME, 0x7) = 0
      1 1.8 execve(0x7, [NULL], NULL) = 0
      0 1.9 exit(99999999999999999999) = ?
      `,
    );
    assert.ok(trace.summary().processes > 0);
    allProcesses(trace);
  });
});
