/**
 * A recorded run for every rule: what it finds in `bad.strace`, with its evidence (findings.txt), and that it is silent on
 * `good.strace`. UPDATE_GOLDEN=1 writes findings.txt again and records the traces that are missing from the programs of examples/.
 */

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { listedFindings } from '../../../src/cli/listedFindings.js';
import { rules } from '../../../src/trace/findings/rules.js';
import { MemoryLog } from '../../../src/trace/store/logReader.js';
import { Trace } from '../../../src/trace/trace.js';
import { randomFrom } from '../support/seededRandom.js';
import { recordExample } from './recordExample.js';

const goldens = fileURLToPath(new URL('../../golden/findings', import.meta.url));
const examples = fileURLToPath(new URL('../../../examples', import.meta.url));
const update = process.env['UPDATE_GOLDEN'] === '1';
/** The same cuts in every run; SEED=7 makes others. */
const seed = Number(process.env['SEED'] ?? 1);

/** Programs that do it right, where that is not the bad one's `-good` or plain name. */
const twins: Readonly<Record<string, string>> = {
  orphan: 'daemon',
  'et-blocking-bad': 'et-good',
  'fork-eagain-bad': 'fork-unbounded-good',
};

/** Rules that each program of examples/ expects. */
const expected = new Map(
  readdirSync(examples)
    .filter(file => file.endsWith('.c'))
    .map(file => [file.slice(0, -2), expectedBy(path.join(examples, file))]),
);

describe(`golden traces of findings (SEED=${seed})`, function () {
  this.timeout(60_000);

  it('are of rules that there are', () => {
    const known = new Set(rules.map(rule => rule.id));
    assert.deepEqual(
      readdirSync(goldens).filter(name => !known.has(name)),
      [],
    );
  });

  for (const { id } of rules)
    describe(id, () => {
      const folder = path.join(goldens, id);
      let bad: Buffer;
      let good: Buffer;
      before(async () => {
        const program = programOf(id);
        bad = await traceIn(folder, 'bad.strace', program);
        good = await traceIn(folder, 'good.strace', twinOf(program));
      });

      it('is found, with its evidence', () => {
        const file = path.join(folder, 'findings.txt');
        const actual = dump(traceOf([bad]), id);
        assert.notEqual(actual, '', `${id} is not found in ${folder}/bad.strace`);
        if (update) writeFileSync(file, actual);
        assert.ok(existsSync(file), `${file} is missing: write it with UPDATE_GOLDEN=1 and read it`);
        assert.equal(actual, readFileSync(file, 'utf8'));
      });
      it('is found alike however the log comes', () => {
        const whole = dump(traceOf([bad]), id);
        const bytes = Array.from(bad, byte => Uint8Array.of(byte));
        assert.equal(dump(traceOf(bytes), id), whole);
        assert.equal(dump(traceOf(cut(bad, randomFrom(seed))), id), whole);
      });
      it('is not found, nor anything else that is grave, where it is done right', () => {
        const findings = traceOf([good]).findings();
        const wrong = findings.filter(f => f.rule === id || f.severity !== 'info').map(f => `${f.severity} ${f.rule}`);
        assert.deepEqual(wrong, []);
      });
    });
});

/** The golden's trace; recorded when it is missing and may be. */
async function traceIn(folder: string, name: string, program: string): Promise<Buffer> {
  const file = path.join(folder, name);
  if (!existsSync(file) && update) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, await recordExample(program), 'latin1');
  }
  assert.ok(existsSync(file), `${file} is missing: UPDATE_GOLDEN=1 records it from examples/${program}.c`);
  return readFileSync(file);
}

function expectedBy(source: string): string[] {
  return /^\/\* expects: (.*?) \*\//.exec(readFileSync(source, 'utf8'))?.[1]?.split(' ') ?? [];
}

/** The example that shows a rule: the one that shows least besides, those made for it before others. */
function programOf(rule: string): string {
  const showing = [...expected].filter(([, shows]) => shows.includes(rule));
  const rank = ([name, shows]: [string, string[]]): number =>
    shows.length * 2 + (name.endsWith('-bad') || name === rule ? 0 : 1);
  const best = showing.sort((a, b) => rank(a) - rank(b))[0];
  assert.ok(best, `no program of examples/ expects ${rule} in its first line`);
  return best[0];
}

function twinOf(bad: string): string {
  const stem = bad.replace(/-bad$/, '');
  const twin = [twins[bad] ?? '', `${stem}-good`, stem].find(name => expected.has(name) && name !== bad);
  assert.ok(twin, `examples/${bad}.c has no good twin`);
  return twin;
}

function traceOf(chunks: readonly Uint8Array[]): Trace {
  const log = new MemoryLog();
  const trace = new Trace({ log });
  for (const chunk of chunks) {
    log.append(chunk);
    trace.ingest(chunk);
  }
  trace.end();
  return trace;
}

function cut(bytes: Uint8Array, random: () => number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 1 + Math.floor(random() * 400);
    chunks.push(bytes.subarray(at, end));
    at = end;
  }
  return chunks;
}

/** What a rule finds, as text that a person can check against the log. */
function dump(trace: Trace, rule: string): string {
  const lines = listedFindings(trace)
    .filter(({ finding }) => finding.rule === rule)
    .flatMap(({ finding, words, steps }) => [
      `${finding.severity} in process ${finding.pid} at ${(finding.atNs / 1e9).toFixed(6)}: ${words.message}`,
      ...Object.entries(finding.values).map(([name, value]) => `  ${name} = ${value}`),
      ...steps.flatMap(({ line, text, raw }, i) => [
        `  ${finding.evidence[i]!.step}, line ${line}: ${text}`,
        `    ${raw}`,
      ]),
      '',
    ]);
  return lines.join('\n');
}
