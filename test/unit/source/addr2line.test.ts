/** addr2line's answers as it prints them, and a process that answers, fails or is not there. */

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Addr2line, parseAnswer } from '../../../src/trace/source/addr2line.js';

describe('an answer of addr2line', () => {
  const found = (text: string) => parseAnswer(text).map(({ symbol, file, line }) => `${symbol} ${file}:${line}`);

  it('names function and line', () => {
    assert.deepEqual(found('0x0000000000001189\nmain\n/home/u/s.c:12\n'), ['main /home/u/s.c:12']);
  });

  it('lists what was inlined, the innermost first', () => {
    assert.deepEqual(found('0x1189\ninner\n/u/s.c:3\nouter\n/u/s.c:8 (discriminator 2)\n'), [
      'inner /u/s.c:3',
      'outer /u/s.c:8',
    ]);
  });

  it('keeps a colon that is part of the path', () => {
    assert.deepEqual(found('0x1\nf\n/u/a:b.c:7\n'), ['f /u/a:b.c:7']);
  });

  it('knows a function without debug information, and a line that is not known', () => {
    assert.deepEqual(found('0x1\nwrite\n??:?\n'), ['write :0']);
    assert.deepEqual(found('0x1\nf\n/u/s.c:?\n'), ['f /u/s.c:0']);
  });

  it('is empty when neither is known', () => {
    assert.deepEqual(found('0x1\n??\n??:0\n'), []);
  });
});

describe('an addr2line process', () => {
  it('has a build’s answers from another that was asked about it, and not those about other builds', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'syscape-addr2line-'));
    const command = join(folder, 'addr2line');
    const ask = async (buildId: string): Promise<string | undefined> => {
      const addr2line = new Addr2line('/bin/true', command, buildId);
      const frames = await addr2line.lookUp(0x10).catch(() => undefined);
      addr2line.dispose();
      return frames?.[0]?.symbol;
    };
    const script = '#!/bin/sh\nwhile read a && read z; do printf "$a\\nf\\n/s.c:1\\n0x0\\n??\\n??:0\\n"; done\n';
    await writeFile(command, script, { mode: 0o755 });
    assert.equal(await ask('aa'), 'f');
    assert.equal(await ask(''), 'f');
    await rm(folder, { recursive: true });
    assert.equal(await ask('aa'), 'f');
    assert.equal(await ask('bb'), undefined);
    assert.equal(await ask(''), undefined);
  });

  it('that is not there rejects the question, and is tried again at the next', async () => {
    const addr2line = new Addr2line('/bin/true', '/nowhere/addr2line');
    await assert.rejects(addr2line.lookUp(1), /ENOENT/);
    await assert.rejects(addr2line.lookUp(1), /ENOENT/);
    addr2line.dispose();
  });

  it('that ends rejects every question', async () => {
    const addr2line = new Addr2line('/bin/true', '/bin/true');
    const outcomes = await Promise.allSettled([addr2line.lookUp(1), addr2line.lookUp(2)]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    addr2line.dispose();
  });

  it('that is closed rejects what waits and what is asked later', async () => {
    const addr2line = new Addr2line('/bin/true', '/bin/cat');
    const waiting = assert.rejects(addr2line.lookUp(4096), /closed/);
    addr2line.dispose();
    await waiting;
    await assert.rejects(addr2line.lookUp(8192), /closed/);
  });
});
