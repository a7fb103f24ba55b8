/**
 * Every program of examples/ under strace as the command line runs it: each finding that its first line expects is found, and nothing
 * else at warning or above. Programs of the system are silent.
 */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { rules } from '../../src/trace/findings/rules.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const examples = path.join(root, 'examples');

interface Outcome {
  rules: string[];
  /** At warning and above. */
  grave: string[];
}

const programs = readdirSync(examples)
  .filter(file => file.endsWith('.c'))
  .map(file => path.join(examples, file));
const rulesExpected = new Set(programs.flatMap(expectedOf));

describe('findings of programs that run', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'syscape-findings-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('cover every rule', () => {
    assert.deepEqual([...rulesExpected].sort(), rules.map(rule => rule.id).sort());
  });

  for (const source of programs) {
    const expected = expectedOf(source);
    const name = path.basename(source, '.c');
    it(`${name}: ${expected.length === 0 ? 'nothing' : expected.join(', ')}`, async () => {
      const program = path.join(folder, name);
      await execa('gcc', ['-g', '-O0', '-pthread', '-o', program, source]);
      const outcome = await check(folder, [program]);
      for (const rule of expected)
        assert.ok(outcome.rules.includes(rule), `${rule} is not in ${String(outcome.rules)}`);
      assert.deepEqual(
        outcome.grave.filter(rule => !expected.includes(rule)),
        [],
      );
    });
  }

  it('a shell pipeline is silent', async () => {
    const script = 'seq 20000 | sort -rn | head -2; yes | head -1; (sleep 0.1; echo x) & wait';
    assert.deepEqual((await check(folder, ['sh', '-c', script])).grave, []);
  });

  it('make -j4 is silent', async () => {
    writeFileSync(path.join(folder, 'Makefile'), 'all: a b c d e\n%:\n\t@sleep 0.1; echo $@ | cat >/dev/null\n');
    assert.deepEqual((await check(folder, ['make', '-C', folder, '-j4'])).grave, []);
  });

  it('tar with gzip is silent', async () => {
    assert.deepEqual((await check(folder, ['tar', 'czf', path.join(folder, 'x.tgz'), '-C', root, 'src'])).grave, []);
  });

  it('git is silent', async () => {
    const clone = path.join(folder, 'clone');
    await execa('git', ['init', '-q', clone]);
    writeFileSync(path.join(clone, 'a'), 'a\n');
    assert.deepEqual((await check(folder, ['git', '-C', clone, 'add', '.'])).grave, []);
  });
});

/** Rules named by the comment in a program's first line. */
function expectedOf(source: string): string[] {
  const words = /^\/\* expects: (.*?) \*\//.exec(readFileSync(source, 'utf8'))?.[1]?.split(' ') ?? [];
  assert.ok(words.length > 0, `${source} does not say what it expects`);
  // An example may be there before its rule is; that every rule has one is a test of its own.
  const known = new Set(rules.map(rule => rule.id));
  return words.filter(word => known.has(word));
}

async function check(folder: string, program: string[]): Promise<Outcome> {
  const output = path.join(folder, 'report.json');
  const node = ['-C', 'source', '--import', 'tsx', 'src/cli/main.ts'];
  await execa(process.execPath, [...node, 'report', '--json', '-o', output, '--', ...program], {
    cwd: root,
    reject: false,
    timeout: 30_000,
    stdio: 'ignore',
  });
  const { findings } = JSON.parse(readFileSync(output, 'utf8')) as { findings: { rule: string; severity: string }[] };
  return {
    rules: findings.map(finding => finding.rule),
    grave: findings.filter(finding => finding.severity !== 'info').map(finding => finding.rule),
  };
}
