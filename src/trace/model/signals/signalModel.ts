/**
 * Signals: what each process does about them, what each thread blocks, who sent what, and the spans of handlers
 * (signal(7), sigaction(2), sigreturn(2)).
 *
 * strace prints a signal line also when the signal is ignored; a handler span opens only where the log shows a handler.
 * A little over 300 lines: deliveries, dispositions and sends ask each other.
 */

import type { CallRecord, SignalRecord } from 'strace-parser';
import type { ProcessId, Row, ThreadId } from '../../api.js';
import type { HandlerSpan, SignalState } from '../../modelApi.js';
import type { EventPlace, Model, ProcessLink, ThreadLookup } from '../model.js';
import { Timeline } from '../timeline.js';
import type { Delivery } from './delivery.js';
import { HandlerSpans } from './handlerSpans.js';
import { Sends, sendsSignal, type Send } from './sends.js';
import { contains, ignoredByDefault, isBlockable, list, parseSignalSet, union, type SignalSet } from './signalNames.js';
import { TakenSignals } from './takenSignals.js';
import { ThreadMasks, waitsUnderMask } from './threadMasks.js';

interface Disposition {
  action: 'default' | 'ignore' | 'handler';
  flags: string[];
  handler: string;
  mask: SignalSet | null;
  row: Row | null;
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
  'rt_sigsuspend',
  'rt_sigtimedwait',
  'rt_sigtimedwait_time64',
]);

export class SignalModel implements Model {
  readonly deliveries: Delivery[] = [];
  readonly handlerSpans = new HandlerSpans();
  private readonly dispositions = new Map<ProcessId, Map<string, Timeline<Disposition>>>();
  private readonly masks: ThreadMasks;
  /** Processes whose handlers the log shows all: from an exec on there are no others. */
  private readonly shown = new Set<ProcessId>();
  private readonly sends = new Sends();
  private readonly deliveryOf = new Map<Row, Delivery>();
  readonly taken: TakenSignals;
  private readonly interruptedBy = new Map<Row, Row>();
  /** The last call of each thread that was cut short; a signal belongs to it when nothing came between. */
  private readonly interrupted = new Map<ThreadId, Interrupted>();

  /** `pidOf`: kernel number of a process; `groupOf`: of its process group at a time, null when the log does not show it. */
  constructor(
    private readonly pidOf: (process: ProcessId) => number,
    private readonly threads: ThreadLookup & { processAt(pid: number, atNs: number): ProcessId | null },
    private readonly groupOf: (process: ProcessId, atNs: number) => number | null,
  ) {
    this.masks = new ThreadMasks(threads);
    this.taken = new TakenSignals(
      thread => threads.tid(thread),
      taken => this.match(taken),
    );
  }

  concerns(syscall: string): boolean {
    return handling.has(syscall) || waitsUnderMask(syscall) || sendsSignal(syscall);
  }

  concernsError(errno: string, syscall: string): boolean {
    if (syscall === 'rt_sigreturn' || syscall === 'sigreturn') return false;
    return errno.startsWith('ERESTART') || errno === 'EINTR';
  }

  failed(record: CallRecord, place: EventPlace): void {
    this.interrupted.set(place.thread, { row: place.row, errno: record.errno });
  }

  enter(record: CallRecord, place: EventPlace): void {
    if (record.name === 'rt_sigsuspend') this.masks.suspended(record, place);
    else if (waitsUnderMask(record.name)) this.masks.beginsWait(record, place);
  }

  call(record: CallRecord, place: EventPlace): void {
    switch (record.name) {
      case 'rt_sigsuspend':
        if (!record.resumed) this.masks.suspended(record, place);
        break;
      case 'rt_sigtimedwait':
      case 'rt_sigtimedwait_time64':
        if (record.returnValue > 0) this.taken.waitedFor(record, place);
        break;
      case 'rt_sigaction':
      case 'sigaction':
        this.action(record, place);
        break;
      case 'rt_sigprocmask':
      case 'sigprocmask':
        this.masks.changed(record, place);
        break;
      case 'rt_sigreturn':
      case 'sigreturn':
        this.returned(record, place);
        break;
      default:
        if (waitsUnderMask(record.name)) this.masks.endsWait(record, place);
        else this.sent(record, place);
    }
  }

  signal(record: SignalRecord, place: EventPlace): void {
    const delivery: Delivery = {
      row: place.row,
      thread: place.thread,
      process: place.process,
      tid: this.threads.tid(place.thread),
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
    // A handler that was set before the trace began blocks what nobody saw.
    if (!disposition && !this.shown.has(place.process)) this.masks.changedUnseen(place.thread, record.timeNs);
    if (disposition?.action !== 'handler') return;
    this.openSpan(delivery, disposition, cut);
    // From then on; the delivery itself still met the handler.
    if (disposition.flags.includes('SA_RESETHAND'))
      this.dispositions
        .get(place.process)
        ?.get(record.signal)
        ?.set(record.timeNs + 1, { action: 'default', flags: [], handler: '', mask: null, row: place.row });
  }

  linked(link: ProcessLink): void {
    if (this.shown.has(link.creator)) this.shown.add(link.child);
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
    this.shown.add(process);
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
    const mask = caller === first ? undefined : this.masks.at(caller, atNs);
    if (mask) this.masks.set(first, atNs, mask);
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
    const mask = this.masks.at(thread, atNs);
    const dispositions: SignalState['dispositions'] = [];
    for (const [signal, timeline] of this.tableOf(process)) {
      const d = timeline.at(atNs);
      if (d) dispositions.push({ signal, action: d.action, flags: d.flags, handler: d.handler, sinceRow: d.row });
    }
    const there = (s: Send): boolean => this.threads.threadsAt(process, s.atNs).length > 0;
    const pending = this.sends
      .pendingFor(this.pidOf(process), this.threads.tid(thread), atNs, s => this.isInGroup(process, s))
      .filter(s => mask && isBlockable(s.signal) && contains(mask, s.signal) && there(s))
      .map(s => ({ signal: s.signal, sentRow: s.row, sinceNs: s.atNs }));
    return { thread, atNs, blocked: mask ? list(mask) : null, dispositions, pending };
  }

  handlers(startNs: number, endNs: number, lanes: ReadonlySet<ThreadId> | null): HandlerSpan[] {
    return this.handlerSpans.between(startNs, endNs, lanes);
  }

  /** Row of the call that sent a delivered signal. */
  senderOf(deliveredRow: Row): Row | undefined {
    return this.receivedAt(deliveredRow)?.send?.row;
  }

  /** The signal that a row delivered, or that its call took instead of a delivery. */
  receivedAt(row: Row): Delivery | undefined {
    return this.deliveryOf.get(row) ?? this.taken.at(row);
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
    if (disposition.action === 'ignore' || (disposition.action === 'default' && ignoredByDefault.has(signal)))
      this.sends.discard(this.pidOf(place.process), signal, record.startNs);
    const timeline = table.get(signal) ?? new Timeline<Disposition>();
    table.set(signal, timeline.set(record.startNs, disposition));
  }

  private sent(record: CallRecord, place: EventPlace): void {
    const own = this.threads.threadsAt(place.process, record.startNs);
    const pidOfThread = (tid: number): number =>
      own.some(thread => this.threads.tid(thread) === tid) ? this.pidOf(place.process) : tid;
    const send = this.sends.add(record, place.row, this.pidOf(place.process), pidOfThread);
    if (!send) return;
    // The receiver's line may have been printed first.
    this.taken.sentAt(send.atNs);
    for (let i = this.deliveries.length - 1; i >= 0 && this.deliveries[i]!.atNs >= send.atNs; i--)
      if (this.deliveries[i]!.send === null) this.match(this.deliveries[i]!);
  }

  private isInGroup(process: ProcessId, send: Send): boolean {
    if (send.target === -1) return false; // all but the sender and init: of whom the log may not show who was there
    const sender = this.threads.processAt(send.senderPid, send.atNs);
    const group = send.target < 0 ? -send.target : sender === null ? null : this.groupOf(sender, send.atNs);
    if (send.target === 0 && sender === process) return true;
    return group !== null && this.groupOf(process, send.atNs) === group;
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
    const current = this.masks.now(delivery.thread, delivery.atNs);
    if (!current) {
      this.masks.changedUnseen(delivery.thread, delivery.atNs);
      return;
    }
    const own: SignalSet = { negated: false, members: new Set([delivery.signal]) };
    const added = disposition.mask ? union(current, disposition.mask) : current;
    const now = disposition.flags.includes('SA_NODEFER') ? added : union(added, own);
    this.masks.set(delivery.thread, delivery.atNs, now);
  }

  private returned(record: CallRecord, place: EventPlace): void {
    const mask = parseSignalSet(/mask=(~?\[[^\]]*\])/.exec(record.argumentText(0))?.[1] ?? '');
    if (mask) this.masks.set(place.thread, record.startNs, mask);
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
}

/** Whether the kernel restarts an interrupted call after a handler ran (signal(7), "Interruption of system calls"). */
function restartedBy(errno: string, restarts: boolean): boolean {
  if (errno === 'ERESTARTNOINTR') return true;
  return errno === 'ERESTARTSYS' && restarts;
}
