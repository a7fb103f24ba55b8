/**
 * close of a number that was closed before (close(2), EBADF). Programs that close whatever may be open (daemons do, up to the limit)
 * meet such numbers, too; what gives them away are numbers that were never open.
 */

import type { CallRecord } from 'strace-parser';
import type { Row, ThreadId } from '../../api.js';
import type { DescriptorModel } from '../../model/descriptors/descriptorModel.js';
import type { EventPlace, Model } from '../../model/model.js';

export interface DoubleClose extends EventPlace {
  atNs: number;
  fd: number;
  name: string;
  openedRow: Row | null;
  closedRow: Row;
}

/** Rows of one thread between which numbers that were never open were closed one after the other. */
interface Sweep {
  from: Row;
  to: Row;
}

const mostFound = 1000;

export class DoubleCloses implements Model {
  readonly all: DoubleClose[] = [];
  private readonly sweeps = new Map<ThreadId, Sweep[]>();

  constructor(private readonly descriptors: DescriptorModel) {}

  concernsError(errno: string, syscall: string): boolean {
    return errno === 'EBADF' && syscall === 'close';
  }

  failed(record: CallRecord, place: EventPlace): void {
    const fd = record.argumentNumber(0);
    if (!(fd >= 0)) return;
    const table = this.descriptors.tableOf(place, record.startNs);
    if (table.neverSeen(fd)) {
      this.sweep(place);
      return;
    }
    const before = this.all.length < mostFound ? table.lastClosedAt(fd) : undefined;
    // Closed by exec, or replaced: not by a call that somebody could be reminded of.
    if (before?.death !== 'close' || before.deathRow === null) return;
    this.all.push({
      ...place,
      atNs: record.startNs,
      fd,
      name: before.description.name,
      openedRow: before.birthRow,
      closedRow: before.deathRow,
    });
  }

  /** A number that was never open was closed at this row. */
  isStray(thread: ThreadId, row: Row): boolean {
    return this.sweeps.get(thread)?.some(({ from, to }) => from <= row && row <= to) ?? false;
  }

  private sweep({ thread, row, before }: EventPlace): void {
    const sweeps = this.sweeps.get(thread) ?? [];
    this.sweeps.set(thread, sweeps);
    const last = sweeps.at(-1);
    if (last && last.to === before) last.to = row;
    else if (sweeps.length < mostFound) sweeps.push({ from: row, to: row });
  }
}
