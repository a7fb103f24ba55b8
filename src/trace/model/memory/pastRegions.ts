/**
 * Regions of an address space that are over, as records of 64 bytes: an allocator maps and unmaps for ever.
 * Invariant: what `openAt` gives back is equal to what was added; it is a new object, only to be read.
 */

import type { RegionInfo } from '../../modelApi.js';
import { NameTable } from '../../store/nameTable.js';
import type { Region } from './addressSpace.js';

const FLOATS = 5;
const INTS = 6;
const FIRST_CAPACITY = 8;

const START = 0;
const END = 1;
const SINCE_NS = 2;
const UNTIL_NS = 3;
/** NaN for none. */
const FILE_OFFSET = 4;

const PATH = 0;
/** -1 for none. */
const FD = 1;
/** -1 for none. */
const BORN_ROW = 2;
const ORIGIN = 3;
const KIND = 4;
/** The protection's word, and below it whether it is shared. */
const PROTECTION_AND_SHARED = 5;

export class PastRegions {
  private floats = new Float64Array(0);
  private ints = new Int32Array(0);
  private length = 0;
  private readonly words = new NameTable();

  /** Takes a region that has ended. */
  add(r: Region): void {
    if (this.length * FLOATS === this.floats.length) this.grow();
    const f = this.length * FLOATS;
    const i = this.length * INTS;
    const { floats, ints, words } = this;
    floats[f + START] = r.start;
    floats[f + END] = r.end;
    floats[f + SINCE_NS] = r.sinceNs;
    floats[f + UNTIL_NS] = r.untilNs ?? NaN;
    floats[f + FILE_OFFSET] = r.fileOffset ?? NaN;
    ints[i + PATH] = words.idOf(r.path);
    ints[i + FD] = r.fd ?? -1;
    ints[i + BORN_ROW] = r.bornRow ?? -1;
    ints[i + ORIGIN] = r.origin;
    ints[i + KIND] = words.idOf(r.kind);
    ints[i + PROTECTION_AND_SHARED] = (words.idOf(r.protection) << 1) | (r.shared ? 1 : 0);
    this.length++;
  }

  /** Those that had not ended at a time. */
  openAt(atNs: number): Region[] {
    const found: Region[] = [];
    for (let k = 0; k < this.length; k++) {
      const since = this.floats[k * FLOATS + SINCE_NS] as number;
      if (since <= atNs && atNs < (this.floats[k * FLOATS + UNTIL_NS] as number)) found.push(this.restore(k));
    }
    return found;
  }

  /** The one with an address in it that ended last, at or before a time. */
  lastWith(address: number, atNs: number): Region | undefined {
    for (let k = this.length - 1; k >= 0; k--) {
      const cell = (at: number): number => this.floats[k * FLOATS + at] as number;
      if (cell(START) <= address && address < cell(END) && cell(UNTIL_NS) <= atNs) return this.restore(k);
    }
    return undefined;
  }

  private restore(k: number): Region {
    const float = (cell: number): number => this.floats[k * FLOATS + cell] as number;
    const int = (cell: number): number => this.ints[k * INTS + cell] as number;
    const fileOffset = float(FILE_OFFSET);
    return {
      start: float(START),
      end: float(END),
      kind: this.words.nameOf(int(KIND)) as RegionInfo['kind'],
      protection: this.words.nameOf(int(PROTECTION_AND_SHARED) >> 1),
      shared: (int(PROTECTION_AND_SHARED) & 1) !== 0,
      path: this.words.nameOf(int(PATH)),
      fileOffset: Number.isNaN(fileOffset) ? null : fileOffset,
      fd: int(FD) < 0 ? null : int(FD),
      bornRow: int(BORN_ROW) < 0 ? null : int(BORN_ROW),
      sinceNs: float(SINCE_NS),
      untilNs: float(UNTIL_NS),
      origin: int(ORIGIN),
    };
  }

  private grow(): void {
    const capacity = Math.max(FIRST_CAPACITY, Math.ceil(this.length * 1.5));
    const floats = new Float64Array(capacity * FLOATS);
    const ints = new Int32Array(capacity * INTS);
    floats.set(this.floats);
    ints.set(this.ints);
    this.floats = floats;
    this.ints = ints;
  }
}
