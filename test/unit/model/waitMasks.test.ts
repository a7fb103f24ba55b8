/** Masks that hold only while a call waits: ppoll, pselect6, epoll_pwait (ppoll(2), signal(7)). */

import assert from 'node:assert/strict';
import { handMade } from './modelFixture.js';

type Log = ReturnType<typeof handMade>;

/** What the first thread blocks half a millisecond after a line's event began; null when the log does not show it. */
const blocked = (log: Log, line: number): readonly string[] | null => {
  const { threads } = log.trace.process(log.process(10))!;
  const atNs = log.trace.event(log.row(line))!.startNs + 500_000;
  return log.trace.kernel.signals({ thread: threads[0]!, atNs }).blocked;
};
const blockUsr1 = '10 rt_sigprocmask(SIG_SETMASK, [USR1], [], 8) = 0 <0.000010>';
const handler = '10 rt_sigaction(SIGUSR1, {sa_handler=0x1, sa_mask=[INT], sa_flags=0}, NULL, 8) = 0 <0.000010>';
const arrives = '10 --- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=9, si_uid=0} ---';
const returns = '10 rt_sigreturn({mask=[USR1]}) = -1 EINTR (Interrupted system call) <0.000010>';

describe('masks of waiting calls', () => {
  for (const call of [
    'ppoll([{fd=0, events=POLLIN}], 1, {tv_sec=0, tv_nsec=800000}, [TERM], 8)',
    'pselect6(1, [0], NULL, NULL, {tv_sec=0, tv_nsec=800000}, {sigmask=[TERM], sigsetsize=8})',
    'epoll_pwait(3<anon_inode:[eventpoll]>, [], 1, 1, [TERM], 8)',
  ])
    it(`${call.slice(0, call.indexOf('('))} blocks others while it waits, and what was blocked before after that`, () => {
      const log = handMade(`
        ${blockUsr1}
        10 ${call} = 0 (Timeout) <0.000800>
        10 getpid() = 10 <0.000010>`);
      assert.deepEqual(
        [1, 2, 3].map(line => blocked(log, line)),
        [['SIGUSR1'], ['SIGTERM'], ['SIGUSR1']],
      );
    });

  it('one that goes on shows its mask before it returns', () => {
    const log = handMade(`
      ${blockUsr1}
      10 ppoll([{fd=0, events=POLLIN}], 1, NULL, ~[RTMIN RT_1], 8 <unfinished ...>
      9 getpid() = 9 <0.000010>`);
    assert.deepEqual(blocked(log, 3), ['~SIGRTMIN', '~SIGRT_1'].sort());
  });

  it('the handler that ends one runs under the mask of the wait, and brings back the one before', () => {
    const log = handMade(`
      ${blockUsr1}
      ${handler}
      10 ppoll(NULL, 0, NULL, [TERM], 8) = ? ERESTARTNOHAND (To be restarted if no handler) <0.000100>
      ${arrives}
      ${returns}`);
    assert.deepEqual(blocked(log, 4), ['SIGINT', 'SIGTERM', 'SIGUSR1']);
    assert.deepEqual(blocked(log, 5), ['SIGUSR1']);
  });

  it('an epoll_pwait that fails does not say under which mask it waited', () => {
    const log = handMade(`
      ${blockUsr1}
      ${handler}
      10 epoll_pwait(3<anon_inode:[eventpoll]>, 0x7ffd1, 1, 10, 0x7ffd2, 8) = -1 EINTR (Interrupted system call) <0.000100>
      ${arrives}
      ${returns}`);
    assert.deepEqual(
      [3, 4, 5].map(line => blocked(log, line)),
      [null, null, ['SIGUSR1']],
    );
  });

  it('without a mask nothing changes', () => {
    const log = handMade(`
      ${blockUsr1}
      10 ppoll([{fd=0, events=POLLIN}], 1, NULL, NULL, 8) = 1 ([{fd=0, revents=POLLIN}]) <0.000800>
      10 pselect6(1, [0], NULL, NULL, NULL, {sigmask=NULL, sigsetsize=8}) = 1 (in [0]) <0.000800>
      10 epoll_pwait(3<anon_inode:[eventpoll]>, [], 1, 1, NULL, 8) = 0 <0.000800>`);
    assert.deepEqual(
      [2, 3, 4].map(line => blocked(log, line)),
      [['SIGUSR1'], ['SIGUSR1'], ['SIGUSR1']],
    );
  });
});
