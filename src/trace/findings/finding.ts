/** What a finding is: plain data, no prose (words are made in src/words/findingWords.ts from its rule, steps and values). */

import type { ProcessId, Row, ThreadId } from '../api.js';

/** The gravest first. `info`: worth knowing, and perhaps as it was meant. */
export const severities = ['error', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

/** One event that proves a finding; `step` says what it is there for, and is what words go by. */
export interface Evidence {
  row: Row;
  step: string;
}

export interface Finding {
  /** Id of its rule: `zombie-never-reaped`. */
  rule: string;
  severity: Severity;
  process: ProcessId;
  pid: number;
  thread: ThreadId;
  /** When it became true, nanoseconds since the trace's start. */
  atNs: number;
  /** In the order in which they tell the story; never empty. */
  evidence: Evidence[];
  /** Names and numbers for the words. Times are nanoseconds, sizes bytes. */
  values: Readonly<Record<string, string | number>>;
  /** How often the same cause was found; the evidence is the first one's. */
  count: number;
}

/** What somebody wants to be told of; what is left out is as the rules have it. */
export interface FindingChoice {
  /** Milliseconds after which a dead child, or a process without its parent, is worth a finding. */
  zombieMs?: number;
  orphanMs?: number;
  /** By id of a rule; `off`: nothing of it. Ids that no rule has are without effect. */
  severities?: Readonly<Record<string, Severity | 'off'>>;
}

export interface FindingQueries {
  /** What is wrong as far as the trace shows now: the gravest first, then by time. Findings come and go while it grows. */
  findings(choice?: FindingChoice): Finding[];
}
