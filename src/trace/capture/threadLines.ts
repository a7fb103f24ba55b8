/** One file of a `-ff` set, line by line: each timed line together with the untimed ones that follow it. */

import { closeSync, openSync, readSync } from 'node:fs';

const READ_BYTES = 1 << 16;
/** -t, -tt (or with fractions of any length), -ttt and -r print one of these first. */
const stamp = /^\s*(?:(\d{1,2}):(\d\d):(\d\d(?:\.\d+)?)|(\d+\.\d+|\d{9,}))\s/;

export class ThreadLines {
  /** The current line and what belongs to it, with the thread's number in front. */
  line = '';
  /** Its time in seconds, of whatever the file counts from; a line without one has the time of the line before it. */
  time = -Infinity;
  private fd: number | undefined;
  private text = '';
  private ended = false;
  private position = 0;
  private readonly room = Buffer.alloc(READ_BYTES);

  constructor(
    private readonly path: string,
    private readonly tid: string,
  ) {}

  /** Goes to the next line; false at the end. */
  advance(): boolean {
    const first = this.takeLine();
    if (first === undefined) {
      this.close();
      return false;
    }
    const [, hours, minutes, seconds, plain] = stamp.exec(first) ?? [];
    if (plain !== undefined) this.time = Number(plain);
    else if (hours !== undefined) this.time = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    this.line = `${this.tid} ${first}`;
    // Stack frames and dumps carry no number under -f either.
    while (this.text.startsWith(' > ') || this.text.startsWith(' | ')) this.line += this.takeLine() ?? '';
    return true;
  }

  close(): void {
    if (this.fd !== undefined) closeSync(this.fd);
    this.fd = undefined;
  }

  /** The next line with its line end; undefined at the end of the file. */
  private takeLine(): string | undefined {
    let end = this.text.indexOf('\n');
    while (end < 0 && !this.ended) {
      this.read();
      end = this.text.indexOf('\n');
    }
    if (this.text === '') return undefined;
    const line = end < 0 ? `${this.text}\n` : this.text.slice(0, end + 1);
    this.text = end < 0 ? '' : this.text.slice(end + 1);
    // What the next line begins with decides whether it belongs to this one.
    if (this.text.length < 3 && !this.ended) this.read();
    return line;
  }

  /** Reads on; files are opened only when their turn comes and share no position. */
  private read(): void {
    this.fd ??= openSync(this.path, 'r');
    const length = readSync(this.fd, this.room, 0, READ_BYTES, this.position);
    this.position += length;
    if (length === 0) {
      this.ended = true;
      this.close();
    } else this.text += this.room.toString('latin1', 0, length);
  }
}
