/**
 * What a piece of C or C++ needs to have included, and where in a file the missing lines go. Names are looked up in the table of
 * declarations; a name that the file declares itself is left alone. Pure.
 */

import { withoutComments } from '../editor/cText.js';
import { declarations, standardNames, type Declaration } from './declarations.js';

export type Language = 'c' | 'cpp';

/** Text that goes before a line (counted from 0); it ends with a line end. */
export interface Insertion {
  line: number;
  text: string;
}

const gnuSource = '_GNU_SOURCE';

/**
 * The lines that `source` lacks for what `code` uses; `code` may be about to be put into it, or be (a part of) it.
 * @returns at most two insertions, from top to bottom; none when nothing is missing
 */
export function missingIncludes(source: string, code: string, language: Language): Insertion[] {
  return insertions(source, missingHeaders(source, code, language));
}

/** `_GNU_SOURCE` and `<header.h>`s that a file lacks for what `code` uses, in the order in which they are written. */
export function missingHeaders(source: string, code: string, language: Language): string[] {
  const present = includedHeaders(source);
  return neededHeaders(code, language, present, source).filter(header => !present.has(header));
}

/** `_GNU_SOURCE` and `<header.h>`s for the names that the code uses, sorted; of what `present` holds already, nothing is doubled. */
export function neededHeaders(
  code: string,
  language: Language,
  present: ReadonlySet<string> = new Set(),
  declaredIn = code,
): string[] {
  const used = usedDeclarations(code, language, declaredIn);
  const needed = new Set<string>();
  // Names with one home first: their headers may bring the others along.
  const byChoice = [...used].sort((a, b) => a.headers.length - b.headers.length);
  for (const { headers, gnuOnly } of byChoice) {
    if (!headers.some(header => present.has(header) || needed.has(header))) needed.add(headers[0]);
    // Compilers for C++ define it themselves.
    if (gnuOnly && language === 'c') needed.add(gnuSource);
  }
  return [...needed].sort((a, b) => (a === gnuSource ? -1 : b === gnuSource ? 1 : a < b ? -1 : 1));
}

/** How a header is written in a file. */
export function directive(header: string): string {
  return header.startsWith('<') ? `#include ${header}` : `#define ${header}`;
}

/** What a file includes and, of the feature test macros, whether it defines _GNU_SOURCE; `<cerrno>` counts as `<errno.h>`. */
function includedHeaders(source: string): Set<string> {
  const present = new Set<string>();
  for (const line of directives(source)) {
    if (line.header) present.add(line.header.replace(/^<c([a-z]+)>$/, '<$1.h>'));
    if (line.defines === gnuSource) present.add(gnuSource);
  }
  return present;
}

interface Directive {
  line: number;
  /** `<name>` of an include with angle brackets. */
  header: string | undefined;
  isInclude: boolean;
  defines: string | undefined;
  /** How many conditions surround it, not counting the guard of a header file. */
  depth: number;
}

function directives(source: string): Directive[] {
  const found: Directive[] = [];
  let depth = 0;
  withoutComments(source)
    .split('\n')
    .forEach((text, line) => {
      const match = /^[ \t]*#[ \t]*(\w+)[ \t]*([^\r]*)/.exec(text);
      if (!match) return;
      const [, word = '', rest = ''] = match;
      if (word === 'endif') depth--;
      const header = word === 'include' ? /^<[^>]+>/.exec(rest)?.[0] : undefined;
      const defines = word === 'define' ? /^\w+/.exec(rest)?.[0] : undefined;
      found.push({ line, header, isInclude: word === 'include', defines, depth });
      if (/^if/.test(word)) depth++;
    });
  return found;
}

function insertions(source: string, headers: readonly string[]): Insertion[] {
  if (headers.length === 0) return [];
  const eol = source.includes('\r\n') ? '\r\n' : '\n';
  const lines = directives(source);
  const includes = lines.filter(({ isInclude }) => isInclude);
  const first = includes[0]?.line ?? lineAfterOpening(source, lines);
  const found = new Map<number, string[]>();
  const put = (line: number, text: string): void => {
    found.set(line, [...(found.get(line) ?? []), text]);
  };
  // Only before the first header does the macro decide what the headers declare.
  if (headers.includes(gnuSource)) {
    put(first, directive(gnuSource));
    put(first, '');
  }
  const outermost = Math.min(...includes.map(({ depth }) => depth));
  const block = includes.filter(({ header, depth }) => header !== undefined && depth === outermost);
  const isSorted = block.every(({ header = '' }, i) => i === 0 || (block[i - 1]?.header ?? '') <= header);
  for (const header of headers.filter(each => each !== gnuSource)) {
    const follower = isSorted ? block.find(each => (each.header ?? '') > header) : undefined;
    const last = block.at(-1);
    put(follower ? follower.line : last ? last.line + 1 : first, directive(header));
  }
  const total = source.split('\n');
  // A block of its own is set off from what follows.
  const isSetOff = (total[first] ?? '').trim() === '' && source.trim() !== '';
  const opensBlock = block.length === 0 && !isSetOff && headers.some(each => each !== gnuSource);
  if (opensBlock) put(first, '');
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([line, texts]) => ({ line, text: texts.map(text => text + eol).join('') }));
}

/** Where includes begin in a file that has none: after the comment it opens with, and after what guards a header file. */
function lineAfterOpening(source: string, lines: readonly Directive[]): number {
  const guard = lines.findIndex(({ defines }, i) => defines !== undefined && lines[i - 1]?.depth === 0 && i === 1);
  const code = withoutComments(source).split('\n');
  const firstCode = code.findIndex(line => line.trim() !== '');
  if (guard !== -1 && code[firstCode]?.trim().startsWith('#ifndef')) return (lines[guard]?.line ?? 0) + 1;
  if (code[firstCode]?.trim().startsWith('#pragma once')) return firstCode + 1;
  if (firstCode === -1) return source.trim() === '' ? 0 : source.split('\n').length - 1;
  // Comments before a function belong to it: only a comment with a blank line after it opens the file.
  const text = source.split('\n').slice(0, firstCode);
  const blank = text.findLastIndex(line => line.trim() === '');
  return blank === -1 ? 0 : blank + 1;
}

function usedDeclarations(code: string, language: Language, declaredIn: string): Set<Declaration> {
  const own = declaredNames(withoutComments(declaredIn));
  const used = new Set<Declaration>();
  const text = withoutComments(code).replace(/^[ \t]*#[ \t]*(?:include|error|pragma|warning)\b.*$/gm, '');
  const names = /(?:\b(struct|union)\s+)?(?:(->|\.(?!\.)|\b\w+\s*::)\s*)?\b([A-Za-z_]\w*)\b(?=(\s*\()?)/g;
  for (const [, tag, scope, name = '', call] of text.matchAll(names)) {
    const known = tag ? declarations.get(`${tag} ${name}`) : inScope(scope, name, call !== undefined, language);
    if (!known || (own.has(name) && !scope)) continue;
    used.add(known);
  }
  return used;
}

/** `scope`: the arrow, point or `namespace::` before the name. */
function inScope(
  scope: string | undefined,
  name: string,
  isCalled: boolean,
  language: Language,
): Declaration | undefined {
  if (scope?.replace(/\s/g, '') === 'std::') return standardNames.get(name);
  if (scope !== undefined) return undefined; // a member, or a name of somebody's own
  // In C++ a tag is a type's name.
  return asName(name, isCalled) ?? (language === 'cpp' ? declarations.get(`struct ${name}`) : undefined);
}

/** A word such as `wait` or `read` may be a variable, except where it is called. */
function asName(name: string, isCalled: boolean): Declaration | undefined {
  const isOrdinaryWord = /^[a-z][a-z0-9]*$/.test(name) && !ordinary.has(name);
  return isOrdinaryWord && !isCalled ? undefined : declarations.get(name);
}

/** Not functions, though they are written like them. */
const ordinary = new Set(['errno', 'environ', 'stdin', 'stdout', 'stderr', 'bool', 'optarg', 'optind', 'opterr']);

/** Functions, tags and macros that the text itself declares or defines. */
function declaredNames(text: string): Set<string> {
  const own = new Set<string>();
  const add = (pattern: RegExp, where: string): void => {
    for (const { groups } of where.matchAll(pattern)) if (groups?.name) own.add(groups.name);
  };
  add(/^[ \t]*#[ \t]*define[ \t]+(?<name>\w+)/gm, text);
  add(/\b(?:struct|union|class)\s+(?<name>\w+)\s*(?:final\s*)?(?:\{|:[^:])/g, text);
  add(/\btypedef\b[^;{}]*?\b(?<name>\w+)\s*;/g, text);
  // Outside all braces, a name with a type before it and a parenthesis after it is a function's.
  const notTypes = 'return|else|do|case|goto|sizeof|throw|new|delete|typeof';
  add(
    new RegExp(String.raw`\b(?!(?:${notTypes})\b)[A-Za-z_]\w*(?:\s+[*&]*|[*&]+)\s*(?<name>\w+)\s*\(`, 'g'),
    outsideBraces(text),
  );
  return own;
}

/** A block of a namespace or of `extern "C"` counts as outside. */
function outsideBraces(text: string): string {
  let outside = '';
  const open: boolean[] = [];
  for (const character of text) {
    if (character === '{') open.push(/\b(?:extern|namespace(?:\s+[\w:]+)?)\s*$/.test(outside.slice(-200)));
    else if (character === '}') open.pop();
    if (open.every(isTransparent => isTransparent)) outside += character;
  }
  return outside;
}
