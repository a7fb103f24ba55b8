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
  /** Argument pid: > 0 a process, 0 and below a group. */
  target: number;
  /** The one thread that it was sent to; null: any of the process. */
  tid: number | null;
  atNs: number;
  endNs: number;
  delivered: Row[];
  /** When it was delivered, or lost in one that was, or discarded; Infinity while it is pending. */
  goneNs: number;
  /** The same for each process of a group that has got it. */
  readonly goneFor: Map<number, number>;
}

export interface Received {
  row: Row;
  /** Number of the thread that got it. */
  tid: number;
  signal: string;
  senderPid: number;
  atNs: number;
}

const argumentsOf: Readonly<Record<string, { target: number; tid?: number; signal: number }>> = {
  kill: { target: 0, signal: 1 },
  tkill: { target: 0, tid: 0, signal: 1 },
  tgkill: { target: 0, tid: 1, signal: 2 },
  rt_sigqueueinfo: { target: 0, signal: 1 },
  rt_tgsigqueueinfo: { target: 0, tid: 1, signal: 2 },
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

  /**
   * undefined for a call that failed or only asked whether the process exists. `pidOfThread`: the process of a thread's number, as far
   * as it can be told (tkill names no process).
   */
  add(record: CallRecord, row: Row, senderPid: number, pidOfThread: (tid: number) => number): Send | undefined {
    const where = argumentsOf[record.name]!;
    const signal = record.argumentText(where.signal);
    if (record.returnValue !== 0 || signal === '0') return undefined;
    // A pidfd's target is in its annotation; without one the receiver's si_pid still names the sender.
    const annotated = /<pid:(\d+)/.exec(record.argumentText(where.target))?.[1];
    const named = annotated === undefined ? record.argumentNumber(where.target) : Number(annotated);
    const target = record.name === 'tkill' ? pidOfThread(named) : named;
    const tid = where.tid === undefined ? null : record.argumentNumber(where.tid);
    const endNs = Number.isNaN(record.endNs) ? record.startNs : record.endNs;
    const send: Send = {
      ...{ row, senderPid, signal, target, tid, atNs: record.startNs, endNs },
      ...{ delivered: [], goneNs: Number.POSITIVE_INFINITY, goneFor: new Map<number, number>() },
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
    const send = queue.find(s => s.atNs <= delivery.atNs && (s.tid === null || s.tid === delivery.tid));
    if (!send) {
      const toGroup = this.toGroups.findLast(s => mayReach(s, delivery) && !s.goneFor.has(receiverPid)) ?? null;
      if (!toGroup) return null;
      toGroup.delivered.push(delivery.row);
      for (const s of isRealTime(delivery.signal) ? [toGroup] : this.toGroups)
        if (mayReach(s, delivery) && !s.goneFor.has(receiverPid)) s.goneFor.set(receiverPid, delivery.atNs);
      return toGroup;
    }
    send.delivered.push(delivery.row);
    const merges = (s: Send): boolean => s === send || (s.tid === send.tid && s.endNs <= delivery.atNs);
    const gone = isRealTime(delivery.signal) ? [send] : queue.filter(merges);
    for (const s of gone) {
      s.goneNs = delivery.atNs;
      queue.splice(queue.indexOf(s), 1);
    }
    return send;
  }

  /** sigaction(2): a signal that is set to be ignored is pending no more. */
  discard(pid: number, signal: string, atNs: number): void {
    for (const [key, queue] of this.queues) {
      if (queue[0]?.target !== pid || queue[0].signal !== signal) continue;
      for (const s of queue) s.goneNs = atNs;
      this.queues.delete(key);
    }
    for (const s of this.toGroups)
      if (s.signal === signal && s.atNs <= atNs && !s.goneFor.has(pid)) s.goneFor.set(pid, atNs);
  }

  /**
   * Sent to a thread or its process and not delivered at a time. `isInGroup`: whether the process is known to have been one of those
   * that a send to a group meant.
   */
  pendingFor(pid: number, tid: number, atNs: number, isInGroup: (send: Send) => boolean): Send[] {
    return this.all.filter(s => {
      if (s.atNs > atNs) return false;
      if (s.target > 0) return s.target === pid && s.goneNs > atNs && (s.tid === null || s.tid === tid);
      return (s.goneFor.get(pid) ?? Number.POSITIVE_INFINITY) > atNs && isInGroup(s);
    });
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
