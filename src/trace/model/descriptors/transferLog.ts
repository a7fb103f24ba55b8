/**
 * All transfers through streams, in the order of their returns, as records of 16 bytes. The records of one direction of a stream form
 * a chain from the last to the first: writing them all side by side costs a fraction of writing to a list of each stream.
 */

import type { Row } from '../../api.js';
import type { Float64List, Uint32List } from '../../store/growable.js';
import { RecordChunks } from '../../store/recordChunks.js';

const RECORDS_A_CHUNK = 4096;
const INTS = 2;

// 32-bit cells of a record; its 64-bit cell is where the transfer ends.
const ROW = 0;
const PREVIOUS = 1;

export class TransferLog {
  private readonly records = new RecordChunks(RECORDS_A_CHUNK, 1, INTS);

  /** Puts a transfer at the end of a chain; returns its record. */
  add(row: Row, end: number, previous: number): number {
    const record = this.records.add();
    const { floats, ints } = this.records.newest;
    const at = record % RECORDS_A_CHUNK;
    floats[at] = end;
    ints[at * INTS + ROW] = row;
    ints[at * INTS + PREVIOUS] = previous;
    return record;
  }

  /** Adds what a chain has after one of its records (NO_RECORD: all), oldest first, to lists of rows and ends. */
  copyAfter(known: number, last: number, rows: Uint32List, ends: Float64List): void {
    const added: number[] = [];
    for (let r = last; r !== known; r = this.cell(r, PREVIOUS)) added.push(r);
    for (const r of added.reverse()) {
      rows.push(this.cell(r, ROW));
      ends.push(this.records.of(r).floats[r % RECORDS_A_CHUNK] as number);
    }
  }

  private cell(record: number, cell: number): number {
    return this.records.of(record).ints[(record % RECORDS_A_CHUNK) * INTS + cell] as number;
  }
}
