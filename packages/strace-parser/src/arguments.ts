/**
 * Where a call's top-level arguments begin and end, and their cheap readings, without building values.
 */

import { COMMA, EQUALS, LOWER_X, LT, MINUS, NINE, QUOTE, SLASH, SPACE, STAR, ZERO } from './chars.js';
import { hexDigit, isDigit, isWord, startsWith, stopsArgument } from './chars.js';
import { skipAnnotation, skipComment, skipString } from './scan.js';

/** By byte: whether a bracket opens (1) or closes (-1) there. */
const bracketStep = new Int8Array(256);
for (const c of '([{') bracketStep[c.charCodeAt(0)] = 1;
for (const c of ')]}') bracketStep[c.charCodeAt(0)] = -1;

/** Position of the top-level comma that ends the argument at `at`, or `end`. */
export function argumentEnd(bytes: Uint8Array, at: number, end: number): number {
  let depth = 0;
  let annotations = true;
  for (let p = at | 0; ; p++) {
    while (p < end && stopsArgument[bytes[p] as number] === 0) p++;
    if (p >= end) return end;
    const c = bytes[p] as number;
    // The most common first.
    if (c === COMMA) {
      if (depth <= 0) return p;
      continue;
    }
    const step = bracketStep[c] as number;
    if (step !== 0) depth += step;
    else if (c === LT) {
      if (bytes[p + 1] === LT) {
        p++;
        continue;
      }
      const after: number = annotations ? skipAnnotation(bytes, p + 1) : -1;
      annotations = after >= 0 && after <= end;
      if (annotations) p = after - 1;
    } else if (c === QUOTE) p = Math.min(skipString(bytes, p + 1), end) - 1;
    else if (c === SLASH) {
      if (bytes[p + 1] === STAR) p = Math.min(skipComment(bytes, p + 2), end) - 1;
    } else p++; // a backslash, and what it stands before
  }
}

export function skipSpaces(bytes: Uint8Array, at: number, end: number): number {
  let p = at | 0;
  while (p < end && bytes[p] === SPACE) p++;
  return p;
}

export function countArguments(bytes: Uint8Array, from: number, end: number): number {
  let count = 0;
  let p = skipSpaces(bytes, from, end);
  while (p < end) {
    count++;
    p = skipSpaces(bytes, argumentEnd(bytes, p, end) + 1, end);
  }
  return count;
}

/** Steps over `name=` (`-N`, and what strace names on its own: `flags=CLONE_VM`). */
function skipName(bytes: Uint8Array, at: number, end: number): number {
  let p = at | 0;
  while (p < end && isWord[bytes[p] as number] === 1) p++;
  return p > at && p < end && bytes[p] === EQUALS && bytes[p + 1] !== EQUALS && bytes[p + 1] !== 0x3e ? p + 1 : at;
}

/** The number that stands at `at`: decimal, hexadecimal or octal; a descriptor's number; -100 for AT_FDCWD; else NaN. */
export function numberAt(bytes: Uint8Array, at: number, end: number): number {
  const c = bytes[at] as number;
  if (at < end && c > ZERO && c <= NINE) return decimal(bytes, at, end);
  const p = isDigit(c) ? at : skipName(bytes, at, end);
  if (startsWith(bytes, p, 'AT_FDCWD')) return -100;
  if (startsWith(bytes, p, 'NULL')) return 0;
  return bytes[p] === MINUS ? -digitsAt(bytes, p + 1, end) : digitsAt(bytes, p, end);
}

function digitsAt(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end || !isDigit(bytes[at])) return NaN;
  if (bytes[at] !== ZERO) return decimal(bytes, at, end);
  let value = 0;
  if (bytes[at + 1] === LOWER_X) {
    for (let p = at + 2; p < end; p++) {
      const digit = hexDigit(bytes[p]);
      if (digit < 0) break;
      value = value * 16 + digit;
    }
  } else {
    for (let p = at + 1; p < end && isDigit(bytes[p]); p++) value = value * 8 + (bytes[p] as number) - ZERO;
  }
  return value;
}

function decimal(bytes: Uint8Array, at: number, end: number): number {
  let value = 0;
  for (let p = at | 0; p < end; p++) {
    const digit = (bytes[p] as number) - ZERO;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  return value;
}
