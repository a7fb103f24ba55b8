/**
 * One table of descriptors: what numbers mean for the processes that hold it (one, or several under CLONE_FILES).
 */

import type { ProcessId, Row } from '../../api.js';
import type { DescriptorDeath } from '../../modelApi.js';
import { NO_RECORD } from '../../store/recordChunks.js';
import type { ClosedDescriptors } from './closedDescriptors.js';
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
  /** What is over and is not a record of `closed`. */
  private kept: Descriptor[] = [];
  /** Newest record of this table's chain in `closed`. */
  private lastClosed = NO_RECORD;
  /** By number: whether it ever meant something here. */
  private seen: (boolean | undefined)[] = [];
  /** When the descriptor added last was opened. */
  lastOpenNs = 0;
  readonly holders: Holder[] = [];
  /** Table this one was copied from at fork, and the tables copied from this one. */
  origin: TableCopy | null = null;
  readonly copies: TableCopy[] = [];

  /** Number of the thread that got the table by unshare(CLONE_FILES) while others of its process kept theirs; null: the process's. */
  ownTid: number | null = null;
  /** Set when nobody holds it any more. */
  end: { atNs: number; row: Row } | null = null;

  constructor(
    process: ProcessId,
    atNs: number,
    private readonly closed: ClosedDescriptors,
  ) {
    this.holders.push({ process, fromNs: atNs, toNs: null });
  }

  get(fd: number): Descriptor | undefined {
    return this.open[fd];
  }

  /** Every descriptor this table ever had, in order of birth. Those that are records are new objects: only to be read. */
  get history(): Descriptor[] {
    return [...this.restored(Number.NEGATIVE_INFINITY), ...this.objects()].sort((a, b) => a.id - b.id);
  }

  /** The descriptor a number meant at a time; only to be read. */
  find(fd: number, atNs: number): Descriptor | undefined {
    const now = this.open[fd];
    if (now?.isOpenAt(atNs)) return now;
    const found = this.kept.findLast(d => d.fd === fd && d.isOpenAt(atNs));
    if (found) return found;
    const { closed } = this;
    for (let r = this.lastClosed; closed.latestNs(r) > atNs; r = closed.previous(r))
      if (closed.fd(r) === fd && closed.isOpenAt(r, atNs)) return closed.restore(r, this);
    return undefined;
  }

  /** The descriptor that a number meant last, and means no more; only to be read. */
  lastClosedAt(fd: number): Descriptor | undefined {
    if (this.neverSeen(fd) || this.open[fd]) return undefined;
    let last: Descriptor | undefined;
    for (const d of this.kept) if (d.fd === fd && !(last && last.id > d.id)) last = d;
    const { closed } = this;
    for (let r = this.lastClosed; r !== NO_RECORD; r = closed.previous(r))
      if (closed.fd(r) === fd) {
        const record = closed.restore(r, this);
        return last && last.id > record.id ? last : record;
      }
    return last;
  }

  /** Makes objects of all records, for good: somebody is going to change what they say. */
  restoreAll(): void {
    this.kept.push(...this.restored(Number.NEGATIVE_INFINITY));
    this.lastClosed = NO_RECORD;
  }

  /** What was open at a time and is going to be copied: objects, for good. */
  openForCopy(atNs: number): Descriptor[] {
    const { closed } = this;
    let newer = NO_RECORD;
    for (let r = this.lastClosed; closed.latestNs(r) > atNs; r = closed.previous(r))
      if (!closed.isOpenAt(r, atNs)) newer = r;
      else {
        this.kept.push(closed.restore(r, this));
        if (newer === NO_RECORD) this.lastClosed = closed.previous(r);
        else closed.setPrevious(newer, closed.previous(r));
      }
    return this.openAt(atNs);
  }

  add(descriptor: Descriptor): void {
    const before = this.open[descriptor.fd];
    if (before) this.kept.push(before);
    this.open[descriptor.fd] = descriptor;
    this.seen[descriptor.fd] = true;
    this.lastOpenNs = descriptor.openNs;
    if (!this.end) return;
    // It stays an object: who opened it is going to say more of it.
    this.ended(descriptor, this.end.atNs, this.end.row, 'exit');
    this.kept.push(descriptor);
  }

  /** True when nothing was ever known of a number here: it may have been open since before the trace began. */
  neverSeen(fd: number): boolean {
    return this.seen[fd] !== true;
  }

  get startNs(): number {
    return this.holders[0]!.fromNs;
  }

  close(fd: number, atNs: number, row: Row | null, death: DescriptorDeath): Descriptor | undefined {
    const descriptor = this.open[fd];
    if (!descriptor) return undefined;
    this.ended(descriptor, atNs, row, death);
    const record = this.closed.keep(descriptor, this.lastClosed);
    if (record === NO_RECORD) this.kept.push(descriptor);
    else this.lastClosed = record;
    return descriptor;
  }

  /** Takes back an open descriptor that was never this table's, without a look at what is over. */
  forgetOpen(d: Descriptor): void {
    if (this.open[d.fd] === d) this.open[d.fd] = undefined;
    d.description.descriptors.splice(d.description.descriptors.indexOf(d), 1);
  }

  /** Takes back descriptors that were never this table's. */
  forget(wrong: (d: Descriptor) => boolean): void {
    this.restoreAll();
    const taken = new Set(this.objects().filter(wrong));
    for (const d of taken) this.forgetOpen(d);
    this.kept = this.kept.filter(d => !taken.has(d));
    this.seen = [];
    for (const d of this.objects()) this.seen[d.fd] = true;
  }

  openNow(): Descriptor[] {
    // Not filter: a number can be anything when a log begins in the middle of a line, and filter walks over all below it.
    return Object.values(this.open).filter(d => d !== undefined);
  }

  /** What is open at a time, by number; only to be read. */
  openAt(atNs: number): Descriptor[] {
    const all = this.objects().filter(d => d.isOpenAt(atNs));
    for (const d of this.restored(atNs)) if (d.isOpenAt(atNs)) all.push(d);
    return all.sort((a, b) => a.fd - b.fd);
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

  /** What is not a record. */
  private objects(): Descriptor[] {
    return [...this.kept, ...this.openNow()];
  }

  private ended(descriptor: Descriptor, atNs: number, row: Row | null, death: DescriptorDeath): void {
    descriptor.closeNs = Math.max(atNs, descriptor.openNs);
    descriptor.death = death;
    descriptor.deathRow = row;
    this.open[descriptor.fd] = undefined;
  }

  /** New objects of the records that may have been open after a time. */
  private restored(afterNs: number): Descriptor[] {
    const { closed } = this;
    const all: Descriptor[] = [];
    for (let r = this.lastClosed; closed.latestNs(r) > afterNs; r = closed.previous(r))
      if (afterNs === Number.NEGATIVE_INFINITY || closed.isOpenAt(r, afterNs)) all.push(closed.restore(r, this));
    return all;
  }
}
