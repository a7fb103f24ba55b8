/** What is said of a strace that is not there, not executable or not strace. */

import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CaptureError, type CaptureFault } from '../../../src/trace/capture/captureError.js';
import { isPtraceRefusal, probeStrace, StraceProbe } from '../../../src/trace/capture/probe.js';
import { checkProgram } from '../../../src/trace/capture/programCheck.js';

const faultOf = async (attempt: Promise<unknown>): Promise<CaptureFault> => {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof CaptureError) return error.fault;
    throw error;
  }
  throw new assert.AssertionError({ message: 'nothing was refused' });
};

describe('looking for strace', () => {
  let folder: string;
  const script = async (name: string, text: string, mode = 0o755): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text);
    await chmod(path, mode);
    return path;
  };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'syscape-probe-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('says that it is missing, by path or by name', async () => {
    assert.deepEqual(await faultOf(probeStrace('/nowhere/strace')), { kind: 'straceMissing', path: '/nowhere/strace' });
    assert.equal((await faultOf(probeStrace('no-strace-of-this-name'))).kind, 'straceMissing');
  });

  it('says that it may not be executed', async () => {
    const path = await script('plain', 'x', 0o644);
    assert.deepEqual(await faultOf(probeStrace(path)), { kind: 'straceNotExecutable', path });
  });

  it('says what another program answered', async () => {
    const path = await script('impostor', '#!/bin/sh\necho I am not it >&2; exit 3\n');
    assert.deepEqual(await faultOf(probeStrace(path)), { kind: 'straceUnusable', path, output: 'I am not it' });
  });

  it('refuses one that cannot leave out unknown calls', async () => {
    const path = await script('old', '#!/bin/sh\necho strace -- version 4.16\n');
    assert.deepEqual(await faultOf(probeStrace(path)), { kind: 'straceTooOld', version: '4.16' });
  });

  it('refuses other systems without running anything', async () => {
    assert.deepEqual(await faultOf(probeStrace('/nowhere', 'darwin')), {
      kind: 'unsupportedPlatform',
      platform: 'darwin',
    });
  });

  it('asks each path once, but asks again after a failure', async () => {
    const asked: string[] = [];
    const probe = new StraceProbe(async path => {
      asked.push(path);
      if (asked.length === 1) throw new CaptureError({ kind: 'straceMissing', path });
      return { version: { major: 6, minor: 1 }, stackBackend: 'none', features: [] };
    });
    await assert.rejects(probe.build('s'));
    await probe.build('s');
    await probe.build('s');
    assert.deepEqual(asked, ['s', 's']);
  });

  it('tells a refused ptrace from another failure', () => {
    assert.ok(isPtraceRefusal('strace: attach: ptrace(PTRACE_SEIZE, 42): Operation not permitted'));
    assert.ok(isPtraceRefusal('strace: test_ptrace_get_syscall_info: PTRACE_TRACEME: Operation not permitted'));
    assert.ok(!isPtraceRefusal("strace: Can't stat 'x': No such file or directory"));
  });

  it('knows why a program cannot be run', async () => {
    const plain = await script('data', 'x', 0o644);
    assert.equal((await faultOf(checkProgram(join(folder, 'none')))).kind, 'programMissing');
    assert.equal((await faultOf(checkProgram(join(plain, 'below')))).kind, 'programMissing');
    assert.equal((await faultOf(checkProgram(folder))).kind, 'programIsDirectory');
    assert.equal((await faultOf(checkProgram(plain))).kind, 'programNotExecutable');
    await checkProgram(await script('fine', '#!/bin/sh\n'));
  });
});
