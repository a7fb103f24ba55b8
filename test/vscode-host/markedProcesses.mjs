/**
 * Finds processes by a mark in the environment that they were started with. A terminal's programs have sessions of their own and
 * daemons leave their parents, so neither process groups nor parents tell who belongs to a run; the environment does.
 */

import { readdirSync, readFileSync } from 'node:fs';

/**
 * @param {string} mark `NAME=value`, unlike any other in the system
 * @returns {{ pid: number, commandLine: string }[]}
 */
export function markedProcesses(mark) {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap(name => {
      try {
        if (!readFileSync(`/proc/${name}/environ`, 'latin1').split('\0').includes(mark)) return [];
        const commandLine = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        return [{ pid: Number(name), commandLine }];
      } catch {
        // It ended meanwhile, or belongs to somebody else.
        return [];
      }
    });
}

/** Kills them until none is left. @returns {string[]} their command lines */
export function killMarked(mark) {
  const killed = new Map();
  // A process that forks while it is being looked for shows up in the next round.
  for (let round = 0; round < 50; round++) {
    const found = markedProcesses(mark);
    if (found.length === 0) break;
    for (const { pid, commandLine } of found) {
      killed.set(pid, commandLine);
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended by itself.
      }
    }
    // Synchronous, because this also runs when the process is about to exit.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  }
  return [...killed.values()];
}
