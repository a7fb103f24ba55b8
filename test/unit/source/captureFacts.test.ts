/** What is noted beside a log, and which builds it tells apart. */

import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCaptureFacts, writeCaptureFacts } from '../../../src/trace/source/captureFacts.js';
import { isRebuilt } from '../../../src/trace/source/symbolizer.js';

describe('the facts beside a log', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'syscape-facts-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  it('come back as they were written, with nothing left beside them', async () => {
    const log = join(folder, 'a.strace');
    const facts = { stackBackend: 'libdw' as const, objects: { '/bin/a': { buildId: 'ab12', modifiedMs: 5.5 } } };
    await writeCaptureFacts(log, facts);
    assert.deepEqual(await readCaptureFacts(log), facts);
    assert.deepEqual(await readdir(folder), ['a.strace.json']);
  });

  it('are none where there are none, or where the file is something else', async () => {
    const log = join(folder, 'b.strace');
    assert.equal(await readCaptureFacts(log), undefined);
    for (const text of ['', '[', '3', 'null']) {
      await writeFile(`${log}.json`, text);
      assert.equal(await readCaptureFacts(log), undefined);
    }
  });

  it('of unknown shape are left out', async () => {
    const log = join(folder, 'c.strace');
    const objects = { '/a': { buildId: 1, modifiedMs: 2 }, '/b': null, '/c': { buildId: '', modifiedMs: 3 } };
    await writeFile(`${log}.json`, JSON.stringify({ stackBackend: 'gdb', objects }));
    assert.deepEqual(await readCaptureFacts(log), { objects: { '/c': { buildId: '', modifiedMs: 3 } } });
  });
});

describe('a file is another build than the traced one', () => {
  const now = { buildId: 'aa', modifiedMs: 2000 };

  it('when the build ids differ, and not when only the time does', () => {
    assert.equal(isRebuilt(now, { buildId: 'bb', modifiedMs: 2000 }, 9000), true);
    assert.equal(isRebuilt(now, { buildId: 'aa', modifiedMs: 1000 }, 0), false);
  });

  it('when the times differ and a build id is missing', () => {
    assert.equal(isRebuilt({ buildId: '', modifiedMs: 2000 }, { buildId: '', modifiedMs: 2000 }, 0), false);
    assert.equal(isRebuilt(now, { buildId: '', modifiedMs: 1000 }, 9000), true);
    assert.equal(isRebuilt({ buildId: '', modifiedMs: 1000 }, { buildId: 'aa', modifiedMs: 2000 }, 9000), true);
  });

  it('when nobody noted the traced one and it changed after the trace began', () => {
    assert.equal(isRebuilt(now, undefined, 1999), true);
    assert.equal(isRebuilt(now, undefined, 2000), false);
    assert.equal(isRebuilt(now, undefined, null), false);
  });
});
