/**
 * Records of a fixed number of 64-bit and 32-bit cells, for what there can be millions of: kept in chunks, so that growing copies
 * nothing. A record keeps its number. Cells of record r are at (r % recordsAChunk) times their number a record in its chunk.
 */

/** End of a chain of records. */
export const NO_RECORD = -1;

/** A class, not a literal: engines take a literal's second object for a change of the first, and throw away code made for it. */
class RecordChunk {
  readonly floats: Float64Array;
  readonly ints: Int32Array;

  constructor(floats: number, ints: number) {
    this.floats = new Float64Array(floats);
    this.ints = new Int32Array(ints);
  }
}

export class RecordChunks {
  private readonly chunks: RecordChunk[] = [];
  private length = 0;

  constructor(
    private readonly recordsAChunk: number,
    private readonly floatsARecord: number,
    private readonly intsARecord: number,
  ) {}

  /** Makes room for one more record; returns its number. */
  add(): number {
    const { recordsAChunk } = this;
    if (this.length % recordsAChunk === 0)
      this.chunks.push(new RecordChunk(recordsAChunk * this.floatsARecord, recordsAChunk * this.intsARecord));
    return this.length++;
  }

  /** The chunk that a record is in. */
  of(record: number): RecordChunk {
    return this.chunks[Math.floor(record / this.recordsAChunk)] as RecordChunk;
  }
}
