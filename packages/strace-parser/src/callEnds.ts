/**
 * Finds where a call's arguments end and reads what follows. Nearly every line ends in one of four ways, which are read from the
 * line's end, because strings and paths make the way there from its beginning a long one:
 *
 *   `) = 412 <0.000012>`   `) = 0x7f3d68c59000 <0.000012>`   `) = -1 ENOENT (No such file or directory) <0.000012>`   ` <unfinished ...>`
 *
 * Invariant: what is read from the end is what reading forward gives (see `findPlainEnd` on when that is certain).
 */

import { DOT, GT, LT, RPAREN, SPACE, ZERO, hexDigit } from './chars.js';
import { KnownTails } from './knownTails.js';
import { ReturnKind } from './records.js';
import { findPlainEnd, scanArguments } from './scan.js';
import type { Tail } from './tail.js';
import { lineEndFrom, sixDigits, type Words } from './words.js';

/** Length of ` <0.000012>`. */
const stampBytes = 11;
/** ` <`, `= ` and `0x`, the first byte lowest. */
const spaceLt = 0x3c20;
const equalsSpace = 0x203d;
const zeroX = 0x7830;
/** Numbers of so many characters are exact however they are summed up. */
const maxPlainDigits = 15;
/** `<unf`, `inis`, `hed `, `...>` */
const unfinishedBytes = 16;
const unfinished = [0x666e753c, 0x73696e69, 0x20646568, 0x3e2e2e2e] as const;

export class CallEnds {
  private readonly known = new KnownTails();

  constructor(private readonly words: Words) {}

  /**
   * Finds what ends the arguments that begin at `from`, and fills `tail` when that is the closing `)`. Returns the position of the `)`,
   * or of the `<` of a marker that ends the line; -1 when the line is no call's.
   */
  read(bytes: Uint8Array, from: number, tail: Tail): number {
    const view = this.words.of(bytes);
    const lf = lineEndFrom(bytes, view, from);
    const durationNs = durationBefore(view, from, lf);
    if (durationNs < 0) return isUnfinished(view, from, lf) ? lf - unfinishedBytes : this.search(bytes, from, lf, tail);
    const stamp = lf - stampBytes;
    const failed = view.getUint8(stamp - 1) === RPAREN;
    const close = failed ? this.known.read(view, from, stamp, tail) : readPlain(view, from, stamp, tail);
    if (close < 0) return failed ? this.learn(bytes, view, from, stamp, lf, tail) : this.search(bytes, from, lf, tail);
    tail.durationNs = durationNs;
    tail.lineEnd = lf;
    return close;
  }

  private search(bytes: Uint8Array, from: number, lf: number, tail: Tail): number {
    const plain = findPlainEnd(bytes, from, lf);
    const close = plain < 0 ? scanArguments(bytes, from) : plain;
    return bytes[close] === LT || (bytes[close] === RPAREN && tail.read(bytes, close + 1)) ? close : -1;
  }

  /** As `search`, of a line that ends with `) <0.000012>`, the duration at `stamp`. */
  private learn(bytes: Uint8Array, view: DataView, from: number, stamp: number, lf: number, tail: Tail): number {
    const close = this.search(bytes, from, lf, tail);
    const certain = close >= 0 && close === findPlainEnd(bytes, from, lf);
    if (certain && tail.errnoId > 0 && tail.flags === 0) this.known.keep(view, close, stamp, tail);
    return close;
  }
}

/** Nanoseconds of the ` <0.000012>` that ends the line, -1 when nothing like it does. */
function durationBefore(view: DataView, from: number, lf: number): number {
  const stamp = lf - stampBytes;
  if (stamp <= from || view.getUint8(lf - 1) !== GT || view.getUint16(stamp, true) !== spaceLt) return -1;
  const seconds = view.getUint8(stamp + 2) - ZERO;
  const micros = view.getUint8(stamp + 3) === DOT ? sixDigits(view, stamp + 4) : -1;
  return micros < 0 || seconds < 0 || seconds > 9 ? -1 : seconds * 1e9 + micros * 1e3;
}

function isUnfinished(view: DataView, from: number, lf: number): boolean {
  const at = lf - unfinishedBytes;
  return (
    at > from &&
    view.getUint8(at - 1) === SPACE &&
    view.getInt32(at, true) === unfinished[0] &&
    view.getInt32(at + 4, true) === unfinished[1] &&
    view.getInt32(at + 8, true) === unfinished[2] &&
    view.getInt32(at + 12, true) === unfinished[3]
  );
}

/** Reads `) = 412` or `) = 0x7f3d68c59000` before `end` from its end; -1 when it is neither. Before `from` stands no digit. */
function readPlain(view: DataView, from: number, end: number, tail: Tail): number {
  let kind: ReturnKind = ReturnKind.Decimal;
  let p = end - 1;
  let value = 0;
  let scale = 1;
  for (let digit = view.getUint8(p) - ZERO; digit >= 0 && digit <= 9; digit = view.getUint8(--p) - ZERO) {
    value += digit * scale;
    scale *= 10;
  }
  if (view.getUint8(p) !== SPACE) {
    kind = ReturnKind.Hex;
    value = 0;
    scale = 1;
    p = end - 1;
    for (let digit = hexDigit(view.getUint8(p)); digit >= 0; digit = hexDigit(view.getUint8(--p))) {
      value += digit * scale;
      scale *= 16;
    }
    if (p === end - 1 || p <= from || view.getUint16(p - 1, true) !== zeroX) return -1;
    p -= 2;
  }
  const digits = end - 1 - p;
  if (digits === 0 || digits > maxPlainDigits || p < from + 3) return -1;
  // A leading zero is octal.
  if (kind === ReturnKind.Decimal && digits > 1 && view.getUint8(p + 1) === ZERO) return -1;
  if (view.getUint16(p - 1, true) !== equalsSpace || view.getUint8(p - 2) !== SPACE) return -1;
  let close = p - 3;
  while (close > from && view.getUint8(close) === SPACE) close--;
  if (view.getUint8(close) !== RPAREN) return -1;
  tail.kind = kind;
  tail.value = value;
  tail.errnoId = tail.flags = tail.textStart = tail.textEnd = 0;
  tail.valueStart = p + 1;
  tail.numberEnd = tail.valueEnd = end;
  return close;
}
