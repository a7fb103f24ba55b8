/** `syscape check` in words: a block a finding, with the lines of the log that prove it. */

import { plainTranslate as t } from '../words/translate.js';
import { severityWord } from '../words/severityWord.js';
import { printable } from './printable.js';
import type { PlacedFinding } from './sourcePlaces.js';

const rawLength = 100;

/** `ignored`: how many findings comments in the sources hide. */
export function checkText(name: string, findings: readonly PlacedFinding[], ignored = 0): string {
  const hidden = ignored === 0 ? '' : `${printable(name)}: ${ignored} ignored by comments in the source\n`;
  if (findings.length === 0) return hidden || `${printable(name)}: nothing found\n`;
  return findings.map(listed => block(name, listed)).join('\n') + hidden;
}

function block(name: string, { finding, words, steps, source }: PlacedFinding): string {
  const head = `${name}: ${severityWord(finding.severity, t)}: ${words.message} [${finding.rule}]`;
  const lines = [
    head,
    ...(source ? [`  at ${source.path}:${source.line}`] : []),
    `  process ${finding.pid}. ${words.explanation}`,
  ];
  for (const { line, text, raw } of steps) {
    lines.push(`  line ${line}: ${text}`, `    ${raw.length > rawLength ? `${raw.slice(0, rawLength)}…` : raw}`);
  }
  return `${lines.map(printable).join('\n')}\n`;
}
