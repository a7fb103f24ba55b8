/**
 * A call's arguments as text: where each begins is searched for once, when it is first asked for, and texts are kept until the next
 * call, because several readers ask for the same ones.
 *
 * Invariant: what it reads from stays as it is between `set` or `join` and the last question.
 */

import { argumentEnd, countArguments, numberAt, skipSpaces } from './arguments.js';
import { COMMA, SPACE, startsWith } from './chars.js';
import { TextCache } from './textCache.js';
import { parseArguments } from './valueParser.js';
import type { Value } from './values.js';
import { Words, viewOf } from './words.js';

const none = new Uint8Array(0);
const noView = viewOf(none);
/** Texts of so many arguments are kept: a set of them is a number. */
const mostTexts = 30;
/** Arguments are few texts, again and again: flags, descriptors with their paths, commands. */
const texts = new TextCache();
const words = new Words();

export class ArgumentList {
  private bytes: Uint8Array = none;
  private from = 0;
  private to = 0;
  /** Where the first arguments begin, as far as somebody asked; -1 when there are fewer. */
  private readonly starts: number[] = [];
  private knownStarts = 0;
  /** Texts of arguments, those whose bits are set. */
  private readonly texts: string[] = [];
  private knownTexts = 0;
  private joined = none;
  private joinedView = noView;

  /** The arguments stand in bytes [from, to). */
  set(bytes: Uint8Array, from: number, to: number): void {
    // Storing an object costs more than comparing it: the garbage collector wants to know.
    if (this.bytes !== bytes) this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.knownStarts = this.knownTexts = 0;
  }

  /** They stand in two pieces: in entry [entryFrom, entryTo) and bytes [from, to). */
  join(entry: Uint8Array, entryFrom: number, entryTo: number, bytes: Uint8Array, from: number, to: number): void {
    const head = entryTo - entryFrom;
    const length = head + to - from;
    if (length > this.joined.length) {
      this.joined = new Uint8Array(Math.max(256, length * 2));
      this.joinedView = viewOf(this.joined);
    }
    // Loops: these are short, and a typed array's own ways of copying are made for long ones.
    const { joined } = this;
    for (let i = 0; i < head; i++) joined[i] = entry[entryFrom + i] as number;
    for (let i = head; i < length; i++) joined[i] = bytes[from + i - head] as number;
    this.set(joined, 0, trimmedEnd(joined, 0, length));
  }

  values(): Value[] {
    return parseArguments(this.bytes, this.from, this.to);
  }

  count(): number {
    return countArguments(this.bytes, this.from, this.to);
  }

  number(index: number): number {
    const at = this.startOf(index);
    return at < 0 ? NaN : numberAt(this.bytes, at, this.to);
  }

  text(index: number): string {
    const at = this.startOf(index);
    if (at < 0) return '';
    const bit = index < mostTexts ? 1 << index : 0;
    if ((this.knownTexts & bit) !== 0) return this.texts[index] as string;
    const text = this.textOf(at, trimmedEnd(this.bytes, at, this.endOf(index, at)));
    if (bit !== 0) this.keepText(index, text);
    return text;
  }

  begins(index: number, text: string): boolean {
    const at = this.startOf(index);
    return at >= 0 && at + text.length <= this.to && startsWith(this.bytes, at, text);
  }

  private textOf(from: number, to: number): string {
    const { bytes } = this;
    return texts.text(bytes, bytes === this.joined ? this.joinedView : words.of(bytes), from, to);
  }

  private keepText(index: number, text: string): void {
    while (this.texts.length < index) this.texts.push('');
    this.texts[index] = text;
    this.knownTexts |= 1 << index;
  }

  /** Where argument `index` begins, -1 when there are fewer. */
  private startOf(index: number): number {
    return index < this.knownStarts ? (this.starts[index] as number) : this.findStart(index);
  }

  private findStart(index: number): number {
    const { bytes, to, starts } = this;
    let known = this.knownStarts;
    if (known === 0) {
      const first = skipSpaces(bytes, this.from, to);
      starts[known++] = first === to ? -1 : first;
    }
    for (; known <= index; known++) {
      const before = starts[known - 1] as number;
      const comma = before < 0 ? to : argumentEnd(bytes, before, to);
      const at = comma >= to ? to : skipSpaces(bytes, comma + 1, to);
      starts[known] = at === to ? -1 : at;
    }
    this.knownStarts = known;
    return starts[index] as number;
  }

  /** Where argument `index`, which begins at `at`, ends; spaces may stand before that. */
  private endOf(index: number, at: number): number {
    const { bytes, to, starts } = this;
    // Where the next one begins was perhaps worked out already; before it are a comma and a space.
    const next = index + 1 < this.knownStarts ? (starts[index + 1] as number) : -1;
    if (next < 0) return argumentEnd(bytes, at, to);
    let end = next - 1;
    while (bytes[end] !== COMMA) end--;
    return end;
  }
}

/** Text of bytes [from, to), which is likely to come again. */
export function commonText(bytes: Uint8Array, from: number, to: number): string {
  return texts.text(bytes, words.of(bytes), from, to);
}

/** End of bytes [start, end) without the spaces at their end. */
export function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  let p = end | 0;
  while (p > start && bytes[p - 1] === SPACE) p--;
  return p;
}
