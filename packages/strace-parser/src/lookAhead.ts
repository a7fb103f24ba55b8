/**
 * Looking at a line to decide what it may be, without learning anything from it.
 */

import { DOT, GT, LPAREN, LT, QUESTION, RPAREN, indexOf, isNameStart, isWord, startsWith } from './chars.js';
import type { Interner } from './interner.js';
import type { PrefixReader } from './prefix.js';
import { scanArguments } from './scan.js';
import { Tail } from './tail.js';

/** No syscall's name is longer. */
export const maxNameBytes = 64;

export class LookAhead {
  private readonly tail: Tail;

  constructor(
    private readonly prefix: PrefixReader,
    errnos: Interner,
  ) {
    this.tail = new Tail(errnos);
  }

  /** Does `) = value` end here, `at` being after the parenthesis? */
  readsTail(bytes: Uint8Array, at: number): boolean {
    return this.tail.read(bytes, at);
  }

  /** Is there, from inside a call's parentheses at `at`, an end to the call before the line's end? */
  endsCall(bytes: Uint8Array, at: number, end: number): boolean {
    const close = scanArguments(bytes, at);
    return close < end && (bytes[close] === LT || (bytes[close] === RPAREN && this.tail.read(bytes, close + 1)));
  }

  /** Could the rest of a line, from `at`, be read as strace's? */
  canRead(bytes: Uint8Array, at: number, end: number): boolean {
    const body = this.prefix.read(bytes, at);
    if (startsWith(bytes, body, '<... ')) return indexOf(bytes, ' resumed', body, end) > 0;
    if (startsWith(bytes, body, '+++ ')) return startsWith(bytes, end - 4, ' +++');
    if (startsWith(bytes, body, '--- ')) return startsWith(bytes, end - 4, ' ---');
    if (startsWith(bytes, body, 'strace: ')) return true;
    const paren = nameEnd(bytes, body);
    return bytes[paren] === LPAREN && this.endsCall(bytes, paren + 1, end);
  }
}

/** End of the arguments before `close`: a call whose thread was killed may be printed `read(3,  <unfinished ...>) = ?`. */
export function withoutMarker(bytes: Uint8Array, argsFrom: number, close: number): number {
  if (bytes[close - 1] !== GT || bytes[close - 2] !== DOT) return close;
  const marker = close - '<unfinished ...>'.length;
  return marker >= argsFrom && startsWith(bytes, marker, '<unfinished ...') ? Math.max(argsFrom, marker - 1) : close;
}

/** Position after the name of a call at `at`, or -1 when none begins there. */
export function nameEnd(bytes: Uint8Array, at: number): number {
  let p = at;
  if (isNameStart[bytes[p] as number] !== 1) return -1;
  while (isWord[bytes[p] as number] === 1 || (bytes[p] === QUESTION && p < at + 3)) p++;
  return p - at > maxNameBytes ? -1 : p;
}
