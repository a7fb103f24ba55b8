/**
 * Kind and name of a description from what strace prints after a descriptor (`3</etc/passwd>`, -y and --decode-fds).
 */

import type { CallRecord, DescriptorTarget, Value } from 'strace-parser';
import type { DescriptorKind } from '../../modelApi.js';
import type { Description } from './description.js';

const anonymousKinds: Readonly<Record<string, DescriptorKind>> = {
  eventpoll: 'epoll',
  eventfd: 'eventfd',
  signalfd: 'signalfd',
  timerfd: 'timerfd',
  inotify: 'inotify',
  io_uring: 'ioUring',
  pidfd: 'pidfd',
};

/** The annotation of a value, if it is a descriptor that has one. */
export function annotationOf(value: Value | undefined): DescriptorTarget | undefined {
  return value?.kind === 'descriptor' ? value.target : undefined;
}

/** What an annotation says, read. */
interface Printed {
  kind: DescriptorKind;
  name: string;
  /** '' when it is not a path. */
  path: string;
  deleted: boolean;
}

/** Takes over what an annotation says; a better kind found before (a FIFO, a directory) is kept. */
export function applyAnnotation(description: Description, target: DescriptorTarget, atNs: number): void {
  applyPrinted(description, printedOf(target), atNs);
}

export function applyPrinted(description: Description, { kind, name, deleted }: Printed, atNs: number): void {
  if (name !== '') description.name = name;
  const refined = description.kind !== 'unknown' && kind === 'file';
  if (kind !== 'unknown' && !refined) description.kind = kind;
  if (deleted) description.deletedNs ??= atNs;
}

/** Annotations by the text they were read from: programs open the same few things again and again. */
const known = new Map<string, Printed | null>();
const mostKnown = 4096;

/** The annotation of the descriptor that a call returned; null when it has none. */
export function printedReturn(call: CallRecord): Printed | null {
  // Without the number: what is open under it is one of few things, and the number one of many.
  const text = call.returnAnnotation();
  if (!text.startsWith('<')) return null;
  const printed = known.get(text);
  return printed === undefined ? learn(text, annotationOf(call.returnAsValue())) : printed;
}

/** The annotation that a call's arguments give a descriptor; null when they give none. */
export function printedArgument(call: CallRecord, fd: number): Printed | null {
  for (let i = 0; ; i++) {
    const text = call.argumentText(i);
    if (text === '') return null;
    if (call.argumentNumber(i) !== fd) continue;
    const printed = known.get(text);
    if (printed !== undefined) return printed;
    const value = call.arguments()[i];
    if (value?.kind === 'descriptor') return learn(text, value.target);
  }
}

/** The path that an argument which is a descriptor is annotated with; '' when it is none, or has none. */
export function printedPath(call: CallRecord, argument: number): string {
  const text = call.argumentText(argument);
  if (!text.includes('<')) return '';
  const printed = known.get(text) ?? ofReturned(text);
  if (printed) return printed.path;
  const value = call.arguments()[argument];
  return (value?.kind === 'descriptor' ? learn(text, value.target)?.path : undefined) ?? '';
}

/** What is known of a number's annotation since a call returned a number with it. */
function ofReturned(text: string): Printed | undefined {
  const [, annotation] = /^\d+(<.*)$/.exec(text) ?? [];
  const printed = annotation === undefined ? undefined : known.get(annotation);
  if (!printed) return undefined;
  remember(text, printed);
  return printed;
}

function learn(text: string, target: DescriptorTarget | undefined): Printed | null {
  const printed = target ? printedOf(target) : null;
  remember(text, printed);
  return printed;
}

function remember(text: string, printed: Printed | null): void {
  if (known.size === mostKnown) known.clear();
  known.set(text, printed);
}

function printedOf(target: DescriptorTarget): Printed {
  const { kind, name } = read(target);
  const isPath = target.kind === 'path';
  return { kind, name, path: isPath ? target.path : '', deleted: isPath && target.deleted };
}

function read(target: DescriptorTarget): { kind: DescriptorKind; name: string } {
  switch (target.kind) {
    case 'path':
      return { kind: pathKind(target), name: target.path };
    case 'pipe':
      return { kind: 'pipe', name: `pipe:[${target.inode}]` };
    case 'socket':
      return { kind: 'socket', name: `socket:[${target.inode}]` };
    case 'inet':
      return {
        kind: 'socket',
        name: `${target.protocol} ${target.local}${target.remote === undefined ? '' : ` → ${target.remote}`}`,
      };
    case 'unix':
      return { kind: 'socket', name: target.path ?? `${target.type}:[${target.inode}]` };
    case 'netlink':
      return { kind: 'socket', name: target.text };
    case 'anon':
      return { kind: anonymousKinds[target.name] ?? 'other', name: `[${target.name}]` };
    case 'eventfd':
      return { kind: 'eventfd', name: '[eventfd]' };
    case 'signalfd':
      return { kind: 'signalfd', name: `[signalfd ${target.signals.join(' ')}]` };
    case 'pidfd':
      return { kind: 'pidfd', name: `[pidfd ${target.pid}]` };
    case 'other':
      return { kind: 'unknown', name: target.text };
  }
}

function pathKind(target: Extract<DescriptorTarget, { kind: 'path' }>): DescriptorKind {
  if (target.device) return target.device.type;
  if (target.path.startsWith('/memfd:')) return 'memfd';
  return target.path.startsWith('/') ? 'file' : 'unknown';
}
