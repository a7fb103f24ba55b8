/**
 * Open file descriptions and the descriptors that refer to them, as the kernel keeps them (open(2), dup(2), fork(2)).
 *
 * A *descriptor* is one number of one table from its birth to its close; a *description* is what open() made: kind, name,
 * status flags. dup and fork make new descriptors of the same description. Both keep intervals, so any instant can be asked.
 */

import type { Row } from '../../api.js';
import type { ChannelId, DescriptorBirth, DescriptorDeath, DescriptorKind, DescriptionId } from '../../modelApi.js';
import { Timeline } from '../timeline.js';
import type { Stream } from './channel.js';
import type { DescriptorTable } from './descriptorTable.js';

export type Access = 'read' | 'write' | 'readWrite';

export class Description {
  name = '';
  kind: DescriptorKind = 'unknown';
  /** fstat or its like has told the file's type. */
  typeKnown = false;
  access: Access | null = null;
  deletedNs: number | null = null;
  /** A stream (or seqpacket) socket: it connects. */
  stream = false;
  /** A seqpacket socket: it connects, and keeps the bounds of what is written. */
  packets = false;
  /** A datagram socket: every message goes to an address, the connected one when none is given. */
  datagram = false;
  remote = '';
  /** Since when it accepts connections (listen(2)); null: it does not. */
  listeningNs: number | null = null;
  /** O_ASYNC: readiness is announced by a signal. */
  signalled: Timeline<boolean> | undefined;
  /** When a call first used it, if nobody was seen opening it. */
  discoveredNs: number | null = null;
  readonly nonBlocking = new Timeline<boolean>();
  readonly append = new Timeline<boolean>();
  /** Channel it is an end of, and which end (index into the channel's ends). */
  channel: ChannelId | null = null;
  end = 0;
  /** The channel's streams that it reads from and writes to: kept here, for every transfer asks. */
  incoming: Stream | undefined;
  outgoing: Stream | undefined;
  descriptors: Descriptor[] = [];
  /** Something else than its descriptors refers to it (a message in flight, an interest list): it must stay this object. */
  referenced = false;

  constructor(readonly id: DescriptionId) {}
}

export class Descriptor {
  closeNs: number | null = null;
  death: DescriptorDeath | null = null;
  deathRow: Row | null = null;
  readonly closeOnExec = new Timeline<boolean>();
  bytesIn = 0;
  bytesOut = 0;
  calls = 0;
  errors = 0;

  constructor(
    readonly id: number,
    readonly table: DescriptorTable,
    readonly fd: number,
    public description: Description,
    public openNs: number,
    public birth: DescriptorBirth,
    public birthRow: Row | null,
  ) {
    // An array made around its first item has room for it alone; one that it is pushed to, for a dozen. Most descriptions have one.
    if (description.descriptors.length === 0) description.descriptors = [this];
    else description.descriptors.push(this);
  }

  isOpenAt(atNs: number): boolean {
    return this.openNs <= atNs && (this.closeNs === null || atNs < this.closeNs);
  }
}
