/** The last write of each thread that failed with EPIPE: what SIGPIPE was sent for (write(2), send(2)). */

import type { CallRecord, SignalRecord } from 'strace-parser';
import type { Row, ThreadId } from '../../api.js';
import type { Descriptor } from '../../model/descriptors/description.js';
import type { DescriptorModel } from '../../model/descriptors/descriptorModel.js';
import type { EventPlace, Model } from '../../model/model.js';

export interface BrokenPipe extends EventPlace {
  name: string;
  fd: number;
  descriptor: Descriptor | undefined;
  signalRow: Row | null;
}

const writing = /^(p?writev?(64|2)?|pwritev2?|send|sendto|sendmsg|sendmmsg|sendfile(64)?|splice)$/;

export class PipeFailures implements Model {
  readonly last = new Map<ThreadId, BrokenPipe>();

  constructor(private readonly descriptors: DescriptorModel) {}

  concernsError(errno: string): boolean {
    return errno === 'EPIPE';
  }

  failed(record: CallRecord, place: EventPlace): void {
    if (!writing.test(record.name)) return;
    const fd = record.argumentNumber(record.name === 'splice' ? 2 : 0);
    const descriptor = this.descriptors.current(place.process, fd);
    this.last.set(place.thread, { ...place, name: record.name, fd, descriptor, signalRow: null });
  }

  signal(record: SignalRecord, place: EventPlace): void {
    const broken = record.signal === 'SIGPIPE' ? this.last.get(place.thread) : undefined;
    if (broken) broken.signalRow ??= place.row;
  }
}
