/**
 * What /proc says about living processes: who traces whom, and whether a pid is still the process that we mean. A pid alone names
 * nothing for long: an identity is a pid and its start time, and only identities are kept or signalled later.
 */

import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessIdentity {
  pid: number;
  /** Clock ticks since boot (field 22 of /proc/PID/stat). */
  startTicks: number;
}

/** The process that has this pid now; undefined when none has, or when it is a zombie (dead, only not reaped). */
export function identify(pid: number): ProcessIdentity | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  // The name may hold spaces and parentheses; the fields begin after the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return { pid, startTicks: Number(fields[19]) };
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startTicks === identity.startTicks;
}

/** Pids of the thread groups with a thread that `tracerPid` traces. */
export function traceesOf(tracerPid: number): number[] {
  const tracees: number[] = [];
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (Number.isInteger(pid) && tracerOf(pid) === tracerPid) tracees.push(pid);
  }
  return tracees;
}

function tracerOf(pid: number): number {
  try {
    return Number(/^TracerPid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0);
  } catch {
    return 0; // gone meanwhile
  }
}
