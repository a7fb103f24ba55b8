/**
 * Descriptors over time: a table a process (shared under CLONE_FILES), copied at fork, thinned by O_CLOEXEC at exec.
 *
 * Keeps intervals (invariant 3). What was open before the trace saw it appears at its first use with birth 'unknown'; when the
 * process turns out to be somebody's copy, such descriptors are recognised as inherited.
 * A little over 300 lines: what finds, shares and takes back descriptors works on the same few maps.
 */

import type { CallRecord } from 'strace-parser';
import type { ProcessId, Row } from '../../api.js';
import type { ChannelId, ChannelInfo, DescriptorInfo } from '../../modelApi.js';
import type { EventPlace, Model, ProcessLink } from '../model.js';
import { applyPrinted, printedArgument } from './annotation.js';
import type { Stream } from './channel.js';
import { ChannelSet, type ChannelLookup } from './channelSet.js';
import { ClosedDescriptors } from './closedDescriptors.js';
import { Description, Descriptor } from './description.js';
import { DescriptorTable } from './descriptorTable.js';
import { descriptorHandlers, type DescriptorHandler } from './handlers.js';

export class DescriptorModel implements Model {
  readonly channels = new ChannelSet();
  /** Row of the recvmsg that brought descriptors → row of the sendmsg that passed them. */
  readonly passedBy = new Map<Row, Row>();
  /** What a call wrote into that got its bytes from another descriptor (splice, sendfile …): its own number is that one's. */
  readonly sinks = new Map<Row, Stream>();
  private readonly tables: { table: DescriptorTable; fromNs: number }[][] = [];
  private readonly handlers: (DescriptorHandler | null | undefined)[] = [];
  private descriptorCount = 0;
  private descriptionCount = 0;
  private readonly closed = new ClosedDescriptors();

  private readonly pidOf: (process: ProcessId) => number;

  constructor(private readonly lookup: ChannelLookup) {
    this.pidOf = process => lookup.pidOf(process);
  }

  concerns(syscall: string): boolean {
    return descriptorHandlers.has(syscall);
  }

  call(record: CallRecord, place: EventPlace): void {
    let handler = this.handlers[record.nameId];
    if (handler === undefined) {
      handler = descriptorHandlers.get(record.name) ?? null;
      this.handlers[record.nameId] = handler;
    }
    if (handler) handler(this, record, this.tableOf(place.process, record.startNs), place);
  }

  linked(link: ProcessLink): void {
    const parent = this.tableOf(link.creator, link.atNs);
    const provisional = this.tables[link.child]?.at(-1)?.table;
    if (link.sharesFiles) {
      if (provisional) this.merge(provisional, parent);
      parent.hold(link.child, link.atNs);
      this.tables[link.child] = [{ table: parent, fromNs: link.atNs }];
      return;
    }
    const child = provisional ?? this.tableOf(link.child, link.atNs);
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
        early.closeOnExec.set(link.atNs, inherited.closeOnExec.at(link.atNs) ?? false);
      } else if (!early) this.inherit(child, inherited, link);
    }
  }

  execed(process: ProcessId, row: Row, atNs: number): void {
    let table = this.tableOf(process, atNs);
    if (table.holders.some(h => h.process !== process && h.toNs === null)) table = this.unshare(process, atNs, row);
    for (const d of table.openNow()) if (d.closeOnExec.latest === true) table.close(d.fd, atNs, row, 'exec');
  }

  ended(process: ProcessId, row: Row, atNs: number): void {
    const table = this.tables[process]?.at(-1)?.table;
    if (!table?.release(process, atNs)) return;
    table.end = { atNs, row };
    for (const d of table.openNow()) table.close(d.fd, atNs, row, 'exit');
  }

  /** Table of a process now; an empty one when nothing is known of it yet. */
  tableOf(process: ProcessId, atNs: number): DescriptorTable {
    const known = this.tables[process]?.at(-1)?.table;
    if (known) return known;
    const table = new DescriptorTable(process, atNs, this.closed);
    this.tables[process] = [{ table, fromNs: atNs }];
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

  /** unshare(CLONE_FILES), or exec of one of several holders: a copy of its own. */
  unshare(process: ProcessId, atNs: number, row: Row): DescriptorTable {
    const shared = this.tableOf(process, atNs);
    shared.release(process, atNs);
    const own = new DescriptorTable(process, atNs, this.closed);
    for (const d of shared.openNow()) this.copy(own, d, 'fork', atNs, row);
    this.tables[process]!.push({ table: own, fromNs: atNs });
    return own;
  }

  /** Descriptors of one process (or all) open at a time; null is now. */
  openAt(process: ProcessId | null, atNs: number | null): DescriptorInfo[] {
    const time = atNs ?? Number.POSITIVE_INFINITY;
    const ids = process === null ? this.tables.keys() : [process];
    const tables = new Set<DescriptorTable>();
    for (const id of ids) {
      const table = this.tableAt(id, time);
      if (table) tables.add(table);
    }
    return [...tables].flatMap(table => table.openAt(time).map(d => this.describe(d, time)));
  }

  history(process: ProcessId): DescriptorInfo[] {
    const all = (this.tables[process] ?? []).flatMap(t => t.table.history);
    return all.sort((a, b) => a.fd - b.fd || a.openNs - b.openNs).map(d => this.describe(d, Number.POSITIVE_INFINITY));
  }

  /** Descriptors of one process open at a time. */
  openOf(process: ProcessId, atNs: number): Descriptor[] {
    return this.tableAt(process, atNs)?.openAt(atNs) ?? [];
  }

  /** What a number of a process means now; cheap, for models that follow the log. */
  current(process: ProcessId, fd: number): Descriptor | undefined {
    return this.tables[process]?.at(-1)?.table.get(fd);
  }

  /** The descriptor a number of a process meant at a time. */
  find(process: ProcessId, fd: number, atNs: number): Descriptor | undefined {
    return this.tableAt(process, atNs)?.find(fd, atNs);
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
    const spread = (to: DescriptorTable): void => {
      if (to.neverSeen(fd)) {
        const birth = to === top ? 'unknown' : 'fork';
        to.add(new Descriptor(this.descriptorCount++, to, fd, description, to.startNs, birth, to.origin?.row ?? null));
      } else if (to === table) {
        // It was closed and opened again unseen.
        to.add(new Descriptor(this.descriptorCount++, to, fd, description, to.lastOpenNs, 'unknown', null));
        return;
      }
      for (const copy of to.copies) if (copy.table.neverSeen(fd)) spread(copy.table);
    };
    spread(top);
    return table.get(fd) ?? this.open(table, fd, description, 'unknown', table.startNs, null);
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

  private tableAt(process: ProcessId, atNs: number): DescriptorTable | undefined {
    return this.tables[process]?.findLast(t => t.fromNs <= atNs)?.table;
  }

  private inherit(child: DescriptorTable, inherited: Descriptor, link: ProcessLink): void {
    const copy = this.copy(child, inherited, 'fork', link.atNs, link.row);
    copy.closeOnExec.set(link.atNs, inherited.closeOnExec.at(link.atNs) ?? false);
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
    const { description } = d;
    return {
      id: d.id,
      process: d.table.owner,
      fd: d.fd,
      kind: description.kind,
      letter: letters[description.kind],
      name: description.name,
      deleted: description.deletedNs !== null && description.deletedNs <= atNs,
      nonBlocking: description.nonBlocking.at(atNs) ?? null,
      append: description.append.at(atNs) ?? null,
      closeOnExec: d.closeOnExec.at(atNs) ?? null,
      access: description.access,
      description: description.id,
      siblings: description.descriptors
        .filter(other => other !== d && other.isOpenAt(atNs))
        .map(other => ({ process: other.table.owner, pid: this.pidOf(other.table.owner), fd: other.fd })),
      channel: description.channel,
      bytesIn: d.bytesIn,
      bytesOut: d.bytesOut,
      calls: d.calls,
      errors: d.errors,
      birth: d.birth,
      birthRow: d.birthRow,
      openNs: d.openNs,
      closeNs: d.closeNs,
      death: d.death,
      deathRow: d.deathRow,
    };
  }
}

const letters: Readonly<Record<DescriptorInfo['kind'], DescriptorInfo['letter']>> = {
  file: '-',
  memfd: '-',
  directory: 'd',
  symlink: 'l',
  socket: 's',
  pipe: 'p',
  fifo: 'p',
  block: 'b',
  char: 'c',
  epoll: '?',
  eventfd: '?',
  signalfd: '?',
  timerfd: '?',
  inotify: '?',
  pidfd: '?',
  mqueue: '?',
  ioUring: '?',
  other: '?',
  unknown: '?',
};
