/**
 * Address spaces of the traced processes, from mmap and its relatives (mmap(2), brk(2), shmat(2), execve(2)).
 *
 * What exec itself maps (the program, the loader, the stack) makes no system call: a log cannot show it, so it is not in the
 * map, and an address there is called unknown rather than unmapped, unless it is plainly the null page or the stack's area.
 */

import type { CallRecord, SignalRecord } from 'strace-parser';
import type { ProcessId, Row } from '../../api.js';
import type { MemoryMap, RegionInfo } from '../../modelApi.js';
import type { EventPlace, Model, ProcessLink } from '../model.js';
import { AddressSpace, type Region } from './addressSpace.js';
import { RegionLog } from './regionLog.js';
import { memoryHandlers, type MemoryHandler } from './handlers.js';

interface Fault {
  process: ProcessId;
  row: Row;
  atNs: number;
  signal: string;
  code: string;
  address: number;
}

interface Era {
  space: AddressSpace;
  fromNs: number;
}

export class MemoryModel implements Model {
  /** System V segments: id → size in bytes. */
  readonly segments = new Map<number, number>();
  private readonly eras: Era[][] = [];
  private readonly handlers: (MemoryHandler | null | undefined)[] = [];
  private readonly faults: Fault[] = [];
  /** Time of the fork that a process is believed to come from. */
  private readonly linkedNs = new Map<ProcessId, number>();
  /** When a process's memory went with it. */
  private readonly endedNs: (number | undefined)[] = [];
  /** Of all processes. */
  private readonly log = new RegionLog();
  private origins = 0;

  constructor(private readonly pidOf: (process: ProcessId) => number) {}

  concerns(syscall: string): boolean {
    return memoryHandlers.has(syscall);
  }

  call(record: CallRecord, place: EventPlace): void {
    let handler = this.handlers[record.nameId];
    if (handler === undefined) {
      handler = memoryHandlers.get(record.name) ?? null;
      this.handlers[record.nameId] = handler;
    }
    if (handler) handler(this, record, this.spaceOf(place.process), place);
  }

  signal(record: SignalRecord, place: EventPlace): void {
    if (record.signal !== 'SIGSEGV' && record.signal !== 'SIGBUS') return;
    const address = record.infoNumber('si_addr');
    if (Number.isNaN(address)) return; // sent by kill, not by a fault
    this.faults.push({
      process: place.process,
      row: place.row,
      atNs: record.timeNs,
      signal: record.signal,
      code: record.infoText('si_code'),
      address,
    });
  }

  linked(link: ProcessLink): void {
    const creator = this.spaceOf(link.creator);
    const early = this.eras[link.child];
    const own = link.sharesMemory
      ? creator
      : new AddressSpace(this.log, creator.complete, { space: creator, atNs: link.atNs });
    if (own !== creator) own.forked(() => this.newOrigin());
    // What the child mapped before the link was known stands; what an earlier, wrong belief had it inherit does not.
    const space = early?.[0]?.space;
    if (space && space !== creator && !this.isShared(link.child, space))
      for (const region of space.mappedSince(this.linkedNs.get(link.child) ?? Number.NEGATIVE_INFINITY))
        own.map(region);
    this.linkedNs.set(link.child, link.atNs);
    // A vfork child may have exec'd before the link is known: its later images stand.
    const later = early?.slice(1) ?? [];
    this.eras[link.child] = [{ space: own, fromNs: link.atNs }, ...later];
  }

  private isShared(process: ProcessId, space: AddressSpace): boolean {
    return this.eras.some((eras, id) => id !== process && eras.some(era => era.space === space));
  }

  execed(process: ProcessId, _row: Row, atNs: number): void {
    const eras = (this.eras[process] ??= [{ space: new AddressSpace(this.log, false), fromNs: 0 }]);
    eras.push({ space: new AddressSpace(this.log, true), fromNs: atNs });
  }

  ended(process: ProcessId, _row: Row, atNs: number): void {
    this.endedNs[process] = atNs;
  }

  spaceOf(process: ProcessId): AddressSpace {
    const eras = this.eras[process];
    if (eras !== undefined) return eras[eras.length - 1]!.space;
    const space = new AddressSpace(this.log, false);
    this.eras[process] = [{ space, fromNs: 0 }];
    return space;
  }

  newOrigin(): number {
    return this.origins++;
  }

  /** Map of a process at a time (null: now, or its end), with the faults so far. */
  memory(process: ProcessId, atNs: number | null): MemoryMap {
    const time = atNs ?? Number.POSITIVE_INFINITY;
    const space = this.spaceAt(process, time);
    const regions = space?.at(time) ?? [];
    const sharers = this.sharersAt(process, regions, time);
    return {
      process,
      atNs: time,
      complete: space?.complete ?? false,
      regions: regions.map(r => describe(r, sharers(r))),
      breakStart: space?.heapStart ?? null,
      breakEnd: space?.breakAt(time) ?? null,
      faults: this.faults
        .filter(f => f.process === process && f.atNs <= time)
        .map(f => this.place(f, regions, this.spaceAt(process, f.atNs)?.at(f.atNs) ?? [])),
    };
  }

  /** The region an address was in, at a time. */
  regionAt(process: ProcessId, address: number, atNs: number): Region | undefined {
    return this.spaceAt(process, atNs)
      ?.at(atNs)
      .find(r => r.start <= address && address < r.end);
  }

  /** The region that an address had been in before a time, when it was in none then. */
  pastRegionAt(process: ProcessId, address: number, atNs: number): Region | undefined {
    return this.spaceAt(process, atNs)?.pastWith(address, atNs);
  }

  /** The region an address was in, at a time; null when the trace knows of none. */
  regionInfo(process: ProcessId, address: number, atNs: number): RegionInfo | null {
    const region = this.regionAt(process, address, atNs);
    return region ? describe(region, this.sharersAt(process, [region], atNs)(region)) : null;
  }

  /** The fault that a signal's row tells of; its region index is for the map at that time. */
  faultAt(row: Row): MemoryMap['faults'][number] | undefined {
    const fault = this.faults.find(f => f.row === row);
    if (!fault) return undefined;
    const then = this.spaceAt(fault.process, fault.atNs)?.at(fault.atNs) ?? [];
    return this.place(fault, then, then);
  }

  private spaceAt(process: ProcessId, atNs: number): AddressSpace | undefined {
    return this.eras[process]?.findLast(e => e.fromNs <= atNs)?.space;
  }

  /**
   * Who else holds the mappings of a map at a time: by what one call mapped (fork shares that), or by file where both map it
   * shared. One walk over the other processes' maps, however many regions are asked about.
   */
  private sharersAt(
    process: ProcessId,
    regions: readonly Region[],
    atNs: number,
  ): (r: Region) => RegionInfo['sharedWith'] {
    const byOrigin = new Map<number, Set<ProcessId>>();
    const byFile = new Map<string, Set<ProcessId>>();
    const own = this.spaceAt(process, atNs);
    const sameSpace = new Set<ProcessId>();
    for (const r of regions) {
      byOrigin.set(r.origin, new Set());
      if (r.shared && r.path !== '') byFile.set(r.path, new Set());
    }
    for (const id of this.eras.keys()) {
      if (id === process || (this.endedNs[id] ?? Number.POSITIVE_INFINITY) <= atNs) continue;
      const space = this.spaceAt(id, atNs);
      if (space === own) sameSpace.add(id);
      for (const r of space?.at(atNs) ?? []) {
        byOrigin.get(r.origin)?.add(id);
        if (r.shared) byFile.get(r.path)?.add(id);
      }
    }
    return region => {
      const ids = new Set([...byOrigin.get(region.origin)!, ...((region.shared && byFile.get(region.path)) || [])]);
      const how = (id: ProcessId): 'shared' | 'copyOnWrite' =>
        region.shared || sameSpace.has(id) ? 'shared' : 'copyOnWrite';
      return [...ids].sort((a, b) => a - b).map(id => ({ process: id, pid: this.pidOf(id), how: how(id) }));
    };
  }

  private place(fault: Fault, shown: readonly Region[], then: readonly Region[]): MemoryMap['faults'][number] {
    const { row, signal, address } = fault;
    const inside = then.find(r => r.start <= address && address < r.end);
    const region = inside ? shown.findIndex(r => r.start <= address && address < r.end) : -1;
    return { row, signal, address, region, near: nearness(fault, inside) };
  }
}

function describe(r: Region, sharedWith: RegionInfo['sharedWith']): RegionInfo {
  return {
    start: r.start,
    end: r.end,
    kind: r.kind,
    protection: r.protection,
    shared: r.shared,
    path: r.path,
    fileOffset: r.fileOffset,
    fd: r.fd,
    bornRow: r.bornRow,
    sinceNs: r.sinceNs,
    untilNs: r.untilNs,
    sharedWith,
  };
}

/** Lowest address of the stack's random area on x86-64 and arm64 (48-bit); the stack itself is never mapped by a call. */
const stackAreaStart = 0x7ffc_0000_0000;

function nearness(fault: Fault, inside: Region | undefined): MemoryMap['faults'][number]['near'] {
  if (fault.code === 'SI_KERNEL') return 'unmapped'; // the processor gave no address
  if (fault.address < 65_536) return 'null';
  if (fault.signal === 'SIGBUS' && inside && inside.path !== '') return 'pastEndOfFile';
  // Thread stacks have their guard inside the mapping (pthread_attr_setguardsize(3)).
  if (inside) return inside.kind === 'stack' && inside.protection === '---' ? 'stackGuard' : 'protection';
  if (fault.code === 'SEGV_ACCERR') return 'protection';
  return fault.address >= stackAreaStart ? 'stackGuard' : 'unmapped';
}
