/**
 * Kill-like calls and which delivery each of them led to (kill(2), sigqueue(3), signal(7)).
 *
 * Of several sends the first one is delivered: real-time signals queue, and of a standard signal that is pending already further
 * ones are lost in it.
 */

import type { CallRecord } from 'strace-parser';
import type { Row } from '../../api.js';

/** A kill-like call that worked. */
export interface Send {
  row: Row;
  senderPid: number;
  signal: string;
  /** Argument pid: > 0 a process or thread, 0 and below a group. */
  target: number;
  atNs: number;
  endNs: number;
  delivered: Row[];
  /** When it was delivered, or lost in one that was; Infinity while it is pending. */
  goneNs: number;
}

export interface Received {
  row: Row;
  signal: string;
  senderPid: number;
  atNs: number;
}

const argumentsOf: Readonly<Record<string, { target: number; signal: number }>> = {
  kill: { target: 0, signal: 1 },
  tkill: { target: 0, signal: 1 },
  tgkill: { target: 0, signal: 2 },
  rt_sigqueueinfo: { target: 0, signal: 1 },
  rt_tgsigqueueinfo: { target: 0, signal: 2 },
  pidfd_send_signal: { target: 0, signal: 1 },
};

export function sendsSignal(syscall: string): boolean {
  return Object.hasOwn(argumentsOf, syscall);
}

export class Sends {
  private readonly all: Send[] = [];
  private readonly byRow = new Map<Row, Send>();
  /** Sends to one process that are not delivered yet, by signal, sender and target. */
  private readonly queues = new Map<string, Send[]>();
  private readonly toGroups: Send[] = [];

  /** undefined for a call that failed or only asked whether the process exists. */
  add(record: CallRecord, row: Row, senderPid: number): Send | undefined {
    const where = argumentsOf[record.name]!;
    const signal = record.argumentText(where.signal);
    if (record.returnValue !== 0 || signal === '0') return undefined;
    // A pidfd's target is in its annotation; without one the receiver's si_pid still names the sender.
    const annotated = /<pid:(\d+)/.exec(record.argumentText(where.target))?.[1];
    const target = annotated === undefined ? record.argumentNumber(where.target) : Number(annotated);
    const endNs = Number.isNaN(record.endNs) ? record.startNs : record.endNs;
    const send: Send = {
      ...{ row, senderPid, signal, target, atNs: record.startNs, endNs },
      ...{ delivered: [], goneNs: Number.POSITIVE_INFINITY },
    };
    this.all.push(send);
    this.byRow.set(row, send);
    if (target > 0) {
      const key = queueKey(signal, senderPid, target);
      const queue = this.queues.get(key);
      if (queue) queue.push(send);
      else this.queues.set(key, [send]);
    } else this.toGroups.push(send);
    return send;
  }

  /** The send that a delivery to a process came from. */
  match(delivery: Received, receiverPid: number): Send | null {
    const queue = this.queues.get(queueKey(delivery.signal, delivery.senderPid, receiverPid)) ?? [];
    const first = queue.findIndex(s => s.atNs <= delivery.atNs);
    if (first < 0) {
      const send = this.toGroups.findLast(s => mayReach(s, delivery)) ?? null;
      send?.delivered.push(delivery.row);
      return send;
    }
    const send = queue[first]!;
    send.delivered.push(delivery.row);
    const merged = isRealTime(delivery.signal) ? 0 : queue.findLastIndex(s => s.endNs <= delivery.atNs) + 1;
    for (const gone of queue.splice(0, Math.max(merged, first + 1))) gone.goneNs = delivery.atNs;
    return send;
  }

  /** Sent to a process and not delivered at a time. */
  pendingFor(pid: number, atNs: number): Send[] {
    return this.all.filter(s => s.target === pid && s.atNs <= atNs && s.goneNs > atNs);
  }

  deliveredFrom(row: Row): readonly Row[] {
    return this.byRow.get(row)?.delivered ?? [];
  }
}

function queueKey(signal: string, senderPid: number, targetPid: number): string {
  return `${signal} ${senderPid} ${targetPid}`;
}

function mayReach(send: Send, delivery: Received): boolean {
  return send.signal === delivery.signal && send.senderPid === delivery.senderPid && send.atNs <= delivery.atNs;
}

/** strace calls 32 SIGRTMIN and 32+n SIGRT_n. */
function isRealTime(signal: string): boolean {
  return signal.startsWith('SIGRT');
}
