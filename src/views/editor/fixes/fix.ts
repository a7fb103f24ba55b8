/** What a fix is: changes of a source text by which a finding goes away, made without a parser and only where they are certain. */

import type { Finding } from '../../../trace/findings/finding.js';
import { onlyCode } from '../cText.js';
import type { Language } from '../../snippets/includeLines.js';

export interface TextChange {
  /** Offsets in the source; the same for an insertion. */
  start: number;
  end: number;
  text: string;
}

export interface Fix {
  /** English text with `{0}` …, and what stands there: to be translated. */
  title: readonly [text: string, ...values: string[]];
  /** From top to bottom, apart from each other. */
  changes: readonly TextChange[];
}

export interface FixRequest {
  source: string;
  /** The same with blanks in place of everything that is not code: offsets agree. */
  code: string;
  language: Language;
  /** Line that the finding blames, from 0, and its offsets. */
  line: number;
  lineStart: number;
  lineEnd: number;
  finding: Finding;
}

/** No fix is better than one that may be wrong: undefined when the code is not what the fix expects. */
export type FixMaker = (request: FixRequest) => Fix | undefined;

export function fixRequest(source: string, language: Language, line: number, finding: Finding): FixRequest {
  let lineStart = 0;
  for (let i = 0; i < line; i++) lineStart = source.indexOf('\n', lineStart) + 1;
  const end = source.indexOf('\n', lineStart);
  const lineEnd = end < 0 ? source.length : end;
  return { source, code: onlyCode(source), language, line, lineStart, lineEnd, finding };
}

/** The text as it is after the changes. */
export function changed(source: string, changes: readonly TextChange[]): string {
  return [...changes]
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), source);
}
