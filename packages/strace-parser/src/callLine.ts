/**
 * The call record that the parser refills: plain fields for the header, and readings of the line's bytes for the rest.
 *
 * Invariant: every method reads only `entry` and `bytes` at the positions that the parser set; both are gone when the sink
 * returns, unless the record was made by `keep()`, which owns its bytes. A little over 300 lines for its many plain fields.
 */

import { argumentEnd, countArguments, numberAt, skipSpaces } from './arguments.js';
import { COMMA, SPACE, copyOf } from './chars.js';
import type { Interner } from './interner.js';
import { readLayout, type LineLayout } from './layout.js';
import type { CallOutcome, CallRecord, CallResult } from './records.js';
import { CallOutcome as Outcome, ReturnKind } from './records.js';
import { Tail, tailFlag } from './tail.js';
import { TextCache } from './textCache.js';
import { decode } from './utf8.js';
import { parseArguments, parseReturn } from './valueParser.js';
import type { Value } from './values.js';

const none = new Uint8Array(0);
/** Arguments are few texts, again and again: flags, descriptors with their paths, commands. */
const texts = new TextCache();

export class CallLine implements CallRecord {
  readonly type = 'call';
  pid = 0;
  comm = '';
  timeNs = NaN;
  line = 0;
  byteStart = 0;
  byteEnd = 0;
  name = '';
  nameId = 0;
  outcome: CallOutcome = Outcome.Returned;
  startNs = NaN;
  endNs = NaN;
  resumed = false;
  entryLine = 0;
  entryPid = 0;
  entryByteStart = 0;
  entryByteEnd = 0;
  syscallNumber = NaN;

  /** The line that carries the end of the call (or all of it): its bytes, its range in them, and its arguments' range. */
  bytes: Uint8Array = none;
  from = 0;
  to = 0;
  argsFrom = 0;
  argsTo = 0;
  /** The entry part's line when `resumed`. */
  entry: Uint8Array = none;
  entryFrom = 0;
  entryTo = 0;
  entryArgsFrom = 0;
  entryArgsTo = 0;
  ipFrom = 0;
  ipTo = 0;
  readonly tail: Tail;
  /** Both parts' arguments one after the other, once `isJoined`; the room is used again for the next call. */
  private joined = none;
  private joinedLength = 0;
  private isJoined = false;
  /**
   * Where the first arguments begin, as far as somebody asked, and their texts; of the line at `startsOf` whose arguments have this
   * range.
   */
  private readonly starts: number[] = [];
  private readonly argTexts: (string | undefined)[] = [];
  private knownStarts = 0;
  private startsOf = -1;
  private startsFrom = -1;
  private startsTo = -1;

  constructor(private readonly errnos: Interner) {
    this.tail = new Tail(errnos);
  }

  get durationNs(): number {
    return this.tail.durationNs;
  }
  get returnKind(): ReturnKind {
    return this.tail.kind;
  }
  get returnValue(): number {
    return this.tail.value;
  }
  get errnoId(): number {
    return this.tail.errnoId;
  }
  get errno(): string {
    return this.errnos.names[this.tail.errnoId] as string;
  }
  get injected(): boolean {
    return (this.tail.flags & tailFlag.Injected) !== 0;
  }
  get delayed(): boolean {
    return (this.tail.flags & tailFlag.Delayed) !== 0;
  }
  get instructionPointer(): bigint | undefined {
    const text = decode(this.bytes, this.ipFrom, this.ipTo);
    return /^[0-9a-f]+$/.test(text) ? BigInt('0x' + text) : undefined;
  }

  /** Must be called when the record is refilled with a call that has two parts. */
  forgetJoined(): void {
    this.isJoined = false;
  }

  returnBigInt(): bigint | undefined {
    if (this.tail.kind === ReturnKind.None || this.tail.kind === ReturnKind.Unknown) return undefined;
    if (Number.isSafeInteger(this.tail.value)) return BigInt(this.tail.value);
    const text = decode(this.bytes, this.tail.valueStart, this.tail.numberEnd);
    const digits = text.replace('-', '');
    const value = BigInt(this.tail.kind === ReturnKind.Octal ? '0o' + digits : digits);
    return text.startsWith('-') ? -value : value;
  }

  arguments(): Value[] {
    this.locateArguments();
    return parseArguments(this.argBytes, this.argFrom, this.argTo);
  }

  argumentCount(): number {
    this.locateArguments();
    return countArguments(this.argBytes, this.argFrom, this.argTo);
  }

  argumentNumber(index: number): number {
    if (index > 0) {
      const at = this.startOf(index);
      return at < 0 ? NaN : numberAt(this.argBytes, at, this.argTo);
    }
    // The first one, mostly a descriptor, is asked for of nearly every call: nothing needs to be remembered for it, nor joined when
    // another argument stood after it before the call waited.
    const { entry, entryArgsFrom } = this;
    if (this.resumed && entry[trimmedEnd(entry, entryArgsFrom, this.entryArgsTo) - 1] === COMMA)
      return numberAt(entry, skipSpaces(entry, entryArgsFrom, this.entryArgsTo), this.entryArgsTo);
    this.locateArguments();
    const first = skipSpaces(this.argBytes, this.argFrom, this.argTo);
    return first === this.argTo ? NaN : numberAt(this.argBytes, first, this.argTo);
  }

  argumentText(index: number): string {
    const at = this.startOf(index);
    if (at < 0) return '';
    const known = this.argTexts[index];
    if (known !== undefined) return known;
    // Where the next one begins was perhaps worked out already; before it are a comma and a space.
    const next = index + 1 < this.knownStarts ? (this.starts[index + 1] as number) : -1;
    let end = next < 0 ? argumentEnd(this.argBytes, at, this.argTo) : next - 1;
    while (next >= 0 && this.argBytes[end] !== COMMA) end--;
    return (this.argTexts[index] = texts.text(this.argBytes, at, trimmedEnd(this.argBytes, at, end)));
  }

  argumentHead(index: number, bytes: number): string {
    const at = this.startOf(index);
    return at < 0 ? '' : texts.text(this.argBytes, at, Math.min(at + bytes, this.argTo));
  }

  returnAsValue(): Value | undefined {
    return this.tail.kind === ReturnKind.None || this.tail.kind === ReturnKind.Unknown
      ? undefined
      : parseReturn(this.bytes, this.tail.valueStart, this.tail.valueEnd);
  }

  returnValueText(): string {
    return this.tail.kind === ReturnKind.None ? '' : texts.text(this.bytes, this.tail.valueStart, this.tail.valueEnd);
  }

  returnAnnotation(): string {
    return this.tail.kind === ReturnKind.None ? '' : texts.text(this.bytes, this.tail.numberEnd, this.tail.valueEnd);
  }

  returnText(): string {
    return decode(this.bytes, this.tail.textStart, this.tail.textEnd);
  }

  result(): CallResult {
    const { tail } = this;
    const odd = (tail.flags & tailFlag.Odd) !== 0;
    const extras = decode(this.bytes, tail.valueEnd, this.to);
    const digits = / <\d+(?:\.(\d+))?>$/.exec(extras)?.[1]?.length ?? 0;
    const marks =
      tail.flags === 0 ? [] : [...extras.matchAll(/\((INJECTED[^)]*|DELAYED)\)/g)].map(match => match[1] as string);
    return {
      value: this.returnAsValue(),
      errno: this.errno,
      text: tail.textStart > 0 ? this.returnText() : undefined,
      unavailable: (tail.flags & tailFlag.Unavailable) !== 0,
      marks,
      durationNs: tail.durationNs,
      durationDigits: digits,
      rest: odd ? extras : '',
    };
  }

  layout(): LineLayout {
    return readLayout(
      this.bytes,
      this.from,
      this.to,
      this.tail.kind === ReturnKind.None ? -1 : this.tail.valueStart - 2,
    );
  }

  entryLayout(): LineLayout {
    return this.resumed ? readLayout(this.entry, this.entryFrom, this.entryTo, -1) : this.layout();
  }

  resultText(): string {
    return this.tail.kind === ReturnKind.None ? '' : decode(this.bytes, this.tail.valueStart, this.to);
  }

  text(): string {
    const line = decode(this.bytes, this.from, this.to);
    return this.resumed && this.entryTo > this.entryFrom
      ? decode(this.entry, this.entryFrom, this.entryTo) + '\n' + line
      : line;
  }

  keep(): CallLine {
    const copy = new CallLine(this.errnos);
    copy.copyHeader(this);
    copy.bytes = copyOf(this.bytes, this.from, this.to);
    copy.rebase(-this.from);
    if (this.entryTo > this.entryFrom) {
      copy.entry = copyOf(this.entry, this.entryFrom, this.entryTo);
      copy.entryArgsFrom -= this.entryFrom;
      copy.entryArgsTo -= this.entryFrom;
      copy.entryTo -= this.entryFrom;
      copy.entryFrom = 0;
    }
    return copy;
  }

  private copyHeader(other: CallLine): void {
    this.pid = other.pid;
    this.comm = other.comm;
    this.timeNs = other.timeNs;
    this.line = other.line;
    this.byteStart = other.byteStart;
    this.byteEnd = other.byteEnd;
    this.name = other.name;
    this.nameId = other.nameId;
    this.outcome = other.outcome;
    this.startNs = other.startNs;
    this.endNs = other.endNs;
    this.resumed = other.resumed;
    this.entryLine = other.entryLine;
    this.entryPid = other.entryPid;
    this.entryByteStart = other.entryByteStart;
    this.entryByteEnd = other.entryByteEnd;
    this.syscallNumber = other.syscallNumber;
    this.from = other.from;
    this.to = other.to;
    this.argsFrom = other.argsFrom;
    this.argsTo = other.argsTo;
    this.entryFrom = other.entryFrom;
    this.entryTo = other.entryTo;
    this.entryArgsFrom = other.entryArgsFrom;
    this.entryArgsTo = other.entryArgsTo;
    this.ipFrom = other.ipFrom;
    this.ipTo = other.ipTo;
    this.tail.copyFrom(other.tail);
  }

  private rebase(by: number): void {
    this.from += by;
    this.to += by;
    this.argsFrom += by;
    this.argsTo += by;
    this.ipFrom += by;
    this.ipTo += by;
    this.tail.shift(by);
  }

  private argBytes: Uint8Array = none;
  private argFrom = 0;
  private argTo = 0;

  /** Points argBytes at the call's arguments, joining the two parts first when there are two. */
  private locateArguments(): void {
    if (!this.resumed) {
      this.argBytes = this.bytes;
      this.argFrom = this.argsFrom;
      this.argTo = this.argsTo;
      return;
    }
    // Most calls print all their arguments before they wait, or all after it: what stands in one piece is read where it stands.
    const { argsFrom, argsTo, entryArgsFrom, entryArgsTo } = this;
    if (argsFrom === argsTo) {
      this.argBytes = this.entry;
      this.argFrom = entryArgsFrom;
      this.argTo = trimmedEnd(this.entry, entryArgsFrom, entryArgsTo);
      return;
    }
    if (entryArgsFrom === entryArgsTo) {
      this.argBytes = this.bytes;
      this.argFrom = argsFrom;
      this.argTo = trimmedEnd(this.bytes, argsFrom, argsTo);
      return;
    }
    if (!this.isJoined) this.join();
    this.argBytes = this.joined;
    this.argFrom = 0;
    this.argTo = this.joinedLength;
  }

  private join(): void {
    const head = this.entryArgsTo - this.entryArgsFrom;
    const length = head + this.argsTo - this.argsFrom;
    if (length > this.joined.length) this.joined = new Uint8Array(Math.max(256, length * 2));
    // Loops: these are short, and a typed array's own ways of copying are made for long ones.
    const { joined, entry, bytes, entryArgsFrom, argsFrom } = this;
    for (let i = 0; i < head; i++) joined[i] = entry[entryArgsFrom + i] as number;
    for (let i = head; i < length; i++) joined[i] = bytes[argsFrom + i - head] as number;
    this.joinedLength = trimmedEnd(joined, 0, length);
    this.isJoined = true;
  }

  /** Where argument `index` begins, -1 when there are fewer; points argBytes at the arguments. */
  private startOf(index: number): number {
    const { starts } = this;
    this.locateArguments();
    if (this.startsOf !== this.byteStart || this.startsFrom !== this.argFrom || this.startsTo !== this.argTo) {
      this.startsOf = this.byteStart;
      this.startsFrom = this.argFrom;
      this.startsTo = this.argTo;
      const first = skipSpaces(this.argBytes, this.argFrom, this.argTo);
      starts[0] = first === this.argTo ? -1 : first;
      this.knownStarts = 1;
      this.argTexts[0] = undefined;
    }
    for (; this.knownStarts <= index; this.knownStarts++) {
      const before = starts[this.knownStarts - 1] as number;
      const comma = before < 0 ? this.argTo : argumentEnd(this.argBytes, before, this.argTo);
      const at = comma >= this.argTo ? this.argTo : skipSpaces(this.argBytes, comma + 1, this.argTo);
      starts[this.knownStarts] = at === this.argTo ? -1 : at;
      this.argTexts[this.knownStarts] = undefined;
    }
    return starts[index] as number;
  }
}

function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  let p = end;
  while (p > start && bytes[p - 1] === SPACE) p--;
  return p;
}
