/**
 * Descriptors over time: a table a process (shared under CLONE_FILES), copied at fork, thinned by O_CLOEXEC at exec.
 *
 * Keeps intervals (invariant 3). What was open before the trace saw it appears at its first use with birth 'unknown'; when the
 * process turns out to be somebody's copy, such descriptors are recognised as inherited.
 * A little over 300 lines: what finds, shares and takes back descriptors works on the same few maps.
 */

import type { CallRecord, ExitRecord } from 'strace-parser';
import type { ProcessId, Row, ThreadId } from '../../api.js';
import type { ChannelId, ChannelInfo, DescriptorInfo } from '../../modelApi.js';
import type { EventPlace, Model, ProcessLink, ThreadLookup } from '../model.js';
import { applyPrinted, printedArgument } from './annotation.js';
import type { Stream } from './channel.js';
import { ChannelSet, type ChannelLookup } from './channelSet.js';
import { ClosedDescriptors } from './closedDescriptors.js';
import { Description, Descriptor } from './description.js';
import { DescriptorTable } from './descriptorTable.js';
import { descriptorInfo } from './descriptorInfo.js';
import { descriptorHandlers, type DescriptorHandler } from './handlers.js';
import { ProcessTables } from './processTables.js';
import { ThreadTables } from './threadTables.js';

/** Whose numbers are meant: a thread's, which are mostly its process's. */
type Owner = Pick<EventPlace, 'process' | 'thread'>;

export class DescriptorModel implements Model {
  readonly channels = new ChannelSet();
  /** Row of the recvmsg that brought descriptors → row of the sendmsg that passed them. */
  readonly passedBy = new Map<Row, Row>();
  /** What a call wrote into that got its bytes from another descriptor (splice, sendfile …): its own number is that one's. */
  readonly sinks = new Map<Row, Stream>();
  /** Told of each read that got signals out of a signalfd. */
  signalfdRead: ((call: CallRecord, row: Row) => void) | undefined;
  private readonly tables = new ProcessTables();
  /** By the parser's name ids, as they turn up. */
  private readonly handlers: (DescriptorHandler | undefined)[] = [];
  private descriptorCount = 0;
  private descriptionCount = 0;
  private readonly closed = new ClosedDescriptors();

  private readonly pidOf: (process: ProcessId) => number;
  private readonly own: ThreadTables;

  constructor(
    private readonly lookup: ChannelLookup & ThreadLookup & { processAt(pid: number, atNs: number): ProcessId | null },
  ) {
    this.pidOf = process => lookup.pidOf(process);
    this.own = new ThreadTables(lookup);
  }

  concerns(syscall: string): boolean {
    return descriptorHandlers.has(syscall);
  }

  call(record: CallRecord, place: EventPlace): void {
    const handler = this.handlers[record.nameId] ?? this.handlerOf(record);
    handler(this, record, this.tableOf(place, record.startNs), place);
  }

  private handlerOf(record: CallRecord): DescriptorHandler {
    return (this.handlers[record.nameId] = descriptorHandlers.get(record.name)!);
  }

  linked(link: ProcessLink): void {
    const parent = this.tableOf({ process: link.creator, thread: link.thread }, link.atNs);
    const provisional = this.tables.now(link.child);
    if (link.sharesFiles) {
      if (provisional) this.merge(provisional, parent);
      parent.hold(link.child, link.atNs);
      this.tables.useOnly(link.child, parent, link.atNs);
      return;
    }
    const child = provisional ?? this.processTable(link.child, link.atNs);
    this.unlink(child);
    // What it did before the link was known is going to be seen in another light.
    child.restoreAll();
    child.origin = { table: parent, atNs: link.atNs, row: link.row };
    parent.copies.push({ table: child, atNs: link.atNs, row: link.row });
    for (const inherited of parent.openForCopy(link.atNs)) {
      const early = child.history.find(d => d.fd === inherited.fd);
      if (early?.birth === 'unknown') {
        early.description = inherited.description;
        inherited.description.descriptors.push(early);
        early.openNs = link.atNs;
        early.birth = 'fork';
        early.birthRow = link.row;
        copyFlag(inherited, early, link.atNs);
      } else if (!early) this.inherit(child, inherited, link);
    }
  }

  execed(process: ProcessId, row: Row, atNs: number): void {
    const thread = this.lookup.threadOf(row);
    let table = this.processTable(process, atNs);
    const own = this.own.of(thread, process);
    if (own) {
      // The process's table goes with the threads that used it.
      if (table.release(process, atNs)) closeAll(table, atNs, row);
      this.tables.use(process, own, atNs);
      table = own;
      own.ownTid = null;
    }
    for (const left of this.own.leaveAll(process, atNs)) if (left !== own) closeAll(left, atNs, row);
    if (isHeldBesides(table, process)) table = this.ownCopy(process, table, atNs, row);
    for (const d of table.openNow())
      // Of what nobody saw opened it is unknown: the standard three are taken to go on, others until somebody uses them.
      if (d.closeOnExec.latest ?? d.fd > lastStandardFd) table.close(d.fd, atNs, row, 'exec');
  }

  ended(process: ProcessId, row: Row, atNs: number): void {
    for (const left of this.own.leaveAll(process, atNs)) closeAll(left, atNs, row);
    const table = this.tables.now(process);
    if (table?.release(process, atNs)) closeAll(table, atNs, row);
  }

  exit(record: ExitRecord, { thread, process, row }: EventPlace): void {
    if (!this.own.any || this.own.in(process).size === 0) return;
    const atNs = record.timeNs;
    const left = this.own.leave(thread, atNs);
    if (left) closeAll(left, atNs, row);
    const others = this.lookup.threadsAt(process, atNs).filter(other => other !== thread);
    const table = this.processTable(process, atNs);
    if (others.every(other => this.own.of(other, process)) && !isHeldBesides(table, process))
      closeAll(table, atNs, row);
  }

  /** Table that a thread uses now; an empty one when nothing is known of it yet. */
  tableOf({ thread, process }: Owner, atNs: number): DescriptorTable {
    return this.own.of(thread, process) ?? this.processTable(process, atNs);
  }

  private processTable(process: ProcessId, atNs: number): DescriptorTable {
    return this.tables.now(process) ?? this.firstTable(process, atNs);
  }

  private firstTable(process: ProcessId, atNs: number): DescriptorTable {
    const table = new DescriptorTable(process, atNs, this.closed);
    this.tables.use(process, table, atNs);
    return table;
  }

  newDescription(): Description {
    return new Description(this.descriptionCount++);
  }

  /** Opens a number in a table; whatever the log still believed open there was closed unseen, or replaced by dup2. */
  open(
    table: DescriptorTable,
    fd: number,
    description: Description,
    birth: Descriptor['birth'],
    atNs: number,
    row: Row | null,
  ): Descriptor {
    table.close(fd, atNs, row, 'replaced');
    const descriptor = new Descriptor(this.descriptorCount++, table, fd, description, atNs, birth, row);
    table.add(descriptor);
    return descriptor;
  }

  /** The descriptor behind a number; made, with unknown birth, when a call worked on it and the log never showed it opened. */
  use(table: DescriptorTable, fd: number, record: CallRecord): Descriptor | undefined {
    const known = table.get(fd);
    if (known) return known;
    if (!(fd >= 0) || record.errno === 'EBADF') return undefined;
    const description = this.newDescription();
    const printed = printedArgument(record, fd);
    if (printed) applyPrinted(description, printed, record.startNs);
    description.discoveredNs = record.startNs;
    return this.discover(table, fd, description);
  }

  /**
   * Another thread worked on a number before the line of the call that opened it was printed: what was taken for a descriptor of
   * unknown birth then is taken back, and returned for its counts.
   */
  usedEarly(table: DescriptorTable, fd: number, openedFromNs: number): Descriptor | undefined {
    const d = table.get(fd);
    if (d?.birth !== 'unknown') return undefined;
    const { discoveredNs } = d.description;
    if (discoveredNs === null || discoveredNs < openedFromNs) return undefined;
    let top = table;
    while (top.origin) top = top.origin.table;
    const takeBack = (from: DescriptorTable): void => {
      // A table that nobody copied is about to open the number again: taking back what is open is enough.
      if (from.copies.length === 0 && from === table) from.forgetOpen(d);
      else from.forget(other => other.description === d.description);
      for (const copy of from.copies) takeBack(copy.table);
    };
    takeBack(top);
    return d;
  }

  /** unshare(CLONE_FILES): a copy of its own for a thread that shares its table; returns the table that it uses now. */
  unshare(place: Owner, atNs: number, row: Row): DescriptorTable {
    const { thread, process } = place;
    const own = this.own.of(thread, process);
    const table = own ?? this.processTable(process, atNs);
    const alone = this.lookup.threadsAt(process, atNs).every(other => other === thread || this.own.of(other, process));
    if (!own && alone) return isHeldBesides(table, process) ? this.ownCopy(process, table, atNs, row) : table;
    this.own.leave(thread, atNs);
    const mine = own && !this.own.isUsed(own) ? own : this.copyOf(table, process, atNs, row);
    mine.ownTid = this.lookup.tid(thread);
    this.own.use(thread, process, mine, atNs);
    return mine;
  }

  /** A process goes on with a copy of the table that it held with others. */
  private ownCopy(process: ProcessId, shared: DescriptorTable, atNs: number, row: Row): DescriptorTable {
    shared.release(process, atNs);
    const table = this.copyOf(shared, process, atNs, row);
    this.tables.use(process, table, atNs);
    return table;
  }

  private copyOf(table: DescriptorTable, process: ProcessId, atNs: number, row: Row): DescriptorTable {
    const copy = new DescriptorTable(process, atNs, this.closed);
    copy.origin = { table, atNs, row };
    table.copies.push({ table: copy, atNs, row });
    for (const d of table.openNow()) this.copy(copy, d, 'fork', atNs, row);
    return copy;
  }

  /** Descriptors of one process (or all) open at a time; null is now. */
  openAt(process: ProcessId | null, atNs: number | null): DescriptorInfo[] {
    const time = atNs ?? Number.POSITIVE_INFINITY;
    const ids = process === null ? this.tables.processes : [process];
    const tables = new Set<DescriptorTable>();
    for (const id of ids) {
      const table = this.tables.at(id, time);
      if (table) tables.add(table);
      for (const own of this.own.in(id)) tables.add(own);
    }
    return [...tables].flatMap(table => table.openAt(time).map(d => this.describe(d, time)));
  }

  history(process: ProcessId): DescriptorInfo[] {
    const tables = new Set([...this.tables.of(process), ...this.own.in(process)]);
    const all = [...tables].flatMap(table => table.history);
    return all.sort((a, b) => a.fd - b.fd || a.openNs - b.openNs).map(d => this.describe(d, Number.POSITIVE_INFINITY));
  }

  /** Names of what a call of a process closed. */
  closedIn(process: ProcessId, row: Row): Set<string> {
    const tables = [...this.tables.of(process), ...this.own.in(process)];
    const closed = tables.flatMap(table => table.history).filter(d => d.deathRow === row);
    return new Set(closed.map(d => d.description.name));
  }

  /** What a number means now to a process of the trace that has a pid; undefined when that is not known. */
  descriptorOfPid(pid: number, fd: number, atNs: number): Descriptor | undefined {
    const process = Number.isNaN(pid) ? null : this.lookup.processAt(pid, atNs);
    return process === null ? undefined : this.tables.now(process)?.get(fd);
  }

  /** Descriptors of one process open at a time. */
  openOf(process: ProcessId, atNs: number): Descriptor[] {
    return this.tables.at(process, atNs)?.openAt(atNs) ?? [];
  }

  /** What a number means to a thread now; cheap, for models that follow the log. */
  current({ thread, process }: Owner, fd: number): Descriptor | undefined {
    return (this.own.of(thread, process) ?? this.tables.now(process))?.get(fd);
  }

  /** The descriptor a number meant at a time to a thread, or, without one, to most threads of a process. */
  find(process: ProcessId, fd: number, atNs: number, thread?: ThreadId): Descriptor | undefined {
    const own = thread === undefined ? undefined : this.own.at(thread, process, atNs);
    return (own ?? this.tables.at(process, atNs))?.find(fd, atNs);
  }

  channelsOf(process: ProcessId | null, atNs: number | null): ChannelInfo[] {
    const time = atNs ?? Number.POSITIVE_INFINITY;
    return this.channels.all
      .filter(c => c.bornNs <= time)
      .map(c => this.channels.describe(c, time, this.lookup))
      .filter(c => process === null || c.ends.some(e => e.holders.some(h => h.process === process)));
  }

  channel(id: ChannelId): ChannelInfo | null {
    const channel = this.channels.get(id);
    return channel ? this.channels.describe(channel, Number.POSITIVE_INFINITY, this.lookup) : null;
  }

  /**
   * A number was open before the trace knew of it: since its table's beginning, and in every table copied from or to it that says
   * nothing else.
   */
  private discover(table: DescriptorTable, fd: number, description: Description): Descriptor {
    let top = table;
    while (top.origin?.table.neverSeen(fd)) top = top.origin.table;
    const late = this.openedDuringFork(top, fd);
    if (late) {
      const row = top.origin?.row ?? null;
      const copy = new Descriptor(this.descriptorCount++, top, fd, late.description, top.startNs, 'fork', row);
      copyFlag(late, copy, late.openNs);
      top.add(copy);
      if (top === table) return copy;
    }
    const spread = (to: DescriptorTable): void => {
      if (to.neverSeen(fd)) {
        const birth = to === top ? 'unknown' : 'fork';
        const shared = late?.description ?? description;
        to.add(new Descriptor(this.descriptorCount++, to, fd, shared, to.startNs, birth, to.origin?.row ?? null));
      } else if (to === table) {
        // It was closed and opened again unseen.
        const sinceNs = Math.max(to.lastOpenNs, to.lastClosedAt(fd)?.closeNs ?? 0);
        to.add(new Descriptor(this.descriptorCount++, to, fd, description, sinceNs, 'unknown', null));
        return;
      }
      for (const copy of to.copies) if (copy.table.neverSeen(fd)) spread(copy.table);
    };
    spread(top);
    return table.get(fd) ?? this.open(table, fd, description, 'unknown', table.startNs, null);
  }

  /** Another thread opened a number while a fork was under way, and the child turns out to have it. */
  private openedDuringFork(table: DescriptorTable, fd: number): Descriptor | undefined {
    const { origin } = table;
    if (!origin || !table.neverSeen(fd) || origin.table.neverSeen(fd)) return undefined;
    const copiedNs = this.lookup.endNsOf(origin.row);
    const theirs = origin.table.find(fd, copiedNs);
    return theirs && theirs.openNs >= origin.atNs && theirs.birth !== 'unknown' ? theirs : undefined;
  }

  /** An earlier belief about whose copy a table is was wrong. */
  private unlink(table: DescriptorTable): void {
    const { origin } = table;
    if (!origin) return;
    origin.table.copies.splice(
      origin.table.copies.findIndex(c => c.table === table),
      1,
    );
    table.forget(d => d.birth === 'fork' && d.birthRow === origin.row);
    table.origin = null;
  }

  private inherit(child: DescriptorTable, inherited: Descriptor, link: ProcessLink): void {
    copyFlag(inherited, this.copy(child, inherited, 'fork', link.atNs, link.row), link.atNs);
  }

  private copy(table: DescriptorTable, from: Descriptor, birth: 'fork', atNs: number, row: Row): Descriptor {
    const copy = new Descriptor(this.descriptorCount++, table, from.fd, from.description, atNs, birth, row);
    const flag = from.closeOnExec.latest;
    if (flag !== undefined) copy.closeOnExec.set(atNs, flag);
    table.add(copy);
    return copy;
  }

  /** A thread's first lines came before its clone returned: what it did belongs to the table it shares. */
  private merge(provisional: DescriptorTable, into: DescriptorTable): void {
    for (const d of provisional.history) {
      const known = into.get(d.fd);
      if (d.birth === 'unknown' && known) {
        known.calls += d.calls;
        known.errors += d.errors;
        known.bytesIn += d.bytesIn;
        known.bytesOut += d.bytesOut;
        if (d.closeNs !== null) into.close(d.fd, d.closeNs, d.deathRow, d.death ?? 'close');
      } else if (d.closeNs === null) this.open(into, d.fd, d.description, d.birth, d.openNs, d.birthRow);
    }
  }

  /** Plain answer about a descriptor as it was at a time. */
  describe(d: Descriptor, atNs: number): DescriptorInfo {
    return descriptorInfo(d, atNs, this.pidOf);
  }
}

const lastStandardFd = 2;

/** What is not known of the parent's is not known of the child's. */
function copyFlag(from: Descriptor, to: Descriptor, atNs: number): void {
  const flag = from.closeOnExec.at(atNs);
  if (flag !== undefined) to.closeOnExec.set(atNs, flag);
}

function isHeldBesides(table: DescriptorTable, process: ProcessId): boolean {
  return table.holders.some(h => h.process !== process && h.toNs === null);
}

/** Nobody uses the table any more. */
function closeAll(table: DescriptorTable, atNs: number, row: Row): void {
  table.end ??= { atNs, row };
  for (const d of table.openNow()) table.close(d.fd, atNs, row, 'exit');
}
