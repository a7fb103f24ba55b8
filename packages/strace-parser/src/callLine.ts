/**
 * The call record that the parser refills: plain fields for the header, and readings of the line's bytes for the rest.
 *
 * Invariant: every method reads only `entry` and `bytes` at the positions that the parser set; both are gone when the sink
 * returns, unless the record was made by `keep()`, which owns its bytes.
 */

import { ArgumentList, commonText, trimmedEnd } from './argumentList.js';
import { numberAt, skipSpaces } from './arguments.js';
import { COMMA, copyOf } from './chars.js';
import type { Interner } from './interner.js';
import { readLayout, type LineLayout } from './layout.js';
import type { CallOutcome, CallRecord, CallResult } from './records.js';
import { CallOutcome as Outcome, ReturnKind } from './records.js';
import { Tail, tailFlag } from './tail.js';
import { decode } from './utf8.js';
import { parseReturn } from './valueParser.js';
import type { Value } from './values.js';

const none = new Uint8Array(0);
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
  /** The arguments, once `listed`. */
  private readonly list = new ArgumentList();
  private listed = false;

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

  /** Must be called when the record is refilled. */
  forget(): void {
    this.listed = false;
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
    return this.listArguments().values();
  }

  argumentCount(): number {
    return this.listArguments().count();
  }

  argumentNumber(index: number): number {
    if (index === 0 && !this.listed) return this.firstNumber();
    return this.listArguments().number(index);
  }

  argumentText(index: number): string {
    return this.listArguments().text(index);
  }

  argumentBegins(index: number, text: string): boolean {
    return this.listArguments().begins(index, text);
  }

  returnAsValue(): Value | undefined {
    return this.tail.kind === ReturnKind.None || this.tail.kind === ReturnKind.Unknown
      ? undefined
      : parseReturn(this.bytes, this.tail.valueStart, this.tail.valueEnd);
  }

  returnValueText(): string {
    return this.tail.kind === ReturnKind.None ? '' : commonText(this.bytes, this.tail.valueStart, this.tail.valueEnd);
  }

  returnAnnotation(): string {
    return this.tail.kind === ReturnKind.None ? '' : commonText(this.bytes, this.tail.numberEnd, this.tail.valueEnd);
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

  /** The first argument, mostly a descriptor, is asked for of nearly every call: read where it stands, without listing them all. */
  private firstNumber(): number {
    const { entry, entryArgsFrom, entryArgsTo } = this;
    if (!this.resumed || entryArgsFrom === entryArgsTo) return firstNumber(this.bytes, this.argsFrom, this.argsTo);
    const end = trimmedEnd(entry, entryArgsFrom, entryArgsTo);
    // Whole when another one stood after it before the call waited, or none came after it.
    const whole = this.argsFrom === this.argsTo || entry[end - 1] === COMMA;
    return whole ? firstNumber(entry, entryArgsFrom, end) : this.listArguments().number(0);
  }

  private listArguments(): ArgumentList {
    if (!this.listed) this.fillList();
    return this.list;
  }

  private fillList(): void {
    const { list, entry, entryArgsFrom, entryArgsTo, bytes, argsFrom, argsTo } = this;
    this.listed = true;
    // Most calls print all their arguments before they wait, or all after it: what stands in one piece is read where it stands.
    if (!this.resumed) list.set(bytes, argsFrom, argsTo);
    else if (argsFrom === argsTo) list.set(entry, entryArgsFrom, trimmedEnd(entry, entryArgsFrom, entryArgsTo));
    else if (entryArgsFrom === entryArgsTo) list.set(bytes, argsFrom, trimmedEnd(bytes, argsFrom, argsTo));
    else list.join(entry, entryArgsFrom, entryArgsTo, bytes, argsFrom, argsTo);
  }
}

function firstNumber(bytes: Uint8Array, from: number, to: number): number {
  const first = skipSpaces(bytes, from, to);
  return first === to ? NaN : numberAt(bytes, first, to);
}
