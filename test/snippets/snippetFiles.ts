/** What the repository says of the snippets: the contribution, and the fixture that proves each. */

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const file = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const readJson = <T>(path: string): T => JSON.parse(readFileSync(file(path), 'utf8')) as T;

export interface Snippet {
  /** `Topic: what it is`, the key in c.json. */
  name: string;
  prefix: string;
  body: string[];
  description: string;
}

export const snippets: Snippet[] = Object.entries(
  readJson<Record<string, Omit<Snippet, 'name'>>>('snippets/c.json'),
).map(([name, snippet]) => ({ name, ...snippet }));

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
export function readFixture(prefix: string): Fixture {
  const path = `${fixturesFolder}/${prefix}.c`;
  if (!existsSync(path)) throw new Error(`Snippet ${prefix} has no proof: write ${path}`);
  const text = readFileSync(path, 'utf8');
  const notes = (kind: string): string[] =>
    [...text.matchAll(new RegExp(String.raw`^/\* ${kind}: (.*) \*/$`, 'gm'))].map(match => match[1]!);
  const callSequences = notes('calls').map(line => line.split(' '));
  if (callSequences.length === 0) throw new Error(`${path} names no calls`);
  return { text, callSequences, stdout: notes('stdout')[0] };
}
