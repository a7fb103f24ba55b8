/** ELF headers of both classes and both byte orders, written by hand after elf(5). */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readElf, virtualAddressOf } from '../../../src/trace/source/elf.js';

const ET_EXEC = 2;
const ET_DYN = 3;
const PT_LOAD = 1;
const PT_INTERP = 3;
const PT_NOTE = 4;

interface Shape {
  wide: boolean;
  little: boolean;
  type: number;
  segments: { kind: number; offset: number; address: number; bytes: number }[];
  /** Bytes put after the program headers, at 0x400. */
  tail?: Buffer;
}

function elfFile({ wide, little, type, segments, tail }: Shape): Buffer {
  const file = Buffer.alloc(0x500);
  const u16 = (value: number, at: number) => (little ? file.writeUInt16LE(value, at) : file.writeUInt16BE(value, at));
  const u32 = (value: number, at: number) => (little ? file.writeUInt32LE(value, at) : file.writeUInt32BE(value, at));
  const word = (value: number, at: number) => {
    if (!wide) return u32(value, at);
    return little ? file.writeBigUInt64LE(BigInt(value), at) : file.writeBigUInt64BE(BigInt(value), at);
  };
  file.writeUInt32BE(0x7f454c46, 0);
  file[4] = wide ? 2 : 1;
  file[5] = little ? 1 : 2;
  u16(type, 16);
  const [tableAt, entryBytes] = wide ? [64, 56] : [52, 32];
  word(tableAt, wide ? 32 : 28);
  u16(entryBytes, wide ? 54 : 42);
  u16(segments.length, wide ? 56 : 44);
  segments.forEach(({ kind, offset, address, bytes }, i) => {
    const at = tableAt + i * entryBytes;
    u32(kind, at);
    word(offset, at + (wide ? 8 : 4));
    word(address, at + (wide ? 16 : 8));
    word(bytes, at + (wide ? 32 : 16));
  });
  tail?.copy(file, 0x400);
  return file;
}

describe('an ELF file', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'syscape-elf-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const read = (bytes: Buffer) => {
    const path = join(folder, 'object');
    writeFileSync(path, bytes);
    return readElf(path);
  };
  const code = { kind: PT_LOAD, offset: 0x1000, address: 0x401000, bytes: 0x200 };

  for (const wide of [true, false])
    for (const little of [true, false])
      it(`of ${wide ? 64 : 32} bits, ${little ? 'little' : 'big'} endian, tells where its bytes are loaded`, () => {
        const elf = read(elfFile({ wide, little, type: ET_EXEC, segments: [code] }));
        assert.ok(elf);
        assert.equal(elf.positionIndependent, false);
        assert.equal(elf.interpreted, false);
        assert.equal(virtualAddressOf(elf, 0x1123), 0x401123);
        assert.equal(virtualAddressOf(elf, 0x1200), undefined);
        assert.equal(virtualAddressOf(elf, 0xfff), undefined);
      });

  it('that is position-independent or has an interpreter says so', () => {
    const interpreter = { kind: PT_INTERP, offset: 0x300, address: 0x300, bytes: 16 };
    const elf = read(elfFile({ wide: true, little: true, type: ET_DYN, segments: [interpreter, code] }));
    assert.equal(elf?.positionIndependent, true);
    assert.equal(elf?.interpreted, true);
  });

  it('gives its build id, after notes of others', () => {
    const note = (name: string, type: number, data: string) => {
      const head = Buffer.alloc(12);
      head.writeUInt32LE(name.length + 1, 0);
      head.writeUInt32LE(data.length / 2, 4);
      head.writeUInt32LE(type, 8);
      const padded = Buffer.alloc((name.length + 4) & ~3);
      padded.write(name);
      return Buffer.concat([head, padded, Buffer.from(data, 'hex')]);
    };
    const tail = Buffer.concat([note('GNU', 5, '00000000'), note('GNU', 3, '00ff12345678abcd')]);
    const notes = { kind: PT_NOTE, offset: 0x400, address: 0x400, bytes: tail.length };
    assert.equal(
      read(elfFile({ wide: true, little: true, type: ET_DYN, segments: [notes], tail }))?.buildId,
      '00ff12345678abcd',
    );
  });

  it('is told from a script and from an empty file', () => {
    assert.equal(read(Buffer.from('#!/bin/sh\nexit 0\n'.repeat(9))), undefined);
    assert.equal(read(Buffer.alloc(0)), undefined);
  });
});
