/**
 * The files of `strace -ff -o LOG` (LOG.1234, LOG.1235, …: one for each thread, no pid in the lines) as one log in the style of
 * `-f -o`: lines in the order of their times, each with its thread's id before it.
 *
 * Invariants: every byte of every line is kept; lines of one thread keep their order; lines without a time (stack frames, hex
 * dumps, tables) stay behind the line they belong to.
 */

import { CR, LF, isDigit, startsWith } from './chars.js';
import { PrefixReader, TimeKind } from './prefix.js';
import { encode } from './utf8.js';
import { Words } from './words.js';

export interface SetFile {
  /** Thread id: the number that the file's name ends with. */
  pid: number;
  bytes: Uint8Array;
}

/** Thread id in the name of a file of a set (`log.1234` → 1234); undefined when the name ends with none. */
export function pidOfSetFile(name: string): number | undefined {
  const digits = /\.(\d{1,7})$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/**
 * Merges a set. Without times in the files (no -r, -t, -tt or -ttt) nothing tells the order: files follow one another.
 * @returns one log; give it to `parse` or to a `StraceParser`
 */
export function mergeSet(files: readonly SetFile[]): Uint8Array {
  const cursors = files.map(file => new Cursor(file)).filter(cursor => cursor.more);
  const base = cursors.reduce(
    (least, cursor) => (cursor.originNs < least ? cursor.originNs : least),
    cursors[0]?.originNs ?? 0n,
  );
  for (const cursor of cursors) cursor.offsetNs = Number(cursor.originNs - base);
  const size = cursors.reduce((sum, cursor) => sum + cursor.mergedSize(), 0);
  const merged = new Uint8Array(size);
  let length = 0;
  const heap = new Heap(cursors);
  for (let cursor = heap.least; cursor !== undefined; cursor = heap.least) {
    length = cursor.copyLine(merged, length);
    heap.settle();
  }
  return merged.subarray(0, length);
}

/** Walks one file line by line. */
class Cursor {
  more = true;
  originNs = 0n;
  offsetNs = 0;
  private readonly prefix = new PrefixReader(new Words());
  private readonly label: Uint8Array;
  private start = 0;
  private end = 0;
  private ownNs = 0;
  private timed = false;

  constructor(private readonly file: SetFile) {
    this.label = encode(String(file.pid).padEnd(5) + ' ');
    this.advance();
    this.originNs = this.prefix.origin.ns;
  }

  /** Time of the current line, comparable between files. */
  get timeNs(): number {
    return this.offsetNs + this.ownNs;
  }

  mergedSize(): number {
    let lines = 1;
    for (const byte of this.file.bytes) if (byte === LF) lines++;
    return this.file.bytes.length + 1 + lines * this.label.length;
  }

  /** Copies the current line, with the lines that belong to it, and goes on to the next. */
  copyLine(to: Uint8Array, at: number): number {
    let length = at;
    do {
      if (this.labelled()) {
        to.set(this.label, length);
        length += this.label.length;
      }
      to.set(this.file.bytes.subarray(this.start, this.end), length);
      length += this.end - this.start;
      if (to[length - 1] !== LF) to[length++] = LF;
      this.advance();
    } while (this.more && !this.timed);
    return length;
  }

  /** Frames, dumps and tables begin with a space or a sign, as they do with -f; a line of -r begins with spaces and its time. */
  private labelled(): boolean {
    const { bytes } = this.file;
    if (this.timed) return true;
    const first = bytes[this.start];
    return (
      first !== 0x20 &&
      first !== LF &&
      first !== CR &&
      first !== 0x25 &&
      !isDigit(first) &&
      (first !== 0x2d || startsWith(bytes, this.start, '--- '))
    );
  }

  private advance(): void {
    const { bytes } = this.file;
    this.start = this.end;
    this.more = this.start < bytes.length;
    if (!this.more) return;
    const lf = bytes.indexOf(LF, this.start);
    this.end = lf < 0 ? bytes.length : lf + 1;
    this.prefix.read(bytes, this.start);
    this.timed = this.prefix.timeKind !== TimeKind.None;
    if (this.timed) this.ownNs = this.prefix.accept();
  }
}

/** The cursor with the least time, ties by order in the set. */
class Heap {
  private readonly items: { cursor: Cursor; order: number }[];

  constructor(cursors: readonly Cursor[]) {
    this.items = cursors.map((cursor, order) => ({ cursor, order }));
    for (let i = (this.items.length >> 1) - 1; i >= 0; i--) this.sink(i);
  }

  get least(): Cursor | undefined {
    return this.items[0]?.cursor;
  }

  /** Puts the first cursor back in order after it has moved on. */
  settle(): void {
    if (!this.items[0]?.cursor.more) {
      const last = this.items.pop();
      if (last !== undefined && this.items.length > 0) this.items[0] = last;
    }
    this.sink(0);
  }

  private sink(from: number): void {
    for (let i = from; ;) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2])
        if (child < this.items.length && this.before(child, least)) least = child;
      if (least === i) return;
      [this.items[i], this.items[least]] = [this.items[least] as Item, this.items[i] as Item];
      i = least;
    }
  }

  private before(a: number, b: number): boolean {
    const x = this.items[a] as Item;
    const y = this.items[b] as Item;
    const step = x.cursor.timeNs - y.cursor.timeNs;
    return step < 0 || (step === 0 && x.order < y.order);
  }
}

type Item = { cursor: Cursor; order: number };
