/**
 * Regions of all address spaces that are over, as records of 64 bytes: an allocator maps and unmaps for ever.
 *
 * The records of one address space form a chain from the one that ended last to the first. Invariant: what is read back is equal to
 * what was added; it is a new object, only to be read.
 */

import type { RegionInfo } from '../../modelApi.js';
import { NameTable } from '../../store/nameTable.js';
import { NO_RECORD, RecordChunks } from '../../store/recordChunks.js';
import type { Region } from './addressSpace.js';

const RECORDS_A_CHUNK = 1024;
const FLOATS = 5;
const INTS = 6;

const START = 0;
const END = 1;
const SINCE_NS = 2;
const UNTIL_NS = 3;
/** NaN for none. */
const FILE_OFFSET = 4;

const PREVIOUS = 0;
const PATH = 1;
/** -1 for none. */
const FD = 2;
/** -1 for none. */
const BORN_ROW = 3;
const ORIGIN = 4;
/** The kind, and below it whether it is shared, and the protection. */
const CODES = 5;
const SHARED = 8;
const KIND_SHIFT = 4;

const kindCodes: Readonly<Record<RegionInfo['kind'], number>> = {
  anonymous: 0,
  file: 1,
  library: 2,
  bss: 3,
  heap: 4,
  stack: 5,
  sharedMemory: 6,
  text: 7,
  rodata: 8,
  data: 9,
  vdso: 10,
  unknown: 11,
};
const kinds = Object.keys(kindCodes) as RegionInfo['kind'][];
/** By the bits of what is allowed: read 1, write 2, execute 4. */
const protections = ['---', 'r--', '-w-', 'rw-', '--x', 'r-x', '-wx', 'rwx'];

export class PastRegions {
  private readonly records = new RecordChunks(RECORDS_A_CHUNK, FLOATS, INTS);
  private readonly paths = new NameTable();

  /** Puts a region that has ended at the end of a chain; returns its record. */
  add(r: Region, previous: number): number {
    const record = this.records.add();
    const { floats, ints } = this.records.of(record);
    const f = (record % RECORDS_A_CHUNK) * FLOATS;
    floats[f + START] = r.start;
    floats[f + END] = r.end;
    floats[f + SINCE_NS] = r.sinceNs;
    floats[f + UNTIL_NS] = r.untilNs ?? NaN;
    floats[f + FILE_OFFSET] = r.fileOffset ?? NaN;
    const i = (record % RECORDS_A_CHUNK) * INTS;
    ints[i + PREVIOUS] = previous;
    ints[i + PATH] = r.path === '' ? -1 : this.paths.idOf(r.path);
    ints[i + FD] = r.fd ?? -1;
    ints[i + BORN_ROW] = r.bornRow ?? -1;
    ints[i + ORIGIN] = r.origin;
    ints[i + CODES] = (kindCodes[r.kind] << KIND_SHIFT) | (r.shared ? SHARED : 0) | protectionCode(r.protection);
    return record;
  }

  /** Those of a chain that had not ended at a time, in the order in which they ended. */
  openAt(last: number, atNs: number): Region[] {
    const found: Region[] = [];
    for (let record = last; record !== NO_RECORD;) {
      const { floats, ints } = this.records.of(record);
      const f = (record % RECORDS_A_CHUNK) * FLOATS;
      if ((floats[f + SINCE_NS] as number) <= atNs && atNs < (floats[f + UNTIL_NS] as number))
        found.push(this.restore(record));
      record = ints[(record % RECORDS_A_CHUNK) * INTS + PREVIOUS] as number;
    }
    return found.reverse();
  }

  /** The one of a chain with an address in it that ended last, at or before a time. */
  lastWith(last: number, address: number, atNs: number): Region | undefined {
    for (let record = last; record !== NO_RECORD;) {
      const { floats, ints } = this.records.of(record);
      const f = (record % RECORDS_A_CHUNK) * FLOATS;
      const cell = (at: number): number => floats[f + at] as number;
      if (cell(START) <= address && address < cell(END) && cell(UNTIL_NS) <= atNs) return this.restore(record);
      record = ints[(record % RECORDS_A_CHUNK) * INTS + PREVIOUS] as number;
    }
    return undefined;
  }

  private restore(record: number): Region {
    const { floats, ints } = this.records.of(record);
    const float = (cell: number): number => floats[(record % RECORDS_A_CHUNK) * FLOATS + cell] as number;
    const int = (cell: number): number => ints[(record % RECORDS_A_CHUNK) * INTS + cell] as number;
    const fileOffset = float(FILE_OFFSET);
    const codes = int(CODES);
    return {
      start: float(START),
      end: float(END),
      kind: kinds[codes >> KIND_SHIFT]!,
      protection: protections[codes & (SHARED - 1)]!,
      shared: (codes & SHARED) !== 0,
      path: this.paths.nameOf(int(PATH)),
      fileOffset: Number.isNaN(fileOffset) ? null : fileOffset,
      fd: int(FD) < 0 ? null : int(FD),
      bornRow: int(BORN_ROW) < 0 ? null : int(BORN_ROW),
      sinceNs: float(SINCE_NS),
      untilNs: float(UNTIL_NS),
      origin: int(ORIGIN),
    };
  }
}

function protectionCode(letters: string): number {
  return (letters[0] === 'r' ? 1 : 0) | (letters[1] === 'w' ? 2 : 0) | (letters[2] === 'x' ? 4 : 0);
}
