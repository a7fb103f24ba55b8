/** Calls beside open, socket and their like that return descriptors: seldom seen, but each is somebody's. */

import type { CallRecord } from 'strace-parser';
import type { EventPlace } from '../model.js';
import { applyPrinted, printedArgument, printedReturn } from './annotation.js';
import type { Description } from './description.js';
import type { DescriptorModel } from './descriptorModel.js';
import type { DescriptorTable } from './descriptorTable.js';
import type { DescriptorHandler } from './handlers.js';
import { opened, whenOf } from './opened.js';

/** pidfd_getfd(2): one more descriptor of a description that another process has; it is always close-on-exec. */
const takenFromOther: DescriptorHandler = (model, call, table, place) => {
  if (!(call.returnValue >= 0)) return;
  const owner = Number(/<pid:(\d+)/.exec(call.argumentText(0))?.[1] ?? NaN);
  const theirs = model.descriptorOfPid(owner, call.argumentNumber(1), call.startNs);
  if (!theirs) {
    opened(model, call, table, place, 'received', true);
    return;
  }
  const atNs = whenOf(call);
  model.open(table, call.returnValue, theirs.description, 'received', atNs, place.row).closeOnExec.set(atNs, true);
};

/** `flagsArgument` null: always close-on-exec. `isDescriptor` says of which calls the result is a descriptor; of all when absent. */
function returned(
  kind: Description['kind'],
  flagsArgument: number | null,
  isDescriptor?: (call: CallRecord) => boolean,
): DescriptorHandler {
  return (model, call, table, place) => {
    if (isDescriptor && !isDescriptor(call)) return;
    const closeOnExec = flagsArgument === null || call.argumentText(flagsArgument).includes('CLOEXEC');
    const descriptor = opened(model, call, table, place, 'create', closeOnExec);
    // A path alone does not say what it is.
    if (descriptor && ['unknown', 'file'].includes(descriptor.description.kind)) descriptor.description.kind = kind;
  };
}

/** clone(2), clone3(2) with CLONE_PIDFD: the number is where the call was told to put it, the child does not have it. */
const childHandle: DescriptorHandler = (model, call, table, place) => {
  if (!(call.returnValue > 0)) return;
  const text = call.text();
  if (!text.includes('CLONE_PIDFD')) return;
  const printed = /\bpidfd=\[(\d+)/.exec(text)?.[1] ?? /\bparent_tid=\[(\d+)/.exec(text)?.[1];
  if (printed === undefined) return;
  const description = model.newDescription();
  description.kind = 'pidfd';
  description.name = `[pidfd ${call.returnValue}]`;
  const atNs = whenOf(call);
  model.open(table, Number(printed), description, 'create', atNs, place.row).closeOnExec.set(atNs, true);
};

/** Requests of ioctl(2) whose result is a descriptor, and what it is. */
const ioctls: Readonly<Record<string, Description['kind']>> = {
  TIOCGPTPEER: 'char',
  NS_GET_USERNS: 'other',
  NS_GET_PARENT: 'other',
  KVM_CREATE_VM: 'other',
  KVM_CREATE_VCPU: 'other',
  USERFAULTFD_IOC_NEW: 'other',
};

/** The descriptor that a successful ioctl returned; nothing for requests that return none. */
export function openedByIoctl(
  model: DescriptorModel,
  call: CallRecord,
  table: DescriptorTable,
  place: EventPlace,
): void {
  const request = call.argumentText(1);
  const kind = Object.hasOwn(ioctls, request) ? ioctls[request] : undefined;
  if (kind === undefined || !(call.returnValue >= 0)) return;
  // TIOCGPTPEER is given open flags, which older straces print as a number; the others always set close-on-exec.
  const given = call.argumentText(2);
  const closeOnExec = request !== 'TIOCGPTPEER' || given.includes('O_CLOEXEC') || (Number(given) & 0o2000000) !== 0;
  const descriptor = opened(model, call, table, place, 'create', closeOnExec);
  if (descriptor?.description.kind === 'unknown') descriptor.description.kind = kind;
}

/** What made it did not print its name: the first call that does tells. */
export function learnName(description: Description, call: CallRecord, fd: number): void {
  if (description.name !== '') return;
  const printed = printedArgument(call, fd);
  if (printed) applyPrinted(description, printed, call.startNs);
}

export const rareOpeners: readonly [string, DescriptorHandler][] = [
  ['pidfd_getfd', takenFromOther],
  ['clone', childHandle],
  ['clone3', childHandle],
  ['memfd_secret', returned('memfd', 0)],
  ['fanotify_init', returned('other', 0)],
  ['perf_event_open', returned('other', 4)],
  ['userfaultfd', returned('other', 0)],
  ['fsopen', returned('other', 1)],
  ['fspick', returned('other', 2)],
  ['fsmount', returned('directory', 1)],
  ['open_tree', returned('unknown', 2)],
  ['landlock_create_ruleset', returned('other', null, call => call.argumentText(2) === '0')],
  // Only some commands of bpf(2) and one flag of seccomp(2) give a descriptor: strace's annotation of the result tells.
  ['bpf', returned('other', null, call => printedReturn(call) !== null)],
  ['seccomp', returned('other', null, call => call.argumentText(1).includes('NEW_LISTENER'))],
];
