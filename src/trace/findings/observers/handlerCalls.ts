/**
 * Calls in signal handlers that only functions make which are not async-signal-safe (signal-safety(7)): malloc grows the heap, a
 * stream of stdio is made, a lock is waited for.
 *
 * A handler that is left with longjmp never returns, and what comes after it is no handler any more. So a call counts when the
 * handler returns soon after; a wait for a lock also when it never ends.
 */

import type { CallRecord, SignalRecord } from 'strace-parser';
import type { ThreadId } from '../../api.js';
import type { HandlerSpan } from '../../modelApi.js';
import type { FollowedThreads } from '../../model/followedThreads.js';
import type { EventPlace, Model } from '../../model/model.js';
import type { SignalModel } from '../../model/signals/signalModel.js';

export interface HandlerCall extends EventPlace {
  span: HandlerSpan;
  kind: 'malloc' | 'stdio' | 'lock' | 'zone';
  atNs: number;
}

/** Calls that a handler may make before it is taken for left. */
const mostCalls = 32;
const mostFound = 1000;
const contendedLock = 2;

export class HandlerCalls implements Model {
  readonly all: HandlerCall[] = [];
  /** Threads in a handler, and what they called there. */
  private readonly inside = new Map<ThreadId, { span: HandlerSpan; calls: number; unsafe: HandlerCall | null }>();

  constructor(
    private readonly signals: SignalModel,
    private readonly followed: FollowedThreads,
  ) {}

  signal(_record: SignalRecord, { thread, row }: EventPlace): void {
    const span = this.signals.openHandler(thread);
    if (span?.deliveredRow !== row || this.all.length >= mostFound) return;
    this.inside.set(thread, { span, calls: 0, unsafe: null });
    this.followed.follow(thread, this.called);
  }

  /** The lock that a thread in a handler waits for, while it does. */
  waiting(): HandlerCall[] {
    return [...this.inside.values()].flatMap(({ unsafe }) => (unsafe?.kind === 'lock' ? [unsafe] : []));
  }

  private readonly called = (record: CallRecord, place: EventPlace): void => {
    const inside = this.inside.get(place.thread);
    if (inside === undefined) return;
    const kind = kindOf(record);
    if (kind !== null) inside.unsafe ??= { ...place, span: inside.span, kind, atNs: record.startNs };
    const returns = record.name === 'rt_sigreturn' || record.name === 'sigreturn';
    if (returns && inside.unsafe) this.all.push(inside.unsafe);
    // siglongjmp restores the mask; a process that leaves from inside has nothing left to break.
    const left = /^(rt_sigprocmask|exit|exit_group|execve)$/.test(record.name);
    if (returns || left || ++inside.calls > mostCalls) {
      this.inside.delete(place.thread);
      this.followed.leave(place.thread, this.called);
    }
  };
}

function kindOf(record: CallRecord): HandlerCall['kind'] | null {
  switch (record.name) {
    case 'brk':
      return record.argumentNumber(0) > 0 ? 'malloc' : null;
    case 'fstat':
    case 'newfstatat':
      return record.argumentNumber(0) === 1 ? 'stdio' : null;
    case 'openat':
      return record.argumentText(1) === '"/etc/localtime"' ? 'zone' : null;
    case 'futex':
      return record.argumentText(1) === 'FUTEX_WAIT_PRIVATE' && record.argumentNumber(2) === contendedLock
        ? 'lock'
        : null;
    default:
      return null;
  }
}
