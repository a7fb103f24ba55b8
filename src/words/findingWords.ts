/** Findings in words: what is wrong here, why that is so, and what each event of the evidence shows. */

import type { Finding } from '../trace/findings/finding.js';
import { findingTexts } from './findingTexts.js';
import { durationText, bytesText } from './quantities.js';
import type { Translate } from './translate.js';

export interface FindingWords {
  title: string;
  /** One sentence about this case, with `(3 times)` at its end when the cause was found more than once. */
  message: string;
  /** Two to five sentences that are true of every such case. */
  explanation: string;
  /** In the order of the finding's evidence. */
  steps: string[];
}

export function findingWords(finding: Finding, t: Translate): FindingWords {
  const text = findingTexts[finding.rule];
  if (!text)
    return { title: finding.rule, message: finding.rule, explanation: '', steps: finding.evidence.map(e => e.step) };
  const values = text.values.map(name => valueText(name, finding.values[name] ?? ''));
  const message = t(text.cases?.[finding.values['case'] ?? ''] ?? text.message, ...values);
  return {
    title: t(text.title),
    message: finding.count > 1 ? t('{0} ({1} times)', message, finding.count) : message,
    explanation: t(text.explanation),
    steps: finding.evidence.map(({ step }) => t(text.steps[step] ?? step)),
  };
}

/** A value's name says its unit. */
function valueText(name: string, value: string | number): string | number {
  if (typeof value === 'string') return value;
  if (name.endsWith('Ns')) return durationText(value);
  if (name === 'address') return `0x${value.toString(16)}`;
  return name === 'bytes' ? bytesText(value) : value;
}
