/**
 * Every program of examples/ under strace with the command line's arguments: it prints and ends as it does untraced, each finding that its
 * first line expects is found, and nothing else at warning or above. Programs of the system are silent under the command line itself.
 * Needs the built dist/cli.js.
 */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { listedFindings } from '../../src/cli/listedFindings.js';
import { readTrace } from '../../src/cli/readTrace.js';
import { straceArguments } from '../../src/trace/capture/commandLine.js';
import { probeStrace } from '../../src/trace/capture/probe.js';
import { rules } from '../../src/trace/findings/rules.js';
import { compiledExample, exampleNames, exampleText } from '../support/compiled.js';
import { removeLeftIpc } from '../support/leftIpc.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Programs run at a time: they mostly sleep. */
const atOnce = 3;

interface Ended {
  /** Lines in order of the alphabet: those of several processes come in any order. */
  lines: string[];
  /** Exit status, or 128 and the signal. */
  status: number | undefined;
}

interface Outcome extends Ended {
  rules: string[];
  /** At warning and above. */
  grave: string[];
}

const rulesExpected = new Set(exampleNames.flatMap(expectedOf));

describe('findings of programs that run', function () {
  this.timeout(240_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'syscape-findings-'));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
    removeLeftIpc();
  });

  it('cover every rule', () => {
    assert.deepEqual([...rulesExpected].sort(), rules.map(rule => rule.id).sort());
  });

  const runs = new Map<string, Promise<{ traced: Outcome; untraced: Ended }>>();
  before(() => {
    const free: Promise<unknown>[] = Array.from({ length: atOnce }, () => Promise.resolve());
    exampleNames.forEach((name, i) => {
      const run = free[i % atOnce]!.then(() => runBoth(name));
      runs.set(name, run);
      free[i % atOnce] = run.catch(() => undefined); // its own test tells
    });
  });

  const strace = probeStrace('strace');
  strace.catch(() => undefined); // each test tells

  /** Runs an example untraced, then traced. */
  async function runBoth(name: string): Promise<{ traced: Outcome; untraced: Ended }> {
    const own = mkdtempSync(path.join(folder, `${name}-`));
    const program = await compiledExample(name, 'gcc', ['-g', '-O0']);
    const options = { reject: false, cwd: own, stdin: 'ignore', env: { TMPDIR: own } } as const;
    const alone = await execa(program, { ...options, timeout: 60_000 });
    const log = path.join(own, 'trace.strace');
    const { version } = await strace;
    const choice = { logPath: log, program, args: [], environment: {}, syscalls: 'focus', stringLimit: 64 } as const;
    const run = await execa('strace', straceArguments(version, choice), { ...options, timeout: 120_000 });
    const found = readTrace(log, listedFindings).map(({ finding }) => finding);
    return { untraced: ended(alone), traced: { ...ended(run), ...ruled(found) } };
  }

  for (const name of exampleNames) {
    const expected = expectedOf(name);
    it(`${name}: ${expected.length === 0 ? 'nothing' : expected.join(', ')}`, async function () {
      this.timeout(240_000);
      const run = runs.get(name) ?? runBoth(name);
      // A second try is one: the program runs again.
      runs.delete(name);
      const { traced, untraced } = await run;
      assert.deepEqual({ lines: traced.lines, status: traced.status }, untraced);
      for (const rule of expected) assert.ok(traced.rules.includes(rule), `${rule} is not in ${String(traced.rules)}`);
      assert.deepEqual(
        traced.grave.filter(rule => !expected.includes(rule)),
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

/** Rules named by the comment in an example's first line. */
function expectedOf(name: string): string[] {
  const words = /^\/\* expects: (.*?) \*\//.exec(exampleText(name))?.[1]?.split(' ') ?? [];
  assert.ok(words.length > 0, `${name}.c does not say what it expects`);
  // An example may be there before its rule is; that every rule has one is a test of its own.
  const known = new Set(rules.map(rule => rule.id));
  return words.filter(word => known.has(word));
}

function ended(run: { stdout: string; exitCode?: number; signal?: NodeJS.Signals }): Ended {
  const status = run.signal === undefined ? run.exitCode : 128 + constants.signals[run.signal];
  return { lines: run.stdout.split('\n').sort(), status };
}

function ruled(findings: readonly { rule: string; severity: string }[]): Pick<Outcome, 'rules' | 'grave'> {
  return {
    rules: findings.map(finding => finding.rule),
    grave: findings.filter(finding => finding.severity !== 'info').map(finding => finding.rule),
  };
}

async function check(folder: string, program: string[]): Promise<Outcome> {
  const output = path.join(folder, 'report.json');
  const result = await execa(
    process.execPath,
    [path.join(root, 'dist', 'cli.js'), 'report', '--json', '-o', output, '--', ...program],
    {
      cwd: folder,
      env: { TMPDIR: folder },
      reject: false,
      timeout: 120_000,
      stdin: 'ignore',
    },
  );
  const { findings } = JSON.parse(readFileSync(output, 'utf8')) as { findings: { rule: string; severity: string }[] };
  return { ...ended(result), ...ruled(findings) };
}
