/**
 * Every program of examples/ by itself: compiles without a warning when optimised too, by clang, ends in time, and a good one says nothing
 * on stderr and ends with 0. That it behaves the same under strace, and what is found in it, is findings.test.ts.
 */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { boundedRun, type BoundedRun } from '../support/boundedRun.js';
import { compiledExample, exampleNames as names, exampleText as source } from '../support/compiled.js';
import { removeLeftIpc } from '../support/leftIpc.js';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));
/** Natively they take two seconds at most; a machine that is busy with other tests may take much longer. */
const timeoutMs = 60_000;
const atOnce = 4;

describe('every example compiles when optimised, and ends by itself', function () {
  this.timeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'syscape-examples-'));
  const runs = new Map<string, Promise<BoundedRun>>();
  // Most of them sleep most of the time, so several run at once; each test waits for its own.
  const lines: Promise<unknown>[] = Array.from({ length: atOnce }, () => Promise.resolve());
  before(() => {
    names.forEach((name, i) => {
      const run = lines[i % atOnce]!.then(() => compileAndRun(name, folder));
      lines[i % atOnce] = run.catch(() => undefined);
      runs.set(name, run);
    });
  });
  after(async () => {
    await Promise.all(lines);
    rmSync(folder, { recursive: true, force: true });
    removeLeftIpc();
  });

  for (const name of names)
    it(name, async () => {
      const { exitCode, stderr } = await runs.get(name)!;
      if (!name.endsWith('-bad')) assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
    });
});

describe('the examples', () => {
  it('are all in the table of their README', () => {
    const readme = readFileSync(join(examples, 'README.md'), 'utf8');
    assert.deepEqual(
      names.filter(name => !readme.includes(`](${name}.c)`)),
      [],
    );
  });

  it('say in the first line which findings to expect', () => {
    const silent = names.filter(
      name => !/^\/\* expects: [a-z-]+( [a-z-]+)* \*\/\n\/\*\n \* [a-z-]+ - /.test(source(name)),
    );
    assert.deepEqual(silent, []);
  });

  it('mark every mistake, and only mistakes', () => {
    for (const name of names) assert.equal(source(name).includes('BUG:'), name.endsWith('-bad'), name);
  });

  it('fit on two screens', () => {
    assert.deepEqual(
      names.filter(name => source(name).split('\n').length > 105),
      [],
    );
  });
});

async function compileAndRun(name: string, folder: string): Promise<BoundedRun> {
  return boundedRun(await compiledExample(name, 'clang', ['-O2']), [], timeoutMs, { TMPDIR: folder });
}
