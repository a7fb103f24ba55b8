/**
 * The recorded traces that are on disk, this window's and those of windows before: a folder each (`sessionStorage.ts`), with the log and,
 * once somebody gave the trace a name, a file with that name. Nothing is kept in memory: what is listed is there.
 */

import { copyFile, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

const nameFile = 'name.txt';

export interface StoredTrace {
  /** Name of its folder, which tells when it was recorded. */
  id: string;
  folder: string;
  logPath: string;
  /** The traced program. */
  program: string;
  /** Given by the user. A trace with a name is never removed by itself. */
  name: string | undefined;
  recordedAt: Date;
  bytes: number;
}

export class TraceLibrary {
  constructor(private readonly sessionsFolder: string) {}

  /** The newest first. A folder without a log (a run that did not compile) is no trace. */
  async list(): Promise<StoredTrace[]> {
    const ids = await readdir(this.sessionsFolder).catch(() => []);
    const found = await Promise.all(
      ids.map(id => readStored(join(this.sessionsFolder, id)).catch(() => undefined)), // removed meanwhile
    );
    return found.filter(trace => trace !== undefined).sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  /** An empty name takes the name away. */
  async rename(trace: StoredTrace, name: string): Promise<void> {
    const path = join(trace.folder, nameFile);
    if (name.trim() === '') await rm(path, { force: true });
    else await writeFile(path, `${name.trim()}\n`);
  }

  async delete(trace: StoredTrace): Promise<void> {
    await rm(trace.folder, { recursive: true, force: true });
  }

  /** Copies the log. @throws the file system's error */
  async export(trace: StoredTrace, path: string): Promise<void> {
    await copyFile(trace.logPath, path);
  }
}

/** @returns whether the user gave the trace in this folder a name */
export async function hasName(folder: string): Promise<boolean> {
  return (await readName(folder)) !== undefined;
}

async function readName(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, nameFile), 'utf8').catch(() => '');
  return text.trim() || undefined;
}

async function readStored(folder: string): Promise<StoredTrace | undefined> {
  const log = (await readdir(folder)).find(file => file.endsWith('.strace'));
  if (log === undefined) return undefined;
  const logPath = join(folder, log);
  const { size } = await stat(logPath);
  const id = basename(folder);
  return {
    id,
    folder,
    logPath,
    program: log.slice(0, -'.strace'.length),
    name: await readName(folder),
    recordedAt: dateOf(id),
    bytes: size,
  };
}

/** `2026-11-21T07-16-00.123Z`, perhaps with a `+` behind it. */
function dateOf(id: string): Date {
  return new Date(id.replace(/\++$/, '').replace(/T(\d\d)-(\d\d)-/, 'T$1:$2:'));
}
