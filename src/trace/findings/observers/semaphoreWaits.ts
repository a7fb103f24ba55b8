/** Waits for a System V semaphore that nobody ended by a post (semop(2)): still waiting, or cut short by a signal. */

import type { CallRecord } from 'strace-parser';
import type { Row } from '../../api.js';
import { operationsOf } from '../../model/ipc/semaphores.js';
import type { EventPlace, Model } from '../../model/model.js';

export interface SemaphoreWait extends EventPlace {
  /** `set[number]` */
  name: string;
  sinceNs: number;
  /** Last call that took it before, as far as seen. */
  takenBy: Row | null;
}

export class SemaphoreWaits implements Model {
  /** By row. */
  readonly unended = new Map<Row, SemaphoreWait>();
  private readonly lastTaken = new Map<string, Row>();
  private readonly lastPostNs = new Map<string, number>();

  concerns(syscall: string): boolean {
    return /^(semop|semtimedop|semtimedop_time64)$/.test(syscall);
  }

  enter(record: CallRecord, place: EventPlace): void {
    if (record.argumentCount() > 3 && record.argumentText(3) !== 'NULL') return; // it ends by itself
    const wanted = operationsOf(record).find(operation => operation.by < 0);
    if (!wanted) return;
    const takenBy = this.lastTaken.get(wanted.name) ?? null;
    this.unended.set(place.row, { ...place, name: wanted.name, sinceNs: record.startNs, takenBy });
  }

  call(record: CallRecord, place: EventPlace): void {
    if (record.returnValue !== 0) {
      // A signal ends it with EINTR; whether anything came after that, the rule asks.
      if (record.errno !== '' && record.errno !== 'EINTR') this.unended.delete(place.row);
      else if (!this.unended.has(place.row)) this.enter(record, place);
      return;
    }
    this.unended.delete(place.row);
    for (const { name, by } of operationsOf(record)) {
      if (by > 0) this.lastPostNs.set(name, record.startNs);
      else if (by < 0) this.lastTaken.set(name, place.row);
    }
  }

  /** Whether somebody posted after a time. */
  postedSince(name: string, atNs: number): boolean {
    return (this.lastPostNs.get(name) ?? -1) >= atNs;
  }
}
