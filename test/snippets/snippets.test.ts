/**
 * The proof of every snippet: expanded as VS Code does, with its defaults and with each choice, its fixture compiles without a warning
 * (gcc, clang, g++, gcc's analyser) and, run under strace, makes the calls of the pattern in order, ends with 0, and gives no reason for
 * a warning.
 */

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { parse } from 'strace-parser';
import { listedFindings } from '../../src/cli/listedFindings.js';
import { readTrace } from '../../src/cli/readTrace.js';
import { straceArguments } from '../../src/trace/capture/commandLine.js';
import { probeStrace } from '../../src/trace/capture/probe.js';
import { boundedRun } from '../support/boundedRun.js';
import { AtMost } from './atMost.js';
import { missingCall } from './callSequence.js';
import { exampleProgram } from '../../src/views/snippets/exampleProgram.js';
import { choicesIn, stopsInReadingOrder } from '../../src/views/snippets/expandSnippet.js';
import { fixturesFolder, readFixture, snippets, type Snippet } from './snippetFiles.js';

const warnings = ['-Wall', '-Wextra', '-Werror', '-pthread'];
const compilers = [
  { command: 'gcc', options: ['-std=gnu11'], install: 'sudo apt install gcc', everyVariant: true },
  { command: 'clang', options: ['-std=gnu11'], install: 'sudo apt install clang', everyVariant: true },
  {
    command: 'g++',
    options: ['-std=gnu++17', '-xc++', '-U_GNU_SOURCE'],
    install: 'sudo apt install g++',
    everyVariant: false,
  },
  {
    command: 'gcc',
    options: ['-std=gnu11', '-O1', '-fanalyzer'],
    install: 'sudo apt install gcc',
    everyVariant: false,
  },
];
const limit = new AtMost();

describe('every snippet', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'syscape-snippets-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const snippet of snippets) {
    describe(snippet.prefix, () => {
      // Begun at once, a few at a time; each test waits for its own.
      const variants = variantsOf(snippet).map(([label, chosen]) => ({
        label,
        proof: limited(() => prove(snippet, chosen, join(folder, `${snippet.prefix}-${label.replace(/\W+/g, '-')}`))),
      }));
      for (const { label, proof } of variants) it(`is right with ${label}`, () => proof());
    });
  }
});

describe('the snippets as a whole', () => {
  it('have a fixture each, and no fixture is left over', () => {
    const prefixes = snippets.map(snippet => `${snippet.prefix}.c`).sort();
    assert.deepEqual(readdirSync(fixturesFolder).sort(), prefixes);
  });

  it('have prefixes that begin alike and occur once', () => {
    const prefixes = snippets.map(snippet => snippet.prefix);
    assert.deepEqual(
      prefixes.filter((prefix, i) => !/^sys-[a-z0-9]+(-[a-z0-9]+)*$/.test(prefix) || prefixes.indexOf(prefix) !== i),
      [],
    );
  });

  it('are stepped through in reading order, and the cursor ends at $0 where there is one', () => {
    for (const { prefix, body } of snippets) {
      const stops = stopsInReadingOrder(body).filter(stop => stop !== 0);
      const sorted = stops.map((_, i) => i + 1);
      assert.deepEqual(stops, sorted, prefix);
    }
  });

  it('are indented with tabs, so that they follow the editor', () => {
    const offenders = snippets.filter(({ body }) => body.some(line => /^ {4}|\S.*\t/.test(line)));
    assert.deepEqual(
      offenders.map(({ prefix }) => prefix),
      [],
    );
  });
});

/** The defaults, then each other option of each choice with the rest as it is. */
function variantsOf(snippet: Snippet): [string, Map<number, string>][] {
  const variants: [string, Map<number, string>][] = [['its defaults', new Map()]];
  for (const { stop, options } of choicesIn(snippet.body))
    for (const option of options.slice(1)) variants.push([option, new Map([[stop, option]])]);
  return variants;
}

/** Starts the work now; the result, or the error, is for whoever calls. */
function limited<T>(work: () => Promise<T>): () => Promise<T> {
  const outcome = limit.run(work);
  outcome.catch(() => undefined);
  return () => outcome;
}

async function prove(snippet: Snippet, chosen: ReadonlyMap<number, string>, base: string): Promise<void> {
  const fixture = readFixture(snippet.prefix);
  const source = `${base}.c`;
  const program = exampleProgram(fixture.text, snippet.body, 'c', snippet.description, chosen);
  writeFileSync(source, program);
  for (const { command, options, install, everyVariant } of compilers) {
    if (chosen.size > 0 && !everyVariant) continue;
    const isFirst = options.length === 1 && command === 'gcc';
    const target = isFirst ? ['-g', '-o', base] : ['-c', '-o', '/dev/null'];
    const compiled = await execa(command, [...options, ...warnings, ...target, source], { reject: false, all: true });
    if (compiled.code === 'ENOENT') throw new Error(`${command} does not work here; install it: ${install}`);
    assert.equal(compiled.exitCode, 0, `${command} ${options.join(' ')}:\n${compiled.all}`);
  }

  const log = `${base}.strace`;
  const { version } = await probeStrace('strace');
  const choice = { logPath: log, program: base, args: [], environment: {}, syscalls: 'all', stringLimit: 64 } as const;
  const run = await boundedRun('strace', straceArguments(version, choice), 10_000);
  assert.equal(run.exitCode, 0, `ended with ${run.exitCode ?? run.signal}; stderr: ${run.stderr}`);
  if (fixture.stdout !== undefined)
    assert.equal(run.stdout.replace(/\d+(?= (was|goes|exited))/g, 'N').replaceAll('\n', ' | '), fixture.stdout);

  const { calls } = parse(await readFile(log));
  for (const sequence of fixture.callSequences) {
    const missing = missingCall(calls, sequence);
    assert.equal(missing, undefined, `no thread makes these calls in order: ${sequence.join(' ')}`);
  }
  const grave = readTrace(log, listedFindings).filter(({ finding }) => finding.severity !== 'info');
  assert.deepEqual(
    grave.map(({ finding, words }) => `${finding.rule}: ${words.title}`),
    [],
  );
}
