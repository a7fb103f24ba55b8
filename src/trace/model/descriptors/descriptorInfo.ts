/** Plain answers about descriptors. */

import type { ProcessId } from '../../api.js';
import type { DescriptorInfo } from '../../modelApi.js';
import type { Descriptor } from './description.js';

/** A descriptor as it was at a time. */
export function descriptorInfo(d: Descriptor, atNs: number, pidOf: (process: ProcessId) => number): DescriptorInfo {
  const { description } = d;
  return {
    id: d.id,
    process: d.table.owner,
    fd: d.fd,
    ownTid: d.table.ownTid,
    kind: description.kind,
    letter: letters[description.kind],
    name: description.name,
    deleted: description.deletedNs !== null && description.deletedNs <= atNs,
    nonBlocking: description.nonBlocking.at(atNs) ?? null,
    append: description.append.at(atNs) ?? null,
    closeOnExec: d.closeOnExec.at(atNs) ?? null,
    access: description.access,
    description: description.id,
    siblings: description.descriptors
      .filter(other => other !== d && other.isOpenAt(atNs))
      .map(other => ({ process: other.table.owner, pid: pidOf(other.table.owner), fd: other.fd })),
    channel: description.channel,
    bytesIn: d.bytesIn,
    bytesOut: d.bytesOut,
    calls: d.calls,
    errors: d.errors,
    birth: d.birth,
    birthRow: d.birthRow,
    openNs: d.openNs,
    closeNs: d.closeNs,
    death: d.death,
    deathRow: d.deathRow,
  };
}

const letters: Readonly<Record<DescriptorInfo['kind'], DescriptorInfo['letter']>> = {
  file: '-',
  memfd: '-',
  directory: 'd',
  symlink: 'l',
  socket: 's',
  pipe: 'p',
  fifo: 'p',
  block: 'b',
  char: 'c',
  epoll: '?',
  eventfd: '?',
  signalfd: '?',
  timerfd: '?',
  inotify: '?',
  pidfd: '?',
  mqueue: '-',
  ioUring: '?',
  other: '?',
  unknown: '?',
};
