/**
 * Ends of calls that failed, kept as they were read: a log has few (`) = -1 ENOENT (No such file or directory)`), again and again,
 * and comparing one takes a fraction of the time of reading it.
 *
 * Invariant: an end is found only where the same bytes stand; a fixed number of them is kept, each of bounded length.
 */

import type { ReturnKind } from './records.js';
import type { Tail } from './tail.js';
import { viewOf } from './words.js';

const SLOTS_LOG2 = 6;
const LONGEST_LOG2 = 7;
const LONGEST = 1 << LONGEST_LOG2;

/** What was read, its positions counted from the closing parenthesis. */
interface KnownTail {
  length: number;
  kind: ReturnKind;
  value: number;
  errnoId: number;
  valueStart: number;
  numberEnd: number;
  valueEnd: number;
  textStart: number;
  textEnd: number;
}

export class KnownTails {
  private readonly tails = new Array<KnownTail | undefined>(1 << SLOTS_LOG2).fill(undefined);
  private readonly texts = viewOf(new Uint8Array(1 << (SLOTS_LOG2 + LONGEST_LOG2)));

  /** Fills `tail` when a known one ends at `end`, and returns the position of its `)`, not before `from`; else -1. */
  read(view: DataView, from: number, end: number, tail: Tail): number {
    if (end - from < 4) return -1;
    const slot = slotOf(view, end);
    const known = this.tails[slot];
    if (known === undefined || end - known.length < from) return -1;
    const close = end - known.length;
    if (!this.standsAt(view, close, slot, known.length)) return -1;
    tail.kind = known.kind;
    tail.value = known.value;
    tail.errnoId = known.errnoId;
    tail.flags = 0;
    tail.valueStart = close + known.valueStart;
    tail.numberEnd = close + known.numberEnd;
    tail.valueEnd = close + known.valueEnd;
    tail.textStart = close + known.textStart;
    tail.textEnd = close + known.textEnd;
    return close;
  }

  /** Keeps the tail that was read between `close` and `end`. */
  keep(view: DataView, close: number, end: number, tail: Tail): void {
    const length = end - close;
    if (length < 4 || length > LONGEST || tail.textEnd === 0) return;
    const slot = slotOf(view, end);
    const row = slot << LONGEST_LOG2;
    for (let i = 0; i < length; i++) this.texts.setUint8(row + i, view.getUint8(close + i));
    this.tails[slot] = {
      length,
      kind: tail.kind,
      value: tail.value,
      errnoId: tail.errnoId,
      valueStart: tail.valueStart - close,
      numberEnd: tail.numberEnd - close,
      valueEnd: tail.valueEnd - close,
      textStart: tail.textStart - close,
      textEnd: tail.textEnd - close,
    };
  }

  private standsAt(view: DataView, at: number, slot: number, length: number): boolean {
    const { texts } = this;
    const row = slot << LONGEST_LOG2;
    const last = length - 4;
    for (let i = 0; i < last; i += 4) {
      if (view.getInt32(at + i, true) !== texts.getInt32(row + i, true)) return false;
    }
    return view.getInt32(at + last, true) === texts.getInt32(row + last, true);
  }
}

/** By the last four bytes, `ory)`. */
function slotOf(view: DataView, end: number): number {
  return Math.imul(view.getInt32(end - 4, true), 0x9e3779b1) >>> (32 - SLOTS_LOG2);
}
