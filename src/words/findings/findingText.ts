/** What a rule says: its title, one sentence about a case, an explanation that is right by the man pages, and the steps of its evidence. */

interface FindingText {
  title: string;
  /** `{0}`, `{1}` …: the values named in `values`. Times and sizes are put into words by their names (`…Ns`, `bytes`). */
  message: string;
  values: readonly string[];
  /** Instead of `message`, by the finding's value `case`; with the same values. */
  cases?: Readonly<Record<string, string>>;
  explanation: string;
  steps: Readonly<Record<string, string>>;
}

/** By rule id. */
export type FindingTexts = Readonly<Record<string, FindingText>>;
