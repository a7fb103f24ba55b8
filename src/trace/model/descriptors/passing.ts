/** Descriptors handed over in messages (SCM_RIGHTS, unix(7)). */

import type { CallRecord, Value } from 'strace-parser';
import type { Row } from '../../api.js';
import { field, items, numberOf } from '../valueAccess.js';
import { annotationOf, applyAnnotation } from './annotation.js';
import type { Stream } from './channel.js';
import type { Description, Descriptor } from './description.js';
import type { DescriptorModel } from './descriptorModel.js';
import type { DescriptorTable } from './descriptorTable.js';
import { whenOf } from './opened.js';

/** The descriptors that each message of sendmsg, recvmsg, sendmmsg or recvmmsg carried; messages without any are left out. */
function passedIn(call: CallRecord): Value[][] {
  if (!call.argumentText(1).includes('SCM_RIGHTS')) return [];
  const [, told] = call.arguments();
  const headers = call.name.includes('mmsg') ? items(told).map(message => field(message, 'msg_hdr')) : [told];
  return headers.map(descriptorsIn).filter(passed => passed.length > 0);
}

function descriptorsIn(header: Value | undefined): Value[] {
  return items(field(header, 'msg_control'))
    .filter(control => isWord(field(control, 'cmsg_type'), 'SCM_RIGHTS'))
    .flatMap(control => items(field(control, 'cmsg_data')))
    .filter(value => numberOf(value) >= 0);
}

function isWord(value: Value | undefined, word: string): boolean {
  return value?.kind === 'flags' && value.flags.includes(word);
}

export function passDescriptors(
  model: DescriptorModel,
  call: CallRecord,
  table: DescriptorTable,
  stream: Stream | undefined,
  row: Row,
): void {
  for (const values of passedIn(call)) {
    const passed = values.map(value => model.use(table, numberOf(value), call)?.description);
    const known = passed.filter(description => description !== undefined);
    for (const description of known) description.referenced = true;
    if (!stream || known.length === 0) continue;
    const early = stream.awaited.shift();
    if (early) arrived(model, early, { descriptions: known, row });
    else stream.passed.push({ descriptions: known, row });
  }
}

/** A receipt of descriptors is found to be of this message. */
function arrived(
  model: DescriptorModel,
  receipt: { descriptors: Descriptor[]; row: Row },
  message: { descriptions: Description[]; row: Row },
): void {
  model.passedBy.set(receipt.row, message.row);
  receipt.descriptors.forEach((descriptor, i) => {
    const description = message.descriptions[i];
    if (!description) return;
    descriptor.description = description;
    description.descriptors.push(descriptor);
  });
}

export function takeDescriptors(
  model: DescriptorModel,
  call: CallRecord,
  table: DescriptorTable,
  stream: Stream | undefined,
  row: Row,
): void {
  const flags = call.argumentText(call.name === 'recvmsg' ? 2 : 3);
  for (const values of passedIn(call)) {
    const message = stream?.passed.shift();
    if (message) model.passedBy.set(row, message.row);
    const descriptors = values.map((value, i) => {
      const description = message?.descriptions[i] ?? strangers(model, value, call);
      const descriptor = model.open(table, numberOf(value), description, 'received', whenOf(call), row);
      descriptor.closeOnExec.set(descriptor.openNs, flags.includes('MSG_CMSG_CLOEXEC'));
      return descriptor;
    });
    if (!message) stream?.awaited.push({ descriptors, row });
  }
}

/** What somebody outside the trace passed, or somebody whose line has not come yet. */
function strangers(model: DescriptorModel, value: Value, call: CallRecord): Description {
  const description = model.newDescription();
  const target = annotationOf(value);
  if (target) applyAnnotation(description, target, call.startNs);
  return description;
}
