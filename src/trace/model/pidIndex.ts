/** Which processes have had a pid: the kernel hands numbers out again. */

import type { ProcessId } from '../api.js';

export class PidIndex {
  private readonly latest = new Map<number, ProcessId>();
  /** Who had the pid before. */
  private readonly earlier = new Map<ProcessId, ProcessId>();

  add(pid: number, process: ProcessId): void {
    const before = this.latest.get(pid);
    if (before === process) return;
    if (before !== undefined) this.earlier.set(process, before);
    this.latest.set(pid, process);
  }

  /** The newest first. */
  *holders(pid: number): Generator<ProcessId> {
    for (let id = this.latest.get(pid); id !== undefined; id = this.earlier.get(id)) yield id;
  }
}
