/** Sockets: birth, addresses, connections, messages. */

import { items, numberOf } from '../valueAccess.js';
import { annotationOf, applyAnnotation } from './annotation.js';
import type { DescriptorHandler } from './handlers.js';
import { failed, received, sent } from './ioHandlers.js';
import { opened, whenOf } from './opened.js';
import { passDescriptors, takeDescriptors } from './passing.js';
import { socketAddress } from './socketAddress.js';

const socket: DescriptorHandler = (model, call, table, place) => {
  const type = call.argumentText(1);
  const descriptor = opened(model, call, table, place, 'create', type.includes('SOCK_CLOEXEC'));
  if (!descriptor) return;
  const { description } = descriptor;
  description.kind = 'socket';
  description.access = 'readWrite';
  description.nonBlocking.set(descriptor.openNs, type.includes('SOCK_NONBLOCK'));
  description.packets = type.startsWith('SOCK_SEQPACKET');
  if (type.startsWith('SOCK_DGRAM')) description.datagram = true;
  else if (!type.startsWith('SOCK_RAW')) description.stream = true;
  if (description.name === '') description.name = `${call.argumentText(0)} ${type.split('|')[0] ?? ''}`;
};

const socketpair: DescriptorHandler = (model, call, table, place) => {
  if (call.returnValue !== 0) return;
  const type = call.argumentText(1);
  const made = items(call.arguments()[3]).map(value => {
    const description = model.newDescription();
    description.kind = 'socket';
    description.access = 'readWrite';
    description.name = 'socket pair';
    const target = annotationOf(value);
    if (target) applyAnnotation(description, target, call.startNs);
    const descriptor = model.open(table, numberOf(value), description, 'create', whenOf(call), place.row);
    descriptor.closeOnExec.set(descriptor.openNs, type.includes('SOCK_CLOEXEC'));
    description.nonBlocking.set(descriptor.openNs, type.includes('SOCK_NONBLOCK'));
    return description;
  });
  if (made.length !== 2) return;
  const channel = model.channels.pair('socketpair', made[0]!, made[1]!, whenOf(call), place.row);
  if (!type.startsWith('SOCK_STREAM')) channel.keepMessages(type.startsWith('SOCK_SEQPACKET'));
};

const bind: DescriptorHandler = (model, call, table) => {
  const d = model.use(table, call.argumentNumber(0), call);
  if (!d) return;
  d.calls++;
  const address = socketAddress(call.argumentText(1));
  if (call.returnValue !== 0) d.errors++;
  // Port 0: the kernel picks one, and getsockname will tell.
  else if (!address.endsWith(':0')) {
    model.channels.bound(d.description, address);
    d.description.name = address;
  }
};

const getsockname: DescriptorHandler = (model, call, table) => {
  const d = model.use(table, call.argumentNumber(0), call);
  if (!d) return;
  d.calls++;
  if (call.returnValue !== 0) return;
  const address = socketAddress(call.argumentText(1));
  model.channels.bound(d.description, address);
  if (address !== '' && d.description.channel === null) d.description.name = address;
};

const connect: DescriptorHandler = (model, call, table, place) => {
  const d = model.use(table, call.argumentNumber(0), call);
  if (!d) return;
  d.calls++;
  const target = socketAddress(call.argumentText(1));
  const inProgress = call.errno === 'EINPROGRESS';
  if (call.returnValue !== 0 && !inProgress) {
    d.errors++;
    return;
  }
  if (target === '') return;
  d.description.name = `→ ${target}`;
  if (d.description.datagram) d.description.remote = target;
  if (d.description.stream) model.channels.connect(d.description, target, !inProgress, call.startNs, place.row);
};

const listen: DescriptorHandler = (model, call, table) => {
  const d = model.use(table, call.argumentNumber(0), call);
  if (!d) return;
  d.calls++;
  if (call.returnValue === 0) d.description.listeningNs ??= whenOf(call);
  else d.errors++;
};

const accept: DescriptorHandler = (model, call, table, place) => {
  const listener = model.use(table, call.argumentNumber(0), call);
  if (!listener) return;
  listener.calls++;
  const flags = call.name === 'accept4' ? call.argumentText(3) : '';
  const descriptor = opened(model, call, table, place, 'accept', flags.includes('SOCK_CLOEXEC'));
  if (!descriptor) {
    if (!call.errno.startsWith('ERESTART')) listener.errors++;
    return;
  }
  const { description } = descriptor;
  description.kind = 'socket';
  description.access = 'readWrite';
  description.nonBlocking.set(descriptor.openNs, flags.includes('SOCK_NONBLOCK'));
  const peer = socketAddress(call.argumentText(1));
  const local = model.channels.localAddress(listener.description);
  if (local !== '' || peer !== '') description.name = peer === '' ? `${local} ←` : `${local} ← ${peer}`;
  description.stream = true;
  model.channels.accept(listener.description, description, peer, descriptor.openNs, place.row);
};

const shutdown: DescriptorHandler = (model, call, table, place) => {
  const d = model.use(table, call.argumentNumber(0), call);
  if (!d) return;
  d.calls++;
  if (call.returnValue !== 0) d.errors++;
  else if (call.argumentText(1) !== 'SHUT_RD') {
    const stream = d.description.outgoing;
    if (stream) stream.shutBy ??= { row: place.row, atNs: call.startNs };
  }
};

const sendmsg: DescriptorHandler = (model, call, table, place) => {
  const d = model.use(table, call.argumentNumber(0), call);
  if (!d) return;
  d.calls++;
  if (!(call.returnValue >= 0)) {
    failed(model, d, call);
    return;
  }
  sent(model, d, call.returnValue, call, place.row);
  passDescriptors(model, call, table, d.description.outgoing, place.row);
};

const recvmsg: DescriptorHandler = (model, call, table, place) => {
  const d = model.use(table, call.argumentNumber(0), call);
  if (!d) return;
  d.calls++;
  if (!(call.returnValue >= 0)) {
    failed(model, d, call);
    return;
  }
  received(model, d, call.returnValue, call, place.row);
  takeDescriptors(model, call, table, d.description.incoming, place.row);
};

/** sendmmsg, recvmmsg: several messages in one call; `msg_len` is what each carried. */
const severalMessages: DescriptorHandler = (model, call, table, place) => {
  const d = model.use(table, call.argumentNumber(0), call);
  if (!d) return;
  d.calls++;
  if (!(call.returnValue >= 0)) {
    failed(model, d, call);
    return;
  }
  const lengths = [...call.argumentText(1).matchAll(/\bmsg_len=(\d+)/g)]
    .slice(0, call.returnValue)
    .map(m => Number(m[1]));
  for (const bytes of lengths)
    if (call.name === 'sendmmsg') sent(model, d, bytes, call, place.row);
    else received(model, d, bytes, call, place.row);
  if (call.name === 'sendmmsg') passDescriptors(model, call, table, d.description.outgoing, place.row);
  else takeDescriptors(model, call, table, d.description.incoming, place.row);
};

export const socketHandlers: readonly [string, DescriptorHandler][] = [
  ['socket', socket],
  ['socketpair', socketpair],
  ['bind', bind],
  ['getsockname', getsockname],
  ['connect', connect],
  ['listen', listen],
  ['shutdown', shutdown],
  ['accept', accept],
  ['accept4', accept],
  ['sendmsg', sendmsg],
  ['recvmsg', recvmsg],
  ['sendmmsg', severalMessages],
  ['recvmmsg', severalMessages],
  ['recvmmsg_time64', severalMessages],
];
