/**
 * Signals: what each process does about them, what each thread blocks, who sent what, and the spans of handlers
 * (signal(7), sigaction(2), sigreturn(2)).
 *
 * strace prints a signal line also when the signal is ignored; a handler span opens only where the log shows a handler.
 */

import type { CallRecord, SignalRecord } from 'strace-parser';
import type { ProcessId, Row, ThreadId } from '../../api.js';
import type { HandlerSpan, SignalState } from '../../modelApi.js';
import type { EventPlace, Model, ProcessLink, ThreadLookup } from '../model.js';
import { Timeline } from '../timeline.js';
import { HandlerSpans } from './handlerSpans.js';
import { Sends, sendsSignal, type Send } from './sends.js';
import { contains, list, parseSignalSet, union, without, type SignalSet } from './signalNames.js';

interface Disposition {
  action: 'default' | 'ignore' | 'handler';
  flags: string[];
  handler: string;
  mask: SignalSet | null;
  row: Row | null;
}

interface Delivery {
  row: Row;
  thread: ThreadId;
  process: ProcessId;
  signal: string;
  senderPid: number;
  atNs: number;
  send: Send | null;
}

interface Interrupted {
  row: Row;
  errno: string;
}

const handling: ReadonlySet<string> = new Set([
  'rt_sigaction',
  'sigaction',
  'rt_sigprocmask',
  'sigprocmask',
  'rt_sigreturn',
  'sigreturn',
]);

export class SignalModel implements Model {
  readonly deliveries: Delivery[] = [];
  readonly handlerSpans = new HandlerSpans();
  private readonly dispositions = new Map<ProcessId, Map<string, Timeline<Disposition>>>();
  private readonly masks = new Map<ThreadId, Timeline<SignalSet>>();
  private readonly sends = new Sends();
  private readonly deliveryOf = new Map<Row, Delivery>();
  private readonly interruptedBy = new Map<Row, Row>();
  /** The last call of each thread that was cut short; a signal belongs to it when nothing came between. */
  private readonly interrupted = new Map<ThreadId, Interrupted>();

  /** `pidOf`: kernel number of a process. */
  constructor(
    private readonly pidOf: (process: ProcessId) => number,
    private readonly threads: ThreadLookup,
  ) {}

  concerns(syscall: string): boolean {
    return handling.has(syscall) || sendsSignal(syscall);
  }

  concernsError(errno: string): boolean {
    return errno.startsWith('ERESTART') || errno === 'EINTR';
  }

  failed(record: CallRecord, place: EventPlace): void {
    if (record.name !== 'rt_sigreturn' && record.name !== 'sigreturn')
      this.interrupted.set(place.thread, { row: place.row, errno: record.errno });
  }

  call(record: CallRecord, place: EventPlace): void {
    switch (record.name) {
      case 'rt_sigaction':
      case 'sigaction':
        this.action(record, place);
        break;
      case 'rt_sigprocmask':
      case 'sigprocmask':
        this.mask(record, place);
        break;
      case 'rt_sigreturn':
      case 'sigreturn':
        this.returned(record, place);
        break;
      default:
        this.sent(record, place);
    }
  }

  signal(record: SignalRecord, place: EventPlace): void {
    const delivery: Delivery = {
      row: place.row,
      thread: place.thread,
      process: place.process,
      signal: record.signal,
      senderPid: record.infoNumber('si_pid'),
      atNs: record.timeNs,
      send: null,
    };
    this.deliveries.push(delivery);
    this.deliveryOf.set(place.row, delivery);
    this.match(delivery);
    const cut = this.interruptedBefore(place);
    if (cut) this.interruptedBy.set(cut.row, place.row);
    const disposition = this.dispositions.get(place.process)?.get(record.signal)?.latest;
    if (disposition?.action === 'handler') this.openSpan(delivery, disposition, cut);
  }

  linked(link: ProcessLink): void {
    const table = this.tableOf(link.creator);
    if (link.sharesSignalHandlers) this.dispositions.set(link.child, table);
    else {
      const own = this.dispositions.get(link.child) ?? new Map<string, Timeline<Disposition>>();
      for (const [signal, timeline] of table) {
        const then = timeline.at(link.atNs);
        if (then && !own.has(signal)) own.set(signal, new Timeline<Disposition>().set(link.atNs, then));
      }
      this.dispositions.set(link.child, own);
    }
  }

  /** exec: handlers go back to default, ignored signals stay ignored (execve(2)). */
  execed(process: ProcessId, row: Row, atNs: number): void {
    const own = new Map<string, Timeline<Disposition>>();
    for (const [signal, timeline] of this.tableOf(process)) {
      const copy = timeline.copy();
      if (timeline.latest?.action === 'handler')
        copy.set(atNs, { action: 'default', flags: [], handler: '', mask: null, row });
      own.set(signal, copy);
    }
    this.dispositions.set(process, own);
    const { threadOf, leader, threadsAt } = this.threads;
    // The caller goes on as the leader, with its mask; no handler is left to return.
    const [caller, first] = [threadOf(row), leader(process)];
    const mask = caller === first ? undefined : this.maskAt(caller, atNs);
    if (mask) this.maskOf(first).set(atNs, mask);
    for (const thread of threadsAt(process, Infinity)) {
      this.handlerSpans.endAll(thread, atNs);
      this.interrupted.delete(thread);
    }
  }

  /** What a process does about a signal at a time; undefined when the log never showed it (the inherited default). */
  disposition(process: ProcessId, signal: string, atNs: number): Disposition | undefined {
    return this.dispositions.get(process)?.get(signal)?.at(atNs);
  }

  /** The same as plain data; null when the log never showed it. */
  dispositionInfo(process: ProcessId, signal: string, atNs: number): SignalState['dispositions'][number] | null {
    const d = this.disposition(process, signal, atNs);
    return d ? { signal, action: d.action, flags: d.flags, handler: d.handler, sinceRow: d.row } : null;
  }

  state(thread: ThreadId, process: ProcessId, atNs: number): SignalState {
    const mask = this.maskAt(thread, atNs);
    const dispositions: SignalState['dispositions'] = [];
    for (const [signal, timeline] of this.tableOf(process)) {
      const d = timeline.at(atNs);
      if (d) dispositions.push({ signal, action: d.action, flags: d.flags, handler: d.handler, sinceRow: d.row });
    }
    const pid = this.pidOf(process);
    const pending = this.sends
      .pendingFor(pid, atNs)
      .filter(s => mask && contains(mask, s.signal))
      .map(s => ({ signal: s.signal, sentRow: s.row, sinceNs: s.atNs }));
    return { thread, atNs, blocked: mask ? list(mask) : null, dispositions, pending };
  }

  handlers(startNs: number, endNs: number, lanes: ReadonlySet<ThreadId> | null): HandlerSpan[] {
    return this.handlerSpans.between(startNs, endNs, lanes);
  }

  /** Row of the call that sent a delivered signal. */
  senderOf(deliveredRow: Row): Row | undefined {
    return this.deliveryOf.get(deliveredRow)?.send?.row;
  }

  deliveryAt(row: Row): Delivery | undefined {
    return this.deliveryOf.get(row);
  }

  /** Whether a handler took a delivered signal, as far as the log shows. */
  isHandled(deliveredRow: Row): boolean {
    const delivery = this.deliveryOf.get(deliveredRow);
    if (!delivery) return false;
    return this.disposition(delivery.process, delivery.signal, delivery.atNs)?.action === 'handler';
  }

  /** The call that fails with EINTR because of a delivered signal, as far as that is known when its handler begins. */
  failedBy(deliveredRow: Row, thread: ThreadId): Row | null {
    const span = this.openHandler(thread);
    return span?.deliveredRow === deliveredRow && span.restarted === false ? span.interruptedRow : null;
  }

  /** Rows at which a sent signal was delivered. */
  deliveredFrom(sendRow: Row): readonly Row[] {
    return this.sends.deliveredFrom(sendRow);
  }

  /** The handler that a thread is in now, the innermost one. */
  openHandler(thread: ThreadId): HandlerSpan | undefined {
    return this.handlerSpans.innermost(thread);
  }

  /** The handler span that a delivery opened, or that a sigreturn closed. */
  spanOf(row: Row): HandlerSpan | undefined {
    return this.handlerSpans.at(row);
  }

  /** Row of the signal that cut a call short, whether a handler ran or not. */
  interruptionOf(row: Row): Row | undefined {
    return this.interruptedBy.get(row);
  }

  private action(record: CallRecord, place: EventPlace): void {
    if (record.returnValue !== 0) return;
    const text = record.argumentText(1);
    if (text === 'NULL' || text === '') return;
    const handler = /sa_handler=([^,}]*)/.exec(text)?.[1] ?? /sa_sigaction=([^,}]*)/.exec(text)?.[1] ?? '';
    const flags = /sa_flags=([^,}]*)/.exec(text)?.[1] ?? '';
    const disposition: Disposition = {
      action: handler === 'SIG_DFL' ? 'default' : handler === 'SIG_IGN' ? 'ignore' : 'handler',
      flags: flags === '0' || flags === '' ? [] : flags.split('|'),
      handler,
      mask: parseSignalSet(/sa_mask=(~?\[[^\]]*\])/.exec(text)?.[1] ?? ''),
      row: place.row,
    };
    const table = this.tableOf(place.process);
    const signal = record.argumentText(0);
    const timeline = table.get(signal) ?? new Timeline<Disposition>();
    table.set(signal, timeline.set(record.startNs, disposition));
  }

  private mask(record: CallRecord, place: EventPlace): void {
    if (record.returnValue !== 0) return;
    const given = parseSignalSet(record.argumentText(1));
    const before = parseSignalSet(record.argumentText(2));
    const timeline = this.maskOf(place.thread);
    const now = before ?? timeline.latest ?? this.maskAt(place.thread, record.startNs);
    if (before && timeline.latest === undefined) timeline.set(0, before);
    if (!given) return;
    const how = record.argumentText(0);
    if (how === 'SIG_SETMASK') timeline.set(record.startNs, given);
    else if (now) timeline.set(record.startNs, how === 'SIG_BLOCK' ? union(now, given) : without(now, given));
  }

  private sent(record: CallRecord, place: EventPlace): void {
    const send = this.sends.add(record, place.row, this.pidOf(place.process));
    if (!send) return;
    // The receiver's line may have been printed first.
    for (let i = this.deliveries.length - 1; i >= 0 && this.deliveries[i]!.atNs >= send.atNs; i--)
      if (this.deliveries[i]!.send === null) this.match(this.deliveries[i]!);
  }

  private match(delivery: Delivery): void {
    delivery.send = this.sends.match(delivery, this.pidOf(delivery.process));
  }

  /** The call that an event comes right after, when a signal cut it short. */
  private interruptedBefore(place: EventPlace): Interrupted | undefined {
    const cut = this.interrupted.get(place.thread);
    return cut?.row === place.before ? cut : undefined;
  }

  private openSpan(delivery: Delivery, disposition: Disposition, cut: Interrupted | undefined): void {
    const restarts = disposition.flags.includes('SA_RESTART');
    const span: HandlerSpan = {
      thread: delivery.thread,
      signal: delivery.signal,
      startNs: delivery.atNs,
      endNs: null,
      deliveredRow: delivery.row,
      returnRow: null,
      interruptedRow: cut?.row ?? null,
      restarted: cut ? restartedBy(cut.errno, restarts) : null,
    };
    this.interrupted.delete(delivery.thread); // another signal right after it finds the handler's first instruction
    this.handlerSpans.begin(span);
    const timeline = this.maskOf(delivery.thread);
    const current = timeline.latest ?? this.maskAt(delivery.thread, delivery.atNs);
    if (!current) return;
    const own: SignalSet = { negated: false, members: new Set([delivery.signal]) };
    const added = disposition.mask ? union(current, disposition.mask) : current;
    timeline.set(delivery.atNs, disposition.flags.includes('SA_NODEFER') ? added : union(added, own));
  }

  private returned(record: CallRecord, place: EventPlace): void {
    const mask = parseSignalSet(/mask=(~?\[[^\]]*\])/.exec(record.argumentText(0))?.[1] ?? '');
    if (mask) this.maskOf(place.thread).set(record.startNs, mask);
    const span = this.handlerSpans.end(place.thread);
    if (!span) return;
    span.endNs = record.startNs;
    span.returnRow = place.row;
    if (span.interruptedRow !== null && record.errno === 'EINTR') span.restarted = false;
  }

  private tableOf(process: ProcessId): Map<string, Timeline<Disposition>> {
    const known = this.dispositions.get(process);
    if (known) return known;
    const table = new Map<string, Timeline<Disposition>>();
    this.dispositions.set(process, table);
    return table;
  }

  /** A thread, and a process's first one, begins with the mask of the thread that made it (pthreads(7), fork(2)). */
  private maskAt(thread: ThreadId, atNs: number): SignalSet | undefined {
    const own = this.masks.get(thread)?.at(atNs);
    if (own) return own;
    const creator = this.threads.creatorOf(thread);
    return creator && creator.thread !== thread ? this.maskAt(creator.thread, creator.atNs) : undefined;
  }

  private maskOf(thread: ThreadId): Timeline<SignalSet> {
    const known = this.masks.get(thread);
    if (known) return known;
    const timeline = new Timeline<SignalSet>();
    this.masks.set(thread, timeline);
    return timeline;
  }
}

/** Whether the kernel restarts an interrupted call after a handler ran (signal(7), "Interruption of system calls"). */
function restartedBy(errno: string, restarts: boolean): boolean {
  if (errno === 'ERESTARTNOINTR') return true;
  return errno === 'ERESTARTSYS' && restarts;
}
