/** Calls that a signal interrupted: which of them the program saw fail, and what restart_syscall counts as. */

import assert from 'node:assert/strict';
import { eventWords } from '../../../src/words/eventWords.js';
import { plainTranslate } from '../../../src/words/translate.js';
import type { Trace } from '../../../src/trace/trace.js';
import { everything } from '../trace/traceFixture.js';
import { handMade } from './modelFixture.js';

const sums = (trace: Trace): string[] =>
  trace
    .summarize(everything)
    .map(({ name, calls, errors }) => `${name} ${calls}/${errors}`)
    .sort();
const interrupted = '10 read(0, 0x7ff, 9) = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <0.0005>';
const names = (trace: Trace, filter: object): string[] =>
  trace.events({ ...everything, filter, offset: 0, limit: 99 }).items.map(({ name }) => name);

describe('an interrupted call', () => {
  for (const [title, before, after] of [
    ['nobody handles', [], []],
    [
      'a handler with SA_RESTART takes',
      ['10 rt_sigaction(SIGUSR1, {sa_handler=0x1, sa_mask=[], sa_flags=SA_RESTART}, NULL, 8) = 0 <0.0001>'],
      ['10 rt_sigreturn({mask=[]}) = 0 <0.0001>'],
    ],
  ] as const)
    it(`has not failed when the kernel starts it again after a signal that ${title}`, () => {
      const log = [...before, interrupted, '10 --- SIGUSR1 {si_signo=SIGUSR1} ---', ...after, '10 read(0, "x", 9) = 1 <0.0001>']; // prettier-ignore
      const { trace, process } = handMade(log.join('\n'));
      assert.ok(sums(trace).includes('read 2/0'), sums(trace).join());
      assert.equal(trace.summary().failedEvents, 0);
      assert.equal(trace.process(process(10))?.errors, 0);
      assert.deepEqual(names(trace, { failed: true }), []);
      assert.deepEqual(names(trace, { errnos: ['ERESTARTSYS'] }), ['read']);
    });

  it('has failed when a handler without SA_RESTART takes the signal', () => {
    const { trace, process, row } = handMade(`
      10 rt_sigaction(SIGUSR1, {sa_handler=0x1, sa_mask=[], sa_flags=0}, NULL, 8) = 0 <0.0001>
      ${interrupted}
      10 --- SIGUSR1 {si_signo=SIGUSR1} ---
      10 write(1, "h", 1) = 1 <0.0001>
      10 close(7) = 0 <0.0001>
      10 rt_sigreturn({mask=[]}) = -1 EINTR (Interrupted system call) <0.0001>
      10 read(0, "x", 9) = 1 <0.0001>`);
    assert.ok(sums(trace).includes('read 2/1'), sums(trace).join());
    assert.equal(trace.summary().failedEvents, 2); // and rt_sigreturn, which hands EINTR over
    assert.equal(trace.process(process(10))?.errors, 2);
    assert.deepEqual(names(trace, { failed: true }), ['read', 'rt_sigreturn']);
    assert.equal(trace.nextMatch({ filter: { failed: true }, row: row(1), step: 1 }), row(2));
  });

  it('is not what restart_syscall goes on with when it was none, which strace says when it shows few calls', () => {
    const { trace } = handMade(`
      10 clone(child_stack=NULL, flags=SIGCHLD) = 11 <0.0005>
      10 --- SIGCHLD {si_signo=SIGCHLD} ---
      10 restart_syscall(<... resuming interrupted clone ...>) = 0 <0.8005>`);
    assert.deepEqual(sums(trace), ['clone 1/0', 'restart_syscall 1/0']);
  });

  it('is what restart_syscall is shown and counted as', () => {
    const { trace, row } = handMade(`
      10 poll([{fd=3, events=POLLIN}], 1, 9000) = ? ERESTART_RESTARTBLOCK (Interrupted by signal) <0.0005>
      10 --- SIGWINCH {si_signo=SIGWINCH} ---
      10 restart_syscall(<... resuming interrupted poll ...>) = 1 <0.0005>`);
    assert.deepEqual(sums(trace), ['poll 2/0']);
    const listed = trace.events({ ...everything, filter: { syscalls: ['restart_syscall'] }, offset: 0, limit: 9 });
    assert.deepEqual(
      listed.items.map(({ name, text }) => [name, text]),
      [['poll', 'restart_syscall(<... resuming interrupted poll ...>) = 1 <0.0005>']],
    );
    const detail = trace.event(row(3)) ?? assert.fail('it is an event');
    assert.equal(detail.class, trace.event(row(1))?.class);
    const { rows } = eventWords(detail, plainTranslate);
    assert.equal(rows.find(({ label }) => label === 'Result')?.text, '1 descriptor is ready');
    assert.match(rows.find(({ label }) => label === 'Goes on')?.text ?? '', /restart_syscall/);
  });

  it('is not known when strace has just attached, whatever it says', () => {
    const { trace } = handMade(`
      10 restart_syscall(<... resuming interrupted read ...>) = 0 <0.0005>
      10 read(0, "x", 9) = 1 <0.0001>`);
    assert.deepEqual(sums(trace), ['read 1/0', 'restart_syscall 1/0']);
  });

  it('that is still going on is what its process waits in', () => {
    const { trace, process } = handMade(
      `10 clock_nanosleep(CLOCK_REALTIME, 0, {tv_sec=9, tv_nsec=0}, 0x7ff) = ? ERESTART_RESTARTBLOCK (Interrupted by signal) <0.0005>
      10 --- SIGWINCH {si_signo=SIGWINCH} ---
      10 restart_syscall(<... resuming interrupted clock_nanosleep ...> <unfinished ...>
      11 getpid() = 11 <0.0001>`,
      { end: false },
    );
    const state = trace.process(process(10))?.state;
    assert.equal(state?.kind === 'waiting' ? state.syscall : state?.kind, 'clock_nanosleep');
  });

  it('is a wait for a futex that goes on, and is woken there', () => {
    const { trace, process, row, links } = handMade(`
      10 clone(child_stack=0x1, flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD|CLONE_SYSVSEM) = 11 <0.0001>
      11 futex(0x5000, FUTEX_WAIT_PRIVATE, 7, {tv_sec=9, tv_nsec=0}) = ? ERESTART_RESTARTBLOCK (Interrupted by signal) <0.0009>
      11 --- SIGWINCH {si_signo=SIGWINCH} ---
      11 restart_syscall(<... resuming interrupted futex ...> <unfinished ...>
      10 futex(0x5000, FUTEX_WAKE_PRIVATE, 1) = 1 <0.0001>
      11 <... restart_syscall resumed>) = 0 <0.0020>`);
    const [futex] = trace.kernel.futexes({ process: process(10) });
    assert.deepEqual([futex?.waits, futex?.waitedNs], [1, 4_000_000]);
    assert.deepEqual(links(6), ['cause wake 5']);
    assert.equal(trace.kernel.whyBlocked(row(6))?.reason, 'futex');
  });

  it('counts once as a wait for a futex', () => {
    const wait = 'futex(0x5000, FUTEX_WAIT_PRIVATE, 2, NULL)';
    const { trace, process } = handMade(`
      10 ${wait} = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <0.0005>
      10 --- SIGWINCH {si_signo=SIGWINCH} ---
      10 ${wait} = 0 <0.0005>`);
    assert.equal(trace.kernel.futexes({ process: process(10) })[0]?.waits, 1);
  });
});
