/**
 * Where recorded sessions live: one folder each, below the extension's storage and never in the source tree. The newest are kept; a
 * folder that a strace still writes to, or whose trace the user gave a name, is never touched.
 */

import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningRecords } from '../trace/capture/leftovers.js';
import { hasName } from './traceLibrary.js';

const keptSessions = 20;

export class SessionStorage {
  #last = '';

  constructor(
    /** Holds a folder a session; made when it is first needed. */
    readonly sessionsFolder: string,
    private readonly running: RunningRecords,
  ) {}

  /** Makes an empty folder for a new session. Folder names sort by time. */
  async create(): Promise<{ id: string; folder: string }> {
    let id = new Date().toISOString().replaceAll(':', '-');
    if (id <= this.#last) id = `${this.#last}+`; // two in one millisecond
    this.#last = id;
    const folder = join(this.sessionsFolder, id);
    await mkdir(folder, { recursive: true });
    return { id, folder };
  }

  /** Removes all but the newest sessions. `inUse` are folders that views still read. */
  async prune(inUse: ReadonlySet<string>): Promise<void> {
    const names = (await readdir(this.sessionsFolder).catch(() => [])).sort();
    const busy = await this.running.busyFolders();
    for (const name of names.slice(0, -keptSessions)) {
      const folder = join(this.sessionsFolder, name);
      if (!inUse.has(folder) && !busy.has(folder) && !(await hasName(folder)))
        await rm(folder, { recursive: true, force: true });
    }
  }
}
