/**
 * What each syscall does to descriptors, by name. Effects are the kernel's by the man pages; a failed call opens and closes
 * nothing (close(2) that fails with EINTR or EIO has closed all the same on Linux).
 * A little over 300 lines: the table of names at the end is long, and reads best in one piece.
 */

import type { CallRecord } from 'strace-parser';
import type { EventPlace } from '../model.js';
import { Timeline } from '../timeline.js';
import { flagsOf, items, numberOf, unquote } from '../valueAccess.js';
import { annotationOf, applyAnnotation } from './annotation.js';
import type { Description } from './description.js';
import type { DescriptorModel } from './descriptorModel.js';
import type { DescriptorTable } from './descriptorTable.js';
import { transferHandlers } from './ioHandlers.js';
import { opened, whenOf } from './opened.js';
import { queueHandlers } from './queueHandlers.js';
import { learnName, openedByIoctl, rareOpeners } from './rareOpeners.js';
import { socketHandlers } from './socketHandlers.js';

export type DescriptorHandler = (
  model: DescriptorModel,
  call: CallRecord,
  table: DescriptorTable,
  place: EventPlace,
) => void;

interface OpenFlags {
  closeOnExec: boolean;
  directory: boolean;
  nonBlocking: boolean;
  append: boolean;
  /** null: O_PATH, which allows neither. */
  access: Description['access'];
}

/** By the text that strace prints: programs use few combinations, and each is read once. */
class OpenFlagTable {
  private readonly known = new Map<string, OpenFlags>();

  read(text: string): OpenFlags {
    let flags = this.known.get(text);
    if (!flags) {
      const names = new Set(text.replace(/^\{flags=([^,}]*).*$/, '$1').split('|'));
      flags = {
        closeOnExec: names.has('O_CLOEXEC'),
        directory: names.has('O_DIRECTORY'),
        nonBlocking: names.has('O_NONBLOCK'),
        append: names.has('O_APPEND'),
        access: names.has('O_PATH')
          ? null
          : names.has('O_RDWR')
            ? 'readWrite'
            : names.has('O_WRONLY')
              ? 'write'
              : 'read',
      };
      this.known.set(text, flags);
    }
    return flags;
  }
}

/**
 * open, openat, openat2, creat: `flagsArgument` is where O_* stand (null: creat, which has none), `pathArgument` the path (null: a
 * handle, which names nothing).
 */
function open(pathArgument: number | null, flagsArgument: number | null): DescriptorHandler {
  const table = new OpenFlagTable();
  const creatFlags = table.read('O_WRONLY|O_CREAT|O_TRUNC');
  return (model, call, descriptors, place) => {
    if (!(call.returnValue >= 0)) return;
    const flags = flagsArgument === null ? creatFlags : table.read(call.argumentText(flagsArgument));
    const descriptor = opened(model, call, descriptors, place, 'open', flags.closeOnExec);
    if (!descriptor) return;
    const { description } = descriptor;
    if (description.name === '' && pathArgument !== null) description.name = unquote(call.argumentText(pathArgument));
    // O_PATH opens anything, and mostly directories without saying so.
    if (description.kind === 'unknown' || description.kind === 'file')
      description.kind = flags.directory ? 'directory' : flags.access === null ? 'unknown' : 'file';
    description.access = flags.access;
    description.nonBlocking.set(descriptor.openNs, flags.nonBlocking);
    description.append.set(descriptor.openNs, flags.append);
    if (flags.access !== null && model.channels.isFifo(description.name)) {
      description.kind = 'fifo';
      model.channels.openFifo(description, call.startNs, descriptor.openNs, place.row);
    }
  };
}

/** Calls that make one anonymous descriptor; flags end in CLOEXEC and NONBLOCK whatever their prefix. */
function create(kind: Description['kind'], flagsArgument: number | null, alwaysCloseOnExec = false): DescriptorHandler {
  return (model, call, table, place) => {
    const flags = flagsArgument === null ? '' : call.argumentText(flagsArgument);
    // signalfd(fd, …) on an existing descriptor changes its mask and returns the same number.
    if (call.returnValue >= 0 && call.name.startsWith('signalfd') && call.argumentNumber(0) === call.returnValue)
      return;
    const descriptor = opened(model, call, table, place, 'create', alwaysCloseOnExec || flags.includes('CLOEXEC'));
    if (!descriptor) return;
    if (descriptor.description.kind === 'unknown') descriptor.description.kind = kind;
    if (descriptor.description.name === '') descriptor.description.name = `[${kind}]`;
    descriptor.description.nonBlocking.set(descriptor.openNs, flags.includes('NONBLOCK'));
    if (kind !== 'eventfd') return;
    const channel = model.channels.create('eventfd', descriptor.openNs, place.row);
    channel.attach(descriptor.description, 1);
    const initial = call.argumentNumber(0);
    if (initial > 0) channel.streams[1].wrote(initial, place.row);
  };
}

const pipe: DescriptorHandler = (model, call, table, place) => {
  if (call.returnValue !== 0) return;
  const [readEnd, writeEnd] = items(call.arguments()[0]);
  const flags = call.argumentText(1);
  const made = [readEnd, writeEnd].map((value, i) => {
    const description = model.newDescription();
    description.kind = 'pipe';
    description.access = i === 0 ? 'read' : 'write';
    description.name = 'pipe';
    const target = annotationOf(value);
    if (target) applyAnnotation(description, target, call.startNs);
    const descriptor = model.open(table, numberOf(value), description, 'create', whenOf(call), place.row);
    descriptor.closeOnExec.set(descriptor.openNs, flags.includes('O_CLOEXEC'));
    description.nonBlocking.set(descriptor.openNs, flags.includes('O_NONBLOCK'));
    return description;
  });
  const channel = model.channels.pair('pipe', made[0]!, made[1]!, whenOf(call), place.row);
  // pipe(2): each write is a packet, and a read takes one of them whole.
  if (flags.includes('O_DIRECT')) channel.keepMessages(true);
};

const close: DescriptorHandler = (model, call, table, place) => {
  const { fd } = place;
  const descriptor = model.use(table, fd, call);
  if (!descriptor) return;
  descriptor.calls++;
  // Another thread was given the number after this call had freed it, and its line came first.
  if (call.resumed && descriptor.openNs > call.startNs) return;
  table.close(fd, call.startNs, place.row, 'close');
  model.channels.closed(descriptor.description);
};

const closeRange: DescriptorHandler = (model, call, table, place) => {
  if (call.returnValue !== 0) return;
  const flags = call.argumentText(2);
  const target = flags.includes('CLOSE_RANGE_UNSHARE') ? model.unshare(place, call.startNs, place.row) : table;
  const last = call.argumentNumber(1);
  for (const d of target.openNow()) {
    if (d.fd < call.argumentNumber(0) || d.fd > last) continue;
    if (flags.includes('CLOSE_RANGE_CLOEXEC')) d.closeOnExec.set(call.startNs, true);
    else target.close(d.fd, call.startNs, place.row, 'closeRange');
  }
};

/** dup, dup2, dup3, fcntl(F_DUPFD…): one more descriptor of the same description. */
function duplicate(
  model: DescriptorModel,
  call: CallRecord,
  table: DescriptorTable,
  place: EventPlace,
  cloexec: boolean,
): void {
  const from = model.use(table, call.argumentNumber(0), call);
  if (!from) return;
  from.calls++;
  learnName(from.description, call, from.fd);
  if (!(call.returnValue >= 0)) {
    from.errors++;
    return;
  }
  if (call.returnValue === from.fd) return; // dup2(n, n) does nothing
  const copy = model.open(table, call.returnValue, from.description, 'dup', whenOf(call), place.row);
  copy.closeOnExec.set(copy.openNs, cloexec);
}

const fcntl: DescriptorHandler = (model, call, table, place) => {
  const command = call.argumentText(1);
  if (command.startsWith('F_DUPFD')) {
    duplicate(model, call, table, place, command === 'F_DUPFD_CLOEXEC');
    return;
  }
  const descriptor = model.use(table, call.argumentNumber(0), call);
  if (!descriptor) return;
  descriptor.calls++;
  if (call.errno !== '') {
    descriptor.errors++;
    return;
  }
  const at = call.startNs;
  if (command === 'F_SETFD') descriptor.closeOnExec.set(at, call.argumentText(2).includes('FD_CLOEXEC'));
  else if (command === 'F_GETFD') descriptor.closeOnExec.set(at, call.returnText().includes('FD_CLOEXEC'));
  else if (command === 'F_SETFL' || command === 'F_GETFL') {
    const flags = command === 'F_SETFL' ? call.argumentText(2) : call.returnText();
    descriptor.description.nonBlocking.set(at, flags.includes('O_NONBLOCK'));
    descriptor.description.append.set(at, flags.includes('O_APPEND'));
    if (/\b(?:O_ASYNC|FASYNC)\b/.test(flags)) (descriptor.description.signalled ??= new Timeline()).set(at, true);
    else if (descriptor.description.signalled?.latest) descriptor.description.signalled.set(at, false);
  }
};

const ioctl: DescriptorHandler = (model, call, table, place) => {
  const descriptor = model.use(table, call.argumentNumber(0), call);
  if (!descriptor) return;
  descriptor.calls++;
  if (call.errno !== '') {
    descriptor.errors++;
    return;
  }
  learnName(descriptor.description, call, descriptor.fd);
  const request = call.argumentText(1);
  if (request === 'FIOCLEX') descriptor.closeOnExec.set(call.startNs, true);
  else if (request === 'FIONCLEX') descriptor.closeOnExec.set(call.startNs, false);
  else if (request === 'FIONBIO')
    descriptor.description.nonBlocking.set(call.startNs, numberOf(items(call.arguments()[2])[0]) !== 0);
  else openedByIoctl(model, call, table, place);
};

/** fstat and friends tell what kind of file it is, in the argument `told`. */
function status(told: number): DescriptorHandler {
  return (model, call, table) => {
    const descriptor = model.use(table, call.argumentNumber(0), call);
    if (!descriptor) return;
    descriptor.calls++;
    const { description } = descriptor;
    learnName(description, call, descriptor.fd);
    if (description.typeKnown || (description.kind !== 'unknown' && description.kind !== 'file')) return;
    description.typeKnown = true;
    // Most structures begin with the type; in those that strace prints with -v it comes later.
    const kind = call.argumentBegins(told, '{st_mode=S_IFREG') ? 'file' : kindIn(call.argumentText(told));
    if (kind) description.kind = kind;
  };
}

const fileTypes: Readonly<Record<string, Description['kind']>> = {
  S_IFREG: 'file',
  S_IFDIR: 'directory',
  S_IFCHR: 'char',
  S_IFBLK: 'block',
  S_IFIFO: 'fifo',
  S_IFSOCK: 'socket',
  S_IFLNK: 'symlink',
};

/** Of a printed stat structure. */
function kindIn(text: string): Description['kind'] | undefined {
  const type = /S_IF[A-Z]*/.exec(text)?.[0];
  return type === undefined || !Object.hasOwn(fileTypes, type) ? undefined : fileTypes[type];
}

const directory: DescriptorHandler = (model, call, table) => {
  const descriptor = model.use(table, call.argumentNumber(0), call);
  if (!descriptor) return;
  descriptor.calls++;
  descriptor.description.kind = 'directory';
};

const makeNode: DescriptorHandler = (model, call) => {
  const pathArgument = call.name === 'mknodat' ? 1 : 0;
  if (call.returnValue === 0 && call.argumentText(pathArgument + 1).includes('S_IFIFO'))
    model.channels.fifoMade(unquote(call.argumentText(pathArgument)));
};

const unlink: DescriptorHandler = (model, call, table) => {
  if (call.returnValue !== 0) return;
  const path = unquote(call.argumentText(call.name === 'unlinkat' ? 1 : 0));
  model.channels.unlinked(path, call.startNs);
  for (const d of table.openNow()) {
    const { name } = d.description;
    if (name === path || (!path.startsWith('/') && name.endsWith(`/${path}`))) d.description.deletedNs ??= call.startNs;
  }
};

const unshare: DescriptorHandler = (model, call, _table, place) => {
  if (call.returnValue === 0 && flagsOf(call.arguments()[0]).includes('CLONE_FILES'))
    model.unshare(place, call.startNs, place.row);
};

/** Any other call on a descriptor: it is counted. */
const touch: DescriptorHandler = (model, call, table) => {
  const descriptor = model.use(table, call.argumentNumber(0), call);
  if (!descriptor) return;
  descriptor.calls++;
  if (call.errno !== '') descriptor.errors++;
};

const touching =
  'lseek _llseek fsync fdatasync ftruncate ftruncate64 fchmod fchown flock fadvise64 fallocate readahead fchdir fstatfs ' +
  'epoll_ctl epoll_wait epoll_pwait epoll_pwait2 timerfd_settime timerfd_gettime inotify_add_watch inotify_rm_watch ' +
  'getsockopt getpeername sync_file_range syncfs fgetxattr fsetxattr flistxattr io_uring_enter mq_getsetattr pidfd_send_signal';

export const descriptorHandlers: ReadonlyMap<string, DescriptorHandler> = new Map<string, DescriptorHandler>([
  ['open', open(0, 1)],
  ['openat', open(1, 2)],
  ['openat2', open(1, 2)],
  ['creat', open(0, null)],
  ['open_by_handle_at', open(null, 2)],
  ['close', close],
  ['close_range', closeRange],
  ['pipe', pipe],
  ['pipe2', pipe],
  ['dup', (m, c, t, p) => duplicate(m, c, t, p, false)],
  ['dup2', (m, c, t, p) => duplicate(m, c, t, p, false)],
  ['dup3', (m, c, t, p) => duplicate(m, c, t, p, c.argumentText(2).includes('O_CLOEXEC'))],
  ['fcntl', fcntl],
  ['fcntl64', fcntl],
  ['ioctl', ioctl],
  ['fstat', status(1)],
  ['fstat64', status(1)],
  ['newfstatat', status(2)],
  ['getdents', directory],
  ['getdents64', directory],
  ['mknod', makeNode],
  ['mknodat', makeNode],
  ['unlink', unlink],
  ['unlinkat', unlink],
  ['unshare', unshare],
  ['epoll_create', create('epoll', null)],
  ['epoll_create1', create('epoll', 0)],
  ['eventfd', create('eventfd', null)],
  ['eventfd2', create('eventfd', 1)],
  ['signalfd', create('signalfd', null)],
  ['signalfd4', create('signalfd', 3)],
  ['timerfd_create', create('timerfd', 1)],
  ['inotify_init', create('inotify', null)],
  ['inotify_init1', create('inotify', 0)],
  ['memfd_create', create('memfd', 1)],
  ['pidfd_open', create('pidfd', 1, true)],
  ['io_uring_setup', create('ioUring', null, true)],
  ...touching.split(' ').map((name): [string, DescriptorHandler] => [name, touch]),
  ...transferHandlers,
  ...queueHandlers,
  ...rareOpeners,
  ...socketHandlers,
]);
