/**
 * From a place in the log to its line number: the position of every 256th line is kept, the rest is counted when asked.
 */

import { Float64List, Uint32List } from './growable.js';
import { countLines, type LogReader } from './logReader.js';

const LINES_A_MARK = 256;

export class LineIndex {
  private readonly lines = new Uint32List();
  private readonly positions = new Float64List();
  private nextLine = 0;

  constructor(private readonly log: LogReader) {}

  /** Told of lines in the order of the log. */
  pass(line: number, byteStart: number): void {
    if (line < this.nextLine) return;
    this.lines.push(line);
    this.positions.push(byteStart);
    this.nextLine = line + LINES_A_MARK;
  }

  /** Number, from 0, of the line that begins at (or holds) a position. */
  lineAt(byteStart: number): number {
    let low = 0;
    let high = this.positions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.positions.at(middle) <= byteStart) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return countLines(this.log, 0, byteStart);
    const from = this.positions.at(low - 1);
    return this.lines.at(low - 1) + countLines(this.log, from, byteStart);
  }
}
