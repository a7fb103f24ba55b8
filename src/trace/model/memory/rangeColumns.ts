/**
 * Ranges of addresses that do not overlap, sorted, with a number for each: in typed columns, because every mmap and munmap looks for its
 * place among them, and objects that lie anywhere in memory take longer to look at than all the rest of the call.
 */

const FIRST_CAPACITY = 16;
/** To move fewer one by one is faster than to call something that moves them. */
const FEW = 64;

export class RangeColumns {
  length = 0;
  /** Start and end of each. */
  private bounds = new Float64Array(0);
  private numbers = new Int32Array(0);

  start(index: number): number {
    return this.bounds[index * 2] as number;
  }

  end(index: number): number {
    return this.bounds[index * 2 + 1] as number;
  }

  number(index: number): number {
    return this.numbers[index] as number;
  }

  /** Index of the first range that ends after an address. */
  indexAt(address: number): number {
    const { bounds } = this;
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((bounds[middle * 2 + 1] as number) <= address) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  set(index: number, start: number, end: number, number: number): void {
    this.bounds[index * 2] = start;
    this.bounds[index * 2 + 1] = end;
    this.numbers[index] = number;
  }

  /** Puts `added` places where `removed` ranges are; they are to be set then. */
  resize(at: number, removed: number, added: number): void {
    if (removed === added) return;
    const from = at + removed;
    const to = at + added;
    const count = this.length - from;
    if (to + count > this.numbers.length) this.grow(to + count);
    if (count > FEW) {
      this.bounds.copyWithin(to * 2, from * 2, this.length * 2);
      this.numbers.copyWithin(to, from, this.length);
    } else if (to < from) for (let i = 0; i < count; i++) this.move(from + i, to + i);
    else for (let i = count - 1; i >= 0; i--) this.move(from + i, to + i);
    this.length = to + count;
  }

  private move(from: number, to: number): void {
    const { bounds, numbers } = this;
    bounds[to * 2] = bounds[from * 2] as number;
    bounds[to * 2 + 1] = bounds[from * 2 + 1] as number;
    numbers[to] = numbers[from] as number;
  }

  private grow(least: number): void {
    const capacity = Math.max(FIRST_CAPACITY, least, this.numbers.length * 2);
    const { bounds, numbers } = this;
    this.bounds = new Float64Array(capacity * 2);
    this.bounds.set(bounds);
    this.numbers = new Int32Array(capacity);
    this.numbers.set(numbers);
  }
}
