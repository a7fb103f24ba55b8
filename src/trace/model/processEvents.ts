/**
 * Records into facts: what each line of the log changes in the lives that the registry and the deaths keep.
 *
 * Invariant: a call that failed changes nothing but counters, and no handler reads arguments of calls that don't concern it.
 */

import type { CallRecord, ExitRecord, NoteRecord, SignalRecord, StopRecord } from 'strace-parser';
import type { ExitStatus, Row } from '../api.js';
import { cloneFlagsOf, createsTask } from './cloneFlags.js';
import { execOf } from './execArguments.js';
import type { Creation, ProcessLife, ThreadLife } from './lives.js';
import { Interruptions } from './interruptions.js';
import type { EventPlace, Model } from './model.js';
import { ProcessDeaths } from './processDeaths.js';
import type { ProcessNote } from './processFacts.js';
import { ProcessRegistry } from './processRegistry.js';
import { settingOf } from './processSettings.js';
import { outerPidOf, waitResultOf, waitsForChild } from './waitStatus.js';

export type ProcessListener = Pick<Model, 'linked' | 'execed' | 'ended'>;

type Handler = (record: CallRecord, place: EventPlace, atNs: number) => void;

export class ProcessEvents {
  readonly registry: ProcessRegistry;
  readonly notes = new Map<Row, ProcessNote[]>();
  /** Time of the line being read. */
  lineNs = 0;
  private readonly deaths: ProcessDeaths;
  /** What a returned call does, by the parser's name index; null: nothing; undefined: not looked up yet. */
  private readonly handlers: (Handler | null)[] = [];
  /** The same for a call that has begun. */
  private readonly entryHandlers: (Handler | null)[] = [];
  private readonly interruptions = new Interruptions();
  private pending: (() => void)[] = [];

  constructor(private readonly listener: ProcessListener) {
    this.registry = new ProcessRegistry({
      linked: (child, creation) => this.linked(child, creation),
      replaced: (thread, atNs) => this.deaths.vanished(thread, atNs),
    });
    this.deaths = new ProcessDeaths(this.registry, (process, row, atNs) => {
      this.releaseVforkParent(process, atNs);
      this.pending.push(() => this.listener.ended?.(process.id, row, atNs));
    });
  }

  /** Tells the listener of execs and deaths that it has not heard of. */
  flush(): void {
    if (this.pending.length === 0) return;
    const told = this.pending;
    this.pending = [];
    for (const tell of told) tell();
  }

  enter(record: CallRecord, place: EventPlace): void {
    const thread = this.seen(record, place, record.entryLine);
    const startNs = this.at(record.startNs);
    thread.rows++;
    thread.openRow = place.row;
    thread.openName = record.name;
    thread.openFd = place.fd;
    thread.openSinceNs = startNs;
    if (this.entryHandlers[record.nameId] !== null) this.handleEntry(record, place, startNs);
  }

  call(record: CallRecord, place: EventPlace): void {
    const thread = this.seen(record, place, record.entryLine);
    if (thread.openRow !== place.row) thread.rows++;
    thread.openRow = -1;
    thread.calls++;
    if (record.errnoId !== 0 && !this.interruptions.has(record)) thread.errors++;
    const durationNs = Number.isNaN(record.durationNs) ? record.endNs - record.startNs : record.durationNs;
    if (durationNs > 0) {
      thread.inCallNs += durationNs;
      if (record.resumed) thread.blockedNs += durationNs;
    }
    if (this.handlers[record.nameId] !== null) this.handle(record, place);
  }

  signal(record: SignalRecord, place: EventPlace): void {
    const thread = this.seen(record, place, record.line);
    thread.rows++;
    if (record.signal !== 'SIGCONT') return;
    const atNs = this.at(record.timeNs);
    for (const id of this.processOf(thread).threads) resume(this.registry.thread(id), atNs);
  }

  stop(record: StopRecord, place: EventPlace): void {
    const thread = this.seen(record, place, record.line);
    thread.rows++;
    const startNs = this.at(record.timeNs);
    thread.spans.push({ startNs, endNs: NaN, state: 'stopped', signal: record.signal, child: null });
  }

  exit(record: ExitRecord, place: EventPlace): void {
    const thread = this.seen(record, place, record.line);
    thread.rows++;
    const status: ExitStatus =
      record.signal === '' ? { code: record.code } : { signal: record.signal, coreDumped: record.coreDumped };
    this.remember(place.row, { kind: 'exited', status });
    this.deaths.threadExited(thread, status, this.at(record.timeNs), place.row);
  }

  note(record: NoteRecord, place: EventPlace): void {
    const atNs = this.at(record.timeNs);
    if (record.kind === 'superseded') {
      const leader = this.seen(record, place, record.line);
      leader.rows++;
      this.registry.supersede(leader, record.value, atNs);
    } else if (record.kind === 'attached' && record.value > 0) this.registry.threadOf(record.value, atNs);
    else if (record.kind === 'detached' && record.value > 0) {
      const thread = this.registry.livingThread(record.value);
      if (thread) this.deaths.vanished(thread, atNs);
    }
  }

  end(): void {
    this.deaths.close();
    this.flush();
  }

  /** A line of a thread: it lives, and it is not stopped any more. */
  private seen(record: { comm: string; timeNs: number }, place: EventPlace, line: number): ThreadLife {
    const thread = this.registry.thread(place.thread);
    if (thread.firstLine === Infinity) this.begins(thread, line);
    if (thread.spans.length > 0) resume(thread, this.at(record.timeNs));
    if (record.comm !== '') this.named(thread, record.comm);
    return thread;
  }

  private begins(thread: ThreadLife, line: number): void {
    thread.firstLine = line;
    if (thread.startNs > this.lineNs) this.registry.beganBefore(thread, this.lineNs);
  }

  private named(thread: ThreadLife, comm: string): void {
    if (thread.name === '' && this.processOf(thread).image === '') thread.name = comm;
  }

  private processOf(thread: ThreadLife): ProcessLife {
    return this.registry.process(thread.process);
  }

  private at(ns: number): number {
    return Number.isNaN(ns) ? this.lineNs : ns;
  }

  private remember(row: Row, note: ProcessNote): void {
    const notes = this.notes.get(row);
    if (notes) notes.push(note);
    else this.notes.set(row, [note]);
  }

  private handle(record: CallRecord, place: EventPlace): void {
    let handler = this.handlers[record.nameId];
    if (handler === undefined) handler = this.handlers[record.nameId] = this.handlerOf(record.name);
    handler?.(record, place, this.at(Number.isNaN(record.endNs) ? record.timeNs : record.endNs));
  }

  private handleEntry(record: CallRecord, place: EventPlace, startNs: number): void {
    let handler = this.entryHandlers[record.nameId];
    if (handler === undefined) handler = this.entryHandlers[record.nameId] = this.entryHandlerOf(record.name);
    handler?.(record, place, startNs);
  }

  private entryHandlerOf(name: string): Handler | null {
    if (name === 'exit' || name === 'exit_group') return (record, place) => this.exits(record, place);
    if (!createsTask(name)) return null;
    return (record, place, startNs) => {
      const flags = cloneFlagsOf(record);
      if (flags) this.registry.begin(place.thread, flags, place.row, record.entryLine, startNs);
    };
  }

  private handlerOf(name: string): Handler | null {
    if (createsTask(name)) return (record, place, endNs) => this.created(record, place, endNs);
    if (waitsForChild(name)) return (record, place, endNs) => this.waited(record, place, endNs);
    switch (name) {
      case 'execve':
      case 'execveat':
        return (record, place, endNs) => this.execed(record, place, endNs);
      case 'exit':
      case 'exit_group':
        return (record, place) => this.exits(record, place);
      default: {
        const change = settingOf(name);
        return change && ((record, place) => change(record, this.registry.thread(place.thread), this.registry));
      }
    }
  }

  private created(record: CallRecord, place: EventPlace, endNs: number): void {
    const flags = cloneFlagsOf(record);
    if (record.errno !== '') this.registry.failed(place.thread);
    if (!flags || !(record.returnValue > 0)) return;
    const startNs = this.at(record.startNs);
    const where = { row: place.row, entryLine: record.entryLine, startNs, endNs };
    const creation = this.registry.returned(place.thread, flags, where, record.returnValue, outerPidOf(record));
    this.remember(place.row, { kind: 'creation', creation });
    if (flags.vfork) this.endVforkSpan(this.registry.thread(place.thread), endNs, creation);
  }

  private linked(child: ProcessLife, creation: Creation): void {
    this.deaths.settle(child);
    const creator = this.registry.thread(creation.creator);
    const { flags, row, startNs } = creation;
    if (flags.vfork && Number.isNaN(creation.endNs)) {
      creator.spans.push({ startNs, endNs: NaN, state: 'vforkSuspended', signal: '', child: child.id });
    }
    this.listener.linked?.({
      child: child.id,
      creator: this.processOf(creator).id,
      thread: creator.id,
      atNs: startNs,
      row,
      sharesFiles: flags.sharesFiles,
      sharesFolders: flags.sharesFolders,
      sharesMemory: flags.sharesMemory,
      sharesSignalHandlers: flags.sharesSignalHandlers,
    });
  }

  private endVforkSpan(creator: ThreadLife, atNs: number, creation: Creation): void {
    const span = creator.spans.at(-1);
    if (span?.state === 'vforkSuspended' && span.startNs === creation.startNs) {
      if (Number.isNaN(span.endNs)) span.endNs = atNs;
    } else if (creation.child !== null) {
      const child = this.registry.thread(creation.child).process;
      creator.spans.push({ startNs: creation.startNs, endNs: atNs, state: 'vforkSuspended', signal: '', child });
    }
  }

  /** vfork(2): the parent goes on when the child execs or ends. */
  private releaseVforkParent(child: ProcessLife, atNs: number): void {
    if (!child.creation?.flags.vfork) return;
    const span = this.registry.thread(child.creation.creator).spans.findLast(span => span.child === child.id);
    if (span && (Number.isNaN(span.endNs) || span.endNs > atNs)) span.endNs = Math.max(span.startNs, atNs);
  }

  private waited(record: CallRecord, place: EventPlace, endNs: number): void {
    const result = waitResultOf(record);
    if (!result) return;
    const child = this.deaths.waited(this.registry.thread(place.thread), result, endNs, place.row);
    this.remember(place.row, { kind: 'wait', child: child?.id ?? null, result });
  }

  private execed(record: CallRecord, place: EventPlace, endNs: number): void {
    // Whatever it returns without an error, it has worked: of a thread that takes the place of an ended leader, strace 6.1 prints 12.
    if (record.errno !== '' || !(record.returnValue >= 0)) return;
    const process = this.processOf(this.registry.thread(place.thread));
    const { image, argv } = execOf(record);
    process.image = image;
    process.argv = argv;
    process.createdBy ??= 'exec';
    process.signals = { ignored: process.signals.ignored, noChildWait: false };
    this.registry.thread(place.thread).name = '';
    this.registry.endOtherThreads(process, place.thread, endNs);
    this.releaseVforkParent(process, endNs);
    this.remember(place.row, { kind: 'exec', image });
    const { row } = place;
    this.pending.push(() => this.listener.execed?.(process.id, row, endNs));
  }

  private exits(record: CallRecord, place: EventPlace): void {
    const thread = this.registry.thread(place.thread);
    const process = this.processOf(thread);
    const alone = !process.threads.some(id => id !== thread.id && this.registry.living.has(id));
    const leads = process.threads[0] === thread.id;
    if (record.name === 'exit_group' || (leads && alone)) {
      process.exiting ??= { code: record.argumentNumber(0) & 0xff, atNs: this.at(record.startNs), row: place.row };
    }
    if (record.name !== 'exit' || !leads || alone || thread.spans.at(-1)?.state === 'zombie') return;
    // The leader's number stays taken until the whole group has ended.
    thread.spans.push({ startNs: this.at(record.startNs), endNs: NaN, state: 'zombie', signal: '', child: null });
  }
}

function resume(thread: ThreadLife, atNs: number): void {
  const last = thread.spans.at(-1);
  if (last?.state === 'stopped' && Number.isNaN(last.endNs)) last.endNs = Math.max(last.startNs, atNs);
}
