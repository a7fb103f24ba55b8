/**
 * Append-only lists of numbers that keep their items in one typed array and grow by half.
 *
 * Invariant: what was pushed keeps its index; nothing is ever removed from the front.
 */

const FIRST_CAPACITY = 8;

type NumberArray = Uint32Array | Float64Array;

/** A longer copy of a typed array, its new places zero. */
function grown<T extends NumberArray>(make: (length: number) => T, old: T): T {
  const bigger = make(Math.max(FIRST_CAPACITY, Math.ceil(old.length * 1.5)));
  bigger.set(old);
  return bigger;
}

const makeUint32 = (length: number): Uint32Array => new Uint32Array(length);
const makeFloat64 = (length: number): Float64Array => new Float64Array(length);

export class Uint32List {
  private items: Uint32Array = new Uint32Array(0);
  private used = 0;

  get length(): number {
    return this.used;
  }

  push(item: number): void {
    if (this.used === this.items.length) this.items = grown(makeUint32, this.items);
    this.items[this.used++] = item;
  }

  at(index: number): number {
    return this.items[index] as number;
  }

  /** Index of the first item that is at least `item`, from `from` on; `length` when there is none. For sorted lists. */
  lowerBound(item: number, from = 0): number {
    // Galloping first: callers that walk forward find their next item a few steps away.
    let low = from;
    let high = this.used;
    for (let step = 1; low < high; step *= 2) {
      const probe = low + step - 1;
      if (probe >= high) break;
      if (this.at(probe) >= item) {
        high = probe;
        break;
      }
      low = probe + 1;
    }
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle) < item) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** -1 when the item is not in the list, which need not be sorted. */
  lastIndexOf(item: number): number {
    let index = this.used - 1;
    while (index >= 0 && this.items[index] !== item) index--;
    return index;
  }

  has(item: number): boolean {
    const index = this.lowerBound(item);
    return index < this.used && this.at(index) === item;
  }

  /** Puts an item where a sorted list wants it; meant for places near the end. Does nothing when it is there already. */
  insertSorted(item: number): void {
    if (this.used === 0 || this.at(this.used - 1) < item) {
      this.push(item);
      return;
    }
    const index = this.lowerBound(item);
    if (this.at(index) === item) return;
    this.push(0);
    this.items.copyWithin(index + 1, index, this.used - 1);
    this.items[index] = item;
  }
}

export class Float64List {
  private items: Float64Array = new Float64Array(0);
  private used = 0;

  get length(): number {
    return this.used;
  }

  push(item: number): void {
    if (this.used === this.items.length) this.items = grown(makeFloat64, this.items);
    this.items[this.used++] = item;
  }

  at(index: number): number {
    return this.items[index] as number;
  }
}
