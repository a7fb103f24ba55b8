/**
 * Every region that any address space ever had, as a record of 64 bytes: an allocator maps and unmaps for ever.
 *
 * A record is written when its region begins; when the region ends it gets the time, and becomes the last of a chain that leads to
 * those of its address space that ended before. Invariant: what is read back is equal to what was added; it is a new object, only to be read.
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
/** NaN while it lasts. */
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
/** From the highest: what a fork does with it, its kind, whether it is shared, and its protection. */
const CODES = 5;
const SHARED = 8;
const KIND_SHIFT = 4;
const KIND_MASK = 15;
const AT_FORK_SHIFT = 8;

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
const forkAdvice: readonly Region['atFork'][] = [undefined, 'absent', 'zeroed'];
const protections = ['---', 'r--', '-w-', 'rw-', '--x', 'r-x', '-wx', 'rwx'];

export class RegionLog {
  private readonly records = new RecordChunks(RECORDS_A_CHUNK, FLOATS, INTS);
  private readonly paths = new NameTable();

  /** Adds a region that begins; returns its record. */
  add(r: Region): number {
    const record = this.records.add();
    const { floats, ints } = this.records.newest;
    const f = (record % RECORDS_A_CHUNK) * FLOATS;
    floats[f + START] = r.start;
    floats[f + END] = r.end;
    floats[f + SINCE_NS] = r.sinceNs;
    floats[f + UNTIL_NS] = NaN;
    floats[f + FILE_OFFSET] = r.fileOffset ?? NaN;
    const i = (record % RECORDS_A_CHUNK) * INTS;
    ints[i + PREVIOUS] = NO_RECORD;
    ints[i + PATH] = r.path === '' ? -1 : this.paths.idOf(r.path);
    ints[i + FD] = r.fd ?? -1;
    ints[i + BORN_ROW] = r.bornRow ?? -1;
    ints[i + ORIGIN] = r.origin;
    const codes = (kindCodes[r.kind] << KIND_SHIFT) | (r.shared ? SHARED : 0) | protectionCode(r.protection);
    ints[i + CODES] = r.atFork === undefined ? codes : codes | (forkAdvice.indexOf(r.atFork) << AT_FORK_SHIFT);
    return record;
  }

  /** A region ends, after those of the chain that `previous` is the last of. */
  close(record: number, untilNs: number, previous: number): void {
    const { floats, ints } = this.records.of(record);
    floats[(record % RECORDS_A_CHUNK) * FLOATS + UNTIL_NS] = untilNs;
    ints[(record % RECORDS_A_CHUNK) * INTS + PREVIOUS] = previous;
  }

  /** Those of a chain that had not ended at a time, in the order in which they ended. */
  openAt(last: number, atNs: number): Region[] {
    const found: Region[] = [];
    for (let record = last; record !== NO_RECORD;) {
      const { floats, ints } = this.records.of(record);
      const f = (record % RECORDS_A_CHUNK) * FLOATS;
      if ((floats[f + SINCE_NS] as number) <= atNs && atNs < (floats[f + UNTIL_NS] as number))
        found.push(this.region(record));
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
      if (cell(START) <= address && address < cell(END) && cell(UNTIL_NS) <= atNs) return this.region(record);
      record = ints[(record % RECORDS_A_CHUNK) * INTS + PREVIOUS] as number;
    }
    return undefined;
  }

  region(record: number): Region {
    const { floats, ints } = this.records.of(record);
    const float = (cell: number): number => floats[(record % RECORDS_A_CHUNK) * FLOATS + cell] as number;
    const int = (cell: number): number => ints[(record % RECORDS_A_CHUNK) * INTS + cell] as number;
    const fileOffset = float(FILE_OFFSET);
    const untilNs = float(UNTIL_NS);
    const codes = int(CODES);
    const region: Region = {
      start: float(START),
      end: float(END),
      kind: kinds[(codes >> KIND_SHIFT) & KIND_MASK]!,
      protection: protections[codes & (SHARED - 1)]!,
      shared: (codes & SHARED) !== 0,
      path: this.paths.nameOf(int(PATH)),
      fileOffset: Number.isNaN(fileOffset) ? null : fileOffset,
      fd: int(FD) < 0 ? null : int(FD),
      bornRow: int(BORN_ROW) < 0 ? null : int(BORN_ROW),
      sinceNs: float(SINCE_NS),
      untilNs: Number.isNaN(untilNs) ? null : untilNs,
      origin: int(ORIGIN),
    };
    const atFork = forkAdvice[codes >> AT_FORK_SHIFT];
    return atFork === undefined ? region : { ...region, atFork };
  }
}

function protectionCode(letters: string): number {
  return (letters[0] === 'r' ? 1 : 0) | (letters[1] === 'w' ? 2 : 0) | (letters[2] === 'x' ? 4 : 0);
}
