/**
 * strace's string escapes, both ways: `\n \t \r \f \v \" \\`, one to three octal digits, `\xHH` under -x and -xx.
 */

import { BACKSLASH, copyOf, hexDigit } from './chars.js';
import { decode, encode } from './utf8.js';

/** What stands after a backslash → byte; every other character stands for itself. */
const letters = new Uint8Array(128).map((_, code) => code);
for (const [letter, byte] of Object.entries({ n: 10, t: 9, r: 13, f: 12, v: 11, a: 7, b: 8, e: 27 })) {
  letters[letter.charCodeAt(0)] = byte;
}

/** The bytes that `text`, as printed between quotes, stands for. Never throws: a lone backslash stands for itself. */
export function unescape(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let p = 0; p < text.length; p++) {
    const c = text.charCodeAt(p);
    if (c >= 0x80) return unescapeBytes(encode(text));
    const next = text.charCodeAt(p + 1);
    if (c !== BACKSLASH || next !== next || next >= 0x80) {
      bytes[length++] = c;
      continue;
    }
    const escaped =
      next >= 0x30 && next <= 0x37 ? readOctal(text, p + 1) : next === 0x78 ? readHex(text, p + 2) : undefined;
    if (escaped === undefined) {
      bytes[length++] = letters[next] as number;
      p++;
    } else {
      bytes[length++] = escaped & 0xff;
      p += escaped >> 8;
    }
  }
  return length === text.length ? bytes : copyOf(bytes, 0, length);
}

/** Text that is not plain ASCII: each of its bytes as a character, and the same again. */
function unescapeBytes(raw: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let start = 0; start < raw.length;) {
    let end = start;
    while (end < raw.length && (raw[end] as number) < 0x80) end++;
    const plain = unescape(decode(raw, start, end));
    start = end;
    while (end < raw.length && (raw[end] as number) >= 0x80) end++;
    parts.push(plain, raw.subarray(start, end));
    size += plain.length + end - start;
    start = end;
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** One to three octal digits: the value, and above its eight bits how many characters to step over. */
function readOctal(text: string, at: number): number {
  let value = 0;
  let digits = 0;
  for (let c = text.charCodeAt(at); digits < 3 && c >= 0x30 && c <= 0x37; c = text.charCodeAt(at + digits)) {
    value = value * 8 + c - 0x30;
    digits++;
  }
  return (value & 0xff) | (digits << 8);
}

/** One or two hexadecimal digits after `\x`, packed like `readOctal`; undefined when there are none. */
function readHex(text: string, at: number): number | undefined {
  const first = hexDigit(text.charCodeAt(at));
  if (first < 0) return undefined;
  const second = hexDigit(text.charCodeAt(at + 1));
  return second < 0 ? first | (2 << 8) : (first * 16 + second) | (3 << 8);
}

const shorthand: Record<number, string> = {
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
};

/** Bytes as strace prints names between angle brackets: `<` and `>` escaped, too, octal as short as the next byte allows. */
export function escape(bytes: Uint8Array): string {
  let text = '';
  bytes.forEach((byte, i) => {
    const short = shorthand[byte];
    if (short !== undefined) text += short;
    else if (byte >= 0x20 && byte < 0x7f && byte !== 0x3c && byte !== 0x3e) text += String.fromCharCode(byte);
    else {
      const next = bytes[i + 1];
      const digitFollows = next !== undefined && next >= 0x30 && next <= 0x39;
      text += '\\' + byte.toString(8).padStart(digitFollows ? 3 : 1, '0');
    }
  });
  return text;
}
