/**
 * Kind and name of a description from what strace prints after a descriptor (`3</etc/passwd>`, -y and --decode-fds).
 */

import type { DescriptorTarget, Value } from 'strace-parser';
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

/** Takes over what an annotation says; a better kind found before (a FIFO, a directory) is kept. */
export function applyAnnotation(description: Description, target: DescriptorTarget, atNs: number): void {
  const { kind, name } = read(target);
  if (name !== '') description.name = name;
  const refined = description.kind !== 'unknown' && kind === 'file';
  if (kind !== 'unknown' && !refined) description.kind = kind;
  if (target.kind === 'path' && target.deleted) description.deletedNs ??= atNs;
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
