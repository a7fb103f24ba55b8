/**
 * All channels of a trace, and how sockets and FIFOs come to be ends of one.
 *
 * A connection is joined only when that is certain: the accepted peer address is the client's own, or just one connection
 * to that listener is waiting to be accepted. Otherwise each side keeps a channel of its own, with the far end unknown.
 */

import type { ProcessId, Row } from '../../api.js';
import type { ChannelId, ChannelInfo } from '../../modelApi.js';
import { Channel, type Stream } from './channel.js';
import type { Description } from './description.js';
import { reaches } from './socketAddress.js';
import { TransferLog } from './transferLog.js';

/** What a channel's description asks of others. */
export interface ChannelLookup {
  pidOf(process: ProcessId): number;
  endNsOf(row: Row): number;
}

/** Another connect that began earlier may still be printed: its line comes at its end. */
const longestConnectNs = 60e9;
const mostEarlyAccepts = 64;
const mostQueued = 256;

type StreamState = ReturnType<Stream['stateAt']>;

/** An accept whose client's line has not come yet: strace may print it first. */
interface EarlyAccept {
  channel: Channel;
  bound: string;
  atNs: number;
  row: Row;
}

interface Connecting {
  description: Description;
  target: string;
  /** It is in the listener's queue, whatever becomes of the client's socket. */
  established: boolean;
  row: Row;
  channel: Channel;
}

export class ChannelSet {
  readonly all: Channel[] = [];
  private readonly transfers = new TransferLog();
  private readonly fifos = new Map<string, Channel>();
  /** POSIX message queues by name, and names that were free at some time. */
  private readonly queues = new Map<string, Channel>();
  private readonly removedQueues = new Set<string>();
  private readonly openedFifos = new Map<Row, Channel>();
  private readonly fifoPaths = new Set<string>();
  private readonly connecting: Connecting[] = [];
  private earlyAccepts: EarlyAccept[] = [];
  /** Address a socket was bound to or found to have. */
  private readonly local = new Map<Description, string>();
  /** connect row → accept row and back. */
  readonly connectedBy = new Map<Row, Row>();
  readonly acceptedFrom = new Map<Row, Row>();

  create(kind: ChannelInfo['kind'], atNs: number, row: Row | null): Channel {
    const channel = new Channel(this.all.length, kind, atNs, row, this.transfers);
    this.all.push(channel);
    return channel;
  }

  get(id: ChannelId): Channel | undefined {
    return this.all[id];
  }

  /** mknod(2) made a FIFO at a path. */
  fifoMade(path: string): void {
    this.fifoPaths.add(path);
  }

  /** A path (absolute, or as given to mknod) that names a FIFO the trace saw being made. */
  isFifo(path: string): boolean {
    if (this.fifoPaths.size === 0) return false;
    if (this.fifoPaths.has(path)) return true;
    for (const made of this.fifoPaths) if (!made.startsWith('/') && path.endsWith(`/${made}`)) return true;
    return false;
  }

  /** Ends of pipe() or socketpair(): `a` is the read end of a pipe. */
  pair(kind: 'pipe' | 'socketpair', a: Description, b: Description, atNs: number, row: Row): Channel {
    const channel = this.create(kind, atNs, row);
    channel.name = a.name;
    channel.attach(a, 0);
    channel.attach(b, 1);
    return channel;
  }

  /** A FIFO was opened: all openers of one path meet in one channel. */
  openFifo(description: Description, startNs: number, atNs: number, row: Row): void {
    let channel = this.fifos.get(description.name);
    // With the last descriptor the bytes are gone, too; a new one begins empty.
    if (!channel || (channel.opens.length > 0 && !isHeldSince(channel, startNs))) {
      channel = this.create('fifo', atNs, row);
      channel.name = description.name;
      this.fifos.set(description.name, channel);
    }
    const end = description.access === 'read' ? 0 : 1;
    channel.attach(description, end);
    this.openedFifos.set(row, channel);
    channel.opens.push({ row, startNs, endNs: atNs, end });
  }

  /** A POSIX message queue was opened; `fresh`: this call made it. */
  openQueue(description: Description, fresh: boolean, atNs: number, row: Row): void {
    let queue = this.queues.get(description.name);
    if (!queue || fresh) {
      queue = this.create('mqueue', atNs, row).keepMessages();
      queue.name = description.name;
      // Without O_EXCL it may have been there before, with messages in it.
      queue.streams[1].partlySeen = !fresh && !this.removedQueues.has(description.name);
      this.queues.set(description.name, queue);
    }
    queue.attach(description, 1);
  }

  /** The name is free; who has the queue open keeps it. */
  queueUnlinked(name: string, atNs: number): void {
    const queue = this.queues.get(name);
    if (queue) queue.removedNs = atNs;
    this.queues.delete(name);
    this.removedQueues.add(name);
  }

  /** A path was unlinked: a FIFO or socket of that name is another one from now on. */
  unlinked(path: string, atNs: number): void {
    for (const [name, fifo] of this.fifos) {
      if (name !== path && (path.startsWith('/') || !name.endsWith(`/${path}`))) continue;
      fifo.removedNs ??= atNs;
      this.fifos.delete(name);
    }
  }

  /** The FIFO that a call opened. */
  openedIn(row: Row): Channel | undefined {
    return this.openedFifos.get(row);
  }

  bound(description: Description, address: string): void {
    if (address !== '') this.local.set(description, address);
  }

  /** Where datagrams to an address wait; undefined when no traced socket was bound to it. */
  inboxOf(address: string, atNs: number, row: Row): Channel | undefined {
    for (const [owner, bound] of this.local) {
      if (!owner.datagram || !reaches(address, bound) || owner.descriptors.every(d => d.closeNs !== null)) continue;
      const known = owner.channel === null ? undefined : this.get(owner.channel);
      if (known) return known;
      const channel = this.create(address.includes(':') ? 'udp' : 'unix', atNs, row).keepMessages();
      channel.name = bound;
      channel.addresses[1] = bound;
      channel.attach(owner, 1);
      return channel;
    }
    return undefined;
  }

  localAddress(description: Description): string {
    return this.local.get(description) ?? '';
  }

  /** A stream socket asked for a connection (it may be in progress still). */
  connect(description: Description, target: string, established: boolean, atNs: number, row: Row): void {
    // A connection is there before it is accepted, and asked for before it is there.
    this.earlyAccepts = this.earlyAccepts.filter(accept => accept.atNs >= atNs - longestConnectNs);
    const accepted = this.earlyAccepts.filter(accept => accept.atNs >= atNs && reaches(target, accept.bound));
    const early = accepted.length === 1 ? accepted[0] : undefined;
    if (early) {
      this.earlyAccepts.splice(this.earlyAccepts.indexOf(early), 1);
      for (const stream of early.channel.streams) stream.partlySeen = false;
      early.channel.addresses[0] ||= this.localAddress(description);
      early.channel.attach(description, 0);
      this.connectedBy.set(row, early.row);
      this.acceptedFrom.set(early.row, row);
      return;
    }
    const channel = this.create(target.includes(':') ? 'tcp' : 'unix', atNs, row);
    channel.name = target;
    channel.addresses[0] = this.localAddress(description);
    channel.addresses[1] = target;
    channel.attach(description, 0);
    if (description.packets) channel.keepMessages(true);
    for (const stream of channel.streams) stream.partlySeen = true; // until the other side is found
    this.connecting.push({ description, target, established, row, channel });
  }

  accept(listener: Description, accepted: Description, peer: string, atNs: number, row: Row): void {
    const bound = this.localAddress(listener);
    const waiting = this.connecting.filter(c => bound !== '' && reaches(c.target, bound));
    const byAddress = peer === '' ? undefined : waiting.find(c => this.localAddress(c.description) === peer);
    const match = byAddress ?? (waiting.length === 1 ? waiting[0] : undefined);
    let channel: Channel;
    if (match) {
      this.connecting.splice(this.connecting.indexOf(match), 1);
      channel = match.channel;
      for (const stream of channel.streams) stream.partlySeen = false;
      this.connectedBy.set(match.row, row);
      this.acceptedFrom.set(row, match.row);
    } else {
      channel = this.create(bound.includes(':') || peer.includes(':') ? 'tcp' : 'unix', atNs, row);
      channel.name = bound;
      if (listener.packets) channel.keepMessages(true);
      for (const stream of channel.streams) stream.partlySeen = true;
      if (bound !== '' && waiting.length === 0) this.earlyAccepts.push({ channel, bound, atNs, row });
      // Most clients are outside of the trace: theirs never comes.
      if (this.earlyAccepts.length > mostEarlyAccepts) this.earlyAccepts.shift();
    }
    if (peer !== '') channel.addresses[0] = peer;
    channel.addresses[1] = bound;
    channel.attach(accepted, 1);
  }

  /**
   * A descriptor was closed. With the last one of a client's socket an attempt to connect is over, while a connection waits on to be
   * accepted.
   */
  closed(description: Description): void {
    if (this.connecting.length === 0 || description.descriptors.some(d => d.closeNs === null)) return;
    const i = this.connecting.findIndex(c => c.description === description);
    const left = this.connecting[i];
    if (!left) return;
    const queued = left.established && this.connecting.length <= mostQueued && this.isListening(left.target);
    if (!queued) this.connecting.splice(i, 1);
  }

  private isListening(target: string): boolean {
    for (const [description, bound] of this.local)
      if (description.listeningNs !== null && reaches(target, bound)) return true;
    return false;
  }

  /** Plain answer about a channel as it was at a time (Infinity: now). */
  describe(channel: Channel, atNs: number, { pidOf, endNsOf }: ChannelLookup): ChannelInfo {
    const roles = channel.roles();
    const single = channel.singleEnd;
    const users = channel.users.map(u => ({ ...u, pid: pidOf(u.process), fd: -1 }));
    const before = (ns: number | null): number | null => (ns !== null && ns <= atNs ? ns : null);
    const [first, second] = channel.streams.map(stream => stream.stateAt(atNs, endNsOf)) as [StreamState, StreamState];
    const ends: ChannelInfo['ends'] =
      single === undefined
        ? ([0, 1] as const).map(end => ({
            role: roles[end],
            address: channel.addresses[end],
            holders: holdersOf(channel.descriptions[end], pidOf),
          }))
        : [{ role: single, address: '', holders: [...holdersOf(channel.descriptions[1], pidOf), ...users] }];
    return {
      id: channel.id,
      kind: channel.kind,
      name: channel.name,
      bornNs: channel.bornNs,
      bornRow: channel.bornRow,
      ends,
      bytesWritten: [first.written, second.written],
      bytesRead: [first.read, second.read],
      inFlight: [first.inFlight, second.inFlight],
      eofNs: before(channel.streams[1].eofNs ?? channel.streams[0].eofNs),
      resetNs: before(channel.resetNs),
      removedNs: before(channel.removedNs),
    };
  }
}

/** Some process held an end at a time or later: an open that began then and waited for that end met it. */
function isHeldSince(channel: Channel, atNs: number): boolean {
  return channel.descriptions.some(end =>
    [...end].some(o => o.descriptors.some(d => d.closeNs === null || d.closeNs >= atNs)),
  );
}

function holdersOf(
  descriptions: Iterable<Description>,
  pidOf: (process: ProcessId) => number,
): ChannelInfo['ends'][number]['holders'] {
  const holders: ChannelInfo['ends'][number]['holders'] = [];
  for (const description of descriptions)
    for (const d of description.descriptors)
      for (const h of d.table.holders) {
        const fromNs = Math.max(d.openNs, h.fromNs);
        const ends = [d.closeNs, h.toNs].filter(t => t !== null);
        const toNs = ends.length > 0 ? Math.min(...ends) : null;
        if (toNs !== null && toNs < fromNs) continue;
        holders.push({ process: h.process, pid: pidOf(h.process), fd: d.fd, fromNs, toNs });
      }
  return holders.sort((a, b) => a.fromNs - b.fromNs);
}
