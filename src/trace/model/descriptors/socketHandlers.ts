/** Sockets: birth, addresses, connections, and descriptors handed over in messages (SCM_RIGHTS). */

import type { CallRecord } from 'strace-parser';
import { items, numberOf } from '../valueAccess.js';
import { annotationOf, applyAnnotation } from './annotation.js';
import type { DescriptorHandler } from './handlers.js';
import { received, sent } from './ioHandlers.js';
import { opened, whenOf } from './opened.js';
import { socketAddress } from './socketAddress.js';

const socket: DescriptorHandler = (model, call, table, place) => {
  const type = call.argumentText(1);
  const descriptor = opened(model, call, table, place, 'create', type.includes('SOCK_CLOEXEC'));
  if (!descriptor) return;
  const { description } = descriptor;
  description.kind = 'socket';
  description.access = 'readWrite';
  description.nonBlocking.set(descriptor.openNs, type.includes('SOCK_NONBLOCK'));
  if (!type.startsWith('SOCK_DGRAM') && !type.startsWith('SOCK_RAW')) description.stream = true;
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
  if (made.length === 2) model.channels.pair('socketpair', made[0]!, made[1]!, whenOf(call), place.row);
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
  if (d.description.stream) model.channels.connect(d.description, target, call.startNs, place.row);
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

/** Numbers in the SCM_RIGHTS message of a msghdr: `cmsg_type=SCM_RIGHTS, cmsg_data=[5, 6]`. */
function passedNumbers(call: CallRecord): number[] {
  const text = call.argumentText(1);
  if (!text.includes('SCM_RIGHTS')) return [];
  const list = /cmsg_type=SCM_RIGHTS, cmsg_data=\[([^\]]*)\]/.exec(text)?.[1] ?? '';
  return [...list.matchAll(/(?:^|, )(\d+)/g)].map(m => Number(m[1]));
}

const sendmsg: DescriptorHandler = (model, call, table, place) => {
  const d = model.use(table, call.argumentNumber(0), call);
  if (!d) return;
  d.calls++;
  if (!(call.returnValue >= 0)) {
    d.errors++;
    return;
  }
  sent(model, d, call.returnValue, place.row);
  const passed = passedNumbers(call).map(fd => model.use(table, fd, call)?.description);
  const channel = d.description.channel === null ? undefined : model.channels.get(d.description.channel);
  const known = passed.filter(p => p !== undefined);
  if (channel && known.length > 0)
    channel.streams[d.description.end === 0 ? 0 : 1].passed.push({ descriptions: known, row: place.row });
};

const recvmsg: DescriptorHandler = (model, call, table, place) => {
  const d = model.use(table, call.argumentNumber(0), call);
  if (!d) return;
  d.calls++;
  if (!(call.returnValue >= 0)) {
    if (!call.errno.startsWith('ERESTART')) d.errors++;
    return;
  }
  received(model, d, call.returnValue, call, place.row);
  const numbers = passedNumbers(call);
  if (numbers.length === 0) return;
  const channel = d.description.channel === null ? undefined : model.channels.get(d.description.channel);
  const message = channel?.streams[d.description.end === 0 ? 1 : 0].passed.shift();
  if (message) model.passedBy.set(place.row, message.row);
  numbers.forEach((fd, i) => {
    const description = message?.descriptions[i] ?? model.newDescription();
    const descriptor = model.open(table, fd, description, 'received', whenOf(call), place.row);
    descriptor.closeOnExec.set(descriptor.openNs, call.argumentText(2).includes('MSG_CMSG_CLOEXEC'));
  });
};

export const socketHandlers: readonly [string, DescriptorHandler][] = [
  ['socket', socket],
  ['socketpair', socketpair],
  ['bind', bind],
  ['getsockname', getsockname],
  ['connect', connect],
  ['accept', accept],
  ['accept4', accept],
  ['sendmsg', sendmsg],
  ['recvmsg', recvmsg],
];
