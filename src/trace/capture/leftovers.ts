/**
 * No process of ours outlives us: every running strace has a small record on disk (who it is, which host started it, where it writes). A
 * host that dies without goodbye leaves its records; the next activation finds them, ends what still runs and removes them. Start times
 * guard against reused pids, and a record whose host still lives (another window) is left alone.
 */

import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { identify, isAlive, type ProcessIdentity } from './procfs.js';
import { stopTracees, type StopReport } from './stop.js';

interface RunningRecord {
  tracer: ProcessIdentity;
  host: ProcessIdentity;
  /** Folder that the tracer writes to. */
  folder: string;
}

export class RunningRecords {
  constructor(
    /** Holds a file a running strace; shared by all windows of this user. */
    private readonly recordsFolder: string,
  ) {}

  /** Says that `tracerPid` runs for this process. Returns its identity; undefined when it has ended already. */
  async add(id: string, tracerPid: number, folder: string): Promise<ProcessIdentity | undefined> {
    const tracer = identify(tracerPid);
    const host = identify(process.pid);
    if (!tracer || !host) return undefined;
    const record: RunningRecord = { tracer, host, folder };
    await mkdir(this.recordsFolder, { recursive: true });
    // A half-written record would be no record: it appears whole or not at all.
    await writeFile(`${this.#path(id)}.new`, JSON.stringify(record));
    await rename(`${this.#path(id)}.new`, this.#path(id));
    return tracer;
  }

  async remove(id: string): Promise<void> {
    await rm(this.#path(id), { force: true });
  }

  /** Folders that a strace writes to, of this window or another. */
  async busyFolders(): Promise<Set<string>> {
    const records = await this.#all();
    return new Set(records.filter(({ record }) => isAlive(record.tracer)).map(({ record }) => record.folder));
  }

  /** Ends what dead hosts left running. Returns what was done, for the log. */
  async endLeftovers(graceMs: number): Promise<StopReport[]> {
    const orphaned = (await this.#all()).filter(({ record }) => !isAlive(record.host));
    const reports = await Promise.all(
      orphaned.map(async ({ id, record }) => {
        const report = isAlive(record.tracer) ? await stopTracees(record.tracer, graceMs) : undefined;
        if (report?.ended !== false) await this.remove(id);
        return report;
      }),
    );
    return reports.filter(report => report !== undefined);
  }

  #path(id: string): string {
    return join(this.recordsFolder, `${id}.json`);
  }

  async #all(): Promise<{ id: string; record: RunningRecord }[]> {
    const names = await readdir(this.recordsFolder).catch(() => []);
    const ids = names.filter(name => name.endsWith('.json')).map(name => name.slice(0, -'.json'.length));
    const records = await Promise.all(ids.map(async id => ({ id, record: await readRecord(this.#path(id)) })));
    return records.flatMap(({ id, record }) => (record ? [{ id, record }] : []));
  }
}

async function readRecord(path: string): Promise<RunningRecord | undefined> {
  try {
    const record: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isRecord(record) ? record : undefined;
  } catch {
    return undefined; // removed meanwhile
  }
}

function isRecord(value: unknown): value is RunningRecord {
  if (typeof value !== 'object' || value === null) return false;
  if (!('tracer' in value && 'host' in value && 'folder' in value)) return false;
  return isIdentity(value.tracer) && isIdentity(value.host) && typeof value.folder === 'string';
}

function isIdentity(value: unknown): value is ProcessIdentity {
  if (typeof value !== 'object' || value === null) return false;
  return 'pid' in value && Number.isInteger(value.pid) && 'startTicks' in value && Number.isFinite(value.startTicks);
}
