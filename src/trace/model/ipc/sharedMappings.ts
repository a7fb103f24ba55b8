/**
 * Memory that processes share: MAP_SHARED mappings (anonymous ones by fork, files and /dev/shm objects by name) and System V
 * segments. Who maps what, and since when, as channels with one end. Nothing in them can be counted: no call moves their bytes.
 */

import type { ProcessId, Row } from '../../api.js';
import type { Channel } from '../descriptors/channel.js';

interface Mapping {
  start: number;
  end: number;
  channel: Channel;
}

export class SharedMappings {
  private readonly byProcess = new Map<ProcessId, Mapping[]>();

  has(process: ProcessId): boolean {
    return this.byProcess.has(process);
  }

  map(process: ProcessId, start: number, end: number, channel: Channel, atNs: number): void {
    const all = this.byProcess.get(process) ?? [];
    all.push({ start, end, channel });
    this.byProcess.set(process, all);
    channel.use(process, atNs);
  }

  /** Part of a mapping may stay: the process uses it until the last byte of it is unmapped. */
  unmap(process: ProcessId, start: number, end: number, atNs: number): void {
    const all = this.byProcess.get(process);
    if (!all) return;
    const kept = all.flatMap(m => {
      if (m.end <= start || m.start >= end) return [m];
      const before = m.start < start ? [{ ...m, end: start }] : [];
      return m.end > end ? [...before, { ...m, start: end }] : before;
    });
    this.byProcess.set(process, kept);
    for (const { channel } of all) if (!kept.some(m => m.channel === channel)) channel.leave(process, atNs);
  }

  /** shmdt(2) names only where the segment begins. */
  detach(process: ProcessId, start: number, atNs: number): void {
    const mapping = this.byProcess.get(process)?.find(m => m.start === start);
    if (mapping) this.unmap(process, mapping.start, mapping.end, atNs);
  }

  /** fork(2): the copy maps the same memory. */
  copy(from: ProcessId, to: ProcessId, atNs: number): void {
    for (const { start, end, channel } of this.byProcess.get(from) ?? []) this.map(to, start, end, channel, atNs);
  }

  /** exec and exit unmap everything. */
  clear(process: ProcessId, atNs: number): void {
    for (const { channel } of this.byProcess.get(process) ?? []) channel.leave(process, atNs);
    this.byProcess.delete(process);
  }
}

/** Channels of named or numbered objects, made at first sight. */
export class ObjectTable<K> {
  private readonly channels = new Map<K, Channel>();

  constructor(private readonly create: (key: K, atNs: number, row: Row) => Channel) {}

  get(key: K, atNs: number, row: Row): Channel {
    let channel = this.channels.get(key);
    if (!channel) this.channels.set(key, (channel = this.create(key, atNs, row)));
    return channel;
  }

  /** The key will name something else from now on. */
  remove(key: K, atNs: number): void {
    const channel = this.channels.get(key);
    if (channel) channel.removedNs ??= atNs;
    this.channels.delete(key);
  }
}
