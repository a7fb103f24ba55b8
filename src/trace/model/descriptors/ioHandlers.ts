/** Calls that move bytes through descriptors: counts by descriptor, positions by channel. */

import type { CallRecord } from 'strace-parser';
import type { Row } from '../../api.js';
import type { Descriptor } from './description.js';
import type { DescriptorModel } from './descriptorModel.js';
import type { DescriptorHandler } from './handlers.js';
import { whenOf } from './opened.js';

/** Bytes came out of a descriptor into the process (or into another descriptor). */
export function received(model: DescriptorModel, d: Descriptor, bytes: number, call: CallRecord, row: Row): void {
  d.bytesIn += bytes;
  if (d.description.channel === null) return;
  const channel = model.channels.get(d.description.channel)!;
  // What this end reads was written at the other end; a pipe's only stream is the one of its write end.
  const stream = channel.streams[d.description.end === 0 ? 1 : 0];
  if (bytes > 0) stream.gotRead(bytes, row);
  else if (call.argumentNumber(2) !== 0) stream.eofNs ??= whenOf(call);
}

export function sent(model: DescriptorModel, d: Descriptor, bytes: number, row: Row): void {
  d.bytesOut += bytes;
  if (d.description.channel === null || bytes === 0) return;
  model.channels.get(d.description.channel)!.streams[d.description.end === 0 ? 0 : 1].wrote(bytes, row);
}

function failed(model: DescriptorModel, d: Descriptor, call: CallRecord): void {
  if (call.errno === '' || call.errno.startsWith('ERESTART')) return;
  d.errors++;
  if (call.errno === 'ECONNRESET' && d.description.channel !== null)
    model.channels.get(d.description.channel)!.resetNs ??= whenOf(call);
}

const read: DescriptorHandler = (model, call, table, { row }) => {
  const d = model.use(table, call.argumentNumber(0), call);
  if (!d) return;
  d.calls++;
  if (call.returnValue >= 0) received(model, d, call.returnValue, call, row);
  else failed(model, d, call);
};

const write: DescriptorHandler = (model, call, table, { row }) => {
  const d = model.use(table, call.argumentNumber(0), call);
  if (!d) return;
  d.calls++;
  if (call.returnValue >= 0) sent(model, d, call.returnValue, row);
  else failed(model, d, call);
};

/** One descriptor feeds another inside the kernel: argument numbers of source and sink. */
function between(source: number, sink: number): DescriptorHandler {
  return (model, call, table, { row }) => {
    const from = model.use(table, call.argumentNumber(source), call);
    const to = model.use(table, call.argumentNumber(sink), call);
    if (from) from.calls++;
    if (to) to.calls++;
    if (call.returnValue > 0) {
      // tee() leaves the bytes in the source.
      if (from && call.name !== 'tee') received(model, from, call.returnValue, call, row);
      if (to) sent(model, to, call.returnValue, row);
    } else if (to && call.errno !== '') failed(model, to, call);
  };
}

const reading = 'read pread64 readv preadv preadv2 recv recvfrom';
const writing = 'write pwrite64 writev pwritev pwritev2 send sendto vmsplice';

export const transferHandlers: readonly [string, DescriptorHandler][] = [
  ...reading.split(' ').map((name): [string, DescriptorHandler] => [name, read]),
  ...writing.split(' ').map((name): [string, DescriptorHandler] => [name, write]),
  ['sendfile', between(1, 0)],
  ['sendfile64', between(1, 0)],
  ['splice', between(0, 2)],
  ['tee', between(0, 1)],
  ['copy_file_range', between(0, 2)],
];
