/** Calls that move bytes through descriptors: counts by descriptor, positions by channel. */

import type { CallRecord, Value } from 'strace-parser';
import type { Row } from '../../api.js';
import type { Descriptor } from './description.js';
import type { DescriptorModel } from './descriptorModel.js';
import type { DescriptorHandler } from './handlers.js';
import type { Choice } from './messages.js';
import { whenOf } from './opened.js';
import { socketAddress } from './socketAddress.js';

/** Bytes came out of a descriptor into the process (or into another descriptor). */
export function received(model: DescriptorModel, d: Descriptor, bytes: number, call: CallRecord, row: Row): void {
  d.bytesIn += bytes;
  const { incoming: stream, kind } = d.description;
  if (!stream) {
    if (kind === 'signalfd') model.signalfdRead?.(call, row);
    return;
  }
  if (call.name.startsWith('recv') && peeks(call)) return; // it stays where it is
  if (kind === 'eventfd') stream.gotRead(counterOf(call), row);
  else if (stream.messages && bytes > 0)
    stream.gotMessage(bytes, row, choiceOf(call), call.name.startsWith('recvm') ? NaN : call.argumentNumber(2));
  else if (bytes > 0) stream.gotRead(bytes, row);
  else if (stream.zeroIsEnd && (call.name.startsWith('recvm') || call.argumentNumber(2) !== 0))
    stream.eofNs ??= whenOf(call);
}

export function sent(model: DescriptorModel, d: Descriptor, bytes: number, call: CallRecord, row: Row): void {
  d.bytesOut += bytes;
  if (bytes === 0) return;
  const { datagram, outgoing: stream, kind } = d.description;
  if (datagram) {
    sentDatagram(model, d, bytes, call, row);
    return;
  }
  if (!stream) return;
  if (kind === 'eventfd') stream.wrote(counterOf(call), row);
  else if (stream.messages) stream.sentMessage(bytes, row);
  else stream.wrote(bytes, row);
}

/** A datagram goes to the socket that has the address: the one given, or the one connected to. */
function sentDatagram(model: DescriptorModel, d: Descriptor, bytes: number, call: CallRecord, row: Row): void {
  const given = call.name === 'sendto' ? call.argumentText(4) : call.name === 'sendmsg' ? call.argumentText(1) : '';
  const target = socketAddress(given) || d.description.remote;
  const channel = target === '' ? undefined : model.channels.inboxOf(target, whenOf(call), row);
  if (!channel) return;
  d.description.referenced = true;
  channel.descriptions[0].add(d.description);
  channel.streams[0].sentMessage(bytes, row);
}

function peeks(call: CallRecord): boolean {
  const flags = call.name === 'recvmsg' ? 2 : 3;
  return call.argumentNumber(flags) !== 0 && call.argumentText(flags).includes('MSG_PEEK');
}

/** Counters by the text they were read from: it is mostly 1. */
const counters = new Map<string, number>();
const mostCounters = 256;

/** eventfd(2): eight bytes, a number in the machine's order. */
function counterOf(call: CallRecord): number {
  const text = call.argumentText(1);
  let counter = counters.get(text);
  if (counter === undefined) {
    if (counters.size === mostCounters) counters.clear();
    counter = counterIn(call.arguments()[1]);
    counters.set(text, counter);
  }
  return counter;
}

function counterIn(value: Value | undefined): number {
  if (value?.kind !== 'bytes' || value.bytes.length < 8) return 0;
  return Number(new DataView(value.bytes.buffer, value.bytes.byteOffset, 8).getBigUint64(0, true));
}

/** A queue gives its most urgent message first. */
function choiceOf(call: CallRecord): Choice {
  return call.name.startsWith('mq_') ? 'highest' : 'first';
}

export function failed(model: DescriptorModel, d: Descriptor, call: CallRecord): void {
  if (call.errnoId === 0 || call.errno.startsWith('ERESTART')) return;
  d.errors++;
  if (call.errno === 'ECONNRESET' && d.description.channel !== null)
    model.channels.get(d.description.channel)!.resetNs ??= whenOf(call);
}

const read: DescriptorHandler = (model, call, table, { row, fd }) => {
  const d = model.use(table, fd, call);
  if (!d) return;
  d.calls++;
  if (call.returnValue >= 0) received(model, d, call.returnValue, call, row);
  else failed(model, d, call);
};

const write: DescriptorHandler = (model, call, table, { row, fd }) => {
  const d = model.use(table, fd, call);
  if (!d) return;
  d.calls++;
  if (call.returnValue >= 0) sent(model, d, call.returnValue, call, row);
  else failed(model, d, call);
};

/** vmsplice(2): into a pipe, or out of one when it is the end that is read. */
const mapped: DescriptorHandler = (model, call, table, place) => {
  const reads = model.use(table, place.fd, call)?.description.access === 'read';
  (reads ? read : write)(model, call, table, place);
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
      if (to) {
        sent(model, to, call.returnValue, call, row);
        if (to.description.outgoing) model.sinks.set(row, to.description.outgoing);
      }
    } else if (to && call.errno !== '') failed(model, to, call);
  };
}

const reading = 'read pread64 readv preadv preadv2 recv recvfrom';
const writing = 'write pwrite64 writev pwritev pwritev2 send sendto';

export const transferHandlers: readonly [string, DescriptorHandler][] = [
  ...reading.split(' ').map((name): [string, DescriptorHandler] => [name, read]),
  ...writing.split(' ').map((name): [string, DescriptorHandler] => [name, write]),
  ['mq_timedreceive', read],
  ['mq_timedreceive_time64', read],
  ['vmsplice', mapped],
  ['sendfile', between(1, 0)],
  ['sendfile64', between(1, 0)],
  ['splice', between(0, 2)],
  ['tee', between(0, 1)],
  ['copy_file_range', between(0, 2)],
];
