/**
 * Signals that a thread took instead of being interrupted by them: sigwaitinfo(2) and its like, and reads of a signalfd(2). No signal
 * line tells of these.
 */

import type { CallRecord } from 'strace-parser';
import type { Row, ThreadId } from '../../api.js';
import type { EventPlace } from '../model.js';
import type { Delivery } from './delivery.js';
import { signalNamed } from './signalNames.js';

type Taker = Pick<EventPlace, 'process' | 'thread' | 'row'>;

/** Those whose sender's line may still come. */
const mostUnsent = 64;

export class TakenSignals {
  private readonly byRow = new Map<Row, Delivery>();
  private unsent: Delivery[] = [];

  /** `match` finds the send that a signal came from. */
  constructor(
    private readonly tidOf: (thread: ThreadId) => number,
    private readonly match: (taken: Delivery) => void,
  ) {}

  at(row: Row): Delivery | undefined {
    return this.byRow.get(row);
  }

  /** A send came to be known after what it led to. */
  sentAt(atNs: number): void {
    for (const taken of this.unsent) if (taken.atNs >= atNs) this.match(taken);
    this.unsent = this.unsent.filter(taken => taken.send === null);
  }

  /** rt_sigtimedwait returned a signal. */
  waitedFor(record: CallRecord, place: EventPlace): void {
    const info = record.argumentText(1);
    const signal = /\b(?:si_signo=)(SIG\w+)/.exec(info)?.[1] ?? /\((SIG\w+)\)/.exec(record.returnText())?.[1];
    const sender = Number(/\bsi_pid=(\d+)/.exec(info)?.[1] ?? NaN);
    if (signal !== undefined) this.took(signal, sender, place, record.endNs);
  }

  /** A signalfd was read: `bytes` begin with its first signalfd_siginfo, of which strace may have printed only a part. */
  readFrom(bytes: Uint8Array, place: Taker, atNs: number): void {
    if (bytes.length < 16) return;
    const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.took(signalNamed(words.getUint32(0, true)), words.getUint32(12, true), place, atNs);
  }

  private took(signal: string, senderPid: number, { process, thread, row }: Taker, atNs: number): void {
    const tid = this.tidOf(thread);
    const taken: Delivery = { row, thread, process, tid, signal, senderPid, atNs, send: null };
    this.byRow.set(row, taken);
    this.match(taken);
    if (taken.send === null) this.unsent.push(taken);
    if (this.unsent.length > mostUnsent) this.unsent.shift();
  }
}
