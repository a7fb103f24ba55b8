/** Removes what examples/ipc-bad.c leaves behind: System V objects whose key is 0x53, and the pid of a process that has ended. */

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const flags = { msg: '-Q', shm: '-M', sem: '-S' } as const;

export function removeLeftIpc(): void {
  for (const [kind, flag] of Object.entries(flags)) {
    const [, ...lines] = readFileSync(`/proc/sysvipc/${kind}`, 'latin1').trimEnd().split('\n');
    for (const line of lines) {
      const key = Number(line.trim().split(/ +/)[0]);
      if (key >>> 24 !== 0x53 || existsSync(`/proc/${key & 0xffffff}`)) continue;
      execFileSync('ipcrm', [flag, String(key)]);
    }
  }
}
