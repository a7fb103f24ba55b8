/** Findings with their words and with the lines of the log that prove them: what report and check print. */

import type { Finding, FindingChoice } from '../trace/findings/finding.js';
import type { EventDetail, Row } from '../trace/api.js';
import type { Trace } from '../trace/trace.js';
import { findingWords, type FindingWords } from '../words/findingWords.js';
import { plainTranslate } from '../words/translate.js';

export interface ListedFinding {
  finding: Finding;
  words: FindingWords;
  /** One for each event of the evidence, in the same order. */
  steps: { line: number; text: string; raw: string }[];
  /** Of the same events; empty where the log has none. */
  stacks: EventDetail['stack'][];
}

export function listedFindings(trace: Trace, choice?: FindingChoice): ListedFinding[] {
  return trace.findings(choice).map(finding => {
    const words = findingWords(finding, plainTranslate);
    const steps = finding.evidence.map(({ row }, i) => ({ ...lineOf(trace, row), text: words.steps[i] ?? '' }));
    const stacks = finding.evidence.map(({ row }) => trace.event(row)?.stack ?? []);
    return { finding, words, steps, stacks };
  });
}

/** First line of an event, counted from 1 as editors do. */
function lineOf(trace: Trace, row: Row): { line: number; raw: string } {
  const first = trace.event(row)?.rawLines[0];
  return { line: (first?.line ?? 0) + 1, raw: first?.text ?? '' };
}
