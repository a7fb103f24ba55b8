/**
 * Byte strings → small numbers → one string each, without making a string for a name that was seen before.
 * Invariant: ids are dense, from 0, in order of first appearance, and never change.
 */

import { isNameByte } from './chars.js';
import { decode } from './utf8.js';
import { viewOf } from './words.js';

/** Names beyond this many are not strace's; the limit keeps hostile input from growing the table for ever. */
const maxNames = 16384;

const firstWords = 1024;
/** What `known` finds is shorter than this, and so many names at most are compared. */
const maxKnownBytes = 32;
const maxAlike = 8;

export class Interner {
  readonly names: string[] = [];
  /** All names' bytes one after the other; name i is [offsets[i], offsets[i + 1]). */
  private pool = new Uint8Array(4096);
  private readonly offsets: number[] = [0];
  /** Open addressing: id + 1, or 0 for an empty slot. */
  private slots = new Int32Array(1024);
  /** Names of four bytes and more by what those are: id + 1 of the one seen last, and for each the one before it. */
  private readonly byFirstWord = new Int32Array(firstWords);
  private readonly before: number[] = [];
  private view = viewOf(this.pool);

  /** Id of the name in bytes [from, to) whose `hash31` is `hash`; -1 when the table is full. */
  id(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const { slots, pool, offsets } = this;
    const mask = slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const entry = slots[slot] as number;
      if (entry === 0) return this.add(bytes, from, to, slot);
      let at = offsets[entry - 1] as number;
      if ((offsets[entry] as number) - at === to - from) {
        let i = from;
        while (i < to && pool[at] === bytes[i]) {
          i++;
          at++;
        }
        if (i === to) return entry - 1;
      }
      slot = (slot + 1) & mask;
    }
  }

  /** Id of the name that stands at `at` if it is one of the common ones and no byte of a name follows; -1 tells nothing. */
  known(bytes: Uint8Array, view: DataView, at: number): number {
    if (at + maxKnownBytes > bytes.length) return -1;
    for (let entry = this.byFirstWord[slotOfWord(view.getInt32(at, true))] as number; entry !== 0;) {
      const id = entry - 1;
      if (this.standsAt(view, at, this.offsets[id] as number, this.offsets[entry] as number)) return id;
      entry = this.before[id] as number;
    }
    return -1;
  }

  lengthOf(id: number): number {
    return (this.offsets[id + 1] as number) - (this.offsets[id] as number);
  }

  /** Four bytes at a time, the last four perhaps for the second time. */
  private standsAt(view: DataView, at: number, from: number, to: number): boolean {
    const pool = this.view;
    const shift = at - from;
    const last = to - 4;
    for (let p = from; p < last; p += 4) if (view.getInt32(p + shift, true) !== pool.getInt32(p, true)) return false;
    return (
      view.getInt32(last + shift, true) === pool.getInt32(last, true) && isNameByte[view.getUint8(to + shift)] === 0
    );
  }

  /** True when the name in bytes [from, to) has an id. */
  has(bytes: Uint8Array, from: number, to: number): boolean {
    const { slots, pool, offsets } = this;
    const mask = slots.length - 1;
    const hash = hash31(bytes, from, to);
    for (let slot = (hash ^ (hash >>> 15)) & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const at = offsets[(slots[slot] as number) - 1] as number;
      if ((offsets[slots[slot] as number] as number) - at !== to - from) continue;
      let i = 0;
      while (i < to - from && pool[at + i] === bytes[from + i]) i++;
      if (i === to - from) return true;
    }
    return false;
  }

  /** Same as `id`, hashing here. */
  idOf(bytes: Uint8Array, from: number, to: number): number {
    return this.id(bytes, from, to, hash31(bytes, from, to));
  }

  /** The name as text, interned while there is room. */
  textOf(bytes: Uint8Array, from: number, to: number): string {
    const id = this.idOf(bytes, from, to);
    return id < 0 ? decode(bytes, from, to) : (this.names[id] as string);
  }

  private add(bytes: Uint8Array, from: number, to: number, slot: number): number {
    const id = this.names.length;
    if (id >= maxNames) return -1;
    const start = this.offsets[id] as number;
    const end = start + to - from;
    while (end > this.pool.length) {
      const larger = new Uint8Array(this.pool.length * 2);
      larger.set(this.pool);
      this.pool = larger;
      this.view = viewOf(larger);
    }
    for (let i = from; i < to; i++) this.pool[start + i - from] = bytes[i] as number;
    this.names.push(internalized(decode(bytes, from, to)));
    this.offsets.push(end);
    this.list(id, start, end);
    this.slots[slot] = id + 1;
    if (this.names.length * 2 > this.slots.length) this.rehash();
    return id;
  }

  /** Lets `known` find the name, unless it is too short, too long, or too many begin like it. */
  private list(id: number, start: number, end: number): void {
    this.before.push(0);
    if (end - start < 4 || end - start >= maxKnownBytes) return;
    const slot = slotOfWord(this.view.getInt32(start, true));
    let alike = 0;
    for (let entry = this.byFirstWord[slot] as number; entry !== 0; entry = this.before[entry - 1] as number) alike++;
    if (alike === maxAlike) return;
    this.before[id] = this.byFirstWord[slot] as number;
    this.byFirstWord[slot] = id + 1;
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 0; id < this.names.length; id++) {
      const hash = hash31(this.pool, this.offsets[id] as number, this.offsets[id + 1] as number);
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.slots = slots;
  }
}

const slotOfWord = (word: number): number => Math.imul(word, 0x9e3779b1) >>> 22;

/** The same text as engines keep property names: comparing it with a literal, or looking it up, is then comparing pointers. */
function internalized(text: string): string {
  return Object.keys({ [text]: 0 })[0] ?? text;
}

function hash31(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0;
  for (let i = from; i < to; i++) hash = (Math.imul(hash, 31) + (bytes[i] as number)) | 0;
  return hash;
}
