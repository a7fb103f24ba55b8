/** Writes the log of a program that forks very often, as `strace -f -ttt -T -o` would. */

import { writeFileSync } from 'node:fs';

export function forkBombLog(file: string, children: number): void {
  const lines: string[] = [];
  let atUs = 1_700_000_000_000_000;
  const parent = 1000;
  const line = (pid: number, text: string) => lines.push(`${pid}  ${(atUs / 1e6).toFixed(6)} ${text}`);
  line(parent, 'execve("/home/u/bomb", ["/home/u/bomb"], 0x7ffd0000 /* 20 vars */) = 0 <0.000400>');
  for (let i = 1; i <= children; i++) {
    const child = parent + i;
    atUs += 100;
    line(
      parent,
      `clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x7f10) = ${child} <0.000050>`,
    );
    atUs += 20;
    line(child, 'getpid() = 1 <0.000010>');
    line(child, 'exit_group(0) = ?');
    line(child, '+++ exited with 0 +++');
    line(
      parent,
      `--- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=${child}, si_uid=0, si_status=0, si_utime=0, si_stime=0} ---`,
    );
  }
  for (let i = 1; i <= children; i++) {
    atUs += 10;
    line(parent, `wait4(-1, [{WIFEXITED(s) && WEXITSTATUS(s) == 0}], 0, NULL) = ${parent + i} <0.000005>`);
  }
  line(parent, 'exit_group(0) = ?');
  line(parent, '+++ exited with 0 +++');
  writeFileSync(file, `${lines.join('\n')}\n`);
}
