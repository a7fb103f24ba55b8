/** Pixels as numbers: four bytes in the order of an ImageData. */

/** Fills [from, to). Most runs are a few pixels: a call of `fill` costs more than they do. */
export function run(pixels: Uint32Array, from: number, to: number, colour: number): void {
  if (to - from > 24) pixels.fill(colour, from, to);
  else for (let x = from; x < to; x++) pixels[x] = colour;
}

/** Two opaque pixels mixed; `part` of the second. */
export function blend(a: number, b: number, part: number): number {
  let mixed = 0xff000000;
  for (const shift of [0, 8, 16]) {
    const x = (a >>> shift) & 255;
    const y = (b >>> shift) & 255;
    mixed |= Math.round(x + (y - x) * part) << shift;
  }
  return mixed >>> 0;
}

/** Runs of a row with the colours of their first and last pixel. The room is kept from lane to lane: frames should make no garbage. */
export class RunList {
  from = new Uint32Array(256);
  to = new Uint32Array(256);
  first = new Uint32Array(256);
  last = new Uint32Array(256);
  length = 0;

  add(from: number, to: number, first: number, last: number): void {
    const at = this.length++;
    if (at === this.from.length) this.#grow();
    this.from[at] = from;
    this.to[at] = to;
    this.first[at] = first;
    this.last[at] = last;
  }

  /** Lengthens the last run when the new one, which starts no earlier, touches it. */
  join(from: number, to: number): void {
    const last = this.length - 1;
    const end = this.to[last] ?? 0;
    if (last >= 0 && from <= end) this.to[last] = Math.max(end, to);
    else this.add(from, to, 0, 0);
  }

  #grow(): void {
    const longer = (old: Uint32Array): Uint32Array<ArrayBuffer> => {
      const items = new Uint32Array(old.length * 2);
      items.set(old);
      return items;
    };
    this.from = longer(this.from);
    this.to = longer(this.to);
    this.first = longer(this.first);
    this.last = longer(this.last);
  }
}
