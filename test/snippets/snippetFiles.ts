/** What the repository says of the snippets: the contribution, and the fixture that proves each. */

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  programName,
  snippetFiles,
  snippetsOf,
  type Snippet,
  type SnippetFile,
  type Variant,
} from '../../src/views/snippets/catalogue.js';
import type { Language } from '../../src/views/snippets/includeLines.js';

const file = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const readJson = <T>(path: string): T => JSON.parse(readFileSync(file(path), 'utf8')) as T;

export const snippets: readonly Snippet[] = snippetsOf(snippetFiles.map(({ path }) => readJson<SnippetFile>(path)));

/** A snippet as it is written in one language; each has a proof of its own. */
export interface Written {
  prefix: string;
  variant: Variant;
  /** The languages that it is offered in. */
  languages: Language[];
  /** Name of its fixture. */
  program: string;
}

export const allWritten: readonly Written[] = snippets.flatMap(snippet => {
  const offered = Object.entries(snippet.variants) as [Language, Variant][];
  return [...new Set(offered.map(([, { language }]) => language))].map(writtenIn => {
    const matching = offered.filter(([, { language }]) => language === writtenIn);
    const [first] = matching;
    if (!first) throw new Error('unreachable');
    const variant = first[1];
    const languages = matching.map(([language]) => language);
    return { prefix: snippet.prefix, variant, languages, program: programName(snippet, variant) };
  });
});

export const fixturesFolder = file('test/snippets/fixtures');

/** A program with the line `/* @snippet *\/` where the snippet goes; its first lines say what a run of it has to show. */
export interface Fixture {
  text: string;
  /** For each, there must be a thread that makes these calls in this order, among others. */
  callSequences: string[][];
  /** What the program prints, numbers as N, lines separated by " | "; undefined when it says nothing of it. */
  stdout: string | undefined;
}

/** Throws when there is none: a snippet without a proof is a defect. */
export function readFixture(program: string): Fixture {
  const path = `${fixturesFolder}/${program}`;
  if (!existsSync(path)) throw new Error(`A snippet has no proof: write ${path}`);
  const text = readFileSync(path, 'utf8');
  const notes = (kind: string): string[] =>
    [...text.matchAll(new RegExp(String.raw`^/\* ${kind}: (.*) \*/$`, 'gm'))].map(match => match[1]!);
  const callSequences = notes('calls').map(line => line.split(' '));
  if (callSequences.length === 0) throw new Error(`${path} names no calls`);
  return { text, callSequences, stdout: notes('stdout')[0] };
}
