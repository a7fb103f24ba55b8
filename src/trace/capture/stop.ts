/**
 * Ends what is being traced. Invariant: the tracees are signalled, never strace first. strace ignores SIGTERM while it runs a program;
 * a killed one lets the program run on untraced, and before 6.6 makes every filtered call of it fail. When its last tracee is gone
 * strace ends by itself and the log is whole.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, traceesOf, type ProcessIdentity } from './procfs.js';

/** The part of the system that stopping needs; a test brings its own. */
export interface ProcessTable {
  traceesOf(tracerPid: number): number[];
  isAlive(identity: ProcessIdentity): boolean;
  signal(pid: number, signal: NodeJS.Signals): void;
  sleep(ms: number): Promise<unknown>;
  nowMs(): number;
}

export interface StopReport {
  /** Tracees asked to end (SIGTERM), and tracees that had to be killed. */
  asked: number;
  killed: number;
  /** False when something could not even be killed (blocked in the kernel). */
  ended: boolean;
}

const pollMs = 20;
const rescanMs = 250;
/** strace needs a moment to see its last tracee go; after that it is waiting for a child that it only inherited. */
const tracerGraceMs = 2000;
const killTimeoutMs = 10_000;

/** Asks every tracee to end, kills the rest after `graceMs`, and resolves when strace has ended. Never rejects for a process that is gone. */
export async function stopTracees(
  tracer: ProcessIdentity,
  graceMs: number,
  table: ProcessTable = systemProcessTable,
): Promise<StopReport> {
  const asked = graceMs > 0 ? await ask(tracer, graceMs, table) : 0;
  if (!table.isAlive(tracer)) return { asked, killed: 0, ended: true };
  return { asked, ...(await kill(tracer, table)) };
}

async function ask(tracer: ProcessIdentity, graceMs: number, table: ProcessTable): Promise<number> {
  const asked = new Set<number>();
  const deadlineMs = table.nowMs() + graceMs;
  let rescanAtMs = 0;
  while (table.isAlive(tracer) && table.nowMs() < deadlineMs) {
    if (table.nowMs() >= rescanAtMs) {
      // Children made meanwhile are asked, too; nobody is asked twice: a program may count its SIGTERMs.
      for (const pid of table.traceesOf(tracer.pid)) {
        if (asked.has(pid)) continue;
        asked.add(pid);
        table.signal(pid, 'SIGTERM');
        table.signal(pid, 'SIGCONT'); // a stopped process would not see it
      }
      rescanAtMs = table.nowMs() + rescanMs;
    }
    await table.sleep(pollMs);
  }
  return asked.size;
}

async function kill(tracer: ProcessIdentity, table: ProcessTable): Promise<Omit<StopReport, 'asked'>> {
  const killed = new Set<number>();
  const deadlineMs = table.nowMs() + killTimeoutMs;
  let tracerDeadlineMs = table.nowMs() + tracerGraceMs;
  while (table.isAlive(tracer)) {
    const tracees = table.traceesOf(tracer.pid);
    for (const pid of tracees) {
      killed.add(pid);
      table.signal(pid, 'SIGKILL');
    }
    const nowMs = table.nowMs();
    if (tracees.length > 0) tracerDeadlineMs = nowMs + tracerGraceMs;
    else if (nowMs >= tracerDeadlineMs) table.signal(tracer.pid, 'SIGKILL');
    if (nowMs >= deadlineMs) return { killed: killed.size, ended: false };
    await table.sleep(pollMs);
  }
  return { killed: killed.size, ended: true };
}

/** Kills at once, without waiting: for the moment when the window closes and nobody will be there to wait. */
export function killTraceesNow(tracer: ProcessIdentity, table: ProcessTable = systemProcessTable): void {
  if (!table.isAlive(tracer)) return;
  for (const pid of table.traceesOf(tracer.pid)) table.signal(pid, 'SIGKILL');
}

export const systemProcessTable: ProcessTable = {
  traceesOf,
  isAlive,
  sleep,
  nowMs: () => performance.now(),
  signal(pid, signal) {
    try {
      process.kill(pid, signal);
    } catch {
      // Gone meanwhile (ESRCH); or of another user (EPERM), whom we cannot end.
    }
  },
};
