/** Logs for the rules about processes, their children and their ends. */

import { fork, repeat, status } from './logParts.js';
import type { RuleCases } from './ruleCase.js';

const started = '10 0.0 execve("./p", ["./p"], 0x1 /* 3 vars */) = 0 <0.000100>\n';
const forked = (pid: number): string => `10 0.0 ${fork} = ${pid} <0.000010>\n`;
const noChild = (target: string): string =>
  `wait4(${target}, NULL, 0, NULL) = -1 ECHILD (No child processes) <0.000010>`;

/** One of many, each a second after the one before. */
const childOf = (i: number): string =>
  `10 ${i}.0 ${fork} = ${100 + i} <0.000010>\n${100 + i} ${i}.1 getpid() = ${100 + i} <0.000010>`;

export const processCases: RuleCases = {
  zombie: {
    bad: `10 0.0 ${fork} = 11 <0.000100>
      11 0.1 +++ exited with 0 +++
      10 0.9 wait4(11, ${status}, 0, NULL) = 11 <0.000010>\n`,
    good: `10 0.0 ${fork} = 11 <0.000100>
      11 0.1 +++ exited with 0 +++
      10 0.5 wait4(11, ${status}, 0, NULL) = 11 <0.000010>\n`,
  },
  'zombie-never-reaped': {
    bad: `10 0.0 ${fork} = 11 <0.000100>
      11 0.1 +++ exited with 0 +++
      10 0.9 +++ exited with 0 +++\n`,
    good: `10 0.0 rt_sigaction(SIGCHLD, {sa_handler=SIG_IGN, sa_mask=[], sa_flags=0}, NULL, 8) = 0 <0.000010>
      10 0.0 ${fork} = 11 <0.000100>
      11 0.1 +++ exited with 0 +++
      10 0.9 +++ exited with 0 +++\n`,
  },
  orphan: {
    bad: `10 0.0 ${fork} = 11 <0.000100>
      11 0.1 getppid() = 10 <0.000010>
      10 0.2 +++ exited with 0 +++
      11 0.9 +++ exited with 0 +++\n`,
    good: `10 0.0 ${fork} = 11 <0.000100>
      11 0.1 setsid() = 11 <0.000010>
      11 0.1 chdir("/") = 0 <0.000010>
      10 0.2 +++ exited with 0 +++
      11 0.9 +++ exited with 0 +++\n`,
  },
  'vfork-child-misbehaves': {
    bad: `10 0.0 vfork( <unfinished ...>
      11 0.1 write(1, "x", 1) = 1 <0.000010>
      11 0.2 exit_group(0) = ?
      11 0.3 +++ exited with 0 +++
      10 0.3 <... vfork resumed>) = 11 <0.300000>
      10 0.4 wait4(11, ${status}, 0, NULL) = 11 <0.000010>\n`,
    // A shell's child that cannot find its program says so.
    good: `10 0.0 vfork( <unfinished ...>
      11 0.1 dup2(3, 1) = 1 <0.000010>
      11 0.1 execve("/bin/nope", ["nope"], 0x1 /* 3 vars */) = -1 ENOENT (No such file or directory) <0.000100>
      11 0.1 write(2, "x", 1) = 1 <0.000010>
      11 0.2 exit_group(127) = ?
      11 0.3 +++ exited with 127 +++
      10 0.3 <... vfork resumed>) = 11 <0.300000>
      10 0.4 wait4(11, ${status}, 0, NULL) = 11 <0.000010>\n`,
  },
  'no-child': {
    bad: `${forked(11)}11 0.1 +++ exited with 0 +++
      10 0.2 wait4(-1, ${status}, WNOHANG, NULL) = 11 <0.000010>
      10 0.3 ${noChild('11')}\n`,
    good: `${forked(11)}11 0.1 +++ exited with 0 +++
      10 0.2 wait4(11, ${status}, 0, NULL) = 11 <0.000010>
      10 0.3 ${noChild('-1')}\n`,
    silent: {
      'a handler asks whether there is one': `${started}10 0.3 ${noChild('-1').replace('0, NULL)', 'WNOHANG, NULL)')}\n`,
      'children from before the trace are not known': `10 0.3 ${noChild('-1')}\n10 0.4 ${noChild('11')}\n`,
    },
    also: {
      'it never had a child': { log: `${started}10 0.3 ${noChild('-1')}\n`, expected: ['warning no-child'] },
      "it is another one's child": {
        log: `${forked(11)}11 0.1 ${fork} = 12 <0.000010>\n12 0.2 getpid() = 12 <0.000010>\n10 0.3 ${noChild('12')}\n`,
        expected: ['warning no-child'],
      },
      'the kernel reaps, because SIGCHLD is ignored': {
        log: `10 0.0 rt_sigaction(SIGCHLD, {sa_handler=SIG_IGN, sa_mask=[], sa_flags=0}, NULL, 8) = 0 <0.000010>
          ${forked(11)}11 0.1 +++ exited with 0 +++\n10 0.3 ${noChild('11')}\n`,
        expected: ['info no-child'],
      },
    },
  },
  'child-status-ignored': {
    bad: `${forked(11)}11 0.1 +++ exited with 4 +++\n10 0.2 wait4(11, NULL, 0, NULL) = 11 <0.000010>\n`,
    good: `${forked(11)}11 0.1 +++ exited with 4 +++
      10 0.2 wait4(11, [{WIFEXITED(s) && WEXITSTATUS(s) == 4}], 0, NULL) = 11 <0.000010>\n`,
    silent: {
      'it went well': `${forked(11)}11 0.1 +++ exited with 0 +++\n10 0.2 wait4(11, NULL, 0, NULL) = 11 <0.000010>\n`,
      'its parent ended it': `${forked(11)}10 0.1 kill(11, SIGTERM) = 0 <0.000010>
        11 0.1 +++ killed by SIGTERM +++\n10 0.2 wait4(11, NULL, 0, NULL) = 11 <0.000010>\n`,
      'waitid asks': `${forked(11)}11 0.1 +++ exited with 4 +++
        10 0.2 waitid(P_PID, 11, {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=11, si_uid=0, si_status=4}, WEXITED, NULL) = 0 <0.000010>\n`,
    },
    also: {
      'it was killed by its own mistake': {
        log: `${forked(11)}11 0.1 +++ killed by SIGABRT +++\n10 0.2 wait4(11, NULL, 0, NULL) = 11 <0.000010>\n`,
        expected: ['info child-status-ignored'],
      },
    },
  },
  'wait-once-for-many': {
    bad: `${forked(11)}${forked(12)}11 0.1 +++ exited with 0 +++
      10 0.1 wait4(-1, NULL, 0, NULL) = 11 <0.000010>
      12 0.15 +++ exited with 0 +++
      10 0.2 +++ exited with 0 +++\n`,
    also: {
      'the wait was interrupted and started again': {
        log: `${forked(11)}${forked(12)}
        10 0.05 wait4(-1, NULL, 0, NULL) = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <0.010000>
        10 0.06 --- SIGWINCH {si_signo=SIGWINCH} ---
        11 0.1 +++ exited with 0 +++
        10 0.1 wait4(-1, NULL, 0, NULL) = 11 <0.000010>
        12 0.15 +++ exited with 0 +++
        10 0.2 +++ exited with 0 +++\n`,
        expected: ['info wait-once-for-many'],
      },
    },
    good: `${forked(11)}${forked(12)}11 0.1 +++ exited with 0 +++
      10 0.1 wait4(-1, NULL, 0, NULL) = 11 <0.000010>
      12 0.15 +++ exited with 0 +++
      10 0.15 wait4(-1, NULL, 0, NULL) = 12 <0.000010>
      10 0.2 +++ exited with 0 +++\n`,
    silent: {
      'the others are made later, to stay': `${forked(11)}11 0.1 +++ exited with 0 +++
        10 0.1 wait4(-1, NULL, 0, NULL) = 11 <0.000010>
        10 0.15 ${fork} = 12 <0.000010>
        12 0.19 +++ exited with 0 +++
        10 0.2 +++ exited with 0 +++\n`,
    },
  },
  'fork-eagain': {
    bad: repeat(
      3,
      i =>
        `10 0.${i} ${fork.replace(', child_tidptr=0x1', '')} = -1 EAGAIN (Resource temporarily unavailable) <0.000010>`,
    ),
    good: forked(11),
  },
  'fork-unbounded': {
    bad: repeat(120, childOf),
    good: repeat(
      120,
      i =>
        `${childOf(i)}\n10 ${i}.2 ${i % 8 === 7 ? 'wait4(-1, NULL, WNOHANG, NULL) = 0' : 'getpid() = 10'} <0.000010>`,
    ),
  },
};
