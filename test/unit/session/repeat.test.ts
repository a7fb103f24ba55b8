/** How a program was started, as it is kept beside its log: what comes back, what is refused, and how it is shown. */

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandText, targetOf } from '../../../src/session/launchTarget.js';
import { readCaptureFacts, writeCaptureFacts } from '../../../src/trace/source/captureFacts.js';
import { startedProgramIn, type StartedProgram } from '../../../src/trace/source/startedProgram.js';

const started: StartedProgram = {
  path: '/tmp/a b/hello',
  args: ['-x', '', 'two words'],
  cwd: '/tmp',
  environment: { LANG: 'C', EMPTY: '' },
  stringLimit: 64,
};

describe('how a program was started', () => {
  it('comes back from beside the log as it was', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'syscape-started-'));
    try {
      const log = join(folder, 'a.strace');
      await writeCaptureFacts(log, { started: { ...started, sourcePath: '/tmp/hello.c' }, objects: {} });
      assert.deepEqual((await readCaptureFacts(log))?.started, { ...started, sourcePath: '/tmp/hello.c' });
      await writeFile(`${log}.json`, JSON.stringify({ started: { ...started, path: 'hello' }, stackBackend: 'libdw' }));
      assert.deepEqual(await readCaptureFacts(log), { stackBackend: 'libdw', objects: {} });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('is nothing when any of it is of another shape', () => {
    assert.deepEqual(startedProgramIn(JSON.parse(JSON.stringify({ ...started, more: 1 }))), started);
    const wrong: Record<string, unknown>[] = [
      { path: 'hello' },
      { path: '/a\0b' },
      { path: 1 },
      { args: 'x' },
      { args: [1] },
      { args: Array.from({ length: 20_000 }, () => '') },
      { args: ['x'.repeat(200_000)] },
      { args: ['a\0'] },
      { cwd: '.' },
      { cwd: undefined },
      { environment: { A: 1 } },
      { environment: { 'A=B': '' } },
      { environment: { '': '' } },
      { environment: null },
      { stringLimit: -1 },
      { stringLimit: 1e9 },
      { stringLimit: '64' },
      { sourcePath: 'hello.c' },
    ];
    for (const change of wrong) assert.equal(startedProgramIn({ ...started, ...change }), undefined, JSON.stringify(change).slice(0, 80)); // prettier-ignore
    for (const value of [null, undefined, 3, 'x', []]) assert.equal(startedProgramIn(value), undefined);
  });

  it('is shown word by word, with nothing hidden', () => {
    assert.equal(commandText(started), 'LANG=C EMPTY= "/tmp/a b/hello" -x "" "two words"');
    assert.equal(commandText({ ...started, args: ['a\nb', '\u202e'], environment: {}, path: '/p' }), '/p "a\\nb" "\\u{202e}"'); // prettier-ignore
  });

  it('leads to the C file when the program was compiled from one here', () => {
    assert.deepEqual(targetOf(started), { kind: 'program', program: started.path, args: started.args, cwd: '/tmp' });
    assert.deepEqual(targetOf({ ...started, sourcePath: '/x.c' }), { kind: 'source', sourcePath: '/x.c' });
  });
});
