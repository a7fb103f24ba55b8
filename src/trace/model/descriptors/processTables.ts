/** Which table each process uses, and used before: unshare and exec give it another one. */

import type { ProcessId } from '../../api.js';
import type { DescriptorTable } from './descriptorTable.js';

interface Use {
  table: DescriptorTable;
  fromNs: number;
}

export class ProcessTables {
  private readonly uses: (Use[] | undefined)[] = [];
  /** The last table of each, which every call on a descriptor asks for. */
  private readonly last: (DescriptorTable | undefined)[] = [];

  /** All processes that ever had one. */
  get processes(): Iterable<ProcessId> {
    return this.uses.keys();
  }

  now(process: ProcessId): DescriptorTable | undefined {
    return this.last[process];
  }

  at(process: ProcessId, atNs: number): DescriptorTable | undefined {
    return this.uses[process]?.findLast(use => use.fromNs <= atNs)?.table;
  }

  of(process: ProcessId): DescriptorTable[] {
    return (this.uses[process] ?? []).map(({ table }) => table);
  }

  /** A process uses a table from a time on; what it used before stands. */
  use(process: ProcessId, table: DescriptorTable, fromNs: number): void {
    (this.uses[process] ??= []).push({ table, fromNs });
    this.last[process] = table;
  }

  /** The same, and what was thought to be its table before never was. */
  useOnly(process: ProcessId, table: DescriptorTable, fromNs: number): void {
    this.uses[process] = [];
    this.use(process, table, fromNs);
  }
}
