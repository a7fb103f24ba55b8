/** Values that belong to lines of a text, and follow them through edits. Pure; an edit costs as much as there are values. */

/** One edit: the lines that it replaces (from 0, both meant), and what stands in their place. */
export interface LineEdit {
  startLine: number;
  endLine: number;
  /** Line ends in the new text. */
  newLines: number;
  /** Only blanks stand before the edit on its first line: what was written there moves with the edit's end, or is gone. */
  fromLineStart: boolean;
}

export class TrackedLines<T> {
  #entries: { line: number; value: T }[];

  /** `values` by line, from 0. */
  constructor(values: Iterable<readonly [line: number, value: T]>) {
    this.#entries = [...values].map(([line, value]) => ({ line, value }));
  }

  at(line: number): T | undefined {
    return this.#entries.find(entry => entry.line === line)?.value;
  }

  /** Lines as they are now. */
  [Symbol.iterator](): Iterator<readonly [line: number, value: T]> {
    return this.#entries.map(({ line, value }) => [line, value] as const)[Symbol.iterator]();
  }

  /** @returns whether a line with a value is gone. */
  edit({ startLine, endLine, newLines, fromLineStart }: LineEdit): boolean {
    const shift = newLines - (endLine - startLine);
    if (shift === 0 && startLine === endLine) return false;
    let gone = false;
    this.#entries = this.#entries.filter(entry => {
      const { line } = entry;
      if (line < startLine || (line === startLine && !fromLineStart)) return true;
      if (line >= endLine) {
        entry.line = line + shift;
        return true;
      }
      gone = true;
      return false;
    });
    return gone;
  }
}
