/**
 * All channels of a trace, and how sockets and FIFOs come to be ends of one.
 *
 * A connection is joined only when that is certain: the accepted peer address is the client's own, or just one connection
 * to that listener is waiting to be accepted. Otherwise each side keeps a channel of its own, with the far end unknown.
 */

import type { ProcessId, Row } from '../../api.js';
import type { ChannelId, ChannelInfo } from '../../modelApi.js';
import { Channel } from './channel.js';
import type { Description } from './description.js';
import { reaches } from './socketAddress.js';

interface Connecting {
  description: Description;
  target: string;
  row: Row;
  channel: Channel;
}

export class ChannelSet {
  readonly all: Channel[] = [];
  private readonly fifos = new Map<string, Channel>();
  private readonly fifoPaths = new Set<string>();
  private readonly connecting: Connecting[] = [];
  /** Address a socket was bound to or found to have. */
  private readonly local = new Map<Description, string>();
  /** connect row → accept row and back. */
  readonly connectedBy = new Map<Row, Row>();
  readonly acceptedFrom = new Map<Row, Row>();

  create(kind: ChannelInfo['kind'], atNs: number, row: Row | null): Channel {
    const channel = new Channel(this.all.length, kind, atNs, row);
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
  openFifo(description: Description, atNs: number, row: Row): void {
    let channel = this.fifos.get(description.name);
    if (!channel) {
      channel = this.create('fifo', atNs, row);
      channel.name = description.name;
      this.fifos.set(description.name, channel);
    }
    channel.attach(description, description.access === 'read' ? 0 : 1);
  }

  bound(description: Description, address: string): void {
    if (address !== '') this.local.set(description, address);
  }

  localAddress(description: Description): string {
    return this.local.get(description) ?? '';
  }

  /** A stream socket asked for a connection (it may be in progress still). */
  connect(description: Description, target: string, atNs: number, row: Row): void {
    const channel = this.create(target.includes(':') ? 'tcp' : 'unix', atNs, row);
    channel.name = target;
    channel.addresses[0] = this.localAddress(description);
    channel.addresses[1] = target;
    channel.attach(description, 0);
    channel.streams[1].partial = true; // until the other side is found
    channel.streams[0].partial = true;
    this.connecting.push({ description, target, row, channel });
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
      for (const stream of channel.streams) stream.partial = false;
      this.connectedBy.set(match.row, row);
      this.acceptedFrom.set(row, match.row);
    } else {
      channel = this.create(bound.includes(':') || peer.includes(':') ? 'tcp' : 'unix', atNs, row);
      channel.name = bound;
      for (const stream of channel.streams) stream.partial = true;
    }
    if (peer !== '') channel.addresses[0] = peer;
    channel.addresses[1] = bound;
    channel.attach(accepted, 1);
  }

  /** A connection attempt failed or its socket was closed before anybody accepted it. */
  abandon(description: Description): void {
    const i = this.connecting.findIndex(c => c.description === description);
    if (i >= 0) this.connecting.splice(i, 1);
  }

  /** Plain answer; `pidOf` gives the kernel's number of a process. */
  describe(channel: Channel, pidOf: (process: ProcessId) => number): ChannelInfo {
    const roles = channel.roles();
    const inFlight = (end: 0 | 1): number | null => {
      const { partial, written, read } = channel.streams[end];
      return partial ? null : written - read;
    };
    return {
      id: channel.id,
      kind: channel.kind,
      name: channel.name,
      bornNs: channel.bornNs,
      bornRow: channel.bornRow,
      ends: ([0, 1] as const).map(end => ({
        role: roles[end],
        address: channel.addresses[end],
        holders: holdersOf(channel.descriptions[end], pidOf),
      })),
      bytesWritten: [channel.streams[0].written, channel.streams[1].written],
      bytesRead: [channel.streams[0].read, channel.streams[1].read],
      inFlight: [inFlight(0), inFlight(1)],
      eofNs: channel.streams[1].eofNs ?? channel.streams[0].eofNs,
      resetNs: channel.resetNs,
      removedNs: channel.removedNs,
    };
  }
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
