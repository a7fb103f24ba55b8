/** Who woke whom: requeues, priority inheritance, owners that die (futex(2)); and other ends of waits that no plain wake or write brings; how time is split. */

import assert from 'node:assert/strict';
import { handMade } from './modelFixture.js';

const thread = 'clone(child_stack=0x1, flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD|CLONE_SYSVSEM)';
type Log = ReturnType<typeof handMade>;
const endedBy = (log: Log, line: number): number | null => {
  const ended = log.trace.kernel.whyBlocked(log.row(line))?.endedBy;
  return ended ? log.line(ended.row) : null;
};

describe('ends of waits', () => {
  it('a requeued waiter is woken at the other address', () => {
    const log = handMade(`
      10 ${thread} = 11 <0.000100>
      10 ${thread} = 12 <0.000100>
      11 futex(0x100, FUTEX_WAIT_PRIVATE, 0, NULL <unfinished ...>
      12 futex(0x100, FUTEX_WAIT_PRIVATE, 0, NULL <unfinished ...>
      10 futex(0x100, FUTEX_CMP_REQUEUE_PRIVATE, 1, 10, 0x200, 0) = 2 <0.000010>
      11 <... futex resumed>) = 0 <0.003000>
      10 getpid() = 10 <0.000010>
      10 futex(0x200, FUTEX_WAKE_PRIVATE, 1) = 1 <0.000010>
      12 <... futex resumed>) = 0 <0.005000>`);
    assert.deepEqual([endedBy(log, 6), endedBy(log, 9)], [5, 8]);
    assert.deepEqual(
      log.trace.kernel.futexes({ process: null }).map(f => [f.address, f.threads.length]),
      [
        [0x100, 3],
        [0x200, 2],
      ],
    );
  });

  it('an unlock of a priority-inheriting lock wakes one, though it returns 0; one that was over before the wait does not', () => {
    const log = handMade(`
      10 ${thread} = 11 <0.000100>
      10 futex(0x100, FUTEX_UNLOCK_PI_PRIVATE) = 0 <0.000010>
      11 futex(0x100, FUTEX_LOCK_PI_PRIVATE, NULL <unfinished ...>
      10 futex(0x100, FUTEX_UNLOCK_PI_PRIVATE) = 0 <0.000010>
      11 <... futex resumed>) = 0 <0.001900>`);
    assert.equal(endedBy(log, 5), 4);
    assert.deepEqual(log.links(2), []);
  });

  it('the death of a robust lock’s owner ends the wait for it, in another process, too', () => {
    const log = handMade(`
      10 clone(child_stack=NULL, flags=SIGCHLD) = 11 <0.000100>
      10 futex(0x100, FUTEX_WAIT, 2147483659, NULL <unfinished ...>
      11 exit_group(0) = ?
      11 +++ exited with 0 +++
      10 <... futex resumed>) = 0 <0.003000>`);
    assert.equal(endedBy(log, 5), 4);
  });

  it('a write into a full pipe ends with the read that made room', () => {
    const log = handMade(`
      10 pipe2([3<pipe:[5]>, 4<pipe:[5]>], 0) = 0 <0.000010>
      10 write(4<pipe:[5]>, ""..., 65536) = 65536 <0.000010>
      10 clone(child_stack=NULL, flags=SIGCHLD) = 11 <0.000100>
      10 write(4<pipe:[5]>, "more", 4 <unfinished ...>
      11 read(3<pipe:[5]>, ""..., 4096) = 4096 <0.000010>
      10 <... write resumed>) = 4 <0.002100>
      11 read(3<pipe:[5]>, ""..., 4096) = 4096 <0.000010>`);
    assert.equal(endedBy(log, 6), 5);
  });

  it('a write that was only printed in two parts waited for no room', () => {
    const log = handMade(`
      10 pipe2([3<pipe:[5]>, 4<pipe:[5]>], 0) = 0 <0.000010>
      10 clone(child_stack=NULL, flags=SIGCHLD) = 11 <0.000100>
      11 read(3<pipe:[5]>,  <unfinished ...>
      10 write(4<pipe:[5]>, "more", 4 <unfinished ...>
      11 <... read resumed>"more", 4) = 4 <0.002000>
      10 <... write resumed>) = 4 <0.002000>`);
    assert.deepEqual([endedBy(log, 6), endedBy(log, 5)], [null, 6]);
  });

  it('poll is told of the last close of the other end, and of the end of a pidfd’s process', () => {
    const log = handMade(`
      10 pipe2([3<pipe:[5]>, 4<pipe:[5]>], 0) = 0 <0.000010>
      10 clone(child_stack=NULL, flags=SIGCHLD) = 11 <0.000100>
      10 close(4<pipe:[5]>) = 0 <0.000010>
      10 poll([{fd=3<pipe:[5]>, events=POLLIN}], 1, -1 <unfinished ...>
      11 close(4<pipe:[5]>) = 0 <0.000010>
      10 <... poll resumed>) = 1 ([{fd=3, revents=POLLHUP}]) <0.002000>
      10 pidfd_open(11, 0) = 4<pid:11> <0.000010>
      10 poll([{fd=4<pid:11>, events=POLLIN}], 1, -1 <unfinished ...>
      11 exit_group(0) = ?
      11 +++ exited with 0 +++
      10 <... poll resumed>) = 1 ([{fd=4, revents=POLLIN}]) <0.003000>`);
    assert.deepEqual([endedBy(log, 6), endedBy(log, 11)], [5, 10]);
  });
});

describe('time of a thread', () => {
  const split = (log: Log, pid: number) =>
    log.trace.kernel.time({
      ...{ startNs: 0, endNs: Number.POSITIVE_INFINITY, lanes: null, filter: null },
      process: log.process(pid),
    });

  it('a leader that ended first is a zombie until the others end, not in its exit call too', () => {
    const log = handMade(`
      10 ${thread} = 11 <0.000100>
      10 exit(0) = ?
      11 getpid() = 10 <0.000010>
      11 getpid() = 10 <0.000010>
      11 exit_group(0) = ?
      11 +++ exited with 0 +++
      10 +++ exited with 0 +++`);
    const { zombieNs, ...living } = split(log, 10);
    const lives = 6_000_000 + 5_000_000 - 100_000;
    const sum = Object.values(living).reduce((a, b) => a + b, zombieNs);
    assert.equal(zombieNs, 5_000_000);
    assert.ok(Math.abs(sum - lives) <= 200_000, `${sum} of ${lives}`);
  });

  it('a stop between calls takes nothing from the calls', () => {
    const log = handMade(`
      10 getpid() = 10 <0.000500>
      10 --- stopped by SIGSTOP ---
      10 --- SIGCONT {si_signo=SIGCONT, si_code=SI_USER, si_pid=1, si_uid=0} ---
      10 getpid() = 10 <0.000500>
      10 exit_group(0) = ?
      10 +++ exited with 0 +++`);
    const { inCallNs, stoppedNs, runningNs } = split(log, 10);
    assert.deepEqual([inCallNs, stoppedNs, runningNs], [2_000_000, 1_000_000, 2_000_000]);
  });
});
