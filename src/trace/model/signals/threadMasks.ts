/** Which signals each thread blocks, over time (sigprocmask(2), pthread_sigmask(3), sigsuspend(2), ppoll(2)). */

import type { CallRecord } from 'strace-parser';
import { CallOutcome } from 'strace-parser';
import type { ThreadId } from '../../api.js';
import type { EventPlace, ThreadLookup } from '../model.js';
import { Timeline } from '../timeline.js';
import { parseSignalSet, union, without, type SignalSet } from './signalNames.js';

/** Calls that wait under a mask of their own, and which argument it is. */
const maskArguments: ReadonlyMap<string, number> = new Map([
  ['ppoll', 3],
  ['ppoll_time64', 3],
  ['pselect6', 5],
  ['pselect6_time64', 5],
  ['epoll_pwait', 4],
  ['epoll_pwait2', 4],
]);

export function waitsUnderMask(syscall: string): boolean {
  return maskArguments.has(syscall);
}

export class ThreadMasks {
  /** null: it became another one that nobody knows. */
  private readonly masks = new Map<ThreadId, Timeline<SignalSet | null>>();

  /** Since when a mask may have been another one than before, if nobody knows which. */
  private readonly unknownSinceNs = new Map<ThreadId, number>();

  /** Masks of threads that wait under another one; null: not known. */
  private readonly beforeWait = new Map<ThreadId, SignalSet | null>();

  constructor(private readonly threads: Pick<ThreadLookup, 'creatorOf'>) {}

  set(thread: ThreadId, atNs: number, mask: SignalSet): void {
    this.of(thread).set(atNs, mask);
  }

  /** What a thread blocks as far as the log has got; undefined when it does not show it. */
  now(thread: ThreadId, atNs: number): SignalSet | undefined {
    const latest = this.masks.get(thread)?.latest;
    return latest === undefined ? this.at(thread, atNs) : (latest ?? undefined);
  }

  /** A thread, and a process's first one, begins with the mask of the thread that made it (pthreads(7), fork(2)). */
  at(thread: ThreadId, atNs: number): SignalSet | undefined {
    const own = this.masks.get(thread)?.at(atNs);
    if (own !== undefined) return own ?? undefined;
    const creator = this.threads.creatorOf(thread);
    return creator && creator.thread !== thread ? this.at(creator.thread, creator.atNs) : undefined;
  }

  /** The mask of a thread changed from what is not known: so it is not known now. */
  changedUnseen(thread: ThreadId, atNs: number): void {
    this.unknownSinceNs.set(thread, atNs);
    const timeline = this.of(thread);
    if (timeline.latest !== undefined) timeline.set(atNs, null);
  }

  /** rt_sigprocmask. */
  changed(record: CallRecord, place: EventPlace): void {
    if (record.returnValue !== 0) return;
    const given = parseSignalSet(record.argumentText(1));
    const before = parseSignalSet(record.argumentText(2));
    const timeline = this.of(place.thread);
    const now = before ?? this.now(place.thread, record.startNs);
    if (before && timeline.latest === null)
      timeline.set(this.unknownSinceNs.get(place.thread) ?? record.startNs, before);
    if (before && timeline.latest === undefined) timeline.set(this.unknownSinceNs.get(place.thread) ?? 0, before);
    if (!given) return;
    const how = record.argumentText(0);
    if (how === 'SIG_SETMASK') timeline.set(record.startNs, given);
    else if (now) timeline.set(record.startNs, how === 'SIG_BLOCK' ? union(now, given) : without(now, given));
    else this.changedUnseen(place.thread, record.startNs);
  }

  /** sigsuspend(2): while it waits its argument is the mask; the return of the handler that ends it restores the old one. */
  suspended(record: CallRecord, place: EventPlace): void {
    const mask = parseSignalSet(record.argumentText(0));
    if (mask) this.of(place.thread).set(record.startNs, mask);
  }

  /** ppoll(2) and its like begin: their argument is the mask until they return. */
  beginsWait(record: CallRecord, { thread }: EventPlace): void {
    const text = record.argumentText(maskArguments.get(record.name) ?? 0);
    const mask = parseSignalSet(/~?\[[^\]]*\]/.exec(text)?.[0] ?? '');
    // An address: which one strace does not say (of an epoll_pwait that fails).
    if (mask === null && !text.startsWith('0x')) return;
    if (!this.beforeWait.has(thread)) this.beforeWait.set(thread, this.now(thread, record.startNs) ?? null);
    this.of(thread).set(record.startNs, mask);
  }

  /** They return: with the mask from before, or, when a signal cut them short, by way of its handler, whose return brings it back. */
  endsWait(record: CallRecord, place: EventPlace): void {
    if (!this.beforeWait.has(place.thread)) this.beginsWait(record, place);
    const before = this.beforeWait.get(place.thread);
    if (before === undefined) return;
    this.beforeWait.delete(place.thread);
    if (record.outcome !== CallOutcome.Returned) return;
    if (record.errno === 'EINTR' || record.errno.startsWith('ERESTART')) return;
    this.of(place.thread).set(Number.isNaN(record.endNs) ? record.startNs : record.endNs, before);
  }

  private of(thread: ThreadId): Timeline<SignalSet | null> {
    const known = this.masks.get(thread);
    if (known) return known;
    const timeline = new Timeline<SignalSet | null>();
    this.masks.set(thread, timeline);
    return timeline;
  }
}
