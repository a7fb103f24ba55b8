/**
 * Where a large log is cut, and what is known about each cut before its part is read: the calls in progress there.
 *
 * Invariant: what `glance` says is a guess, made from the first and last bytes of lines because that is several times faster
 * than reading them. `parseFile` compares each guess with what the part before it really ended with.
 */

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const LF = 0x0a;
const DOT = 0x2e;
const GT = 0x3e;
const MINUS = 0x2d;
const SPACE = 0x20;
const ZERO = 0x30;
const chunkBytes = 1 << 20;
/** A longer run of digits at a line's beginning is a time. */
const maxPidDigits = 7;

export interface EntryLine {
  pid: number;
  /** Counted from the part's first line by `glance`, from the log's first line everywhere else. */
  line: number;
  byteStart: number;
  byteEnd: number;
}

/** What one part does to the calls in progress. */
export interface Glance {
  lines: number;
  /** Threads that the part says something about: calls they were in before it are over, or in `entered`. */
  threads: number[];
  /** Calls in progress at the part's end that began in it. */
  entered: EntryLine[];
}

/** Ends of `count` parts, about equal, each at a line's end; fewer when lines are long. The last is the file's size. */
export function cutAtLineEnds(path: string, count: number): number[] {
  const fd = openSync(path, 'r');
  try {
    const { size } = fstatSync(fd);
    const ends: number[] = [];
    const room = new Uint8Array(1 << 16);
    for (let part = 1; part < count; part++) {
      let at = Math.max(Math.floor((size / count) * part), ends.at(-1) ?? 0);
      for (let lf = -1; lf < 0 && at < size;) {
        const length = readSync(fd, room, 0, room.length, at);
        lf = room.subarray(0, length).indexOf(LF);
        at += lf < 0 ? length : lf + 1;
        if (length === 0) break;
      }
      if (at > (ends.at(-1) ?? 0) && at < size) ends.push(at);
    }
    return [...ends, size];
  } finally {
    closeSync(fd);
  }
}

/** Hands out the bytes [start, end) of a file, chunk by chunk; each is gone when `take` returns. */
export function readRange(path: string, start: number, end: number, take: (chunk: Uint8Array) => void): void {
  const fd = openSync(path, 'r');
  try {
    const room = new Uint8Array(Math.min(chunkBytes, Math.max(1, end - start)));
    for (let at = start; at < end;) {
      const length = readSync(fd, room, 0, Math.min(room.length, end - at), at);
      if (length === 0) throw new Error(`${path} became shorter while it was read`);
      take(room.subarray(0, length));
      at += length;
    }
  } finally {
    closeSync(fd);
  }
}

/** Looks through a part without parsing it. */
export function glance(path: string, start: number, end: number): Glance {
  const entered = new Map<number, EntryLine>();
  const threads = new Set<number>();
  let lines = 0;
  let lastPid = -1;
  const takeLine = (bytes: Uint8Array, from: number, lf: number, base: number): void => {
    const line = lines++;
    let p = from;
    let pid = 0;
    for (let c = bytes[p] as number; c >= ZERO && c <= 0x39; c = bytes[++p] as number) pid = pid * 10 + c - ZERO;
    if (p === from || p - from > maxPidDigits) return;
    // A signal is no news about the call that its thread is in.
    if (bytes[lf - 1] === MINUS && bytes[lf - 2] === MINUS) return;
    if (pid !== lastPid) threads.add((lastPid = pid));
    if (bytes[lf - 1] === GT && bytes[lf - 2] === DOT) {
      entered.set(pid, { pid, line, byteStart: base + from, byteEnd: base + lf });
    } else if (bytes[p] === SPACE) entered.delete(pid);
  };
  let carry = new Uint8Array(0);
  let at = start;
  readRange(path, start, end, chunk => {
    let from = 0;
    if (carry.length > 0) {
      from = chunk.indexOf(LF) + 1;
      const joined = new Uint8Array(carry.length + (from || chunk.length));
      joined.set(carry);
      joined.set(chunk.subarray(0, from || chunk.length), carry.length);
      if (from > 0) takeLine(joined, 0, joined.length - 1, at - carry.length);
      carry = from > 0 ? new Uint8Array(0) : joined;
    }
    if (carry.length === 0) {
      for (let lf = chunk.indexOf(LF, from); lf >= 0; lf = chunk.indexOf(LF, from)) {
        takeLine(chunk, from, lf, at);
        from = lf + 1;
      }
      carry = chunk.slice(from);
    }
    at += chunk.length;
  });
  return { lines, threads: [...threads], entered: [...entered.values()] };
}
