/**
 * What follows a call's closing parenthesis: the return value and everything that strace hangs on it.
 *
 *   SP* "= " (0xHEX | -?DEC | 0OCT | "?") [<ann>["(deleted)"]] [comment] [" ERRNO (text)" | " (errno N)" | " (aux)" | " <unavailable>"]
 *   [" (INJECTED…)"] [" (DELAYED)"] [" <T>"]
 *
 * Invariant: nothing after a readable `= value` makes the line fail; what is not known is kept in the text and flagged as `odd`.
 */

import {
  CR,
  DOT,
  EQUALS,
  LF,
  LOWER_X,
  LPAREN,
  LT,
  MINUS,
  QUESTION,
  RPAREN,
  SLASH,
  SPACE,
  STAR,
  ZERO,
} from './chars.js';
import { hexDigit, isDigit, isWord, startsWith } from './chars.js';
import type { Interner } from './interner.js';
import { decode } from './utf8.js';
import { ReturnKind } from './records.js';
import { scanArguments, skipAnnotation, skipComment } from './scan.js';

export const tailFlag = { Injected: 1, Delayed: 2, Unavailable: 4, Odd: 8, Unfinished: 16 } as const;

const scaleToNs = [1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 1e2, 10, 1];

/** Positions are in the bytes that were read. */
export class Tail {
  kind: ReturnKind = ReturnKind.None;
  value = NaN;
  durationNs = NaN;
  /** 0: no errno. */
  errnoId = 0;
  flags = 0;
  /** The number, with its annotation and comment. */
  valueStart = 0;
  numberEnd = 0;
  valueEnd = 0;
  /** Inside of the first parentheses after it; empty when there are none. */
  textStart = 0;
  textEnd = 0;
  /** Position of the LF or CRLF. */
  lineEnd = 0;

  constructor(private readonly errnos: Interner) {}

  clear(): void {
    this.kind = ReturnKind.None;
    this.value = this.durationNs = NaN;
    this.errnoId = this.flags = 0;
    this.valueStart = this.numberEnd = this.valueEnd = this.textStart = this.textEnd = 0;
  }

  copyFrom(other: Tail): void {
    this.kind = other.kind;
    this.value = other.value;
    this.durationNs = other.durationNs;
    this.errnoId = other.errnoId;
    this.flags = other.flags;
    this.valueStart = other.valueStart;
    this.numberEnd = other.numberEnd;
    this.valueEnd = other.valueEnd;
    this.textStart = other.textStart;
    this.textEnd = other.textEnd;
    this.lineEnd = other.lineEnd;
  }

  shift(by: number): void {
    this.valueStart += by;
    this.numberEnd += by;
    this.valueEnd += by;
    this.textStart += by;
    this.textEnd += by;
    this.lineEnd += by;
  }

  /** Reads from after the `)`. Returns false when no `= value` stands there. */
  read(bytes: Uint8Array, at: number): boolean {
    let p = at;
    while (bytes[p] === SPACE) p++;
    if (bytes[p] !== EQUALS || bytes[p + 1] !== SPACE) return false;
    p += 2;
    this.valueStart = p;
    this.value = this.durationNs = NaN;
    this.errnoId = this.flags = this.textStart = this.textEnd = 0;
    p = this.readNumber(bytes, p);
    if (p < 0) return false;
    this.numberEnd = p;
    if (bytes[p] === LT) {
      const after = skipAnnotation(bytes, p + 1);
      if (after > 0) p = after;
      if (bytes[p] === LPAREN && startsWith(bytes, p, '(deleted)')) p += 9;
    }
    this.valueEnd = p;
    this.readExtras(bytes, p);
    return true;
  }

  private readNumber(bytes: Uint8Array, at: number): number {
    let p = at;
    let c = bytes[p] as number;
    if (c === QUESTION) {
      this.kind = ReturnKind.Unknown;
      return p + 1;
    }
    const negative = c === MINUS;
    if (negative) c = bytes[++p] as number;
    if (!isDigit(c)) return -1;
    const digits = p;
    let value = 0;
    if (c === ZERO && bytes[p + 1] === LOWER_X) {
      this.kind = ReturnKind.Hex;
      p += 2;
      const first = p;
      for (let digit = hexDigit(bytes[p]); digit >= 0; digit = hexDigit(bytes[++p])) value = value * 16 + digit;
      if (p === first) return -1;
    } else {
      const base = c === ZERO && isOctal(bytes, p) ? 8 : 10;
      this.kind = base === 8 ? ReturnKind.Octal : ReturnKind.Decimal;
      do {
        value = value * base + c - ZERO;
        c = bytes[++p] as number;
      } while (c >= ZERO && c <= 0x39);
    }
    if (value > Number.MAX_SAFE_INTEGER) value = rounded(decode(bytes, digits, p), this.kind);
    this.value = negative ? -value : value;
    return p;
  }

  private readExtras(bytes: Uint8Array, at: number): void {
    let p = at;
    for (;;) {
      const c = bytes[p];
      if (c === LF || (c === CR && bytes[p + 1] === LF) || c === undefined) {
        this.lineEnd = p;
        return;
      }
      if (c !== SPACE) return this.readOdd(bytes, p);
      const next = bytes[p + 1] as number;
      if (next === LT) {
        const after = isDigit(bytes[p + 2]) ? this.readDuration(bytes, p + 2) : skipAnnotation(bytes, p + 2);
        if (after < 0) return this.readOdd(bytes, p);
        if (bytes[p + 2] === 0x75 && startsWith(bytes, p + 2, 'unavailable')) this.flags |= tailFlag.Unavailable;
        p = after;
      } else if (next === LPAREN) {
        const close = scanArguments(bytes, p + 2);
        if (bytes[close] !== RPAREN) return this.readOdd(bytes, p);
        const first = bytes[p + 2];
        if (first === 0x49 && startsWith(bytes, p + 2, 'INJECTED')) this.flags |= tailFlag.Injected;
        else if (first === 0x44 && startsWith(bytes, p + 2, 'DELAYED')) this.flags |= tailFlag.Delayed;
        else if (this.textEnd === 0) {
          this.textStart = p + 2;
          this.textEnd = close;
        }
        p = close + 1;
      } else if (next === SLASH && bytes[p + 2] === STAR) {
        p = skipComment(bytes, p + 3);
        this.valueEnd = p;
      } else if (next === 0x45 && this.errnoId === 0) {
        const start = ++p;
        let hash = 0;
        for (let w = bytes[p] as number; isWord[w] === 1; w = bytes[++p] as number)
          hash = (Math.imul(hash, 31) + w) | 0;
        const id = this.errnos.id(bytes, start, p, hash);
        if (id < 0) return this.readOdd(bytes, p);
        this.errnoId = id;
      } else return this.readOdd(bytes, p);
    }
  }

  /** `0.000012>` at its first digit; returns the position after it, or -1. */
  private readDuration(bytes: Uint8Array, at: number): number {
    let p = at;
    let seconds = 0;
    for (; isDigit(bytes[p]); p++) seconds = seconds * 10 + (bytes[p] as number) - ZERO;
    let nanos = 0;
    if (bytes[p] === DOT) {
      const first = ++p;
      for (; isDigit(bytes[p]); p++) nanos = nanos * 10 + (bytes[p] as number) - ZERO;
      nanos *= scaleToNs[p - first] ?? NaN;
    }
    if (bytes[p] !== 0x3e) return -1;
    this.durationNs = seconds * 1e9 + nanos;
    return p + 1;
  }

  /** The rest is unknown: only look for a duration at its end. */
  private readOdd(bytes: Uint8Array, at: number): void {
    this.flags |= tailFlag.Odd;
    const lf = bytes.indexOf(LF, at);
    const stop = lf < 0 ? bytes.length : lf;
    this.lineEnd = stop > at && bytes[stop - 1] === CR ? stop - 1 : stop;
    for (let p = this.lineEnd - 1; p > at && p > this.lineEnd - 32; p--) {
      if (bytes[p] === LT && bytes[p - 1] === SPACE && isDigit(bytes[p + 1])) {
        this.readDuration(bytes, p + 1);
        return;
      }
    }
  }
}

/** Digits of 0 to 7 at `at`, more than one: a leading zero alone does not make 09 octal. */
function isOctal(bytes: Uint8Array, at: number): boolean {
  let p = at;
  while ((bytes[p] as number) >= ZERO && (bytes[p] as number) <= 0x37) p++;
  return p > at + 1 && !isDigit(bytes[p]);
}

/** The nearest number: adding digit by digit rounds at every step. */
function rounded(digits: string, kind: ReturnKind): number {
  return Number(kind === ReturnKind.Octal ? '0o' + digits : digits);
}
