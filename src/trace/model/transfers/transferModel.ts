/**
 * Transfers: bytes that went from one descriptor to another, by which method, in how many calls.
 *
 * read+write is recognised when a thread writes exactly the bytes it read last (one write, or several that add up); a
 * write after a file was mapped and not read counts as mmap+write when it fits the mapping. Nothing is inferred from
 * payloads, which strace cuts.
 */

import type { CallRecord } from 'strace-parser';
import type { ProcessId } from '../../api.js';
import type { TransferInfo } from '../../modelApi.js';
import type { Descriptor } from '../descriptors/description.js';
import type { DescriptorModel } from '../descriptors/descriptorModel.js';
import { mapFlagsOf } from '../memory/mapFlags.js';
import type { EventPlace, Model } from '../model.js';

/** What a thread read last and has not written on yet; `bytes` 0: nothing. */
interface LastRead {
  from: Descriptor;
  bytes: number;
  written: number;
  writes: number;
  to: Descriptor | undefined;
  timeNs: number;
  startNs: number;
  row: number;
}

interface MappedFile {
  from: Descriptor;
  bytes: number;
}

const inKernel: Readonly<Record<string, { from: number; to: number; method: TransferInfo['method'] }>> = {
  sendfile: { from: 1, to: 0, method: 'sendfile' },
  sendfile64: { from: 1, to: 0, method: 'sendfile' },
  splice: { from: 0, to: 2, method: 'splice' },
  tee: { from: 0, to: 1, method: 'tee' },
  copy_file_range: { from: 0, to: 2, method: 'copyFileRange' },
};
const userCopies: Readonly<Record<TransferInfo['method'], 0 | 1 | 2>> = {
  readWrite: 2,
  mmapWrite: 1,
  sendfile: 0,
  splice: 0,
  tee: 0,
  copyFileRange: 0,
};

export class TransferModel implements Model {
  private readonly transfers = new Map<string, TransferInfo>();
  /** By thread. */
  private readonly lastReads: (LastRead | undefined)[] = [];
  private readonly mapped = new Map<ProcessId, MappedFile[]>();
  private readonly kinds: (Kind | null | undefined)[] = [];

  constructor(private readonly descriptors: DescriptorModel) {}

  concerns(syscall: string): boolean {
    return kindOf(syscall) !== null;
  }

  call(record: CallRecord, place: EventPlace): void {
    let kind = this.kinds[record.nameId];
    if (kind === undefined) {
      kind = kindOf(record.name);
      this.kinds[record.nameId] = kind;
    }
    if (kind === null || !(record.returnValue > 0)) return;
    switch (kind) {
      case 'read':
        this.read(record, place);
        break;
      case 'write':
        this.written(record, place);
        break;
      case 'kernel':
        this.kernel(record, place);
        break;
      case 'mmap':
        this.map(record, place);
        break;
    }
  }

  inRange(startNs: number, endNs: number, lanes: ReadonlySet<ProcessId> | null): TransferInfo[] {
    return [...this.transfers.values()]
      .filter(t => t.startNs <= endNs && t.endNs >= startNs && (!lanes || lanes.has(t.process)))
      .sort((a, b) => b.bytes - a.bytes);
  }

  /** The transfer that a call on a descriptor was part of, by numbers and time. */
  around(process: ProcessId, fd: number, atNs: number): TransferInfo | null {
    for (const t of this.transfers.values())
      if (t.process === process && (t.fromFd === fd || t.toFd === fd) && t.startNs <= atNs && atNs <= t.endNs) return t;
    return null;
  }

  private read(record: CallRecord, place: EventPlace): void {
    const from = this.descriptors.current(place, place.fd);
    if (!from) return;
    let last = this.lastReads[place.thread];
    if (!last) {
      last = { from, bytes: 0, written: 0, writes: 0, to: undefined, timeNs: 0, startNs: 0, row: 0 };
      this.lastReads[place.thread] = last;
    }
    last.from = from;
    last.bytes = record.returnValue;
    last.written = 0;
    last.writes = 0;
    last.to = undefined;
    last.timeNs = duration(record);
    last.startNs = record.startNs;
    last.row = place.row;
  }

  private written(record: CallRecord, place: EventPlace): void {
    const to = this.descriptors.current(place, place.fd);
    if (!to) return;
    const last = this.lastReads[place.thread];
    if (!last || last.bytes === 0) {
      this.fromMapping(record, place, to);
      return;
    }
    if (last.from === to || (last.to && last.to !== to)) return;
    last.to = to;
    last.written += record.returnValue;
    last.writes++;
    last.timeNs += duration(record);
    if (last.written < last.bytes) return;
    if (last.written === last.bytes) {
      const transfer = this.transfer(place.process, last.from, to, 'readWrite', last.startNs, last.row);
      add(transfer, last.bytes, 1 + last.writes, last.timeNs, record);
    }
    last.bytes = 0;
  }

  private fromMapping(record: CallRecord, place: EventPlace, to: Descriptor): void {
    const source = this.mapped.get(place.process)?.findLast(m => record.returnValue <= m.bytes && m.bytes > 0);
    if (!source || source.from.description === to.description) return;
    const asked = record.argumentNumber(2);
    if (asked < Math.min(source.bytes, 4096)) return; // a message, not the file
    source.bytes -= record.returnValue;
    const transfer = this.transfer(place.process, source.from, to, 'mmapWrite', record.startNs, place.row);
    add(transfer, record.returnValue, 1, duration(record), record);
  }

  private kernel(record: CallRecord, place: EventPlace): void {
    const how = inKernel[record.name]!;
    const from = this.descriptors.current(place, record.argumentNumber(how.from));
    const to = this.descriptors.current(place, record.argumentNumber(how.to));
    if (!from || !to) return;
    const transfer = this.transfer(place.process, from, to, how.method, record.startNs, place.row);
    add(transfer, record.returnValue, 1, duration(record), record);
  }

  /** A readable file mapping made by the program (the loader's have PROT_EXEC or MAP_FIXED or end in .so). */
  private map(record: CallRecord, place: EventPlace): void {
    const flags = mapFlagsOf(record.argumentText(3));
    if (flags.anonymous || flags.fixed || flags.denyWrite) return;
    const from = this.descriptors.current(place, record.argumentNumber(4));
    if (!from || !record.argumentText(2).includes('PROT_READ') || /\.so(\.|$)|\.cache$/.test(from.description.name))
      return;
    const all = this.mapped.get(place.process) ?? [];
    all.push({ from, bytes: record.argumentNumber(1) });
    this.mapped.set(place.process, all);
  }

  private transfer(
    process: ProcessId,
    from: Descriptor,
    to: Descriptor,
    method: TransferInfo['method'],
    startNs: number,
    firstRow: number,
  ): TransferInfo {
    const key = `${from.id}:${to.id}:${method}`;
    let transfer = this.transfers.get(key);
    if (!transfer) {
      transfer = {
        process,
        fromName: from.description.name,
        toName: to.description.name,
        fromFd: from.fd,
        toFd: to.fd,
        method,
        bytes: 0,
        calls: 0,
        userCopies: userCopies[method],
        startNs,
        endNs: startNs,
        timeNs: 0,
        firstRow,
      };
      this.transfers.set(key, transfer);
    }
    return transfer;
  }
}

type Kind = 'read' | 'write' | 'kernel' | 'mmap';

function kindOf(name: string): Kind | null {
  if (/^(p?read(64|v|v2)?|recv(from)?)$/.test(name)) return 'read';
  if (/^(p?write(64|v|v2)?|send(to)?)$/.test(name)) return 'write';
  if (Object.hasOwn(inKernel, name)) return 'kernel';
  return name === 'mmap' || name === 'mmap2' ? 'mmap' : null;
}

function duration(record: CallRecord): number {
  return Number.isNaN(record.durationNs) ? 0 : record.durationNs;
}

function add(transfer: TransferInfo, bytes: number, calls: number, timeNs: number, record: CallRecord): void {
  transfer.bytes += bytes;
  transfer.calls += calls;
  transfer.timeNs += timeNs;
  transfer.endNs = Number.isNaN(record.endNs) ? record.startNs : record.endNs;
}
