/**
 * One address space over time: regions that do not overlap, each from the call that made it to the one that ended it.
 *
 * A forked child's space is its creator's until it changes something of its own (as in the kernel); nothing is copied before.
 * Addresses are plain numbers: exact below 2^53, and user addresses are below 2^47 (2^56 with five-level paging).
 */

import type { Row } from '../../api.js';
import type { RegionInfo } from '../../modelApi.js';
import { Timeline } from '../timeline.js';
import { NO_RECORD } from '../../store/recordChunks.js';
import { RangeColumns } from './rangeColumns.js';
import type { RegionLog } from './regionLog.js';

export interface Region {
  start: number;
  end: number;
  kind: RegionInfo['kind'];
  protection: string;
  shared: boolean;
  path: string;
  fileOffset: number | null;
  fd: number | null;
  bornRow: Row | null;
  sinceNs: number;
  untilNs: number | null;
  /** Equal for all parts and copies of what one call mapped: says what fork shared. */
  origin: number;
  /** What madvise(2) asked for at fork: a child has it not at all, or filled with zeros; absent: a copy. */
  atFork?: 'absent' | 'zeroed' | undefined;
}

const pageBytes = 4096;

export function pageUp(bytes: number): number {
  return Math.ceil(bytes / pageBytes) * pageBytes;
}

export class AddressSpace {
  /** What is mapped now: records of the log. */
  private readonly current = new RangeColumns();
  /** The record of this space's region that ended last. */
  private lastPast = NO_RECORD;
  private base: { space: AddressSpace; atNs: number } | undefined;
  /** Where the heap made by brk begins, once that is known, and its ends over time. */
  heapStart: number | undefined;
  private readonly breaks = new Timeline<number>();
  /** Some region has its `atFork`. */
  private advised = false;

  /** `base`: the space this one is a copy of (fork); `complete`: the log shows it from its exec on. */
  constructor(
    private readonly log: RegionLog,
    readonly complete: boolean,
    base?: { space: AddressSpace; atNs: number },
  ) {
    this.base = base;
    if (!base) return;
    this.heapStart = base.space.heapStart;
    const then = base.space.breakAt(base.atNs);
    if (then !== undefined) this.breaks.set(base.atNs, then);
  }

  /** The program break at a time; undefined when no brk told it. */
  breakAt(atNs: number): number | undefined {
    return this.breaks.at(atNs);
  }

  /** brk told or moved the program break; the first one says where the heap begins. Returns where it was. */
  moveBreak(end: number, atNs: number): number | undefined {
    const before = this.breaks.latest;
    this.heapStart ??= end;
    this.breaks.set(atNs, end);
    return before;
  }

  /** madvise(2) for fork. */
  advise(start: number, end: number, atFork: Region['atFork'], atNs: number): void {
    for (const r of this.unmap(start, end, atNs)) this.map({ ...r, atFork, sinceNs: atNs, untilNs: null });
    this.advised = true;
  }

  /** This copy is a forked child's: it has not what was advised away. `newOrigin`: for memory that is nobody else's. */
  forked(newOrigin: () => number): void {
    if (this.base?.space.advised !== true) return;
    this.advised = true;
    this.own(regions =>
      regions.filter(r => r.atFork !== 'absent').map(r => (r.atFork === 'zeroed' ? { ...r, origin: newOrigin() } : r)),
    );
  }

  /** Maps a range; what was there (MAP_FIXED replaces) ends. */
  map(region: Region): void {
    this.replace(region.start, region.end, region.sinceNs, region);
  }

  /** Ends whatever lies in [start, end); regions that stick out keep their rest. */
  clear(start: number, end: number, atNs: number): void {
    this.replace(start, end, atNs, undefined);
  }

  /** The same; returns what was cut out. */
  unmap(start: number, end: number, atNs: number): Region[] {
    const cut: Region[] = [];
    this.replace(start, end, atNs, undefined, cut);
    return cut;
  }

  protect(start: number, end: number, protection: string, atNs: number): void {
    for (const r of this.unmap(start, end, atNs)) this.map({ ...r, protection, sinceNs: atNs, untilNs: null });
  }

  /** Regions at a time, sorted. */
  at(atNs: number): Region[] {
    if (this.base && (this.current.length === 0 || atNs < this.base.atNs))
      return this.base.space.at(Math.min(atNs, this.base.atNs));
    const past = this.log.openAt(this.lastPast, atNs);
    const now = this.mapped().filter(r => r.sinceNs <= atNs);
    return [...past, ...now].sort((a, b) => a.start - b.start);
  }

  /** Regions that this space mapped itself after a time: all of them when it is nobody's copy. */
  mappedSince(atNs: number): Region[] {
    return this.base ? [] : this.mapped().filter(r => r.sinceNs >= atNs);
  }

  find(address: number): Region | undefined {
    if (this.base) return this.at(Number.POSITIVE_INFINITY).find(r => r.start <= address && address < r.end);
    const { current } = this;
    const index = current.indexAt(address);
    const isIn = index < current.length && current.start(index) <= address;
    return isIn ? this.log.region(current.number(index)) : undefined;
  }

  /** What is left now of a mapping (all its pieces have the origin of one of them) in [start, end). */
  piecesOf(origin: number, start: number, end: number): Region[] {
    return this.at(Number.POSITIVE_INFINITY).filter(r => r.origin === origin && r.start < end && r.end > start);
  }

  /** The region with an address in it that ended last, at or before a time. */
  pastWith(address: number, atNs: number): Region | undefined {
    return (
      this.log.lastWith(this.lastPast, address, atNs) ??
      this.base?.space.pastWith(address, Math.min(atNs, this.base.atNs))
    );
  }

  private mapped(): Region[] {
    const { current } = this;
    return Array.from({ length: current.length }, (_, index) => this.log.region(current.number(index)));
  }

  /** Ends whatever lies in [start, end), adding it to `cut`, and maps `placed` there. */
  private replace(start: number, end: number, atNs: number, placed: Region | undefined, cut?: Region[]): void {
    if (this.base) this.own();
    const { current } = this;
    const first = current.indexAt(start);
    let after = first;
    let isWhole = cut === undefined;
    for (; after < current.length && !(current.start(after) >= end); after++)
      if (current.start(after) < start || current.end(after) > end) isWhole = false;
    const removed = after - first;
    // Nearly always: nothing is there, or a region that one call mapped.
    if (isWhole) {
      this.close(first, removed, atNs);
      current.resize(first, removed, placed === undefined ? 0 : 1);
      if (placed !== undefined) this.place(first, placed);
    } else this.replaceParts(first, removed, { start, end, atNs, placed, cut });
  }

  private replaceParts(
    first: number,
    removed: number,
    range: { start: number; end: number; atNs: number; placed: Region | undefined; cut: Region[] | undefined },
  ): void {
    const { start, end, atNs, placed, cut } = range;
    let head: Region | undefined;
    let tail: Region | undefined;
    this.close(first, removed, atNs);
    for (let index = first; index < first + removed; index++) {
      const r = this.log.region(this.current.number(index));
      cut?.push(partOf(r, start, end));
      if (r.start < start) head = { ...r, end: start, sinceNs: atNs, untilNs: null };
      if (r.end > end) tail = { ...r, start: end, sinceNs: atNs, untilNs: null, fileOffset: offsetAt(r, end) };
    }
    const now = [head, placed, tail].filter(r => r !== undefined);
    this.current.resize(first, removed, now.length);
    for (const [index, region] of now.entries()) this.place(first + index, region);
  }

  /** Some of the current regions end. */
  private close(first: number, count: number, atNs: number): void {
    for (let index = first; index < first + count; index++) {
      const record = this.current.number(index);
      this.log.close(record, atNs, this.lastPast);
      this.lastPast = record;
    }
  }

  private place(index: number, region: Region): void {
    this.current.set(index, region.start, region.end, this.log.add(region));
  }

  /** Before the first change of a copy: take the regions over. */
  private own(change = (regions: readonly Region[]): readonly Region[] => regions): void {
    if (!this.base) return;
    const { space, atNs } = this.base;
    this.base = undefined;
    const regions = change(space.at(atNs));
    this.current.resize(0, 0, regions.length);
    for (const [index, region] of regions.entries()) this.place(index, region);
  }
}

/** What of a region lies in [start, end): itself when all of it does. */
function partOf(r: Region, start: number, end: number): Region {
  if (r.start >= start && r.end <= end) return r;
  const from = Math.max(r.start, start);
  return { ...r, start: from, end: Math.min(r.end, end), fileOffset: offsetAt(r, from) };
}

/** Where an address in a region lies in its file. */
function offsetAt(r: Region, address: number): number | null {
  return r.fileOffset === null ? null : r.fileOffset + (address - r.start);
}
