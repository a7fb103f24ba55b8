/**
 * Arguments and results → values, by recursive descent over the text.
 *
 * Invariants: never throws; what is not understood becomes a `raw` value of exactly its text; and every value prints back to
 * the text it was read from (`printValue`), because a text that the tree could not reproduce stays raw.
 * Over 300 lines: each rule of the descent calls the others, over one position in one text.
 */

import { parseTarget } from './descriptor.js';
import { unescape } from './escapes.js';
import { annotationEnd, rawEnd, readNumber, readWord } from './tokens.js';
import { decode } from './utf8.js';
import type { Value } from './values.js';

/** Deeper nesting than any structure of the kernel: stays raw, so that hostile input cannot exhaust the stack. */
const maxDepth = 64;
/** Hexadecimal numbers from here on are addresses. */
const leastAddress = 0x10000;
/** With a comment (-X verbose) they may be flags, of 32 bits at most. */
const leastCommentedAddress = 0x1_0000_0000;

/** Reads comma-separated arguments in bytes [from, to). */
export function parseArguments(bytes: Uint8Array, from: number, to: number): Value[] {
  const parser = new ValueParser(decode(bytes, from, to));
  return parser.sequence('').items;
}

/** Reads one value that takes up the whole range. */
export function parseValue(bytes: Uint8Array, from: number, to: number): Value {
  return parseWhole(decode(bytes, from, to));
}

/** Reads a return value: a number with its annotation and comment. */
export function parseReturn(bytes: Uint8Array, from: number, to: number): Value {
  return parseWhole(decode(bytes, from, to));
}

function parseWhole(text: string): Value {
  const { items, tidy } = new ValueParser(text).sequence('');
  const only = items.length === 1 && tidy ? items[0] : undefined;
  return only ?? { kind: 'raw', text };
}

const arrows = [' => ', '=> ', '->'];

interface Sequence {
  items: Value[];
  /** Ends in `...`. */
  cut: boolean;
  /** Separators are `, ` throughout and the closing bracket was there: joining the items gives the text again. */
  tidy: boolean;
}

class ValueParser {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  /** Items up to `close` (not consumed), or to the end of the text when `close` is ''. */
  sequence(close: string): Sequence {
    const items: Value[] = [];
    let tidy = true;
    let cut = false;
    if (close === '') this.skipSpaces();
    while (this.at < this.text.length && this.text[this.at] !== close) {
      const item = this.item(close);
      if (item.kind === 'elided' && (this.text[this.at] ?? '') === close && close !== '') cut = true;
      else items.push(item);
      if (this.text[this.at] !== ',') break;
      this.at++;
      const spaces = this.skipSpaces();
      if (spaces !== 1 || this.at >= this.text.length || this.text[this.at] === close) tidy = false;
    }
    if (close !== '' && this.text[this.at] !== close) tidy = false;
    return { items, cut, tidy };
  }

  /** One item, with its name, comment and change; raw when it does not end where an item may end. */
  private item(close: string): Value {
    const start = this.at;
    const name = this.fieldName();
    let value = this.depth < maxDepth ? this.changed(close) : undefined;
    if (value !== undefined) {
      const next = this.text[this.at] ?? '';
      if (next !== ',' && next !== close) value = undefined;
    }
    if (value === undefined) {
      this.at = start + (name === undefined ? 0 : name.length + 1);
      const end = rawEnd(this.text, this.at, close);
      value = { kind: 'raw', text: this.text.slice(this.at, end) };
      this.at = end;
    }
    if (name !== undefined) value.name = name;
    return value;
  }

  /** A value, or two with an arrow between them. */
  private changed(close: string): Value | undefined {
    const first = this.text.startsWith('=> ', this.at) ? undefined : this.commented(close);
    const arrow = this.arrow();
    if (arrow === undefined) return first;
    if (first === undefined && this.text[this.at] !== '=') return undefined;
    this.at += arrow.length;
    const after = this.commented(close);
    return after && { kind: 'change', arrow, before: first, after };
  }

  /** The arrow that stands here, with its spaces. */
  private arrow(): string | undefined {
    const c = this.text.charCodeAt(this.at);
    if (c !== 0x20 && c !== 0x3d && c !== 0x2d) return undefined;
    return arrows.find(arrow => this.text.startsWith(arrow, this.at));
  }

  private commented(close: string): Value | undefined {
    const value = this.value(close);
    if (value === undefined) return undefined;
    const comment = this.comment();
    if (comment !== undefined) value.comment = comment;
    return value;
  }

  private value(close: string): Value | undefined {
    const { text, at } = this;
    switch (text[at]) {
      case '"':
        return this.bytes(false);
      case '@':
        if (text[at + 1] !== '"') return undefined;
        this.at++;
        return this.bytes(true);
      case '{':
        return this.struct();
      case '[':
        return this.list();
      case '~':
        if (text[at + 1] !== '[') return undefined;
        this.at++;
        return this.set(true);
      case '.':
        if (!text.startsWith('...', at)) return undefined;
        this.at += 3;
        return { kind: 'elided' };
      default:
        return this.expression(close);
    }
  }

  /** `"…"`, `"…"...` */
  private bytes(abstract: boolean): Value | undefined {
    const start = this.at + 1;
    let end = start;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1;
    if (end >= this.text.length) return undefined;
    const text = this.text.slice(start, end);
    this.at = end + 1;
    const cut = this.text.startsWith('...', this.at);
    if (cut) this.at += 3;
    return { kind: 'bytes', bytes: unescape(text), cut, text, ...(abstract && { abstract }) };
  }

  private struct(): Value | undefined {
    this.at++;
    this.depth++;
    const { items, cut, tidy } = this.sequence('}');
    this.depth--;
    if (!tidy) return undefined;
    this.at++;
    return { kind: 'struct', fields: items, cut };
  }

  private list(): Value | undefined {
    const start = this.at++;
    this.depth++;
    const { items, cut, tidy } = this.sequence(']');
    this.depth--;
    const only = items.length === 1 ? items[0] : undefined;
    const couldBeSet = !cut && only !== undefined && (only.kind === 'raw' || isMember(only));
    if (tidy && !couldBeSet) {
      this.at++;
      return { kind: 'list', items, cut };
    }
    const after = this.at;
    this.at = start;
    const set = this.set(false);
    if (set !== undefined || !tidy) return set;
    this.at = after + 1;
    return { kind: 'list', items, cut };
  }

  /** `[INT TERM]` at its `[`: members separated by single spaces, each a word or a number with annotation or comment. */
  private set(negated: boolean): Value | undefined {
    const members: string[] = [];
    this.at++;
    while (this.text[this.at] !== ']') {
      const start = this.at;
      const number = readNumber(this.text, start);
      this.at = number ? number.end : readWord(this.text, start);
      if (this.at === start) return undefined;
      if (number) this.annotation();
      this.comment();
      members.push(this.text.slice(start, this.at));
      if (this.text[this.at] === ' ' && this.text[this.at + 1] !== ']') this.at++;
      else if (this.text[this.at] !== ']') return undefined;
    }
    this.at++;
    return { kind: 'set', negated, members };
  }

  /** Numbers, descriptors, symbols, macros, and what `|`, `*` and `<<` make of them. */
  private expression(close: string): Value | undefined {
    const { text } = this;
    const start = this.at;
    const number = readNumber(text, start);
    if (number) {
      this.at = number.end;
      const described = this.descriptor(start, Number(number.value));
      if (described) return described;
      if (text[this.at] === '*' || text.startsWith('<<', this.at)) return this.arithmetic(start);
      const numberEnd = this.at;
      const commented = this.comment() !== undefined;
      if (text[this.at] === '|') return this.flags(start);
      this.at = numberEnd;
      const printed = text.slice(start, numberEnd);
      if (number.hex && number.value >= (commented ? leastCommentedAddress : leastAddress))
        return { kind: 'address', value: BigInt(number.value), text: printed };
      return { kind: 'int', value: number.value, text: printed };
    }
    const wordEnd = readWord(text, start);
    if (wordEnd === start) return undefined;
    this.at = wordEnd;
    const word = text.slice(start, wordEnd);
    if (word === 'AT_FDCWD') {
      const described = this.descriptor(start, -100);
      if (described) return described;
    }
    if (text[wordEnd] === '(') return this.macro(start, word, close);
    if (word === 'NULL' && text[wordEnd] !== '|') return { kind: 'address', value: 0n, text: word };
    return this.flags(start);
  }

  /** The annotation after a number, if there is one: the number is a descriptor then. */
  private descriptor(start: number, fd: number): Value | undefined {
    const numberEnd = this.at;
    const numberComment = this.comment();
    const annotation = this.annotation();
    if (annotation === undefined) {
      this.at = numberEnd;
      return undefined;
    }
    const deleted = this.text.startsWith('(deleted)', this.at);
    if (deleted) this.at += '(deleted)'.length;
    return {
      kind: 'descriptor',
      fd,
      text: this.text.slice(start, numberEnd),
      target: parseTarget(annotation, deleted),
      annotation,
      ...(deleted && { deletedAfter: true as const }),
      ...(numberComment !== undefined && { numberComment }),
    };
  }

  /** `8192*1024`, `32<<26`: a product or shift of numbers; `32<<MAP_HUGE_SHIFT` is a symbol. */
  private arithmetic(start: number): Value | undefined {
    const match = /^(0x[0-9a-f]+|\d+)(\*|<<)(0x[0-9a-f]+|\d+)(?![\w|])/.exec(this.text.slice(start, start + 64));
    if (!match) return this.flags(start);
    this.at = start + match[0].length;
    const left = BigInt(match[1] as string);
    const right = BigInt(match[3] as string);
    if (match[2] === '<<' && right > 64n) return { kind: 'raw', text: match[0] };
    return { kind: 'int', value: exact(match[2] === '*' ? left * right : left << right), text: match[0] };
  }

  /** `A|B|0x8`, `S_IFREG|0644`, `FOO<<12|BAR`; each part may have parentheses and, under -X verbose, a comment. */
  private flags(start: number): Value | undefined {
    const flags: string[] = [];
    const comments: (string | undefined)[] = [];
    this.at = start;
    for (;;) {
      const partStart = this.at;
      const number = readNumber(this.text, partStart);
      this.at = number ? number.end : readWord(this.text, partStart);
      if (this.at === partStart) return undefined;
      while (this.text.startsWith('<<', this.at)) this.at = readWord(this.text, this.at + 2);
      if (this.text[this.at] === '(') {
        const close = rawEnd(this.text, this.at + 1, ')', true);
        if (this.text[close] !== ')') return undefined;
        this.at = close + 1;
      }
      flags.push(this.text.slice(partStart, this.at));
      const partEnd = this.at;
      const comment = this.comment();
      if (this.text[this.at] !== '|') {
        this.at = partEnd;
        return { kind: 'flags', flags, ...(comments.some(c => c !== undefined) && { comments }) };
      }
      comments.push(comment);
      this.at++;
    }
  }

  /** `NAME(…)`, alone or with ` && `, ` == ` and more after it. */
  private macro(start: number, name: string, close: string): Value | undefined {
    this.at++;
    this.depth++;
    const { items } = this.sequence(')');
    this.depth--;
    if (this.text[this.at] !== ')') return undefined;
    this.at++;
    if (this.text[this.at] === '|') return this.flags(start);
    if (/^ (?:&&|==|\|) /.test(this.text.slice(this.at, this.at + 4))) this.at = rawEnd(this.text, this.at, close);
    return { kind: 'macro', macro: name, args: items, text: this.text.slice(start, this.at) };
  }

  /** `name=` before a value; not `==` and not `=>`. */
  private fieldName(): string | undefined {
    const end = readWord(this.text, this.at);
    if (end === this.at || this.text[end] !== '=' || this.text[end + 1] === '=' || this.text[end + 1] === '>')
      return undefined;
    const name = this.text.slice(this.at, end);
    this.at = end + 1;
    return name;
  }

  /** Consumes a comment that follows after one space, and returns its text. */
  private comment(): string | undefined {
    if (!this.text.startsWith(' /* ', this.at)) return undefined;
    const end = this.text.indexOf(' */', this.at + 3);
    if (end < 0) return undefined;
    const comment = this.text.slice(this.at + 4, end);
    this.at = end + 3;
    return comment;
  }

  /** Consumes `<…>` and returns what is inside. */
  private annotation(): string | undefined {
    if (this.text[this.at] !== '<' || this.text[this.at + 1] === '<') return undefined;
    const end = annotationEnd(this.text, this.at + 1);
    if (end < 0) return undefined;
    const inside = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return inside;
  }

  private skipSpaces(): number {
    const start = this.at;
    while (this.text[this.at] === ' ') this.at++;
    return this.at - start;
  }
}

function exact(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** A lone word in brackets is a set of one signal, not a list of one flag. */
function isMember(value: Value): boolean {
  return (
    value.kind === 'flags' &&
    value.name === undefined &&
    value.flags.length === 1 &&
    /^(?:[A-Z][A-Z0-9]*|RT(?:MIN|_\d+))$/.test(value.flags[0] as string)
  );
}
