/** Which event of a finding's evidence is the one whose line of C is to be changed. */

import type { Finding } from './finding.js';
import { rules } from './rules.js';

/** Index in the evidence: the step that the rule names, else the first whose line is known, else the first. */
export function blamedStep({ rule, evidence }: Finding, hasLine: (step: number) => boolean): number {
  const { blames } = rules.find(({ id }) => id === rule) ?? {};
  const named = evidence.findIndex(({ step }) => step === blames);
  if (named >= 0) return named;
  return Math.max(
    0,
    evidence.findIndex((_, step) => hasLine(step)),
  );
}
