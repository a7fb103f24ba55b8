/** Examples go into a folder of their own, and a user's changes stay. */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeExample } from '../../../src/views/snippets/exampleFile.js';

describe('an example that is written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'syscape-example-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is there once, however often it is opened', async () => {
    const first = await writeExample(join(folder, 'new'), 'sys-fork.c', 'text');
    assert.equal(first, join(folder, 'new', 'sys-fork.c'));
    assert.equal(readFileSync(first, 'utf8'), 'text');
    assert.equal(await writeExample(join(folder, 'new'), 'sys-fork.c', 'text'), first);
  });

  it('leaves one that the user has changed as it is', async () => {
    const first = await writeExample(folder, 'sys-fork.c', 'text');
    writeFileSync(first, 'changed');
    assert.equal(await writeExample(folder, 'sys-fork.c', 'text'), join(folder, 'sys-fork-2.c'));
    assert.equal(readFileSync(first, 'utf8'), 'changed');
  });
});
