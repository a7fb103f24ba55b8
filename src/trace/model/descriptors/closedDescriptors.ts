/**
 * Descriptors whose life is over, as records of 80 bytes: a busy server opens and closes millions.
 *
 * Only those are taken whose description nobody else refers to, now or later, and whose flags never changed: what is read back is
 * equal to what was put in, and nobody can tell it from the object by anything but its identity.
 *
 * The records of one table form a chain from the one closed last to the first.
 */

import type { DescriptorBirth, DescriptorDeath, DescriptorKind } from '../../modelApi.js';
import { NameTable } from '../../store/nameTable.js';
import { NO_RECORD, RecordChunks } from '../../store/recordChunks.js';
import { Description, Descriptor, type Access } from './description.js';
import type { DescriptorTable } from './descriptorTable.js';

const RECORDS_A_CHUNK = 4096;
const FLOATS = 5;
const INTS = 10;

// 64-bit cells of a record.
const OPEN_NS = 0;
const CLOSE_NS = 1;
const BYTES_IN = 2;
const BYTES_OUT = 3;
/** The latest closeNs of this record and all before it in its chain: where a search by time may stop. */
const LATEST_NS = 4;
// 32-bit cells.
const PREVIOUS = 0;
const ID = 1;
const FD = 2;
const DESCRIPTION = 3;
const NAME = 4;
const BIRTH_ROW = 5;
const DEATH_ROW = 6;
const CALLS = 7;
const ERRORS = 8;
const CODES = 9;

const kindCodes: Readonly<Record<DescriptorKind, number>> = {
  file: 0,
  directory: 1,
  symlink: 2,
  char: 3,
  block: 4,
  fifo: 5,
  pipe: 6,
  socket: 7,
  epoll: 8,
  eventfd: 9,
  signalfd: 10,
  timerfd: 11,
  inotify: 12,
  memfd: 13,
  pidfd: 14,
  mqueue: 15,
  ioUring: 16,
  other: 17,
  unknown: 18,
};
const birthCodes: Readonly<Record<DescriptorBirth, number>> = {
  open: 0,
  dup: 1,
  fork: 2,
  accept: 3,
  create: 4,
  received: 5,
  unknown: 6,
};
const deathCodes: Readonly<Record<DescriptorDeath, number>> = {
  close: 0,
  exec: 1,
  exit: 2,
  replaced: 3,
  closeRange: 4,
};
const accessCodes: Readonly<Record<Access, number>> = { read: 1, write: 2, readWrite: 3 };
const kinds = Object.keys(kindCodes) as DescriptorKind[];
const births = Object.keys(birthCodes) as DescriptorBirth[];
const deaths = Object.keys(deathCodes) as DescriptorDeath[];
const accesses: readonly (Access | null)[] = [null, 'read', 'write', 'readWrite'];
const flagValues: readonly (boolean | undefined)[] = [undefined, false, true];

export class ClosedDescriptors {
  private readonly records = new RecordChunks(RECORDS_A_CHUNK, FLOATS, INTS);
  private readonly names = new NameTable();

  /** Puts a closed descriptor at the end of a chain; returns its record, or NO_RECORD when it must stay an object. */
  keep(d: Descriptor, previous: number): number {
    const { description } = d;
    const { nonBlocking, append } = description;
    const alone = description.descriptors.length === 1 && description.channel === null && !description.referenced;
    // Without times in the log (NaN) nothing could be found again.
    if (!alone || d.closeNs === null || d.death === null || !(d.closeNs >= d.openNs) || description.deletedNs !== null)
      return NO_RECORD;
    const steady =
      d.closeOnExec.steadySince(d.openNs) && nonBlocking.steadySince(d.openNs) && append.steadySince(d.openNs);
    if (!steady) return NO_RECORD;
    const record = this.records.add();
    const { floats, ints } = this.records.newest;
    const f = (record % RECORDS_A_CHUNK) * FLOATS;
    floats[f + OPEN_NS] = d.openNs;
    floats[f + CLOSE_NS] = d.closeNs;
    floats[f + BYTES_IN] = d.bytesIn;
    floats[f + BYTES_OUT] = d.bytesOut;
    floats[f + LATEST_NS] = Math.max(d.closeNs, this.latestNs(previous));
    const i = (record % RECORDS_A_CHUNK) * INTS;
    ints[i + PREVIOUS] = previous;
    ints[i + ID] = d.id;
    ints[i + FD] = d.fd;
    ints[i + DESCRIPTION] = description.id;
    ints[i + NAME] = this.names.idOf(description.name);
    ints[i + BIRTH_ROW] = d.birthRow ?? -1;
    ints[i + DEATH_ROW] = d.deathRow ?? -1;
    ints[i + CALLS] = d.calls;
    ints[i + ERRORS] = d.errors;
    ints[i + CODES] =
      (description.access === null ? 0 : accessCodes[description.access]) |
      (flagCode(d.closeOnExec.latest) << 2) |
      (flagCode(nonBlocking.latest) << 4) |
      (flagCode(append.latest) << 6) |
      (kindCodes[description.kind] << 8) |
      (birthCodes[d.birth] << 14) |
      (deathCodes[d.death] << 20);
    return record;
  }

  /** The descriptor of a record, as an object again. */
  restore(record: number, table: DescriptorTable): Descriptor {
    const { floats, ints } = this.records.of(record);
    const f = (record % RECORDS_A_CHUNK) * FLOATS;
    const i = (record % RECORDS_A_CHUNK) * INTS;
    const float = (cell: number): number => floats[f + cell] as number;
    const int = (cell: number): number => ints[i + cell] as number;
    const row = (cell: number): number | null => (int(cell) < 0 ? null : int(cell));
    const codes = int(CODES);
    const openNs = float(OPEN_NS);
    const description = new Description(int(DESCRIPTION));
    description.name = this.names.nameOf(int(NAME));
    description.kind = kinds[(codes >> 8) & 63]!;
    description.access = accesses[codes & 3] ?? null;
    const birth = births[(codes >> 14) & 63]!;
    const d = new Descriptor(int(ID), table, int(FD), description, openNs, birth, row(BIRTH_ROW));
    const closeOnExec = flagValues[(codes >> 2) & 3];
    const nonBlocking = flagValues[(codes >> 4) & 3];
    const append = flagValues[(codes >> 6) & 3];
    if (closeOnExec !== undefined) d.closeOnExec.set(openNs, closeOnExec);
    if (nonBlocking !== undefined) description.nonBlocking.set(openNs, nonBlocking);
    if (append !== undefined) description.append.set(openNs, append);
    d.closeNs = float(CLOSE_NS);
    d.death = deaths[(codes >> 20) & 63]!;
    d.deathRow = row(DEATH_ROW);
    d.bytesIn = float(BYTES_IN);
    d.bytesOut = float(BYTES_OUT);
    d.calls = int(CALLS);
    d.errors = int(ERRORS);
    return d;
  }

  previous(record: number): number {
    return this.records.of(record).ints[(record % RECORDS_A_CHUNK) * INTS + PREVIOUS] as number;
  }

  /** Makes a chain go on elsewhere after a record: what lay between is in it no longer. */
  setPrevious(record: number, previous: number): void {
    this.records.of(record).ints[(record % RECORDS_A_CHUNK) * INTS + PREVIOUS] = previous;
  }

  fd(record: number): number {
    return this.records.of(record).ints[(record % RECORDS_A_CHUNK) * INTS + FD] as number;
  }

  isOpenAt(record: number, atNs: number): boolean {
    const { floats } = this.records.of(record);
    const f = (record % RECORDS_A_CHUNK) * FLOATS;
    return (floats[f + OPEN_NS] as number) <= atNs && atNs < (floats[f + CLOSE_NS] as number);
  }

  /** When the last of a chain was closed; -Infinity for an empty one. */
  latestNs(record: number): number {
    if (record === NO_RECORD) return Number.NEGATIVE_INFINITY;
    return this.records.of(record).floats[(record % RECORDS_A_CHUNK) * FLOATS + LATEST_NS] as number;
  }
}

/** Index in `flagValues`. */
function flagCode(value: boolean | undefined): number {
  return value === undefined ? 0 : value ? 2 : 1;
}
