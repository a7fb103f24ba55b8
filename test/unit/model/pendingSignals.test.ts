/** What becomes of signals that are sent: taken by waits and descriptors, discarded, kept for one thread or a group (signal(7)). */

import assert from 'node:assert/strict';
import { handMade } from './modelFixture.js';

type Log = ReturnType<typeof handMade>;

const state = (log: Log, pid: number, line: number, thread = 0) => {
  const { id, threads } = log.trace.process(log.process(pid))!;
  const atNs = log.trace.event(log.row(line))!.startNs + 500_000;
  return { id, ...log.trace.kernel.signals({ thread: threads[thread]!, atNs }) };
};
const pending = (log: Log, pid: number, line: number, thread = 0): string[] =>
  state(log, pid, line, thread).pending.map(p => p.signal);
const action = (log: Log, line: number, signal: string): string | undefined =>
  state(log, 10, line).dispositions.find(d => d.signal === signal)?.action;
const block = (set: string): string => `rt_sigprocmask(SIG_SETMASK, [${set}], [], 8) = 0 <0.000010>`;
const info = (signal: string, from = 10): string => `{si_signo=${signal}, si_code=SI_USER, si_pid=${from}, si_uid=0}`;

describe('pending signals', () => {
  it('sigwaitinfo takes one, and leads back to its sender', () => {
    const log = handMade(`
      10 ${block('TERM')}
      10 kill(10, SIGTERM) = 0 <0.000010>
      10 rt_sigtimedwait([TERM], ${info('SIGTERM')}, NULL, 8) = 15 (SIGTERM) <0.000010>`);
    assert.deepEqual([pending(log, 10, 2), pending(log, 10, 3)], [['SIGTERM'], []]);
    assert.deepEqual(log.links(3), ['cause signal 2']);
    assert.deepEqual(log.links(2), ['effect signal 3']);
  });

  it('sigwaitinfo without siginfo, printed before the kill that ended it', () => {
    const log = handMade(`
      10 ${block('TERM')}
      10 clone(child_stack=NULL, flags=SIGCHLD) = 11 <0.000100>
      10 rt_sigtimedwait([TERM],  <unfinished ...>
      11 kill(10, SIGTERM <unfinished ...>
      10 <... rt_sigtimedwait resumed>${info('SIGTERM', 11)}, NULL, 8) = 15 (SIGTERM) <0.002000>
      11 <... kill resumed>) = 0 <0.002000>`);
    assert.deepEqual(log.trace.kernel.whyBlocked(log.row(5))?.endedBy?.name, 'kill');
  });

  it('a read of a signalfd takes one', () => {
    const log = handMade(`
      10 ${block('USR1')}
      10 signalfd4(-1, [USR1], 8, 0) = 3<anon_inode:[signalfd]> <0.000010>
      10 kill(10, SIGUSR1) = 0 <0.000010>
      10 read(3<anon_inode:[signalfd]>, "\\n\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\n\\0\\0\\0\\0\\0\\0\\0"..., 128) = 128 <0.000010>`);
    assert.deepEqual([pending(log, 10, 3), pending(log, 10, 4)], [['SIGUSR1'], []]);
    assert.deepEqual(log.links(4), ['cause signal 3']);
  });

  it('ignoring it discards it', () => {
    const log = handMade(`
      10 ${block('TERM')}
      10 kill(10, SIGTERM) = 0 <0.000010>
      10 rt_sigaction(SIGTERM, {sa_handler=SIG_IGN, sa_mask=[], sa_flags=0}, NULL, 8) = 0 <0.000010>`);
    assert.deepEqual([pending(log, 10, 2), pending(log, 10, 3)], [['SIGTERM'], []]);
  });

  it('one for a thread is not another’s', () => {
    const log = handMade(`
      10 ${block('HUP')}
      10 clone(child_stack=0x1, flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD|CLONE_SYSVSEM) = 11 <0.000100>
      11 getpid() = 10 <0.000010>
      10 tgkill(10, 11, SIGHUP) = 0 <0.000010>
      10 tgkill(10, 10, SIGHUP) = 0 <0.000010>
      10 rt_sigtimedwait([HUP], {si_signo=SIGHUP, si_code=SI_TKILL, si_pid=10, si_uid=0}, NULL, 8) = 1 (SIGHUP) <0.000010>`);
    assert.deepEqual([pending(log, 10, 4), pending(log, 10, 4, 1)], [[], ['SIGHUP']]);
    assert.deepEqual([pending(log, 10, 6), pending(log, 10, 6, 1)], [[], ['SIGHUP']]);
    assert.deepEqual(log.links(6), ['cause signal 5']);
  });

  it('one for a group is everybody’s who was in it, and no later child’s', () => {
    const log = handMade(`
      10 ${block('HUP')}
      10 setpgid(0, 0) = 0 <0.000010>
      10 clone(child_stack=NULL, flags=SIGCHLD) = 11 <0.000100>
      11 getpid() = 11 <0.000010>
      10 kill(-10, SIGHUP) = 0 <0.000010>
      10 clone(child_stack=NULL, flags=SIGCHLD) = 12 <0.000100>
      12 kill(0, SIGKILL) = 0 <0.000010>
      12 getpid() = 12 <0.000010>`);
    assert.deepEqual([pending(log, 10, 5), pending(log, 11, 5), pending(log, 12, 8)], [['SIGHUP'], ['SIGHUP'], []]);
  });

  it('SA_RESETHAND: the first delivery meets the handler, then the default is back', () => {
    const log = handMade(`
      10 rt_sigaction(SIGUSR1, {sa_handler=0x1, sa_mask=[], sa_flags=SA_RESETHAND}, NULL, 8) = 0 <0.000010>
      10 getpid() = 10 <0.000010>
      10 --- SIGUSR1 ${info('SIGUSR1', 9)} ---
      10 rt_sigreturn({mask=[]}) = 0 <0.000010>`);
    assert.deepEqual([action(log, 2, 'SIGUSR1'), action(log, 3, 'SIGUSR1')], ['handler', 'default']);
    assert.equal(log.trace.kernel.context(log.row(3))?.disposition?.action, 'handler');
    assert.equal(log.trace.kernel.context(log.row(3))?.handler?.returnRow, log.row(4));
  });

  it('sigsuspend has a mask of its own until its handler returns', () => {
    const log = handMade(`
      10 ${block('TERM')}
      10 rt_sigaction(SIGUSR1, {sa_handler=0x1, sa_mask=[HUP], sa_flags=0}, NULL, 8) = 0 <0.000010>
      10 rt_sigsuspend([INT], 8) = ? ERESTARTNOHAND (To be restarted if no handler) <0.000900>
      10 --- SIGUSR1 ${info('SIGUSR1', 9)} ---
      10 rt_sigreturn({mask=[TERM]}) = -1 EINTR (Interrupted system call) <0.000010>`);
    assert.deepEqual(
      [2, 3, 4, 5].map(line => state(log, 10, line).blocked?.join(' ')),
      ['SIGTERM', 'SIGINT', 'SIGHUP SIGINT SIGUSR1', 'SIGTERM'],
    );
  });
});
