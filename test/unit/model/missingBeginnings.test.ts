/** Logs that begin in the middle, or that say less than others: what they do not show is unknown, never guessed. */

import assert from 'node:assert/strict';
import { traceOf } from '../trace/traceFixture.js';
import { handMade } from './modelFixture.js';

describe('what a log does not show', () => {
  it('whether exec closed what nobody saw opened; used again it is there', () => {
    const log = handMade(`
      10 read(0</dev/null>, "", 1) = 0 <0.000010>
      10 read(7</f>, "x", 1) = 1 <0.000010>
      10 read(8</g>, "x", 1) = 1 <0.000010>
      10 clone(child_stack=NULL, flags=SIGCHLD) = 11 <0.000100>
      11 getpid() = 11 <0.000010>
      11 execve("/bin/true", ["true"], 0x1 /* 0 vars */) = 0 <0.000010>
      11 getpid() = 11 <0.000010>
      11 read(8</g>, "x", 1) = 1 <0.000010>`);
    const open = (pid: number, line: number): string[] => {
      const atNs = log.trace.event(log.row(line))!.startNs;
      const all = log.trace.kernel.descriptors({ process: log.process(pid), atNs });
      return all.map(d => `${d.fd} ${d.closeOnExec}`);
    };
    assert.deepEqual(open(11, 5), ['0 null', '7 null', '8 null']);
    assert.deepEqual(open(10, 8), ['0 null', '7 null', '8 null']);
    const now = log.trace.kernel.descriptors({ process: log.process(11), atNs: null });
    assert.deepEqual(
      now.map(d => `${d.fd} ${d.name}`),
      ['0 /dev/null', '8 /g'],
    );
  });

  it('a mask before a change of which only the change is known', () => {
    const log = handMade(`
      10 getpid() = 10 <0.000010>
      10 rt_sigprocmask(SIG_BLOCK, [USR1], NULL, 8) = 0 <0.000010>
      10 getpid() = 10 <0.000010>
      10 rt_sigprocmask(SIG_SETMASK, [], [USR1], 8) = 0 <0.000010>`);
    const blocked = (line: number): string[] | null => {
      const { threads } = log.trace.process(log.process(10))!;
      return log.trace.kernel.signals({ thread: threads[0]!, atNs: log.trace.event(log.row(line))!.startNs + 500_000 })
        .blocked;
    };
    assert.deepEqual([blocked(1), blocked(3), blocked(4)], [null, ['SIGUSR1'], []]);
  });

  it('what a handler blocks that was there before the log began', () => {
    const log = handMade(`
      10 rt_sigprocmask(SIG_SETMASK, [TERM], [], 8) = 0 <0.000010>
      10 --- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=9, si_uid=0} ---
      10 rt_sigreturn({mask=[TERM]}) = 0 <0.000010>
      10 execve("/bin/true", ["true"], 0x1 /* 0 vars */) = 0 <0.000010>
      10 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=11, si_uid=0, si_status=0, si_utime=0, si_stime=0} ---
      10 getpid() = 10 <0.000010>`);
    const { threads } = log.trace.process(log.process(10))!;
    const blocked = [1, 2, 3, 6].map(line => {
      const atNs = log.trace.event(log.row(line))!.startNs + 500_000;
      return log.trace.kernel.signals({ thread: threads[0]!, atNs }).blocked;
    });
    assert.deepEqual(blocked, [['SIGTERM'], null, ['SIGTERM'], ['SIGTERM']]);
  });

  it('a log without times keeps its order: lines are a microsecond apart, for the models, too', () => {
    const trace = traceOf(
      [
        '10 openat(AT_FDCWD, "/f", O_RDONLY|O_CLOEXEC) = 3',
        '10 clone(child_stack=NULL, flags=SIGCHLD) = 11',
        '11 read(3,  <unfinished ...>',
        '10 close(3) = 0',
        '11 <... read resumed>"x", 1) = 1',
        '11 +++ exited with 3 +++',
        '10 wait4(-1, [{WIFEXITED(s) && WEXITSTATUS(s) == 3}], 0, NULL) = 11',
        '10 +++ exited with 0 +++',
        '',
      ].join('\n'),
    );
    const [parent, child] = [trace.process(0)!, trace.process(1)!];
    assert.deepEqual([parent.pid, parent.startNs, parent.endNs], [10, 1000, 6000]);
    assert.deepEqual([child.pid, child.startNs, child.endNs, child.reapedBy?.atNs], [11, 2000, 5000, 6000]);
    const open = (process: number, atNs: number): string[] =>
      trace.kernel.descriptors({ process, atNs }).map(d => `${d.fd} ${d.name} ${d.closeOnExec}`);
    assert.deepEqual([open(0, 1500), open(0, 4500), open(1, 4500)], [['3 /f true'], [], ['3 /f true']]);
  });
});
