/**
 * What all rules find in traces of real programs: nothing at warning or above that is not demonstrably so. Collects the table of
 * docs/findings/README.md, which UPDATE_GOLDEN=1 writes again.
 */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { severities, type Finding } from '../../src/trace/findings/finding.js';
import type { Trace } from '../../src/trace/trace.js';
import { findingWords } from '../../src/words/findingWords.js';
import { plainTranslate } from '../../src/words/translate.js';

export interface RealProgram {
  name: string;
  /** Command that prints its version, somewhere. */
  version: readonly [command: string, ...args: string[]];
  /** What the test made it do. */
  did: string;
  /** Rules that are right about it, with the proof. */
  true?: Readonly<Record<string, string>>;
}

const page = fileURLToPath(new URL('../../docs/findings/README.md', import.meta.url));
const begin = '<!-- table of real programs -->\n';
const end = '<!-- end of the table -->';

export class FindingsTable {
  private readonly rows = new Map<string, string[]>();

  /** Throws when a rule cries wolf. */
  add(program: RealProgram, trace: Trace): void {
    const findings = trace.findings();
    const grave = findings.filter(f => f.severity !== 'info' && program.true?.[f.rule] === undefined);
    assert.deepEqual(grave.map(describe), [], `${program.name} has findings`);
    const count = (severity: string): string => String(findings.filter(f => f.severity === severity).length);
    this.rows.set(program.name, [
      program.name,
      versionOf(program.version),
      program.did,
      String(trace.summary().events),
      ...severities.map(count),
      [...new Set(findings.map(f => f.rule))].map(rule => named(rule, program)).join(', '),
    ]);
  }

  /** Every program that ran is in the page's table; with UPDATE_GOLDEN=1 the table becomes what was measured. */
  check(): void {
    const text = readFileSync(page, 'utf8');
    const from = text.indexOf(begin) + begin.length;
    const to = text.indexOf(end);
    assert.ok(from >= begin.length && to >= from, `${page} has no place for the table`);
    if (process.env['UPDATE_GOLDEN'] === '1') {
      const lines = [...this.rows.values()].map(row => `| ${row.join(' | ')} |\n`);
      const head =
        '| Program | Version | What it did | Calls | Errors | Warnings | Info | Rules |\n' +
        '| --- | --- | --- | --- | --- | --- | --- | --- |\n';
      writeFileSync(page, `${text.slice(0, from)}\n${head}${lines.join('')}\n${text.slice(to)}`);
      return;
    }
    const table = text.slice(from, to);
    for (const name of this.rows.keys()) assert.ok(table.includes(`| ${name} `), `${name} is not in ${page}`);
  }
}

/** With the reason why it is right to be found, where there is one. */
function named(rule: string, program: RealProgram): string {
  const reason = program.true?.[rule];
  return `[${rule}](${rule}.md)${reason === undefined ? '' : `: ${reason}`}`;
}

/** `info orphan: outlived its parent by 3 s (pid 12, rows 4 9)` */
function describe(finding: Finding): string {
  const { message } = findingWords(finding, plainTranslate);
  const rows = finding.evidence.map(({ row }) => row).join(' ');
  return `${finding.severity} ${finding.rule}: ${message} ${JSON.stringify(finding.values)} (pid ${finding.pid}, rows ${rows})`;
}

function versionOf([command, ...args]: RealProgram['version']): string {
  const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return /\d+\.\d+(\.\d+)?/.exec(stdout + stderr)?.[0] ?? '';
}
