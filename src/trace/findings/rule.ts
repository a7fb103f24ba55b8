/**
 * What a rule is: a pure function of the models, asked again whenever somebody looks. A rule that cannot be sure says `info` or
 * nothing: what was filtered out or happened before the trace began is unknown, and unknown is silent.
 */

import type { FindingContext } from './context.js';
import type { Finding, Severity } from './finding.js';

/** A finding as its rule makes it: the same `cause` in the same process is one finding with a count. */
export interface Found extends Omit<Finding, 'rule' | 'pid' | 'count' | 'severity'> {
  cause: string;
  /** When it is not the rule's own. */
  severity?: Severity;
}

export interface Rule {
  /** Words that people would search for; also the name of its page in docs/findings. */
  id: string;
  severity: Severity;
  /** Id in knowledge/concepts.ts. */
  concept: string;
  manPages: readonly string[];
  /** Step of the evidence whose line of C is to be changed; without it, the first one that has a line. */
  blames?: string;
  /** Prefix of the snippet (snippets/) that does it right. */
  snippet?: string;
  check(context: FindingContext): Found[];
}
