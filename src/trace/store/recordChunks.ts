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
  /** The chunk that the record added last is in: it is about to be filled. */
  newest = new RecordChunk(0, 0);
  private readonly chunks: RecordChunk[] = [];
  private length = 0;
  /** Records that the newest chunk still has room for. */
  private room = 0;

  constructor(
    private readonly recordsAChunk: number,
    private readonly floatsARecord: number,
    private readonly intsARecord: number,
  ) {}

  /** Makes room for one more record; returns its number. */
  add(): number {
    if (this.room === 0) this.addChunk();
    this.room--;
    return this.length++;
  }

  /** The chunk that a record is in. */
  of(record: number): RecordChunk {
    return this.chunks[Math.floor(record / this.recordsAChunk)] as RecordChunk;
  }
  private addChunk(): void {
    const { recordsAChunk } = this;
    this.newest = new RecordChunk(recordsAChunk * this.floatsARecord, recordsAChunk * this.intsARecord);
    this.chunks.push(this.newest);
    this.room = recordsAChunk;
  }
}
