/** `syscape check` in words: a block a finding, with the lines of the log that prove it. */

import { plainTranslate as t } from '../words/translate.js';
import { severityWord } from '../words/findingWords.js';
import type { ListedFinding } from './listedFindings.js';
import { printable } from './printable.js';

const rawLength = 100;

export function checkText(name: string, findings: readonly ListedFinding[]): string {
  if (findings.length === 0) return `${printable(name)}: nothing found\n`;
  return findings.map(listed => block(name, listed)).join('\n');
}

function block(name: string, { finding, words, steps }: ListedFinding): string {
  const head = `${name}: ${severityWord(finding.severity, t)}: ${words.message} [${finding.rule}]`;
  const lines = [head, `  process ${finding.pid}. ${words.explanation}`];
  for (const { line, text, raw } of steps) {
    lines.push(`  line ${line}: ${text}`, `    ${raw.length > rawLength ? `${raw.slice(0, rawLength)}…` : raw}`);
  }
  return `${lines.map(printable).join('\n')}\n`;
}
