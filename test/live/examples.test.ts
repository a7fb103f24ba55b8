/**
 * Every program of examples/: compiles without a warning, ends by itself in time with nothing left behind, and behaves under strace as it
 * does without.
 */

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { straceArguments } from '../../src/trace/capture/commandLine.js';
import { probeStrace } from '../../src/trace/capture/probe.js';
import { boundedRun, type BoundedRun } from '../support/boundedRun.js';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));
const names = readdirSync(examples)
  .filter(file => file.endsWith('.c'))
  .map(file => file.slice(0, -2));
const source = (name: string): string => readFileSync(join(examples, `${name}.c`), 'utf8');
/** Natively they take two seconds at most; a machine that is busy with other tests may take longer. */
const timeoutMs = 10_000;
const atOnce = 4;

interface Outcome {
  compiled: { exitCode?: number | undefined; all?: string | undefined };
  untraced?: BoundedRun;
  traced?: BoundedRun;
}

describe('every example behaves under strace as it does without', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'syscape-examples-'));
  const outcomes = new Map<string, Promise<Outcome>>();
  // Most of them sleep most of the time, so several run at once; each test waits for its own.
  const lines: Promise<unknown>[] = Array.from({ length: atOnce }, () => Promise.resolve());
  before(() => {
    names.forEach((name, i) => {
      const outcome = lines[i % atOnce]!.then(() => compileAndRun(name, join(folder, name)));
      lines[i % atOnce] = outcome.catch(() => undefined);
      outcomes.set(name, outcome);
    });
  });
  after(async () => {
    await Promise.all(lines);
    rmSync(folder, { recursive: true, force: true });
  });

  for (const name of names)
    it(name, async () => {
      const { compiled, untraced, traced } = await outcomes.get(name)!;
      assert.equal(compiled.exitCode, 0, compiled.all);
      assert.deepEqual(traced, untraced);
      if (!name.endsWith('-bad')) assert.deepEqual([untraced?.exitCode, untraced?.stderr], [0, '']);
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

async function compileAndRun(name: string, program: string): Promise<Outcome> {
  const flags = ['-g', '-O0', '-Wall', '-Wextra', '-Werror', '-pthread', '-o', program];
  const compiled = await execa('gcc', [...flags, join(examples, `${name}.c`)], { reject: false, all: true });
  if (compiled.code === 'ENOENT') throw new Error('gcc does not work here; install it: sudo apt install gcc');
  if (compiled.exitCode !== 0) return { compiled };
  const { version } = await probeStrace('strace');
  const choice = { program, args: [], environment: {}, stringLimit: 64, syscalls: 'focus' } as const;
  const untraced = await boundedRun(program, [], timeoutMs);
  const traced = await boundedRun(
    'strace',
    straceArguments(version, { ...choice, logPath: `${program}.strace` }),
    timeoutMs,
  );
  return { compiled, untraced, traced };
}
