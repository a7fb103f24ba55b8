/**
 * Channels: what bytes and messages travel through, with a position for every transfer, so that a read can be tied to the
 * writes it carried.
 */

import type { ProcessId, Row } from '../../api.js';
import type { ChannelId, ChannelInfo } from '../../modelApi.js';
import type { Description, Descriptor } from './description.js';
import { Messages, type Choice } from './messages.js';
import { Positions } from './positions.js';
import type { TransferLog } from './transferLog.js';

const smallestPipe = 4096;

/** One direction of a channel: a stream with positions counted from 0 when its beginning was seen. */
export class Stream {
  private readonly writes: Positions;
  private readonly reads: Positions;
  /** True when its beginning or one of its ends is outside the trace. */
  partlySeen = false;
  /** Set where messages keep their bounds: then they are paired one by one, not by positions. */
  messages: Messages | undefined;
  /** Nothing read means its end; of datagrams and queues it is a message without bytes. */
  zeroIsEnd = true;
  /** Descriptions in flight (SCM_RIGHTS), oldest first. */
  readonly passed: { descriptions: Description[]; row: Row }[] = [];
  /** Receipts of descriptors whose sender's line has not come yet. */
  readonly awaited: { descriptors: Descriptor[]; row: Row }[] = [];
  eofNs: number | null = null;
  /** shutdown(2) for writing ended it. */
  shutBy: { row: Row; atNs: number } | null = null;

  constructor(log: TransferLog) {
    this.writes = new Positions(log);
    this.reads = new Positions(log);
  }

  get written(): number {
    return this.writes.total;
  }

  get read(): number {
    return this.reads.total;
  }

  wrote(bytes: number, row: Row): void {
    this.writes.add(bytes, row);
  }

  sentMessage(bytes: number, row: Row, key = 0): void {
    this.writes.add(bytes, row);
    this.messages?.sent(row, bytes, key);
  }

  /** `asked`: room for the message; NaN when the call's text does not say. */
  gotMessage(bytes: number, row: Row, choice: Choice, asked: number): void {
    this.reads.add(bytes, row);
    const sent = this.messages?.received(row, choice);
    if (sent === undefined) return;
    // Not the message that was sent first: one was lost, or somebody unseen sends, too.
    if (bytes > sent || (bytes < sent && bytes < asked)) this.partlySeen = true;
  }

  gotRead(bytes: number, row: Row): void {
    this.reads.add(bytes, row);
  }

  /**
   * True when the trace cannot know how much is in it. More read than written: somebody outside the trace writes, too (or, for a
   * moment, a reader's line was printed before the writer's).
   */
  get partial(): boolean {
    return this.partlySeen || (this.messages ? this.messages.inFlight === null : this.read > this.written);
  }

  /** What has gone through it at a time; `inFlight` null when the trace cannot know. */
  stateAt(atNs: number, endNsOf: (row: Row) => number): { written: number; read: number; inFlight: number | null } {
    const written = this.writes.totalAt(atNs, endNsOf);
    const read = this.reads.totalAt(atNs, endNsOf);
    if (this.partial) return { written, read, inFlight: null };
    const queued = this.messages?.inFlight ?? this.written - this.read;
    if (atNs === Number.POSITIVE_INFINITY) return { written, read, inFlight: queued };
    // A message that was cut on receipt left the queue whole: when, the totals do not say.
    const exact = queued === this.written - this.read;
    return { written, read, inFlight: exact ? Math.max(0, written - read) : null };
  }

  /** Rows whose bytes a read carried, oldest first; none when the stream is only partly known. */
  writersOf(readRow: Row): readonly Row[] {
    if (this.messages) return this.partlySeen ? [] : this.messages.sendersOf(readRow);
    return this.partial ? [] : this.reads.meeting(readRow, this.writes);
  }

  /** Rows that read what a write put in. */
  readersOf(writeRow: Row): readonly Row[] {
    if (this.messages) return this.partlySeen ? [] : this.messages.receiversOf(writeRow);
    return this.partial ? [] : this.writes.meeting(writeRow, this.reads);
  }

  firstWriteAfter(row: Row): Row | undefined {
    return this.writes.firstAfter(row);
  }

  /**
   * The read that made room for a write that had to wait, if any: `during` says which were made while it waited. A write into what has
   * less in it than one page, the smallest that a pipe can be, waits for no room.
   */
  roomMadeFor(writeRow: Row, during: (row: Row) => boolean): Row | undefined {
    if (this.messages || this.partial) return undefined;
    return this.reads.lastBefore(this.writes.endOf(writeRow) - smallestPipe, during);
  }
}

interface FifoOpen {
  row: Row;
  startNs: number;
  endNs: number;
  end: 0 | 1;
}

const singleEnds: Readonly<Partial<Record<ChannelInfo['kind'], string>>> = {
  mqueue: 'queue',
  sysvQueue: 'queue',
  sysvShm: 'segment',
  posixShm: 'segment',
  sharedMap: 'segment',
  sysvSem: 'set',
  eventfd: 'counter',
};

export class Channel {
  name = '';
  /** Index: the writing end. A pipe writes at end 1 only. */
  readonly streams: readonly [Stream, Stream];
  readonly addresses: [string, string] = ['', ''];
  readonly descriptions: [Set<Description>, Set<Description>] = [new Set(), new Set()];
  /** Processes that use what has no descriptor (System V objects, mappings), and since when. */
  readonly users: { process: ProcessId; fromNs: number; toNs: number | null }[] = [];
  /** Calls that opened a FIFO. */
  readonly opens: FifoOpen[] = [];
  resetNs: number | null = null;
  removedNs: number | null = null;

  constructor(
    readonly id: ChannelId,
    readonly kind: ChannelInfo['kind'],
    readonly bornNs: number,
    readonly bornRow: Row | null,
    log: TransferLog,
  ) {
    this.streams = [new Stream(log), new Stream(log)];
  }

  attach(description: Description, end: 0 | 1): void {
    description.channel = this.id;
    description.end = end;
    description.incoming = this.incoming(end);
    description.outgoing = this.outgoing(end);
    this.descriptions[end].add(description);
  }

  use(process: ProcessId, atNs: number): void {
    if (!this.users.some(u => u.process === process && u.toNs === null))
      this.users.push({ process, fromNs: atNs, toNs: null });
  }

  leave(process: ProcessId, atNs: number): void {
    for (const user of this.users) if (user.process === process) user.toNs ??= atNs;
  }

  /** What has only one end: its name; undefined for what has two. */
  get singleEnd(): string | undefined {
    return singleEnds[this.kind];
  }

  /** The stream that an end reads from. Pipes, FIFOs and all that have one end have one stream: the second. */
  incoming(end: number): Stream {
    return this.streams[this.oneWay || end === 0 ? 1 : 0];
  }

  outgoing(end: number): Stream {
    return this.streams[this.oneWay || end !== 0 ? 1 : 0];
  }

  private get oneWay(): boolean {
    return this.kind === 'pipe' || this.kind === 'fifo' || this.singleEnd !== undefined;
  }

  /** Every message stays a message: datagrams and queues, or (`zeroIsEnd`) the packets of what can end. */
  keepMessages(zeroIsEnd = false): this {
    for (const stream of this.streams) {
      stream.messages = new Messages();
      stream.zeroIsEnd = zeroIsEnd;
    }
    return this;
  }

  /** The open of the other end that let an open go on which had to wait for it (fifo(7)); undefined when it did not wait. */
  peerOpenOf(row: Row): Row | undefined {
    const own = this.opens.find(o => o.row === row);
    if (!own) return undefined;
    const others = this.descriptions[own.end === 0 ? 1 : 0];
    for (const other of others) if (other.descriptors.some(d => d.isOpenAt(own.startNs))) return undefined;
    const after = this.opens.filter(o => o.end !== own.end && o.startNs >= own.startNs && o.startNs <= own.endNs);
    return after.sort((a, b) => a.startNs - b.startNs)[0]?.row;
  }

  /** The open that waited until `row` opened the other end. */
  openedBy(row: Row): Row | undefined {
    return this.opens.find(o => this.peerOpenOf(o.row) === row)?.row;
  }

  /** Names of the ends, by kind. */
  roles(): readonly [string, string] {
    if (this.kind === 'pipe' || this.kind === 'fifo') return ['read', 'write'];
    if (this.kind === 'tcp' || this.kind === 'unix') return ['client', 'server'];
    return ['a', 'b'];
  }
}
