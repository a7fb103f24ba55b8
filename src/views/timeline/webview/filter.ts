/**
 * The language of the filter box: `read pid:2010 fd:5 path:*.c err err:ENOENT >1ms class:network src:server.c:42
 * fn:handle_client under:main/worker "free text"`.
 *
 * Words of the same kind are alternatives, kinds are all required (that is what SourceFilter means). Pure. Errors are keys of the
 * translated texts, with the place of the word they are about.
 */

import {
  syscallClasses,
  type LineRange,
  type SourceConditions,
  type SourceFilter,
  type StringKey,
  type SyscallClass,
} from '../protocol.js';

export interface FilterError {
  key: StringKey;
  values: string[];
  /** Place of the word in the text. */
  start: number;
  end: number;
}

export type ParsedFilter = { filter: SourceFilter | null; error: null } | { filter: null; error: FilterError };

interface Word {
  text: string;
  quoted: boolean;
  start: number;
  end: number;
}

class BadFilter extends Error {
  constructor(readonly detail: FilterError) {
    super(detail.key);
  }
}

/** The empty text is no filter (null). */
export function parseFilter(text: string): ParsedFilter {
  try {
    const filter: SourceFilter = {};
    let any = false;
    for (const word of wordsOf(text)) {
      addWord(filter, word);
      any = true;
    }
    return { filter: any ? filter : null, error: null };
  } catch (error) {
    if (error instanceof BadFilter) return { filter: null, error: error.detail };
    throw error;
  }
}

/** The text with words added; of a kind that the words have, only they remain. */
export function withWords(text: string, added: string): string {
  try {
    const kinds = new Set([...wordsOf(added)].map(kindOf));
    const kept = [...wordsOf(text)].filter(word => !kinds.has(kindOf(word)));
    return [...kept.map(({ start, end }) => text.slice(start, end)), added].join(' ');
  } catch (error) {
    // A text that is no filter yet has nothing to keep.
    if (error instanceof BadFilter) return added;
    throw error;
  }
}

function kindOf({ text, quoted }: Word): string {
  if (quoted) return '"';
  const [, key] = /^([a-z]+):/i.exec(text) ?? [];
  if (key !== undefined) return key.toLowerCase();
  return /^[>E]/.test(text) || text === 'err' ? 'condition' : 'call';
}

function fail(word: Word, key: StringKey, ...values: string[]): never {
  throw new BadFilter({ key, values, start: word.start, end: word.end });
}

/** Words by white space or commas; a double quote makes one word of what it encloses, `\"` is a quote in it. */
function* wordsOf(text: string): Generator<Word> {
  let at = 0;
  while (at < text.length) {
    if (/[\s,]/.test(text.charAt(at))) {
      at++;
      continue;
    }
    const start = at;
    const quoted = text[at] === '"';
    let word = '';
    let open = false;
    for (; at < text.length && (open || !/[\s,]/.test(text.charAt(at))); at++) {
      const c = text.charAt(at);
      if (c === '\\' && open && text[at + 1] === '"') {
        word += '"';
        at++;
      } else if (c === '"') open = !open;
      else word += c;
    }
    const found = { text: word, quoted, start, end: at };
    if (open) fail(found, 'filterOpenQuote');
    yield found;
  }
}

function addWord(filter: SourceFilter, word: Word): void {
  if (word.quoted) return addText(filter, word);
  if (/^>/.test(word.text)) {
    filter.minDurationNs = Math.max(filter.minDurationNs ?? 0, durationOf(word));
    return;
  }
  const colon = word.text.indexOf(':');
  if (colon > 0) return addPair(filter, word, word.text.slice(0, colon).toLowerCase(), word.text.slice(colon + 1));
  if (word.text === 'err') filter.failed = true;
  else if (/^E[A-Z0-9]+$/.test(word.text)) addErrno(filter, word.text);
  else if (/^SIG[A-Z0-9_+]+$/.test(word.text)) (filter.syscalls ??= []).push(word.text);
  else if (/^[a-z_][a-z0-9_]*$/.test(word.text)) (filter.syscalls ??= []).push(word.text);
  else fail(word, 'filterBadWord', word.text);
}

const pairKeys = new Set(['pid', 'fd', 'path', 'err', 'class', 'call', 'src', 'fn', 'under']);

function addPair(filter: SourceFilter, word: Word, key: string, value: string): void {
  if (value === '' && pairKeys.has(key)) fail(word, 'filterNeedsValue', key);
  switch (key) {
    case 'pid':
      (filter.pids ??= []).push(numberOf(word, key, value));
      break;
    case 'fd':
      (filter.fds ??= []).push(numberOf(word, key, value));
      break;
    case 'path':
      if (filter.path !== undefined) fail(word, 'filterTwoPaths');
      filter.path = value;
      break;
    case 'err':
      addErrno(filter, value.toUpperCase());
      break;
    case 'class':
      (filter.classes ??= []).push(classOf(word, value));
      break;
    case 'call':
      (filter.syscalls ??= []).push(value);
      break;
    case 'src':
      (sourceOf(filter).lines ??= []).push(linesOf(word, value));
      break;
    case 'fn':
      (sourceOf(filter).functions ??= []).push(value);
      break;
    case 'under':
      (sourceOf(filter).under ??= []).push(value);
      break;
    default:
      fail(word, 'filterUnknownKey', key);
  }
}

function sourceOf(filter: SourceFilter): SourceConditions {
  return (filter.source ??= {});
}

/** `server.c`, `server.c:42`, `server.c:40-60`, `net/*.c` */
function linesOf(word: Word, value: string): LineRange {
  const match = /^(.*?)(?::(\d+)(?:-(\d+))?)?$/s.exec(value);
  const [, file = '', first, last] = match ?? [];
  const from = first === undefined ? 1 : Number(first);
  const to = first === undefined ? Number.MAX_SAFE_INTEGER : Number(last ?? first);
  if (file === '' || /:[\d-]*$/.test(file) || to < from || from < 1) fail(word, 'filterBadLines', value);
  return { file, from, to };
}

function addErrno(filter: SourceFilter, errno: string): void {
  filter.failed = true;
  (filter.errnos ??= []).push(errno);
}

function addText(filter: SourceFilter, word: Word): void {
  if (word.text === '') return;
  if (filter.text !== undefined) fail(word, 'filterTwoTexts');
  filter.text = word.text;
}

function numberOf(word: Word, key: string, value: string): number {
  if (!/^\d{1,10}$/.test(value)) fail(word, 'filterNeedsNumber', key);
  return Number(value);
}

function classOf(word: Word, value: string): SyscallClass {
  const found = syscallClasses.find(name => name === value.toLowerCase());
  return found ?? fail(word, 'filterUnknownClass', value, syscallClasses.join(', '));
}

const unitNs: Record<string, number> = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9 };

/** `>1ms`, `>=1.5s`: the least duration. */
function durationOf(word: Word): number {
  const match = /^>=?(\d+(?:\.\d+)?)(ns|us|µs|μs|ms|s)$/.exec(word.text);
  const unit = match?.[2] === undefined ? undefined : unitNs[match[2]];
  if (match?.[1] === undefined || unit === undefined) return fail(word, 'filterBadDuration', word.text);
  return Math.round(Number(match[1]) * unit);
}
