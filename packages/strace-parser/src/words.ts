/**
 * Bytes four at a time: a processor takes as long for a word as for one byte, and its bounds are checked once.
 * Words are little-endian and may begin anywhere; beyond the bytes' end they throw.
 */

import { LF } from './chars.js';

const lineEnds = 0x0a0a0a0a;
const zeros = 0x30303030;
const none = new Uint8Array(0);

/** The view of the bytes that are being read: made once for a chunk, not for each line of it. */
export class Words {
  private bytes: Uint8Array = none;
  private view = viewOf(none);

  of(bytes: Uint8Array): DataView {
    return bytes === this.bytes ? this.view : this.look(bytes);
  }

  private look(bytes: Uint8Array): DataView {
    this.bytes = bytes;
    return (this.view = viewOf(bytes));
  }
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Position of the LF that ends the line, -1 when none does. */
export function lineEndFrom(bytes: Uint8Array, view: DataView, at: number): number {
  const last = bytes.length - 4;
  let p = at | 0;
  for (; p <= last; p += 4) {
    const different = view.getInt32(p, true) ^ lineEnds;
    // The highest bit of each byte that is 0 (and perhaps of those after it: the first is looked for).
    const found = (different - 0x01010101) & ~different & 0x80808080;
    if (found !== 0) return p + ((31 - Math.clz32(found & -found)) >> 3);
  }
  for (; p < bytes.length; p++) if (bytes[p] === LF) return p;
  return -1;
}

/** Six digits as a number, or -1 when one of them is no digit. */
export function sixDigits(view: DataView, at: number): number {
  const high = view.getInt32(at, true) ^ zeros;
  const low = view.getInt32(at + 2, true) ^ zeros;
  // A byte that is no digit has now something in its upper half, or gets it when 6 is added.
  if (((high | low | (high + 0x06060606) | (low + 0x06060606)) & 0xf0f0f0f0) !== 0) return -1;
  const pairs = (high * 10 + (high >> 8)) & 0xff00ff;
  const last = (low * 10 + (low >> 8)) >> 16;
  return ((pairs & 0xff) * 100 + (pairs >> 16)) * 100 + (last & 0xff);
}
