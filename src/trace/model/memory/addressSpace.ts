/**
 * One address space over time: regions that do not overlap, each from the call that made it to the one that ended it.
 *
 * A forked child's space is its creator's until it changes something of its own (as in the kernel); nothing is copied before.
 * Addresses are plain numbers: exact below 2^53, and user addresses are below 2^47 (2^56 with five-level paging).
 */

import type { Row } from '../../api.js';
import type { RegionInfo } from '../../modelApi.js';
import { Timeline } from '../timeline.js';
import { PastRegions } from './pastRegions.js';

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
  /** Made when the first region ends. */
  private past: PastRegions | undefined;
  private base: { space: AddressSpace; atNs: number } | undefined;
  /** Where the heap made by brk begins, once that is known, and its ends over time. */
  heapStart: number | undefined;
  private readonly breaks = new Timeline<number>();
  /** Some region has its `atFork`. */
  private advised = false;

  /** `base`: the space this one is a copy of (fork); `complete`: the log shows it from its exec on. */
  constructor(
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
    this.unmap(region.start, region.end, region.sinceNs);
    this.current.splice(this.indexAt(region.start), 0, region);
  }

  /** Ends whatever lies in [start, end); regions that stick out keep their rest. Returns what was cut out. */
  unmap(start: number, end: number, atNs: number): Region[] {
    this.own();
    const cut: Region[] = [];
    const kept: Region[] = [];
    let first = -1;
    let count = 0;
    for (let i = this.indexAt(start); i < this.current.length; i++) {
      const r = this.current[i]!;
      if (r.start >= end) break;
      if (first < 0) first = i;
      count++;
      r.untilNs = atNs;
      (this.past ??= new PastRegions()).add(r);
      if (r.start < start) kept.push({ ...r, end: start, sinceNs: atNs, untilNs: null });
      if (r.start >= start && r.end <= end) {
        cut.push(r);
        continue;
      }
      cut.push({
        ...r,
        start: Math.max(r.start, start),
        end: Math.min(r.end, end),
        fileOffset: r.fileOffset === null ? null : r.fileOffset + Math.max(0, start - r.start),
      });
      if (r.end > end)
        kept.push({
          ...r,
          start: end,
          sinceNs: atNs,
          untilNs: null,
          fileOffset: r.fileOffset === null ? null : r.fileOffset + (end - r.start),
        });
    }
    if (first >= 0) this.current.splice(first, count, ...kept);
    return cut;
  }

  protect(start: number, end: number, protection: string, atNs: number): void {
    for (const r of this.unmap(start, end, atNs)) this.map({ ...r, protection, sinceNs: atNs, untilNs: null });
  }

  /** Regions at a time, sorted. */
  at(atNs: number): Region[] {
    if (this.base && (this.current.length === 0 || atNs < this.base.atNs))
      return this.base.space.at(Math.min(atNs, this.base.atNs));
    const past = this.past?.openAt(atNs) ?? [];
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
    return this.past?.lastWith(address, atNs) ?? this.base?.space.pastWith(address, Math.min(atNs, this.base.atNs));
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
