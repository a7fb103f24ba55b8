/** Where each transfer of a stream ends: rows in the order of their returns, and the bytes moved until then. */

import type { Row } from '../../api.js';
import { Float64List, Uint32List } from '../../store/growable.js';
import { NO_RECORD } from '../../store/recordChunks.js';
import type { TransferLog } from './transferLog.js';

export class Positions {
  total = 0;
  /** Newest record of its chain in the log. */
  private last = NO_RECORD;
  private known: Columns | undefined;

  constructor(private readonly log: TransferLog) {}

  add(bytes: number, row: Row): void {
    this.total += bytes;
    this.last = this.log.add(row, this.total, this.last);
  }

  /** Bytes moved by the transfers that had returned at a time. */
  totalAt(atNs: number, endNsOf: (row: Row) => number): number {
    if (atNs === Number.POSITIVE_INFINITY) return this.total;
    const { rows, ends } = this.columns();
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (endNsOf(rows.at(middle)) <= atNs) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? 0 : ends.at(low - 1);
  }

  /** Rows of `others` whose byte range meets the range of `row` here. */
  meeting(row: Row, others: Positions): Row[] {
    const { rows, ends } = this.columns();
    // Rows are handed out at a call's entry and positions at its return, so rows are only nearly sorted: search from the end.
    const i = rows.lastIndexOf(row);
    if (i < 0) return [];
    const from = i === 0 ? 0 : ends.at(i - 1);
    const to = ends.at(i);
    const theirs = others.columns();
    const found: Row[] = [];
    for (let k = lowerBound(theirs.ends, from + 1); k < theirs.ends.length; k++) {
      const start = k === 0 ? 0 : theirs.ends.at(k - 1);
      if (start >= to) break;
      found.push(theirs.rows.at(k));
    }
    return found;
  }

  /** Where the bytes of a row end; NaN when it moved none. */
  endOf(row: Row): number {
    const { rows, ends } = this.columns();
    const i = rows.lastIndexOf(row);
    return i < 0 ? Number.NaN : ends.at(i);
  }

  /** Of the rows whose bytes begin before a position, the last that a condition holds for; only the nearest are asked. */
  lastBefore(position: number, holds: (row: Row) => boolean): Row | undefined {
    if (!(position > 0)) return undefined;
    const { rows, ends } = this.columns();
    const last = Math.min(lowerBound(ends, position), rows.length - 1);
    for (let i = last; i >= 0 && i > last - mostAsked; i--) if (holds(rows.at(i))) return rows.at(i);
    return undefined;
  }

  firstAfter(row: Row): Row | undefined {
    const { rows } = this.columns();
    const i = lowerBound(rows, row + 1);
    return i < rows.length ? rows.at(i) : undefined;
  }

  /** The transfers in columns, for searching: few streams are ever asked, and those again and again. */
  private columns(): Columns {
    this.known ??= { rows: new Uint32List(), ends: new Float64List(), last: NO_RECORD };
    const { known } = this;
    if (known.last !== this.last) this.log.copyAfter(known.last, this.last, known.rows, known.ends);
    known.last = this.last;
    return known;
  }
}

interface Columns {
  readonly rows: Uint32List;
  readonly ends: Float64List;
  /** The newest record that is in them. */
  last: number;
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
