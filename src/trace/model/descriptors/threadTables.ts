/**
 * Threads that have a table of descriptors of their own since unshare(CLONE_FILES) or close_range(CLOSE_RANGE_UNSHARE). A thread that
 * one of them makes shares it. All other threads use their process's table, which is not in here.
 */

import type { ProcessId, ThreadId } from '../../api.js';
import type { ThreadLookup } from '../model.js';
import type { DescriptorTable } from './descriptorTable.js';

interface Use {
  process: ProcessId;
  table: DescriptorTable;
  fromNs: number;
  toNs: number;
}

export class ThreadTables {
  /** Whether any thread ever had one: mostly not. */
  any = false;
  private readonly uses = new Map<ThreadId, Use[]>();

  constructor(private readonly lookup: Pick<ThreadLookup, 'creatorOf' | 'leader'>) {}

  /** The thread's own table now; undefined when it uses its process's. */
  of(thread: ThreadId, process: ProcessId): DescriptorTable | undefined {
    if (!this.any) return undefined;
    return this.usesOf(thread, process).findLast(use => use.toNs === Infinity)?.table;
  }

  at(thread: ThreadId, process: ProcessId, atNs: number): DescriptorTable | undefined {
    if (!this.any) return undefined;
    return this.usesOf(thread, process).findLast(use => use.fromNs <= atNs && atNs < use.toNs)?.table;
  }

  /** All own tables that threads of a process had. */
  in(process: ProcessId): Set<DescriptorTable> {
    return new Set([...this.uses.values()].flat().flatMap(use => (use.process === process ? use.table : [])));
  }

  use(thread: ThreadId, process: ProcessId, table: DescriptorTable, fromNs: number): void {
    this.any = true;
    const uses = this.uses.get(thread) ?? [];
    this.uses.set(thread, uses);
    uses.push({ process, table, fromNs, toNs: Infinity });
  }

  /** The thread uses its own table no more; returns the table when nobody does. */
  leave(thread: ThreadId, atNs: number): DescriptorTable | undefined {
    const last = this.uses.get(thread)?.at(-1);
    if (!last || last.toNs !== Infinity) return undefined;
    last.toNs = atNs;
    return this.isUsed(last.table) ? undefined : last.table;
  }

  /** The same for all threads of a process. */
  leaveAll(process: ProcessId, atNs: number): DescriptorTable[] {
    return [...this.uses].flatMap(([thread, uses]) =>
      uses.at(-1)?.process === process ? (this.leave(thread, atNs) ?? []) : [],
    );
  }

  isUsed(table: DescriptorTable): boolean {
    return [...this.uses.values()].some(uses => uses.at(-1)?.table === table && uses.at(-1)?.toNs === Infinity);
  }

  private usesOf(thread: ThreadId, process: ProcessId): readonly Use[] {
    const known = this.uses.get(thread);
    if (known || thread === this.lookup.leader(process)) return known ?? [];
    const creator = this.lookup.creatorOf(thread);
    const shared = creator && this.at(creator.thread, process, creator.atNs);
    if (shared) this.use(thread, process, shared, creator.atNs);
    return this.uses.get(thread) ?? [];
  }
}
