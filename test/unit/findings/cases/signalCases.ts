/** Logs for the rules about signals. */

import { fork, handler, repeat, connection } from './logParts.js';
import type { RuleCases } from './ruleCase.js';

const chld = '--- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=11, si_uid=0, si_status=0} ---';

const usr1 = '--- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=9, si_uid=0} ---';
/** A handler that makes a call; `before`: what the thread did when the signal came. */
const inHandler = (call: string, before = 'getpid() = 10 <0.000010>'): string =>
  `10 0.0 ${handler('SIGUSR1', 'SA_RESTORER')}
  10 0.1 ${before}
  10 0.2 ${usr1}
  10 0.3 ${call}
  10 0.4 rt_sigreturn({mask=[]}) = 0 <0.000010>\n`;
/** 250 signals, all at once or one each ten milliseconds. */
const storm = (slow: 0 | 1): string =>
  repeat(250, i => {
    const at = slow === 0 ? '1.0' : `${Math.floor(i / 100)}.${String(i % 100).padStart(2, '0')}`;
    return `10 ${at} ${usr1}\n10 ${at} rt_sigreturn({mask=[]}) = 0 <0.000010>`;
  });

export const signalCases: RuleCases = {
  'lost-sigchld': {
    bad: `10 0.0 ${handler('SIGCHLD', 'SA_RESTORER|SA_RESTART')}
      10 0.1 ${fork} = 11 <0.000100>
      10 0.1 ${fork} = 12 <0.000100>
      11 0.2 +++ exited with 0 +++
      12 0.2 +++ exited with 0 +++
      10 0.3 ${chld}
      10 0.3 wait4(-1, NULL, WNOHANG, NULL) = 11 <0.000010>
      10 0.4 rt_sigreturn({mask=[]}) = 0 <0.000010>
      10 1.9 +++ exited with 0 +++\n`,
    good: `10 0.0 ${handler('SIGCHLD', 'SA_RESTORER|SA_RESTART')}
      10 0.1 ${fork} = 11 <0.000100>
      10 0.1 ${fork} = 12 <0.000100>
      11 0.2 +++ exited with 0 +++
      12 0.2 +++ exited with 0 +++
      10 0.3 ${chld}
      10 0.3 wait4(-1, NULL, WNOHANG, NULL) = 11 <0.000010>
      10 0.3 wait4(-1, NULL, WNOHANG, NULL) = 12 <0.000010>
      10 0.3 wait4(-1, NULL, WNOHANG, NULL) = -1 ECHILD (No child processes) <0.000010>
      10 0.4 rt_sigreturn({mask=[]}) = 0 <0.000010>
      10 1.9 +++ exited with 0 +++\n`,
    expected: ['error lost-sigchld', 'warning zombie-never-reaped'],
  },
  'sigpipe-death': {
    bad: `10 0.0 ${connection}
      10 0.1 sendto(3, "x", 1, 0, NULL, 0) = -1 EPIPE (Broken pipe) <0.000010>
      10 0.1 --- SIGPIPE {si_signo=SIGPIPE, si_code=SI_USER, si_pid=10, si_uid=0} ---
      10 0.2 +++ killed by SIGPIPE +++\n`,
    // How `yes | head` is meant to end.
    good: `10 0.1 write(1<pipe:[7]>, "y\\n", 2) = -1 EPIPE (Broken pipe) <0.000010>
      10 0.1 --- SIGPIPE {si_signo=SIGPIPE, si_code=SI_USER, si_pid=10, si_uid=0} ---
      10 0.2 +++ killed by SIGPIPE +++\n`,
  },
  'eintr-not-retried': {
    bad: `10 0.0 ${handler('SIGUSR1', 'SA_RESTORER')}
      10 0.1 read(3, 0x7f, 15) = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <0.1>
      10 0.2 --- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=9, si_uid=0} ---
      10 0.2 rt_sigreturn({mask=[]}) = -1 EINTR (Interrupted system call) <0.000010>
      10 0.3 close(3) = 0 <0.000010>\n`,
    good: `10 0.0 ${handler('SIGUSR1', 'SA_RESTORER')}
      10 0.1 read(3, 0x7f, 15) = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <0.1>
      10 0.2 --- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=9, si_uid=0} ---
      10 0.2 rt_sigreturn({mask=[]}) = -1 EINTR (Interrupted system call) <0.000010>
      10 0.3 read(3, "x", 15) = 1 <0.000010>
      10 0.3 close(3) = 0 <0.000010>\n`,
  },
  'epipe-ignored': {
    bad: `10 0.0 ${connection}\n${repeat(4, i => `10 0.${i} sendto(3, "x", 1, MSG_NOSIGNAL, NULL, 0) = -1 EPIPE (Broken pipe) <0.000010>`)}`,
    good: `10 0.0 ${connection}
      10 0.1 sendto(3, "x", 1, MSG_NOSIGNAL, NULL, 0) = -1 EPIPE (Broken pipe) <0.000010>
      10 0.1 close(3) = 0 <0.000010>\n`,
    silent: {
      'each connection is tried once': repeat(
        4,
        i => `10 ${i}.0 ${connection}
          10 ${i}.1 sendto(3, "x", 1, MSG_NOSIGNAL, NULL, 0) = -1 EPIPE (Broken pipe) <0.000010>
          10 ${i}.1 close(3) = 0 <0.000010>`,
      ),
    },
  },
  'unsafe-signal-handler-call': {
    bad: inHandler('brk(0x560000021000) = 0x560000021000 <0.000010>'),
    good: inHandler('write(1, "x", 1) = 1 <0.000010>'),
    silent: {
      'the handler was left with siglongjmp, and what follows is no handler': inHandler(
        'rt_sigprocmask(SIG_SETMASK, [], NULL, 8) = 0 <0.000010>\n10 0.3 brk(0x560000021000) = 0x560000021000 <0.000010>',
      ),
      'there is no handler': `10 0.2 ${usr1}\n10 0.3 brk(0x560000021000) = 0x560000021000 <0.000010>
        10 0.4 rt_sigreturn({mask=[]}) = 0 <0.000010>\n`,
      'the heap only tells where it ends': inHandler('brk(NULL) = 0x560000021000 <0.000010>'),
    },
    also: {
      'stdio makes a stream': {
        log: inHandler(
          'newfstatat(1<pipe:[7]>, "", {st_mode=S_IFIFO|0600, st_size=0, ...}, AT_EMPTY_PATH) = 0 <0.000010>',
        ),
        expected: ['warning unsafe-signal-handler-call'],
      },
      'it cut a call short: known what was interrupted': {
        log: inHandler(
          'brk(0x560000021000) = 0x560000021000 <0.000010>',
          'pause() = ? ERESTARTNOHAND (To be restarted if no handler) <0.1>',
        ),
        expected: ['info unsafe-signal-handler-call'],
      },
      'the thread sent it to itself': {
        log: inHandler('brk(0x560000021000) = 0x560000021000 <0.000010>', 'tgkill(10, 10, SIGUSR1) = 0 <0.000010>'),
        expected: ['info unsafe-signal-handler-call'],
      },
      'it waits for a lock for ever': {
        log: `10 0.0 ${handler('SIGUSR1', 'SA_RESTORER')}
          10 0.2 ${usr1}
          10 0.3 futex(0x7f0000000000, FUTEX_WAIT_PRIVATE, 2, NULL) = ?
          10 2.0 +++ killed by SIGKILL +++\n`,
        expected: ['error unsafe-signal-handler-call', 'error deadlock'],
      },
    },
  },
  'signal-storm': {
    bad: `10 0.0 ${handler('SIGUSR1', 'SA_RESTORER')}\n${storm(0)}`,
    good: `10 0.0 ${handler('SIGUSR1', 'SA_RESTORER')}\n${storm(1)}`,
    silent: {
      'a profiler': `10 0.0 ${handler('SIGPROF', 'SA_RESTORER')}\n${storm(0).replaceAll('SIGUSR1', 'SIGPROF')}`,
    },
  },
};
