/** What of a stack may be shown: addresses by backend, moved, edited and missing files, headers, objects that were rebuilt. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ElfInfo } from '../../../src/trace/source/elf.js';
import { mapSource, StackResolver, type StackResolverOptions } from '../../../src/trace/source/stackResolver.js';
import { traceOf } from '../trace/traceFixture.js';
import { lookUpAddress } from '../../../src/trace/source/symbolizer.js';

const elf: ElfInfo = {
  positionIndependent: false,
  interpreted: true,
  segments: [{ fileOffset: 0x1000, fileBytes: 0x500, virtualAddress: 0x401000 }],
  buildId: '',
  modifiedMs: 0,
};
const frame = { object: '/p', symbol: 'f', address: 0x1211, caller: true };

describe('the address that is looked up', () => {
  it('is in the call before a return address, at the program header’s place, under libunwind', () => {
    assert.equal(lookUpAddress('libunwind', elf, frame), 0x401210);
  });

  it('is the printed one for the frame that made the call', () => {
    assert.equal(lookUpAddress('libunwind', elf, { ...frame, caller: false }), 0x401211);
  });

  it('is the printed one under libdw', () => {
    assert.equal(lookUpAddress('libdw', elf, { ...frame, address: 0x401210 }), 0x401210);
  });

  it('is none outside of every segment', () => {
    assert.equal(lookUpAddress('libunwind', elf, { ...frame, address: 0x401210 }), undefined);
  });
});

describe('two straces that recorded the same program', () => {
  /** Addresses to look up, of a program whose segments lie where they lie in its file. */
  const lookedUp = (name: string, backend: 'libunwind' | 'libdw'): Set<string> => {
    const folder = fileURLToPath(new URL(`../../golden/${name}/`, import.meta.url));
    const trace = traceOf(readFileSync(join(folder, 'trace.strace'), 'utf8'));
    const segments = [{ fileOffset: 0, fileBytes: 0x200000, virtualAddress: 0 }];
    const found = new Set<string>();
    for (let row = 0; row < trace.summary().rows; row++)
      trace.event(row)?.stack.forEach(({ object, symbol, address }, i) => {
        if (address === null || !/\/(z2|libc\.so\.6)$/.test(object)) return;
        const at = lookUpAddress(backend, { ...elf, segments }, { object, symbol, address, caller: i > 0 });
        found.add(`${object} ${at?.toString(16) ?? ''}`);
      });
    return found;
  };

  it('with libunwind and with libdw lead to the same addresses', () => {
    const libunwind = lookedUp('version-6.1-k', 'libunwind');
    const libdw = lookedUp('version-7.2-k', 'libdw');
    assert.ok(libunwind.size > 60, `${libunwind.size} addresses`);
    assert.deepEqual(
      [...libunwind].filter(address => !libdw.has(address)),
      [],
    );
  });
});

describe('a path of the debug information', () => {
  const map = { '/build': '/home/u', '/build/lib/': '/opt/lib/', '': '/wrong' };

  it('is replaced by its longest mapped prefix', () => {
    assert.equal(mapSource('/build/a.c', map), '/home/u/a.c');
    assert.equal(mapSource('/build/lib/b.c', map), '/opt/lib/b.c');
  });

  it('stays when the prefix ends inside a name', () => {
    assert.equal(mapSource('/builder/a.c', map), '/builder/a.c');
  });
});

describe('a stack', () => {
  let folder: string;
  let addr2line: string;
  let answers = 0;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'syscape-source-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  /** An addr2line that gives the same answer to every address. */
  const answering = async (answer: string): Promise<void> => {
    const lines = answer.replaceAll('\n', '\\n');
    addr2line = join(folder, `addr2line${answers++}`); // what one has said of a build is known
    await writeFile(
      addr2line,
      `#!/bin/sh\nwhile read a && read zero; do printf '%s\\n${lines}\\n0x0\\n??\\n??:0\\n' "$a"; done\n`,
    );
    await chmod(addr2line, 0o755);
  };
  const resolved = async (options: Partial<StackResolverOptions> = {}, symbol = 'f') => {
    const resolver = new StackResolver({
      backend: 'libdw',
      tracedAtMs: null,
      sourceMap: {},
      addr2lineCommand: addr2line,
      ...options,
    });
    try {
      return await resolver.resolve([{ object: process.execPath, symbol, address: 0x1000, source: null }]);
    } finally {
      resolver.dispose();
    }
  };

  it('leads to a file that is there, and says when it was edited since', async () => {
    const path = join(folder, 'a.c');
    await writeFile(path, 'int f;\n');
    await utimes(path, 2000, 2000);
    await answering(`f\n${path}:1`);
    assert.deepEqual((await resolved()).frames[0]?.place, { path, line: 1, changed: false });
    const old = join(folder, 'a.c');
    assert.equal((await resolved({ tracedAtMs: Date.now() })).frames[0]?.place?.changed, false);
    await utimes(old, new Date(), new Date(Date.now() + 60_000));
    assert.equal((await resolved({ tracedAtMs: Date.now() })).frames[0]?.place?.changed, true);
  });

  it('finds a file where the map says that it is', async () => {
    await writeFile(join(folder, 'b.c'), '');
    await answering('f\n/build/b.c:9');
    const stack = await resolved({ sourceMap: { '/build': folder } });
    assert.equal(stack.frames[0]?.place?.path, join(folder, 'b.c'));
    assert.deepEqual(stack.missing, []);
  });

  it('names the file that is not there', async () => {
    await answering('f\n/build/c.c:9');
    const stack = await resolved();
    assert.equal(stack.frames[0]?.place, undefined);
    assert.deepEqual(stack.missing, ['/build/c.c']);
  });

  it('takes no header of the system for the user’s code', async () => {
    const path = join(folder, 'd.c');
    await writeFile(path, '');
    await answering(`read\n/usr/include/stdio.h:20\nf\n${path}:5`);
    const { frames } = await resolved();
    assert.deepEqual(
      frames.map(({ symbol, place }) => [symbol, place?.line]),
      [
        ['read', undefined],
        ['f', 5],
      ],
    );
  });

  it('shows no lines of an object that was rebuilt', async () => {
    await answering('f\n/build/c.c:9');
    const stack = await resolved({ tracedAtMs: 1 });
    assert.deepEqual(stack.rebuilt, [process.execPath]);
    assert.equal(stack.frames[0]?.place, undefined);
  });

  it('of an unknown backend is believed only where the function agrees', async () => {
    const path = join(folder, 'e.c');
    await writeFile(path, '');
    await answering(`f\n${path}:3`);
    assert.equal((await resolved({ backend: 'unknown' }, 'f.part.0')).frames[0]?.place?.line, 3);
    assert.equal((await resolved({ backend: 'unknown' }, 'g')).frames[0]?.place, undefined);
  });

  it('says why addr2line cannot be asked', async () => {
    assert.match((await resolved({ addr2lineCommand: '/nowhere/addr2line' })).failure ?? '', /addr2line.*ENOENT/);
  });

  it('with lines of its own needs no addr2line', async () => {
    const path = join(folder, 'f.c');
    await writeFile(path, '');
    const resolver = new StackResolver({ backend: 'unknown', tracedAtMs: null, sourceMap: {} });
    const { frames } = await resolver.resolve([
      { object: '/gone', symbol: 'main', address: 0x10, source: `${path}:10` },
    ]);
    assert.deepEqual(frames, [{ symbol: 'main', object: '/gone', place: { path, line: 10, changed: false } }]);
    resolver.dispose();
  });
});
