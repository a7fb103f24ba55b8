/** What is shown to a rule. The lines of a log begin with pid and seconds: see traceText.ts. */

interface RuleCase {
  bad: string;
  good: string;
  /** What is found in the bad log, as `severity rule`; the rule alone at its own severity when it is left out. */
  expected?: string[];
  /** More logs in which nothing is found at all, by what is right about them. */
  silent?: Readonly<Record<string, string>>;
  /** More bad logs, by what is special about them, with all that is found. */
  also?: Readonly<Record<string, { log: string; expected: string[] }>>;
}

/** By rule id. */
export type RuleCases = Readonly<Record<string, RuleCase>>;
