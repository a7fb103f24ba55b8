/**
 * Forward scans over a call's text. Strings and paths may hold `) = 3`, so the closing parenthesis is found by walking over
 * strings, comments and annotations, never by searching from the end.
 * Invariant: every scan stops at the line's LF at the latest, reads each byte a bounded number of times, and never throws.
 */

import {
  BACKSLASH,
  CR,
  DOT,
  EQUALS,
  GT,
  LF,
  LPAREN,
  LT,
  MINUS,
  QUOTE,
  RPAREN,
  SLASH,
  SPACE,
  STAR,
  startsWith,
} from './chars.js';
import { isWord, stopsAnnotation, stopsArguments, stopsString } from './chars.js';

/** Longest marker: `<pid changed to 4194304 ...>`. */
const maxMarkerBytes = 48;

/**
 * Scans arguments from `at`. Returns the position of what ended them: the closing `)`, the `<` of a marker that ends the line
 * (`<unfinished ...>`, `<detached ...>`, `<pid changed to N ...>`), an ESC, or the LF.
 */
export function scanArguments(bytes: Uint8Array, at: number): number {
  let p = at | 0;
  let depth = 0;
  let annotations = true;
  for (;;) {
    let c = bytes[p] as number;
    while (stopsArguments[c] === 0) c = bytes[++p] as number;
    switch (c) {
      case QUOTE:
        p = skipString(bytes, p + 1);
        break;
      case LPAREN:
        depth++;
        p++;
        break;
      case RPAREN:
        if (depth === 0) return p;
        depth--;
        p++;
        break;
      case LT:
        if (bytes[p + 1] === LT) p += 2;
        else if (bytes[p - 1] === SPACE && isEndMarker(bytes, p)) return p;
        else {
          const after = annotations ? skipAnnotation(bytes, p + 1) : -1;
          if (after < 0) annotations = false;
          p = after < 0 ? p + 1 : after;
        }
        break;
      case SLASH:
        p = bytes[p + 1] === STAR ? skipComment(bytes, p + 2) : p + 1;
        break;
      default:
        return p;
    }
  }
}

/**
 * Strings longer than this are searched natively: calling out costs about as much as stepping over so many bytes. Most strings are
 * shorter, because strace cuts them at 32 characters unless it is told otherwise.
 */
const shortString = 48;

/** No errno's message with what stands around it is longer. */
const maxPlainTail = 160;
/** ` <unfinished ...>` */
const unfinishedBytes = 17;
/** Bytes that a plain tail is free of; with one of them the end of the arguments must be found by scanning forward. */
const inPlainTail = new Uint8Array(256);
for (const c of ' ()-?_./:,=') inPlainTail[c.charCodeAt(0)] = 1;
for (let c = 0; c < 256; c++) inPlainTail[c] = (inPlainTail[c] as number) | (isWord[c] as number);

/**
 * Finds what ends the arguments, like `scanArguments`, but from the line's end: only where that is certain, else -1.
 *
 * Certain is a tail like `) = 0 <0.000012>` or `) = -1 ENOENT (No such file or directory)`: nothing in it may be quoted, annotated
 * or bracketed, so that no `) = ` of a string or a path can be taken for the call's own; and ` <unfinished ...>`.
 */
export function findPlainEnd(bytes: Uint8Array, from: number, lf: number): number {
  let p = lf - 1;
  if (bytes[p] === GT) {
    if (bytes[p - 1] === DOT) {
      const marker = lf - unfinishedBytes + 1;
      return bytes[marker] === LT &&
        bytes[marker + 1] === 0x75 &&
        bytes[marker - 1] === SPACE &&
        marker > from &&
        isEndMarker(bytes, marker)
        ? marker
        : -1;
    }
    for (p--; bytes[p] !== LT; p--) if (isDuration(bytes[p]) === false) return -1;
    p--;
  }
  for (const stop = Math.max(from, p - maxPlainTail); p > stop; p--) {
    const c = bytes[p] as number;
    if (inPlainTail[c] === 0) return -1;
    if (c === EQUALS && bytes[p - 1] === SPACE) break;
  }
  if (bytes[p] !== EQUALS) return -1;
  for (p--; bytes[p] === SPACE; p--);
  return p >= from && bytes[p] === RPAREN ? p : -1;
}

function isDuration(byte: number | undefined): boolean {
  return byte === DOT || (byte !== undefined && byte >= 0x30 && byte <= 0x39);
}

/** From inside a string: returns the position after its closing quote, or of the LF. */
export function skipString(bytes: Uint8Array, at: number): number {
  const far = at + shortString;
  let p = at | 0;
  while (p < far) {
    const c = bytes[p] as number;
    if (stopsString[c] === 0) p++;
    else if (c === QUOTE) return p + 1;
    else if (c !== BACKSLASH) return p;
    else p += bytes[p + 1] === LF ? 1 : 2;
  }
  return skipLongString(bytes, p);
}

function skipLongString(bytes: Uint8Array, at: number): number {
  const found = bytes.indexOf(LF, at);
  const lf = found < 0 ? bytes.length : found;
  for (let quote = bytes.indexOf(QUOTE, at); quote >= 0 && quote < lf; quote = bytes.indexOf(QUOTE, quote + 1)) {
    let backslashes = quote - 1;
    while (backslashes >= at && bytes[backslashes] === BACKSLASH) backslashes--;
    if (((quote - backslashes) & 1) === 1) return quote + 1;
  }
  return lf;
}

/** From inside `<…`: returns the position after its `>`; -1 when the line ends first. Nested annotations and strings are stepped over. */
export function skipAnnotation(bytes: Uint8Array, at: number): number {
  let p = at | 0;
  let depth = 0;
  let strings = true;
  for (;;) {
    let c = bytes[p] as number;
    while (stopsAnnotation[c] === 0) c = bytes[++p] as number;
    switch (c) {
      case GT:
        if (depth === 0) return p + 1;
        depth--;
        p++;
        break;
      case LT:
        depth++;
        p++;
        break;
      case MINUS:
        p += bytes[p + 1] === GT ? 2 : 1;
        break;
      case BACKSLASH:
        p += bytes[p + 1] === LF ? 1 : 2;
        break;
      case QUOTE: {
        const after: number = strings ? skipString(bytes, p + 1) : p + 1;
        strings = strings && bytes[after] !== LF;
        p = strings ? after : p + 1;
        break;
      }
      default:
        return -1;
    }
  }
}

/** From inside a comment: returns the position after its end, or of the LF. */
export function skipComment(bytes: Uint8Array, at: number): number {
  let p = at | 0;
  for (;;) {
    const c = bytes[p];
    if (c === STAR && bytes[p + 1] === SLASH) return p + 2;
    if (c === LF || c === undefined) return p;
    p++;
  }
}

/** True at the line's end: its LF, or the CR before it. */
function isLineEnd(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] === LF);
}

/** `nfinished` at `at`, compared without a loop: in a busy log every other line ends with it. */
function isUnfinished(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === 0x6e &&
    bytes[at + 1] === 0x66 &&
    bytes[at + 2] === 0x69 &&
    bytes[at + 3] === 0x6e &&
    bytes[at + 4] === 0x69 &&
    bytes[at + 5] === 0x73 &&
    bytes[at + 6] === 0x68 &&
    bytes[at + 7] === 0x65 &&
    bytes[at + 8] === 0x64
  );
}

/** True when `<…>` at `at` is one of strace's markers and the line ends after it. */
function isEndMarker(bytes: Uint8Array, at: number): boolean {
  const c = bytes[at + 1];
  if (c === 0x75) {
    if (!isUnfinished(bytes, at + 2)) return false;
  } else if (c === 0x64) {
    if (!startsWith(bytes, at + 1, 'detached')) return false;
  } else if (c !== 0x70 || !startsWith(bytes, at + 1, 'pid changed to ')) return false;
  for (let p = at + 9; p < at + maxMarkerBytes; p++) {
    if (bytes[p] === GT) return isLineEnd(bytes, p + 1);
    if (bytes[p] === LF) return false;
  }
  return false;
}
