/**
 * The proof of every snippet: expanded as VS Code does, with its defaults and with each choice, the program that people open as an
 * example compiles without a warning (gcc, clang, gcc's analyser, g++, clang++) and, run under strace, makes the calls of the pattern in order, ends with 0, and gives no reason for
 * a warning.
 */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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
import { rules } from '../../src/trace/findings/rules.js';
import { snippetFiles, type Variant } from '../../src/views/snippets/catalogue.js';
import type { Language } from '../../src/views/snippets/includeLines.js';
import { exampleProgram } from '../../src/views/snippets/exampleProgram.js';
import { choicesIn, stopsInReadingOrder } from '../../src/views/snippets/expandSnippet.js';
import { allWritten, fixturesFolder, readFixture, snippets, type Written } from './snippetFiles.js';

const warnings = ['-Wall', '-Wextra', '-Werror', '-pthread'];

interface Compiler {
  command: string;
  options: string[];
  /** What it compiles the program as. */
  language: Language;
  /** Debian's package. */
  install: string;
}
const c = { options: ['-std=gnu11'], language: 'c' } as const;
const cpp = { options: ['-std=gnu++17', '-xc++'], language: 'cpp' } as const;
const gcc: Compiler = { command: 'gcc', install: 'gcc', ...c, options: [...c.options] };
const clang: Compiler = { command: 'clang', install: 'clang', ...c, options: [...c.options] };
const analyser: Compiler = { ...gcc, options: [...gcc.options, '-O1', '-fanalyzer'] };
const gxx: Compiler = { command: 'g++', install: 'g++', ...cpp, options: [...cpp.options] };
const clangxx: Compiler = { command: 'clang++', install: 'clang', ...cpp, options: [...cpp.options] };

/** The first one's program is run. GCC's analyser is for C only; choices are no different in C++. */
function compilersOf({ variant, languages }: Written, isDefault: boolean): [Compiler, ...Compiler[]] {
  if (variant.language === 'cpp') return [gxx, clangxx];
  if (!isDefault) return [gcc, clang];
  return languages.includes('cpp') ? [gcc, clang, analyser, gxx, clangxx] : [gcc, clang, analyser];
}
const limit = new AtMost();
const strace = probeStrace('strace');
strace.catch(() => undefined); // each test tells

describe('every snippet', function () {
  this.timeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'syscape-snippets-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const written of allWritten) {
    describe(written.program, () => {
      // Begun at once, a few at a time; each test waits for its own.
      const ways = waysToFill(written.variant).map(([label, chosen]) => ({
        label,
        proof: limited(() => prove(written, chosen, join(folder, `${written.program}-${label.replace(/\W+/g, '-')}`))),
      }));
      for (const { label, proof } of ways) it(`is right with ${label}`, () => proof());
    });
  }
});

describe('the snippets as a whole', () => {
  it('have a fixture each, and no fixture is left over', () => {
    assert.deepEqual(readdirSync(fixturesFolder).sort(), allWritten.map(({ program }) => program).sort());
  });

  it('have prefixes that begin alike and occur once', () => {
    const prefixes = snippets.map(snippet => snippet.prefix);
    assert.deepEqual(
      prefixes.filter((prefix, i) => !/^sys-[a-z0-9]+(-[a-z0-9]+)*$/.test(prefix) || prefixes.indexOf(prefix) !== i),
      [],
    );
  });

  it('are there for every finding that names one', () => {
    const prefixes = new Set(snippets.map(({ prefix }) => prefix));
    const named = rules.flatMap(({ id, snippet }) => (snippet === undefined ? [] : [`${id}: ${snippet}`]));
    assert.deepEqual(
      named.filter(each => !prefixes.has(each.replace(/.*: /, ''))),
      [],
    );
  });

  it('are contributed by package.json as the extension reads them', () => {
    const { contributes } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    const declared = snippetFiles.flatMap(({ path, languages }) =>
      languages.map(language => ({ language, path: `./${path}` })),
    );
    assert.deepEqual(contributes.snippets, declared);
  });

  it('are stepped through in reading order, and the cursor ends at $0 where there is one', () => {
    for (const { prefix, variant } of allWritten) {
      const stops = stopsInReadingOrder(variant.body).filter(stop => stop !== 0);
      const sorted = stops.map((_, i) => i + 1);
      assert.deepEqual(stops, sorted, prefix);
    }
  });

  it('do not begin with a list of options, which the includes that come along would close', () => {
    const offenders = allWritten.filter(({ variant }) => choicesIn(variant.body).some(({ stop }) => stop === 1));
    assert.deepEqual(
      offenders.map(({ prefix }) => prefix),
      [],
    );
  });

  it('are indented with tabs, so that they follow the editor', () => {
    const offenders = allWritten.filter(({ variant }) => variant.body.some(line => /^ {4}|\S.*\t/.test(line)));
    assert.deepEqual(
      offenders.map(({ prefix }) => prefix),
      [],
    );
  });
});

/** The defaults, then each other option of each choice with the rest as it is. */
function waysToFill(variant: Variant): [string, Map<number, string>][] {
  const ways: [string, Map<number, string>][] = [['its defaults', new Map()]];
  for (const { stop, options } of choicesIn(variant.body))
    for (const option of options.slice(1)) ways.push([option, new Map([[stop, option]])]);
  return ways;
}

/** Starts the work now; the result, or the error, is for whoever calls. */
function limited<T>(work: () => Promise<T>): () => Promise<T> {
  const outcome = limit.run(work);
  outcome.catch(() => undefined);
  return () => outcome;
}

/** As one word of a shell's command. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

async function prove(written: Written, chosen: ReadonlyMap<number, string>, base: string): Promise<void> {
  const { variant, program } = written;
  const fixture = readFixture(program);
  const [runs, ...others] = compilersOf(written, chosen.size === 0);
  for (const language of new Set([runs, ...others].map(compiler => compiler.language)))
    writeFileSync(
      `${base}.${language}`,
      exampleProgram(fixture.text, variant.body, language, variant.description, chosen),
    );
  // One shell for all of them: to fork this large process takes about as long as a compiler does.
  const steps = [runs, ...others].map(compiler => {
    const target = compiler === runs ? ['-g', '-o', base] : ['-c', '-o', '/dev/null'];
    return [compiler.command, ...compiler.options, ...warnings, ...target, `${base}.${compiler.language}`]
      .map(quoted)
      .join(' ');
  });
  const compiled = await execa('sh', ['-ec', `set -x\n${steps.join('\n')}`], { reject: false, all: true });
  const packages = [...new Set([runs, ...others].map(compiler => compiler.install))].join(' ');
  assert.equal(compiled.exitCode, 0, `${compiled.all}\nIs one not found, install it: sudo apt install ${packages}`);

  const log = `${base}.strace`;
  const { version } = await strace;
  const choice = { logPath: log, program: base, args: [], environment: {}, syscalls: 'all', stringLimit: 64 } as const;
  const run = await boundedRun('strace', straceArguments(version, choice), 60_000);
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
