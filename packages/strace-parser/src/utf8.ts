/**
 * Text from bytes and back, with no help from the platform: the core must run where neither Node nor the DOM is.
 * Malformed input becomes U+FFFD; nothing throws.
 */

const chunkChars = 8192;

/** Decodes bytes [from, to) as UTF-8. */
export function decode(bytes: Uint8Array, from: number, to: number): string {
  if (to - from <= chunkChars && isAscii(bytes, from, to)) return fromCodes(bytes.subarray(from, to));
  let text = '';
  let units: number[] = [];
  let at = from;
  while (at < to) {
    const lead = bytes[at] as number;
    if (lead < 0x80) {
      units.push(lead);
      at++;
    } else {
      const length = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
      const point = length === 0 || lead >= 0xf5 ? -1 : continued(bytes, at, to, length);
      if (point < 0) {
        units.push(0xfffd);
        at++;
      } else {
        if (point < 0x10000) units.push(point);
        else units.push(0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff));
        at += length;
      }
    }
    if (units.length >= chunkChars) {
      text += String.fromCharCode(...units);
      units = [];
    }
  }
  return text + String.fromCharCode(...units);
}

function isAscii(bytes: Uint8Array, from: number, to: number): boolean {
  let bits = 0;
  for (let i = from; i < to; i++) bits |= bytes[i] as number;
  return bits < 0x80;
}

/** `fromCharCode` takes anything that has a length; its type asks for an array. */
const fromCodes = (codes: Uint8Array): string => Reflect.apply(String.fromCharCode, undefined, codes);

/** Code point of a multi-byte sequence, or -1 when it is cut, overlong or a surrogate. */
function continued(bytes: Uint8Array, at: number, to: number, length: number): number {
  if (at + length > to) return -1;
  let point = (bytes[at] as number) & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    const next = bytes[at + i] as number;
    if ((next & 0xc0) !== 0x80) return -1;
    point = (point << 6) | (next & 0x3f);
  }
  const least = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000;
  return point < least || point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? -1 : point;
}

/** Encodes text as UTF-8; a lone surrogate becomes U+FFFD. */
export function encode(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    let point = text.codePointAt(i) as number;
    if (point > 0xffff) i++;
    else if (point >= 0xd800 && point < 0xe000) point = 0xfffd;
    if (point < 0x80) bytes[at++] = point;
    else if (point < 0x800) {
      bytes[at++] = 0xc0 | (point >> 6);
      bytes[at++] = 0x80 | (point & 0x3f);
    } else if (point < 0x10000) {
      bytes[at++] = 0xe0 | (point >> 12);
      bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[at++] = 0x80 | (point & 0x3f);
    } else {
      bytes[at++] = 0xf0 | (point >> 18);
      bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
      bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[at++] = 0x80 | (point & 0x3f);
    }
  }
  return bytes.subarray(0, at);
}
