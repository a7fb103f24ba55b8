/**
 * The waits that ended last, oldest first: columns of a ring, because every wait comes through here. When there is no room for another
 * one the oldest is forgotten.
 */

import type { Row } from '../../api.js';

const mostRemembered = 64;

export class EndedWaits {
  private readonly rows: Row[] = [];
  private readonly ends: number[] = [];
  private first = 0;
  length = 0;

  add(row: Row, endNs: number): void {
    if (this.length === mostRemembered) this.dropFirst();
    const at = (this.first + this.length) % mostRemembered;
    this.rows[at] = row;
    this.ends[at] = endNs;
    this.length++;
  }

  get firstRow(): Row {
    return this.rows[this.first] as Row;
  }

  get firstEndNs(): number {
    return this.ends[this.first] as number;
  }

  dropFirst(): void {
    this.first = (this.first + 1) % mostRemembered;
    this.length--;
  }
}
