/**
 * No process of ours outlives us: every running strace has a small record on disk (who it is, which host started it). A host that dies
 * without goodbye leaves its record; the next activation finds it, ends what still runs and removes it. Start times guard against
 * reused pids, and a record whose host still lives (another window) is left alone.
 */

import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { identify, isAlive, type ProcessIdentity } from './procfs.js';
import { stopTracees, type StopReport } from './stop.js';

const recordName = 'running.json';

interface RunningRecord {
  tracer: ProcessIdentity;
  host: ProcessIdentity;
}

/** Says that `tracerPid` runs for this process and writes to `folder`. Returns its identity; undefined when it has ended already. */
export async function recordRunning(folder: string, tracerPid: number): Promise<ProcessIdentity | undefined> {
  const tracer = identify(tracerPid);
  const host = identify(process.pid);
  if (!tracer || !host) return undefined;
  const record: RunningRecord = { tracer, host };
  // A half-written record would be no record: it appears whole or not at all.
  const path = join(folder, recordName);
  await writeFile(`${path}.new`, JSON.stringify(record));
  await rename(`${path}.new`, path);
  return tracer;
}

export async function forgetRunning(folder: string): Promise<void> {
  await rm(join(folder, recordName), { force: true });
}

/** True when a strace still writes to this folder, ours or another window's. */
export async function isRunning(folder: string): Promise<boolean> {
  const record = await readRecord(folder);
  return record !== undefined && isAlive(record.tracer);
}

/** Ends what dead hosts left running below `sessionsFolder`. Returns what was done, for the log. */
export async function endLeftovers(
  sessionsFolder: string,
  graceMs: number,
): Promise<{ folder: string; report: StopReport }[]> {
  const names = await readdir(sessionsFolder).catch(() => []);
  const ended = await Promise.all(
    names.map(async name => {
      const folder = join(sessionsFolder, name);
      const record = await readRecord(folder);
      if (!record || isAlive(record.host)) return undefined;
      const report = isAlive(record.tracer) ? await stopTracees(record.tracer, graceMs) : undefined;
      if (report?.ended !== false) await forgetRunning(folder);
      return report && { folder, report };
    }),
  );
  return ended.filter(entry => entry !== undefined);
}

async function readRecord(folder: string): Promise<RunningRecord | undefined> {
  try {
    const record: unknown = JSON.parse(await readFile(join(folder, recordName), 'utf8'));
    return isRecord(record) ? record : undefined;
  } catch {
    return undefined; // none, or cut short by the crash that makes us look
  }
}

function isRecord(value: unknown): value is RunningRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    'tracer' in value &&
    isIdentity(value.tracer) &&
    'host' in value &&
    isIdentity(value.host)
  );
}

function isIdentity(value: unknown): value is ProcessIdentity {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    Number.isInteger(value.pid) &&
    'startTicks' in value &&
    Number.isFinite(value.startTicks)
  );
}
