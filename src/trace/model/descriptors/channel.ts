/**
 * Channels: what bytes and messages travel through, with a position for every transfer, so that a read can be tied to the
 * writes it carried.
 */

import type { ProcessId, Row } from '../../api.js';
import type { ChannelId, ChannelInfo } from '../../modelApi.js';
import type { Description, Descriptor } from './description.js';
import { Messages, type Choice } from './messages.js';

/** One direction of a channel: a stream with positions counted from 0 when its beginning was seen. */
export class Stream {
  written = 0;
  read = 0;
  /** True when its beginning or one of its ends is outside the trace. */
  partlySeen = false;
  /** Set where messages keep their bounds: then they are paired one by one, not by positions. */
  messages: Messages | undefined;
  private readonly writeRows: Row[] = [];
  private readonly writeEnds: number[] = [];
  private readonly readRows: Row[] = [];
  private readonly readEnds: number[] = [];
  /** Descriptions in flight (SCM_RIGHTS), oldest first. */
  readonly passed: { descriptions: Description[]; row: Row }[] = [];
  /** Receipts of descriptors whose sender's line has not come yet. */
  readonly awaited: { descriptors: Descriptor[]; row: Row }[] = [];
  eofNs: number | null = null;
  /** shutdown(2) for writing ended it. */
  shutBy: { row: Row; atNs: number } | null = null;

  wrote(bytes: number, row: Row): void {
    this.written += bytes;
    this.writeRows.push(row);
    this.writeEnds.push(this.written);
  }

  sentMessage(bytes: number, row: Row, key = 0): void {
    this.written += bytes;
    this.messages?.sent(row, bytes, key);
  }

  /** `asked`: room for the message; NaN when the call's text does not say. */
  gotMessage(bytes: number, row: Row, choice: Choice, asked: number): void {
    this.read += bytes;
    const sent = this.messages?.received(row, choice);
    if (sent === undefined) return;
    // Not the message that was sent first: one was lost, or somebody unseen sends, too.
    if (bytes > sent || (bytes < sent && bytes < asked)) this.partlySeen = true;
  }

  gotRead(bytes: number, row: Row): void {
    this.read += bytes;
    this.readRows.push(row);
    this.readEnds.push(this.read);
  }

  /**
   * True when the trace cannot know how much is in it. More read than written: somebody outside the trace writes, too (or, for a
   * moment, a reader's line was printed before the writer's).
   */
  get partial(): boolean {
    return this.partlySeen || (this.messages ? this.messages.inFlight === null : this.read > this.written);
  }

  get inFlight(): number | null {
    if (this.partial) return null;
    return this.messages ? this.messages.inFlight : this.written - this.read;
  }

  /** Rows whose bytes a read carried, oldest first; none when the stream is only partly known. */
  writersOf(readRow: Row): readonly Row[] {
    if (this.messages) return this.partlySeen ? [] : this.messages.sendersOf(readRow);
    return this.partial ? [] : overlap(this.readRows, this.readEnds, this.writeRows, this.writeEnds, readRow);
  }

  /** Rows that read what a write put in. */
  readersOf(writeRow: Row): readonly Row[] {
    if (this.messages) return this.partlySeen ? [] : this.messages.receiversOf(writeRow);
    return this.partial ? [] : overlap(this.writeRows, this.writeEnds, this.readRows, this.readEnds, writeRow);
  }

  firstWriteAfter(row: Row): Row | undefined {
    const i = lowerBound(this.writeRows, row + 1);
    return this.writeRows[i];
  }

  firstReadAfter(row: Row): Row | undefined {
    const i = lowerBound(this.readRows, row + 1);
    return this.readRows[i];
  }
}

/** Rows of the other side whose byte range meets the range of `row`. */
function overlap(rows: Row[], ends: number[], otherRows: Row[], otherEnds: number[], row: Row): Row[] {
  // Rows are handed out at a call's entry and positions at its return, so rows are only nearly sorted: search, then walk.
  const i = rows.lastIndexOf(row);
  if (i < 0) return [];
  const from = i === 0 ? 0 : ends[i - 1]!;
  const to = ends[i]!;
  const found: Row[] = [];
  for (let k = lowerBound(otherEnds, from + 1); k < otherEnds.length; k++) {
    const start = k === 0 ? 0 : otherEnds[k - 1]!;
    if (start >= to) break;
    found.push(otherRows[k]!);
  }
  return found;
}

function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
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
  readonly streams: readonly [Stream, Stream] = [new Stream(), new Stream()];
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
  ) {}

  attach(description: Description, end: 0 | 1): void {
    description.channel = this.id;
    description.end = end;
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

  /** Every message stays a message: datagrams, packets, queues. */
  keepMessages(): this {
    for (const stream of this.streams) stream.messages = new Messages();
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
