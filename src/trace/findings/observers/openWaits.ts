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

/** The open that a thread is in: it is in one at a time, so that the next one takes the record over. */
class Opening {
  isOver = false;
  row: Row = 0;
  process: ProcessId = 0;
  /** As printed. */
  path = '';
  flags = '';
  // NaN first: it is going to hold what is no small whole number.
  startNs = NaN;

  constructor(readonly thread: ThreadId) {}

  /** undefined for what never waits, or has no path. */
  wait(endNs: number | null): OpenWait | undefined {
    const { row, thread, process, path, flags, startNs } = this;
    const isPath = path.length > 1 && path.startsWith('"') && path.endsWith('"');
    if (!isPath || flags.includes('O_RDWR')) return undefined;
    const access = flags.includes('O_WRONLY') ? 'write' : 'read';
    return { row, thread, process, path: path.slice(1, -1), access, startNs, endNs };
  }
}

export class OpenWaits implements Model {
  /** By thread. */
  private readonly openings: (Opening | undefined)[] = [];
  /** Those that will not return, or were interrupted. */
  private readonly cut: OpenWait[] = [];

  concerns(syscall: string): boolean {
    return syscall === 'open' || syscall === 'openat';
  }

  enter(record: CallRecord, place: EventPlace): void {
    const at = record.name === 'openat' ? 1 : 0;
    const opening = (this.openings[place.thread] ??= new Opening(place.thread));
    opening.isOver = false;
    opening.row = place.row;
    opening.process = place.process;
    opening.path = record.argumentText(at);
    opening.flags = record.argumentText(at + 1);
    opening.startNs = record.startNs;
  }

  call(record: CallRecord, place: EventPlace): void {
    const isInterrupted = record.errnoId !== 0 && record.errno.startsWith('ERESTART');
    if (isInterrupted || record.outcome !== CallOutcome.Returned) this.cutShort(record, place);
    const opening = this.openings[place.thread];
    if (opening !== undefined) opening.isOver = true;
  }

  /** Those that have not returned, or not with a result. */
  all(): OpenWait[] {
    const waiting = this.openings.flatMap(opening => (opening?.isOver === false ? (opening.wait(null) ?? []) : []));
    return [...this.cut, ...waiting].sort((a, b) => a.row - b.row);
  }

  private cutShort(record: CallRecord, place: EventPlace): void {
    this.enter(record, place);
    const wait = this.openings[place.thread]?.wait(record.outcome === CallOutcome.Returned ? record.endNs : null);
    if (wait) this.cut.push(wait);
  }
}
