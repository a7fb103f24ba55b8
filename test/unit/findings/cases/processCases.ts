/** Logs for the rules about processes, their children and their ends. */

import { fork, status } from './logParts.js';
import type { RuleCases } from './ruleCase.js';

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
};
