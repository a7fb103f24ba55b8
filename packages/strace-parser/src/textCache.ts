/**
 * Short texts that come again and again, decoded once: equal bytes mostly give the same string, without making one.
 *
 * Invariant: what it answers is what `decode` answers; it holds a fixed number of texts of bounded length.
 */

import { decode } from './utf8.js';

const SLOTS = 4096;
const LONGEST = 96;

export class TextCache {
  private readonly slots: string[] = new Array<string>(SLOTS).fill('');

  text(bytes: Uint8Array, from: number, to: number): string {
    if (to - from > LONGEST) return decode(bytes, from, to);
    let hash = to - from;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    const known = this.slots[slot] as string;
    if (isText(known, bytes, from, to)) return known;
    return (this.slots[slot] = decode(bytes, from, to));
  }
}

/** True when a text is these bytes; only ever for ASCII, where a byte is a character. */
function isText(text: string, bytes: Uint8Array, from: number, to: number): boolean {
  if (text.length !== to - from) return false;
  for (let i = from; i < to; i++)
    if ((bytes[i] as number) >= 0x80 || text.charCodeAt(i - from) !== bytes[i]) return false;
  return true;
}
