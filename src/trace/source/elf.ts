/**
 * The little of an ELF file that symbolising needs: is it position-independent, where its segments lie, its build id (elf(5)).
 */

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

interface ElfSegment {
  fileOffset: number;
  fileBytes: number;
  virtualAddress: number;
}

export interface ElfInfo {
  /** ET_DYN: a shared library or a position-independent executable. */
  positionIndependent: boolean;
  /** Has a dynamic linker (PT_INTERP): an executable that is not static. */
  interpreted: boolean;
  /** PT_LOAD segments. */
  segments: ElfSegment[];
  /** Hex digits of the NT_GNU_BUILD_ID note; '' when it has none. */
  buildId: string;
  modifiedMs: number;
}

const ptLoad = 1;
const ptInterpreter = 3;
const ptNote = 4;
const gnuBuildIdNote = 3;

/** Reads an ELF file's headers; undefined when it is no ELF file. Throws what opening and reading throw. */
export function readElf(path: string): ElfInfo | undefined {
  const file = openSync(path, 'r');
  try {
    const header = readBytes(file, 0, 64);
    if (header.length < 52 || header.readUInt32BE(0) !== 0x7f454c46) return undefined;
    const reader = new FieldReader(header[4] === 2, header[5] === 1);
    const type = reader.u16(header, 16);
    const tableOffset = reader.word(header, reader.wide ? 32 : 28);
    const entryBytes = reader.u16(header, reader.wide ? 54 : 42);
    const entries = reader.u16(header, reader.wide ? 56 : 44);
    const table = readBytes(file, tableOffset, entryBytes * entries);
    const segments: ElfSegment[] = [];
    let buildId = '';
    let interpreted = false;
    for (let i = 0; i < entries; i++) {
      const entry = table.subarray(i * entryBytes, (i + 1) * entryBytes);
      const kind = reader.u32(entry, 0);
      const segment = {
        fileOffset: reader.word(entry, reader.wide ? 8 : 4),
        virtualAddress: reader.word(entry, reader.wide ? 16 : 8),
        fileBytes: reader.word(entry, reader.wide ? 32 : 16),
      };
      if (kind === ptLoad) segments.push(segment);
      else if (kind === ptInterpreter) interpreted = true;
      else if (kind === ptNote && buildId === '')
        buildId = findBuildId(readBytes(file, segment.fileOffset, Math.min(segment.fileBytes, 65_536)), reader);
    }
    return { positionIndependent: type === 3, interpreted, segments, buildId, modifiedMs: fstatSync(file).mtimeMs };
  } finally {
    closeSync(file);
  }
}

/** The object's own virtual address of a byte of its file; undefined when no loaded segment holds it. */
export function virtualAddressOf(elf: ElfInfo, fileOffset: number): number | undefined {
  const segment = elf.segments.find(s => s.fileOffset <= fileOffset && fileOffset < s.fileOffset + s.fileBytes);
  return segment && fileOffset - segment.fileOffset + segment.virtualAddress;
}

class FieldReader {
  constructor(
    readonly wide: boolean,
    private readonly little: boolean,
  ) {}

  u16(bytes: Buffer, at: number): number {
    return this.little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
  }

  u32(bytes: Buffer, at: number): number {
    return this.little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  }

  /** A 32- or 64-bit field, by the file's class. */
  word(bytes: Buffer, at: number): number {
    if (!this.wide) return this.u32(bytes, at);
    return Number(this.little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
  }
}

function findBuildId(notes: Buffer, reader: FieldReader): string {
  for (let at = 0; at + 12 <= notes.length;) {
    const nameBytes = reader.u32(notes, at);
    const dataBytes = reader.u32(notes, at + 4);
    const dataAt = at + 12 + align4(nameBytes);
    if (reader.u32(notes, at + 8) === gnuBuildIdNote && notes.toString('latin1', at + 12, at + 15) === 'GNU')
      return notes.toString('hex', dataAt, dataAt + dataBytes);
    at = dataAt + align4(dataBytes);
  }
  return '';
}

function align4(bytes: number): number {
  return (bytes + 3) & ~3;
}

function readBytes(file: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  return buffer.subarray(0, readSync(file, buffer, 0, length, position));
}
