/** Writes that failed with EPIPE (write(2), send(2)): the last one of each thread, and how often each descriptor was tried. */

import type { CallRecord, SignalRecord } from 'strace-parser';
import type { Row, ThreadId } from '../../api.js';
import type { Descriptor } from '../../model/descriptors/description.js';
import type { DescriptorModel } from '../../model/descriptors/descriptorModel.js';
import type { EventPlace, Model } from '../../model/model.js';

export interface BrokenPipe extends EventPlace {
  name: string;
  fd: number;
  atNs: number;
  descriptor: Descriptor | undefined;
  signalRow: Row | null;
}

export interface RepeatedFailure {
  first: BrokenPipe;
  second: BrokenPipe | null;
  last: BrokenPipe;
  count: number;
}

const writing = /^(p?writev?(64|2)?|pwritev2?|send|sendto|sendmsg|sendmmsg|sendfile(64)?|splice)$/;

export class PipeFailures implements Model {
  /** What SIGPIPE was sent for. */
  readonly last = new Map<ThreadId, BrokenPipe>();
  readonly repeated = new Map<Descriptor, RepeatedFailure>();

  constructor(private readonly descriptors: DescriptorModel) {}

  concernsError(errno: string, syscall: string): boolean {
    return errno === 'EPIPE' && writing.test(syscall);
  }

  failed(record: CallRecord, place: EventPlace): void {
    const fd = record.argumentNumber(record.name === 'splice' ? 2 : 0);
    const descriptor = this.descriptors.current(place, fd);
    const { name, startNs } = record;
    const broken = { ...place, name, fd, atNs: startNs, descriptor, signalRow: null };
    this.last.set(place.thread, broken);
    const known = descriptor && this.repeated.get(descriptor);
    if (known) {
      known.second ??= broken;
      known.last = broken;
      known.count++;
    } else if (descriptor) this.repeated.set(descriptor, { first: broken, second: null, last: broken, count: 1 });
  }

  signal(record: SignalRecord, place: EventPlace): void {
    const broken = record.signal === 'SIGPIPE' ? this.last.get(place.thread) : undefined;
    if (broken) broken.signalRow ??= place.row;
  }
}
