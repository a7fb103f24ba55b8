/**
 * strace's string escapes, both ways: `\n \t \r \f \v \" \\`, one to three octal digits, `\xHH` under -x and -xx.
 */

import { BACKSLASH, hexDigit } from './chars.js';
import { encode } from './utf8.js';

const letters: Record<string, number> = { n: 10, t: 9, r: 13, f: 12, v: 11, a: 7, b: 8, e: 27 };

/** The bytes that `text`, as printed between quotes, stands for. Never throws: a lone backslash stands for itself. */
export function unescape(text: string): Uint8Array {
  const raw = encode(text);
  if (!text.includes('\\')) return raw;
  const bytes = new Uint8Array(raw.length);
  let length = 0;
  for (let p = 0; p < raw.length; p++) {
    const c = raw[p] as number;
    const next = raw[p + 1];
    if (c !== BACKSLASH || next === undefined) bytes[length++] = c;
    else if (next >= 0x30 && next <= 0x37) {
      let value = 0;
      let digits = 0;
      for (; digits < 3 && isOctal(raw[p + 1 + digits]); digits++)
        value = value * 8 + (raw[p + 1 + digits] as number) - 0x30;
      bytes[length++] = value & 0xff;
      p += digits;
    } else if (next === 0x78 && hexDigit(raw[p + 2]) >= 0) {
      const two = hexDigit(raw[p + 3]) >= 0;
      bytes[length++] = two ? hexDigit(raw[p + 2]) * 16 + hexDigit(raw[p + 3]) : hexDigit(raw[p + 2]);
      p += two ? 3 : 2;
    } else {
      bytes[length++] = letters[String.fromCharCode(next)] ?? next;
      p++;
    }
  }
  return bytes.subarray(0, length);
}

function isOctal(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x37;
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
