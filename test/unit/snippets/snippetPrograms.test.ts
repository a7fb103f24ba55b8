/** The build ends when a snippet has no proof. */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSnippetPrograms } from '../../../scripts/snippetPrograms.mjs';

describe('the programs that prove the snippets', () => {
  let root: string;
  const put = (path: string, text: string) => writeFileSync(join(root, path), text);
  const build = async () => {
    await writeSnippetPrograms(root, join(root, 'dist', 'programs.json'));
    return JSON.parse(readFileSync(join(root, 'dist', 'programs.json'), 'utf8'));
  };
  const proof = '/* calls: fork */\n/* @snippet */\n';

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'syscape-programs-'));
    for (const folder of ['snippets', 'test/snippets/fixtures']) mkdirSync(join(root, folder), { recursive: true });
    for (const file of ['c-only.json', 'cpp.json']) put(`snippets/${file}`, '{}');
    put('snippets/c.json', JSON.stringify({ 'Processes: fork': { prefix: 'sys-fork' } }));
    put('test/snippets/fixtures/sys-fork.c', proof);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('are joined by the names of their files', async () => {
    assert.deepEqual(await build(), { 'sys-fork.c': proof });
  });

  it('end the build when one is missing, also for C++ alone', async () => {
    put('snippets/cpp.json', JSON.stringify({ 'Processes: fork': { prefix: 'sys-fork' } }));
    await assert.rejects(
      build,
      /sys-fork \(snippets\/cpp\.json\) has no proof: write test\/snippets\/fixtures\/sys-fork\.cpp/,
    );
  });

  it('end the build when one does not say which calls it makes or where the snippet goes', async () => {
    put('test/snippets/fixtures/sys-fork.c', 'int main(void) {}\n');
    await assert.rejects(build, /sys-fork\.c does not say where[^]*sys-fork\.c does not say which calls/);
  });

  it('end the build when one proves nothing', async () => {
    put('test/snippets/fixtures/sys-spoon.c', proof);
    await assert.rejects(build, /sys-spoon\.c proves no snippet/);
  });
});
