/** Opens that wait, or waited until their process died of it: what open of a FIFO does until the other end is opened (fifo(7)). */

import type { CallRecord } from 'strace-parser';
import { CallOutcome } from 'strace-parser';
import type { ProcessId, Row, ThreadId } from '../../api.js';
import type { EventPlace, Model } from '../../model/model.js';

export interface OpenWait {
  row: Row;
  thread: ThreadId;
  process: ProcessId;
  path: string;
  access: 'read' | 'write';
  startNs: number;
  /** null while it waits, or when the log's end or a death cut it short. */
  endNs: number | null;
}

export class OpenWaits implements Model {
  /** By row: those that have not returned. */
  readonly waiting = new Map<Row, OpenWait>();

  concerns(syscall: string): boolean {
    return syscall === 'open' || syscall === 'openat';
  }

  enter(record: CallRecord, place: EventPlace): void {
    this.add(record, place);
  }

  call(record: CallRecord, place: EventPlace): void {
    const cut = record.outcome !== CallOutcome.Returned || record.errno.startsWith('ERESTART');
    if (!cut) this.waiting.delete(place.row);
    else if (!this.waiting.has(place.row)) this.add(record, place);
    const wait = this.waiting.get(place.row);
    if (wait && record.outcome === CallOutcome.Returned) wait.endNs = record.endNs;
  }

  private add(record: CallRecord, place: EventPlace): void {
    const at = record.name === 'openat' ? 1 : 0;
    const text = record.argumentText(at);
    const path = text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : undefined;
    const flags = record.argumentText(at + 1);
    if (path === undefined || flags.includes('O_RDWR')) return; // O_RDWR never waits
    const access = flags.includes('O_WRONLY') ? 'write' : 'read';
    const { row, thread, process } = place;
    this.waiting.set(row, { row, thread, process, path, access, startNs: record.startNs, endNs: null });
  }
}
