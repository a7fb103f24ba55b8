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
import type { PastRegions } from './pastRegions.js';

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
  /** Sorted by start. */
  private current: Region[] = [];
  /** The newest of this space's regions in `past`. */
  private lastPast = NO_RECORD;
  private base: { space: AddressSpace; atNs: number } | undefined;
  /** Where the heap made by brk begins, once that is known, and its ends over time. */
  heapStart: number | undefined;
  private readonly breaks = new Timeline<number>();
  /** Some region has its `atFork`. */
  private advised = false;

  /** `base`: the space this one is a copy of (fork); `complete`: the log shows it from its exec on. */
  constructor(
    private readonly past: PastRegions,
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
    this.own();
    this.current = this.current
      .filter(r => r.atFork !== 'absent')
      .map(r => (r.atFork === 'zeroed' ? { ...r, origin: newOrigin() } : r));
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
    const past = this.past.openAt(this.lastPast, atNs);
    const now = this.current.filter(r => r.sinceNs <= atNs);
    return [...past, ...now].sort((a, b) => a.start - b.start);
  }

  /** Regions that this space mapped itself after a time: all of them when it is nobody's copy. */
  mappedSince(atNs: number): Region[] {
    return this.base ? [] : this.current.filter(r => r.sinceNs >= atNs);
  }

  find(address: number): Region | undefined {
    const regions = this.base ? this.at(Number.POSITIVE_INFINITY) : this.current;
    return regions.find(r => r.start <= address && address < r.end);
  }

  /** What is left now of a mapping (all its pieces have the origin of one of them) in [start, end). */
  piecesOf(origin: number, start: number, end: number): Region[] {
    return this.at(Number.POSITIVE_INFINITY).filter(r => r.origin === origin && r.start < end && r.end > start);
  }

  /** The region with an address in it that ended last, at or before a time. */
  pastWith(address: number, atNs: number): Region | undefined {
    return (
      this.past.lastWith(this.lastPast, address, atNs) ??
      this.base?.space.pastWith(address, Math.min(atNs, this.base.atNs))
    );
  }

  /** Ends whatever lies in [start, end), adding it to `cut`, and maps `placed` there. */
  private replace(start: number, end: number, atNs: number, placed: Region | undefined, cut?: Region[]): void {
    this.own();
    const { current } = this;
    const first = this.indexAt(start);
    let after = first;
    let head: Region | undefined;
    let tail: Region | undefined;
    for (; after < current.length; after++) {
      const r = current[after]!;
      if (r.start >= end) break;
      r.untilNs = atNs;
      this.lastPast = this.past.add(r, this.lastPast);
      cut?.push(partOf(r, start, end));
      if (r.start < start) head = { ...r, end: start, sinceNs: atNs, untilNs: null };
      if (r.end > end) tail = { ...r, start: end, sinceNs: atNs, untilNs: null, fileOffset: offsetAt(r, end) };
    }
    const removed = after - first;
    if (head || tail) current.splice(first, removed, ...[head, placed, tail].filter(r => r !== undefined));
    else if (placed === undefined) {
      if (removed > 0) current.splice(first, removed);
    } else if (removed === 1) current[first] = placed;
    else current.splice(first, removed, placed);
  }

  /** Before the first change of a copy: take the regions over. */
  private own(): void {
    if (!this.base) return;
    const { space, atNs } = this.base;
    this.base = undefined;
    this.current = space.at(atNs).map(r => ({ ...r, untilNs: null }));
  }

  /** Index of the first region that ends after an address. */
  private indexAt(address: number): number {
    let low = 0;
    let high = this.current.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.current[middle]!.end <= address) low = middle + 1;
      else high = middle;
    }
    return low;
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
