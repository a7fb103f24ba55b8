/**
 * Short texts that come again and again, decoded once: equal bytes mostly give the same string, without making one.
 *
 * Invariant: what it answers is what `decode` answers; it holds a fixed number of texts of bounded length.
 */

import { decode } from './utf8.js';
import { viewOf } from './words.js';

const SLOTS_LOG2 = 12;
const SLOTS = 1 << SLOTS_LOG2;
const LONGEST_LOG2 = 7;
const LONGEST = 1 << LONGEST_LOG2;

export class TextCache {
  private readonly texts: string[] = new Array<string>(SLOTS).fill('');
  /** The texts' bytes, a row of LONGEST for each: comparing words with words takes a fraction of the time of comparing with a string. */
  private readonly rows = viewOf(new Uint8Array(SLOTS << LONGEST_LOG2));
  private readonly lengths = new Uint8Array(SLOTS);

  /** Text of bytes [from, to), `view` being a view of all of them. */
  text(bytes: Uint8Array, view: DataView, from: number, to: number): string {
    const length = to - from;
    if (length < 4) return this.shortText(bytes, from, to);
    if (length > LONGEST) return decode(bytes, from, to);
    // The last word overlaps the one before it unless the length is a multiple of four.
    const last = to - 4;
    let hash = length ^ view.getInt32(last, true);
    for (let p = from | 0; p < last; p += 4) hash = Math.imul(hash, 0x9e3779b1) ^ view.getInt32(p, true);
    const slot = slotOf(hash);
    if (this.lengths[slot] === length && this.standsAt(view, from, last, slot)) return this.texts[slot] as string;
    for (let i = 0; i < length; i++) this.rows.setUint8((slot << LONGEST_LOG2) + i, bytes[from + i] as number);
    this.lengths[slot] = length;
    return (this.texts[slot] = decode(bytes, from, to));
  }

  /** Of less than a word. */
  private shortText(bytes: Uint8Array, from: number, to: number): string {
    let word = 0;
    for (let p = from | 0; p < to; p++) word = (word << 8) | (bytes[p] as number);
    const slot = slotOf(word ^ (to - from));
    const row = slot << LONGEST_LOG2;
    if (this.lengths[slot] === to - from && this.rows.getInt32(row) === word) return this.texts[slot] as string;
    this.rows.setInt32(row, word);
    this.lengths[slot] = to - from;
    return (this.texts[slot] = decode(bytes, from, to));
  }

  private standsAt(view: DataView, from: number, last: number, slot: number): boolean {
    const { rows } = this;
    const row = slot << LONGEST_LOG2;
    const shift = row - from;
    for (let p = from | 0; p < last; p += 4) {
      if (view.getInt32(p, true) !== rows.getInt32(p + shift, true)) return false;
    }
    return view.getInt32(last, true) === rows.getInt32(last + shift, true);
  }
}

function slotOf(hash: number): number {
  return Math.imul(hash ^ (hash >>> 15), 0x9e3779b1) >>> (32 - SLOTS_LOG2);
}
