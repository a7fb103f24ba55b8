/**
 * One table of descriptors: what numbers mean for the processes that hold it (one, or several under CLONE_FILES).
 */

import type { ProcessId, Row } from '../../api.js';
import type { DescriptorDeath } from '../../modelApi.js';
import type { Descriptor } from './description.js';

export interface TableCopy {
  table: DescriptorTable;
  atNs: number;
  row: Row;
}

interface Holder {
  process: ProcessId;
  fromNs: number;
  toNs: number | null;
}

export class DescriptorTable {
  /** By number: what is open now. */
  private readonly open: (Descriptor | undefined)[] = [];
  /** Every descriptor this table ever had, in order of birth. */
  readonly history: Descriptor[] = [];
  readonly holders: Holder[] = [];
  /** Table this one was copied from at fork, and the tables copied from this one. */
  origin: TableCopy | null = null;
  readonly copies: TableCopy[] = [];

  /** Set when nobody holds it any more. */
  end: { atNs: number; row: Row } | null = null;

  constructor(process: ProcessId, atNs: number) {
    this.holders.push({ process, fromNs: atNs, toNs: null });
  }

  get(fd: number): Descriptor | undefined {
    return this.open[fd];
  }

  add(descriptor: Descriptor): void {
    this.open[descriptor.fd] = descriptor;
    this.history.push(descriptor);
    if (this.end) this.close(descriptor.fd, this.end.atNs, this.end.row, 'exit');
  }

  /** True when nothing was ever known of a number here: it may have been open since before the trace began. */
  neverSeen(fd: number): boolean {
    return !this.history.some(d => d.fd === fd);
  }

  get startNs(): number {
    return this.holders[0]!.fromNs;
  }

  close(fd: number, atNs: number, row: Row | null, death: DescriptorDeath): Descriptor | undefined {
    const descriptor = this.open[fd];
    if (!descriptor) return undefined;
    descriptor.closeNs = Math.max(atNs, descriptor.openNs);
    descriptor.death = death;
    descriptor.deathRow = row;
    this.open[fd] = undefined;
    return descriptor;
  }

  /** Takes back descriptors that were never this table's. */
  forget(wrong: (d: Descriptor) => boolean): void {
    for (const d of this.history.filter(wrong)) {
      this.history.splice(this.history.indexOf(d), 1);
      if (this.open[d.fd] === d) this.open[d.fd] = undefined;
      d.description.descriptors.splice(d.description.descriptors.indexOf(d), 1);
    }
  }

  openNow(): Descriptor[] {
    return this.open.filter(d => d !== undefined);
  }

  openAt(atNs: number): Descriptor[] {
    return this.history.filter(d => d.isOpenAt(atNs)).sort((a, b) => a.fd - b.fd);
  }

  /** Process that stands for the table in answers: its first holder. */
  get owner(): ProcessId {
    return this.holders[0]!.process;
  }

  hold(process: ProcessId, atNs: number): void {
    this.holders.push({ process, fromNs: atNs, toNs: null });
  }

  /** Returns true when nobody holds the table any more. */
  release(process: ProcessId, atNs: number): boolean {
    for (const holder of this.holders) if (holder.process === process && holder.toNs === null) holder.toNs = atNs;
    return this.holders.every(h => h.toNs !== null);
  }
}
