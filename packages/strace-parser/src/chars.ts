/**
 * Names for the bytes that strace's grammar is made of, and the classes that the hot loops branch on.
 *
 * Loops over bytes begin with `position | 0`: what a parameter holds is unknown to the engine that compiles the loop, and unless told
 * that it counts in whole numbers of 32 bits it unpacks the position for every byte. Bytes that are read at once are fewer than 2^30.
 */

export const LF = 0x0a;
export const CR = 0x0d;
export const ESC = 0x1b;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const LPAREN = 0x28;
export const RPAREN = 0x29;
export const STAR = 0x2a;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const DOT = 0x2e;
export const SLASH = 0x2f;
export const ZERO = 0x30;
export const NINE = 0x39;
export const COLON = 0x3a;
export const LT = 0x3c;
export const EQUALS = 0x3d;
export const GT = 0x3e;
export const QUESTION = 0x3f;
export const LBRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const RBRACKET = 0x5d;
export const LOWER_X = 0x78;
export const RBRACE = 0x7d;

const table = (of: string): Uint8Array => {
  const bytes = new Uint8Array(256);
  for (let i = 0; i < of.length; i++) bytes[of.charCodeAt(i)] = 1;
  return bytes;
};

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_';

/** Bytes of a syscall's or macro's name. */
export const isWord = table(letters + '0123456789');
/** Bytes that a name may begin with; `?` because a call that strace could not even name is printed `???(`. */
export const isNameStart = table(letters + '?');
export const isNameByte = table(letters + '0123456789?');
/** Bytes at which the scan for the closing parenthesis of a call must stop and think. */
export const stopsArguments = table('"()</\n\x1b');
/** Bytes at which the scan of one argument stops. */
export const stopsArgument = table('"/<()[]{},\\');
/** Bytes at which the scan of a quoted string stops. */
export const stopsString = table('"\\\n');
/** Bytes at which the scan of a `<…>` annotation stops. */
export const stopsAnnotation = table('<>"-\\\n');

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

/** Value of a hexadecimal digit, or -1. */
export function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= ZERO && byte <= NINE) return byte - ZERO;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** True when the ASCII text `what` stands at `at`. */
export function startsWith(bytes: Uint8Array, at: number, what: string): boolean {
  for (let i = 0; i < what.length; i++) if (bytes[at + i] !== what.charCodeAt(i)) return false;
  return true;
}

/** First position in [from, to) at which the ASCII text `what` stands, or -1. */
export function indexOf(bytes: Uint8Array, what: string, from: number, to: number): number {
  const first = what.charCodeAt(0);
  for (let i = bytes.indexOf(first, from); i >= 0 && i + what.length <= to; i = bytes.indexOf(first, i + 1)) {
    if (startsWith(bytes, i, what)) return i;
  }
  return -1;
}

/** Bytes [from, to) in memory of their own. Not `slice`: Node's Buffer is a Uint8Array whose slice is a view. */
export function copyOf(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const copy = new Uint8Array(to - from);
  copy.set(bytes.subarray(from, to));
  return copy;
}

/** The decimal number that begins at `at`; 0 when there is no digit. */
export function decimalAt(bytes: Uint8Array, at: number): number {
  let number = 0;
  for (let p = at; isDigit(bytes[p]); p++) number = number * 10 + (bytes[p] as number) - ZERO;
  return number;
}
