/**
 * The snippets that the package contributes, by topic, for each language, with the program that proves each. Read when first asked for,
 * from the files that VS Code's own contribution names.
 */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exampleProgram } from './exampleProgram.js';
import type { Language } from './includeLines.js';

/** A snippet as it is written for a language. C++ has its own where C would not be how one writes it. */
export interface Variant {
  readonly language: Language;
  /** What it is, in a few words. */
  readonly title: string;
  /** A sentence more. */
  readonly description: string;
  readonly body: readonly string[];
}

export interface Snippet {
  readonly prefix: string;
  readonly topic: string;
  readonly variants: Partial<Record<Language, Variant>>;
}

export interface Topic {
  readonly name: string;
  readonly snippets: readonly Snippet[];
}

/** The files of the contribution and the languages that each is contributed to (package.json says the same). */
export const snippetFiles: readonly { path: string; writtenIn: Language; languages: readonly Language[] }[] = [
  { path: 'snippets/c.json', writtenIn: 'c', languages: ['c', 'cpp'] },
  { path: 'snippets/c-only.json', writtenIn: 'c', languages: ['c'] },
  { path: 'snippets/cpp.json', writtenIn: 'cpp', languages: ['cpp'] },
];

/** In the form of VS Code's contribution; the key is `Topic: title`. */
export type SnippetFile = Record<string, { prefix: string; body: string[]; description: string }>;

/** @param files in the order of `snippetFiles` */
export function snippetsOf(files: readonly SnippetFile[]): Snippet[] {
  const byPrefix = new Map<string, { prefix: string; topic: string; variants: Partial<Record<Language, Variant>> }>();
  files.forEach((file, i) => {
    const { writtenIn, languages } = snippetFiles[i] ?? { writtenIn: 'c', languages: [] };
    for (const [name, { prefix, body, description }] of Object.entries(file)) {
      const [topic = '', title = ''] = name.split(/: (.*)/s);
      const snippet = byPrefix.get(prefix) ?? { prefix, topic, variants: {} };
      byPrefix.set(prefix, snippet);
      for (const language of languages) snippet.variants[language] = { language: writtenIn, title, description, body };
    }
  });
  return [...byPrefix.values()];
}

/** In the order of their first snippets. */
export function topicsOf(snippets: readonly Snippet[]): Topic[] {
  return [...new Set(snippets.map(({ topic }) => topic))].map(name => ({
    name,
    snippets: snippets.filter(({ topic }) => topic === name),
  }));
}

/** The snippet for a file of that language; a snippet that only the other language has is shown as it is. */
export function variantFor(snippet: Snippet, language: Language): Variant {
  const variant = snippet.variants[language] ?? snippet.variants.c ?? snippet.variants.cpp;
  if (!variant) throw new Error(`${snippet.prefix} is written in no language`);
  return variant;
}

/** Name of the file that holds the fixture, and of the example made from it. */
export const programName = (snippet: Snippet, variant: Variant): string => `${snippet.prefix}.${variant.language}`;

/** Every word of the query occurs in what is said of the snippet, in its prefix or in its code. */
export function matches(snippet: Snippet, query: string): boolean {
  const texts = Object.values(snippet.variants).flatMap(({ title, description, body }) => [
    title,
    description,
    ...body,
  ]);
  const text = [snippet.prefix, snippet.topic, ...texts].join('\n').toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word));
}

export class Catalogue {
  #snippets: Promise<readonly Snippet[]> | undefined;

  constructor(private readonly extensionFolder: string) {}

  snippets(): Promise<readonly Snippet[]> {
    this.#snippets ??= Promise.all(snippetFiles.map(({ path }) => this.#read<SnippetFile>(path))).then(snippetsOf);
    return this.#snippets;
  }

  async find(prefix: string): Promise<Snippet | undefined> {
    return (await this.snippets()).find(snippet => snippet.prefix === prefix);
  }

  /** A complete program around the snippet, ready to be compiled and traced. */
  async example(snippet: Snippet, variant: Variant): Promise<string> {
    const name = programName(snippet, variant);
    const fixture = (await this.#read<Record<string, string>>('dist/snippetPrograms.json'))[name];
    if (fixture === undefined) throw new Error(`No program for ${name}`);
    return exampleProgram(fixture, variant.body, variant.language, headingOf(snippet, variant));
  }

  async #read<T>(path: string): Promise<T> {
    return JSON.parse(await readFile(join(this.extensionFolder, path), 'utf8')) as T;
  }
}

/** The comment at the top of an example. */
const headingOf = (snippet: Snippet, { title, description }: Variant): string =>
  `${snippet.prefix}: ${title}.\n   ${description}.`;
