/** How much longer a traced program runs when the worker follows its log, against bare strace with the same options. */

import { execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { median } from './statistics.mjs';

const ROUNDS = 11;

/** Two processes that pass a byte back and forth, and a file that is written: calls that block, and calls that do not. */
const program = `
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
  int there[2], back[2];
  char byte = 'x';
  if (pipe(there) != 0 || pipe(back) != 0) return 1;
  if (fork() == 0) {
    for (int i = 0; i < 6000; i++)
      if (read(there[0], &byte, 1) != 1 || write(back[1], &byte, 1) != 1) return 1;
    return 0;
  }
  for (int i = 0; i < 6000; i++)
    if (write(there[1], &byte, 1) != 1 || read(back[0], &byte, 1) != 1) return 1;
  wait(NULL);
  return 0;
}
`;

function finished(command, args) {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const child = spawn(command, args, { stdio: 'ignore' });
    child.once('error', reject);
    child.once('exit', code =>
      code === 0 ? resolve(performance.now() - begin) : reject(new Error(`${command} exited ${code}`)),
    );
  });
}

export async function slowDown(core, worker, folder) {
  const source = path.join(folder, 'pingPong.c');
  const executable = path.join(folder, 'pingPong');
  writeFileSync(source, program);
  execFileSync('gcc', ['-O1', '-o', executable, source]);
  const { version } = await core.probeStrace('strace');
  const logPath = path.join(folder, 'pingPong.strace');
  const args = core.straceArguments(version, {
    logPath,
    program: executable,
    args: [],
    environment: {},
    syscalls: 'focus',
    stringLimit: 64,
  });
  const times = { bare: [], followed: [], again: [] };
  // In turns, so that whatever else the machine does falls on all; and bare strace twice, which shows what is noise.
  for (let round = 0; round < ROUNDS; round++) {
    for (const turn of ['bare', 'followed', 'again']) {
      writeFileSync(logPath, '');
      const client = turn === 'followed' ? new core.TraceClient(worker, { path: logPath, live: true }) : undefined;
      await client?.summary();
      times[turn].push(await finished('strace', args));
      await client?.finish();
      await client?.dispose();
    }
  }
  // Each run against its neighbours: what else the machine does changes slowly, and the median leaves out what comes suddenly.
  const { bare, followed, again } = times;
  return {
    bareMs: median([...bare, ...again]),
    ratio: median(followed.map((ms, i) => (2 * ms) / (bare[i] + again[i]))),
    noise: median(bare.map((ms, i) => Math.max(ms, again[i]) / Math.min(ms, again[i]))),
  };
}
