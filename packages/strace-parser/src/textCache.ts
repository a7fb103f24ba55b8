/**
 * Short texts that come again and again, decoded once: equal bytes mostly give the same string, without making one.
 *
 * Invariant: what it answers is what `decode` answers; it holds a fixed number of texts of bounded length.
 */

import { decode } from './utf8.js';

const SLOTS_LOG2 = 12;
const SLOTS = 1 << SLOTS_LOG2;
const LONGEST_LOG2 = 7;
const LONGEST = 1 << LONGEST_LOG2;

export class TextCache {
  private readonly texts: string[] = new Array<string>(SLOTS).fill('');
  /** The texts' bytes, a row of LONGEST for each: comparing bytes with bytes takes a fraction of the time of comparing with a string. */
  private readonly bytes = new Uint8Array(SLOTS << LONGEST_LOG2);
  private readonly lengths = new Uint8Array(SLOTS);

  text(bytes: Uint8Array, from: number, to: number): string {
    const length = to - from;
    if (length > LONGEST) return decode(bytes, from, to);
    let hash = length;
    let next = from;
    // Four at a time: a processor works on them side by side, and waits for the product only once.
    for (; next + 4 <= to; next += 4) {
      const pair = (bytes[next] as number) * 31 + (bytes[next + 1] as number);
      hash =
        (Math.imul(hash, 923521) + pair * 961 + (bytes[next + 2] as number) * 31 + (bytes[next + 3] as number)) | 0;
    }
    for (; next < to; next++) hash = (Math.imul(hash, 31) + (bytes[next] as number)) | 0;
    const slot = Math.imul(hash, 0x9e3779b1) >>> (32 - SLOTS_LOG2);
    const row = slot << LONGEST_LOG2;
    if (this.lengths[slot] === length) {
      const known = this.bytes;
      let i = 0;
      while (i < length && known[row + i] === bytes[from + i]) i++;
      if (i === length) return this.texts[slot] as string;
    }
    for (let i = 0; i < length; i++) this.bytes[row + i] = bytes[from + i] as number;
    this.lengths[slot] = length;
    return (this.texts[slot] = decode(bytes, from, to));
  }
}
