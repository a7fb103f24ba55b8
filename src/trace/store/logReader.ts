/**
 * Reads pieces of the log back: the store keeps positions, the log keeps the text. Reading is synchronous, because a query is one
 * step of the worker; pieces are a few hundred bytes and in the page cache.
 */

export interface LogReader {
  /** The bytes [start, end) of the log, fewer at its end. Throws when the log cannot be read any more. */
  read(start: number, end: number): Uint8Array;
}

const NEWLINE = 0x0a;
const FIRST_GUESS_BYTES = 512;
/** No view shows more of a line than this; strace's own lines end long before. */
const LONGEST_LINE_BYTES = 16 * 1024 * 1024;

/** A log in memory: tests, and text that was handed over whole. */
export class MemoryLog implements LogReader {
  private readonly pieces: Uint8Array[] = [];
  private whole = new Uint8Array(0);

  append(chunk: Uint8Array): void {
    this.pieces.push(chunk.slice());
  }

  read(start: number, end: number): Uint8Array {
    if (this.pieces.length > 0) {
      const joined = new Uint8Array(this.pieces.reduce((sum, piece) => sum + piece.length, this.whole.length));
      joined.set(this.whole);
      let at = this.whole.length;
      for (const piece of this.pieces.splice(0)) {
        joined.set(piece, at);
        at += piece.length;
      }
      this.whole = joined;
    }
    return this.whole.subarray(start, end);
  }
}

/** The bytes of the line that begins at `start`, its line end included when there is one. */
export function readLine(log: LogReader, start: number): Uint8Array {
  for (let size = FIRST_GUESS_BYTES; ; size *= 8) {
    const bytes = log.read(start, start + size);
    const end = bytes.indexOf(NEWLINE);
    if (end >= 0) return bytes.subarray(0, end + 1);
    if (bytes.length < size || size >= LONGEST_LINE_BYTES) return bytes;
  }
}

/** Number of line ends in [start, end). */
export function countLines(log: LogReader, start: number, end: number): number {
  let lines = 0;
  const bytes = log.read(start, end);
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}
