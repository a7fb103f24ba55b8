/** Where each transfer of a stream ends: rows in the order of their returns, and the bytes moved until then. */

import type { Row } from '../../api.js';
import { Float64List, Uint32List } from '../../store/growable.js';

export class Positions {
  total = 0;
  private readonly rows = new Uint32List();
  private readonly ends = new Float64List();

  add(bytes: number, row: Row): void {
    this.total += bytes;
    this.rows.push(row);
    this.ends.push(this.total);
  }

  /** Bytes moved by the transfers that had returned at a time. */
  totalAt(atNs: number, endNsOf: (row: Row) => number): number {
    if (atNs === Number.POSITIVE_INFINITY) return this.total;
    let low = 0;
    let high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (endNsOf(this.rows.at(middle)) <= atNs) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? 0 : this.ends.at(low - 1);
  }

  /** Rows of `others` whose byte range meets the range of `row` here. */
  meeting(row: Row, others: Positions): Row[] {
    // Rows are handed out at a call's entry and positions at its return, so rows are only nearly sorted: search from the end.
    const i = this.rows.lastIndexOf(row);
    if (i < 0) return [];
    const from = i === 0 ? 0 : this.ends.at(i - 1);
    const to = this.ends.at(i);
    const found: Row[] = [];
    for (let k = lowerBound(others.ends, from + 1); k < others.ends.length; k++) {
      const start = k === 0 ? 0 : others.ends.at(k - 1);
      if (start >= to) break;
      found.push(others.rows.at(k));
    }
    return found;
  }

  /** Where the bytes of a row end; NaN when it moved none. */
  endOf(row: Row): number {
    const i = this.rows.lastIndexOf(row);
    return i < 0 ? Number.NaN : this.ends.at(i);
  }

  /** Of the rows whose bytes begin before a position, the last that a condition holds for; only the nearest are asked. */
  lastBefore(position: number, holds: (row: Row) => boolean): Row | undefined {
    if (!(position > 0)) return undefined;
    const last = Math.min(lowerBound(this.ends, position), this.rows.length - 1);
    for (let i = last; i >= 0 && i > last - mostAsked; i--) if (holds(this.rows.at(i))) return this.rows.at(i);
    return undefined;
  }

  firstAfter(row: Row): Row | undefined {
    const i = lowerBound(this.rows, row + 1);
    return i < this.rows.length ? this.rows.at(i) : undefined;
  }
}

const mostAsked = 64;

function lowerBound(sorted: Uint32List | Float64List, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted.at(middle) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
