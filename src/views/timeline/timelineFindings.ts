/** Findings as the timeline shows them. */

import { basename } from 'node:path';
import { l10n } from 'vscode';
import type { ShownFinding } from '../../session/findings/sessionFindings.js';
import { severityWord } from '../../words/severityWord.js';
import type { TimelineFinding } from './protocol.js';

export function timelineFinding(
  { key, finding, words, steps, main, line }: ShownFinding,
  canLocate: boolean,
): TimelineFinding {
  const { rule, severity, pid, thread, atNs } = finding;
  const { title, message, explanation } = words;
  return {
    key,
    rule,
    severity,
    severityText: severityWord(severity, (text, ...args) => l10n.t(text, ...args)),
    title,
    message,
    explanation,
    pid,
    thread: main?.thread ?? thread,
    atNs: main?.atNs ?? atNs,
    steps: steps.map(step => ({
      row: step.row,
      text: step.text,
      thread: step.thread ?? null,
      atNs: step.atNs ?? null,
      place: step.place ? `${basename(step.place.path)}:${step.place.tracedLine}` : '',
    })),
    main: Math.max(
      0,
      steps.findIndex(step => step === main),
    ),
    canLocate: canLocate && !main?.place,
    canFix: line !== undefined,
    place: main?.place ? `${basename(main.place.path)}:${(line ?? main.place.tracedLine - 1) + 1}` : '',
  };
}
