/**
 * Forward scans over a call's text. Strings and paths may hold `) = 3`, so the closing parenthesis is found by walking over
 * strings, comments and annotations, never by searching from the end.
 * Invariant: every scan stops at the line's LF at the latest, reads each byte a bounded number of times, and never throws.
 */

import { BACKSLASH, CR, GT, LF, LPAREN, LT, MINUS, QUOTE, RPAREN, SLASH, SPACE, STAR, startsWith } from './chars.js';
import { stopsAnnotation, stopsArguments, stopsString } from './chars.js';

/** Longest marker: `<pid changed to 4194304 ...>`. */
const maxMarkerBytes = 48;

/**
 * Scans arguments from `at`. Returns the position of what ended them: the closing `)`, the `<` of a marker that ends the line
 * (`<unfinished ...>`, `<detached ...>`, `<pid changed to N ...>`), an ESC, or the LF.
 */
export function scanArguments(bytes: Uint8Array, at: number): number {
  let p = at;
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

/** From inside a string: returns the position after its closing quote, or of the LF. */
export function skipString(bytes: Uint8Array, at: number): number {
  let p = at;
  for (;;) {
    let c = bytes[p] as number;
    while (stopsString[c] === 0) c = bytes[++p] as number;
    if (c === QUOTE) return p + 1;
    if (c !== BACKSLASH) return p;
    p += bytes[p + 1] === LF ? 1 : 2;
  }
}

/** From inside `<…`: returns the position after its `>`; -1 when the line ends first. Nested annotations and strings are stepped over. */
export function skipAnnotation(bytes: Uint8Array, at: number): number {
  let p = at;
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
  let p = at;
  for (;;) {
    const c = bytes[p];
    if (c === STAR && bytes[p + 1] === SLASH) return p + 2;
    if (c === LF) return p;
    p++;
  }
}

/** True at the line's end: its LF, or the CR before it. */
export function isLineEnd(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] === LF);
}

/** True when `<…>` at `at` is one of strace's markers and the line ends after it. */
export function isEndMarker(bytes: Uint8Array, at: number): boolean {
  const c = bytes[at + 1];
  if (c === 0x75) {
    if (!startsWith(bytes, at + 1, 'unfinished')) return false;
  } else if (c === 0x64) {
    if (!startsWith(bytes, at + 1, 'detached')) return false;
  } else if (c !== 0x70 || !startsWith(bytes, at + 1, 'pid changed to ')) return false;
  for (let p = at + 9; p < at + maxMarkerBytes; p++) {
    if (bytes[p] === GT) return isLineEnd(bytes, p + 1);
    if (bytes[p] === LF) return false;
  }
  return false;
}
