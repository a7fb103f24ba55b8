/**
 * What stands before the body of a line: pid and comm, time, syscall number, instruction pointer; and what the times count from.
 *
 * The style is read from each line, never asked for: `1234 `, `[pid  1234] `, `1234<comm> `, `02:40:00.650558 `,
 * `1795228800.657981 `, `     0.001081 `, `02:40:00.674279 (+     0.000938) `, `[  59] `, `[00007f3d68c59ad7] `.
 * Invariant: `read` only looks; nothing is learned from a line until `accept` says that it was strace's.
 * Over 300 lines: all the forms are one pass over the same few bytes, for every line of a log.
 */

import { COLON, DOT, GT, LBRACKET, LPAREN, LT, PLUS, QUESTION, RBRACKET, SPACE, ZERO } from './chars.js';
import { hexDigit, isDigit, startsWith } from './chars.js';
import { BACKSLASH, LF } from './chars.js';
import type { TimeOrigin } from './records.js';
import { sixDigits, type Words } from './words.js';

/** How a line's time was printed. */
export const TimeKind = { None: 0, Epoch: 1, Day: 2, Relative: 3 } as const;
export type TimeKind = (typeof TimeKind)[keyof typeof TimeKind];

const nsPerSecond = 1e9;
const halfDaySeconds = 43200;
/** A run of digits longer than this is a time, not a pid (PID_MAX_LIMIT is 4194304). */
const maxPidDigits = 7;
/** Seconds since 1970 printed as relative time would be a trace of years. */
const leastEpochSeconds = 1e8;
const scaleToNs = [1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 1e2, 10, 1];

export class PrefixReader {
  /** Of the line's thread; 0 when neither the line nor the log tells. */
  pid = 0;
  /** The line itself names it. */
  named = false;
  /** Byte range of the comm; empty when there is none. */
  commStart = 0;
  commEnd = 0;
  timeKind: TimeKind = TimeKind.None;
  // NaN until the first is read: whole numbers that outgrow 31 bits would have code thrown away that was made for such.
  private seconds = NaN;
  private nanos = NaN;
  /** True when the pid stood in `[pid …]`. */
  bracketed = false;
  /** Value of `[  59]`, or NaN. */
  syscallNumber = NaN;
  /** Byte range of the address in `[00007f…]`; empty when there is none. */
  ipStart = 0;
  ipEnd = 0;

  /** What the log has shown so far. */
  /** The newest lines carry times. */
  timed = false;
  sawTime: TimeKind = TimeKind.None;
  private originSeconds = NaN;
  private originNanos = NaN;
  private lastDaySeconds = 0;
  private wrappedSeconds = 0;
  private sumNs = 0;
  private seen = false;
  /** Threads of a log with `[pid N]` that have not ended; the one that is left prints lines without it. */
  private readonly alive = new Set<number>();
  private readonly attached = new Set<number>();
  /** Who lines without a pid are, now and at the log's beginning; 0 while unknown. */
  private unnamedPid = 0;
  mainPid = 0;

  constructor(private readonly words: Words) {}

  get origin(): TimeOrigin {
    if (!this.seen) return { kind: 'unknown', ns: 0n };
    if (this.sawTime === TimeKind.None) return { kind: 'none', ns: 0n };
    if (this.sawTime === TimeKind.Relative) return { kind: 'relative', ns: 0n };
    const ns = BigInt(this.originSeconds) * 1_000_000_000n + BigInt(this.originNanos);
    return { kind: this.sawTime === TimeKind.Epoch ? 'epoch' : 'day', ns };
  }

  /** Starts from a known origin: how a piece of a log, or one log of a set, gets the same times as the whole. */
  startFrom(origin: TimeOrigin): void {
    if (origin.kind === 'unknown') return;
    this.seen = true;
    this.sawTime = { epoch: TimeKind.Epoch, day: TimeKind.Day, relative: TimeKind.Relative, none: TimeKind.None }[
      origin.kind
    ];
    this.timed = this.sawTime !== TimeKind.None;
    this.originSeconds = Number(origin.ns / 1_000_000_000n);
    this.originNanos = Number(origin.ns % 1_000_000_000n);
    this.lastDaySeconds = this.originSeconds;
  }

  /** Reads the prefix that begins at `at` and returns where the body begins. The line must end with LF. */
  read(bytes: Uint8Array, at: number): number {
    this.clear();
    let p = at | 0;
    let c = bytes[p] as number;
    if (c === SPACE) {
      while (bytes[p] === SPACE) p++;
      if (!isDigit(bytes[p])) return at;
      const afterTime = this.readTime(bytes, p);
      const kind = this.timeKind as TimeKind;
      return afterTime < 0 || kind !== TimeKind.Relative ? this.none(at) : this.readBrackets(bytes, afterTime);
    }
    if (c >= ZERO && c <= 0x39) {
      let pid = 0;
      do {
        pid = pid * 10 + c - ZERO;
        c = bytes[++p] as number;
      } while (c >= ZERO && c <= 0x39);
      if (c === SPACE && p - at <= maxPidDigits) {
        this.pid = pid;
        this.named = true;
        do c = bytes[++p] as number;
        while (c === SPACE);
      } else if (c === LT && p - at <= maxPidDigits) {
        p = this.readComm(bytes, p);
        if (p < 0) return this.none(at);
        this.pid = pid;
        this.named = true;
        c = bytes[p] as number;
      } else {
        p = at;
        c = bytes[p] as number;
      }
    } else if (c === LBRACKET && startsWith(bytes, p, '[pid ')) {
      p = this.readBracketedPid(bytes, p + 5);
      if (p < 0) return this.none(at);
      c = bytes[p] as number;
    }
    if (c >= ZERO && c <= 0x39) {
      const afterTime = this.readTime(bytes, p);
      if (afterTime < 0) return this.none(at);
      p = afterTime;
      c = bytes[p] as number;
    }
    return c === LBRACKET || c === LPAREN ? this.readBrackets(bytes, p) : p;
  }

  /** No prefix: what a line is that has none. */
  clear(): void {
    this.pid = this.unnamedPid;
    this.named = this.bracketed = false;
    this.commStart = this.commEnd = this.ipStart = this.ipEnd = 0;
    this.timeKind = TimeKind.None;
    this.syscallNumber = NaN;
  }

  /** A thread of a log on a terminal, seen as `[pid N]` or when strace attached to it. */
  threadSeen(pid: number, attached: boolean): void {
    this.alive.add(pid);
    if (attached) this.attached.add(pid);
    else if (this.mainPid === 0 && !this.attached.has(pid)) this.mainPid = pid;
  }

  threadEnded(pid: number): void {
    if (!this.alive.delete(pid)) return;
    this.attached.delete(pid);
    if (this.alive.size === 1) for (const left of this.alive) this.unnamedPid = left;
  }

  /** The time just read, in nanoseconds since the origin (NaN when there is none), without learning from it. */
  peekNs(): number {
    switch (this.timeKind) {
      case TimeKind.None:
        return NaN;
      case TimeKind.Relative:
        return this.sumNs + this.seconds * nsPerSecond + this.nanos;
      default: {
        if (this.sawTime !== this.timeKind) return 0;
        const wrap = this.timeKind === TimeKind.Day ? this.wrapOf(this.seconds) : 0;
        return (this.seconds + wrap - this.originSeconds) * nsPerSecond + this.nanos - this.originNanos;
      }
    }
  }

  /** The line just read was strace's: learns its style and returns its time like `peekNs`. */
  accept(): number {
    this.seen = true;
    if (this.bracketed) this.threadSeen(this.pid, false);
    if (this.timeKind !== TimeKind.None) this.timed = true;
    if (this.timeKind === TimeKind.Epoch && this.sawTime === TimeKind.Epoch) {
      return (this.seconds - this.originSeconds) * nsPerSecond + this.nanos - this.originNanos;
    }
    if (this.timeKind === TimeKind.None) return NaN;
    if (this.sawTime === TimeKind.None) {
      this.sawTime = this.timeKind;
      this.originSeconds = this.lastDaySeconds = this.seconds;
      this.originNanos = this.nanos;
    }
    const ns = this.peekNs();
    if (this.timeKind === TimeKind.Relative) this.sumNs = ns;
    else if (this.timeKind === TimeKind.Day) {
      this.wrappedSeconds = this.wrapOf(this.seconds);
      this.lastDaySeconds = this.seconds;
    }
    return ns;
  }

  private none(at: number): number {
    this.clear();
    return at;
  }

  /** Seconds to add to a time of day: a jump back by half a day or more is midnight, one forward is a line from before it. */
  private wrapOf(seconds: number): number {
    const step = seconds - this.lastDaySeconds;
    if (step < -halfDaySeconds) return this.wrappedSeconds + 86400;
    if (step > halfDaySeconds && this.wrappedSeconds > 0) return this.wrappedSeconds - 86400;
    return this.wrappedSeconds;
  }

  /** `<comm> ` at its `<`; returns where the next field begins, or -1. */
  private readComm(bytes: Uint8Array, at: number): number {
    let p = at + 1;
    this.commStart = p;
    for (let c = bytes[p]; c !== GT; c = bytes[++p]) {
      if (c === LF || c === undefined) return -1;
      if (c === BACKSLASH && bytes[p + 1] !== LF) p++;
    }
    this.commEnd = p++;
    if (bytes[p] !== SPACE) return bytes[p] === RBRACKET ? p : -1;
    while (bytes[p] === SPACE) p++;
    return p;
  }

  /** After `[pid `. */
  private readBracketedPid(bytes: Uint8Array, at: number): number {
    let p = at | 0;
    while (bytes[p] === SPACE) p++;
    const digits = p;
    let pid = 0;
    for (; isDigit(bytes[p]); p++) pid = pid * 10 + (bytes[p] as number) - ZERO;
    if (p === digits || p - digits > maxPidDigits) return -1;
    if (bytes[p] === LT) {
      p = this.readComm(bytes, p);
      if (p < 0) return -1;
    }
    if (bytes[p] !== RBRACKET || bytes[p + 1] !== SPACE) return -1;
    this.pid = pid;
    this.named = this.bracketed = true;
    return p + 2;
  }

  /** A time at its first digit; returns where the next field begins, or -1 when it is none. */
  private readTime(bytes: Uint8Array, at: number): number {
    if (bytes[at + 10] === DOT && bytes[at + 17] === SPACE && this.readMicroseconds(bytes, at)) return at + 18;
    let p = at | 0;
    let seconds = 0;
    let c = bytes[p] as number;
    do {
      seconds = seconds * 10 + c - ZERO;
      c = bytes[++p] as number;
    } while (c >= ZERO && c <= 0x39);
    let kind: TimeKind = seconds >= leastEpochSeconds ? TimeKind.Epoch : TimeKind.Relative;
    if (c === COLON) {
      if (p !== at + 2 || bytes[p + 3] !== COLON) return -1;
      for (const i of [1, 2, 4, 5]) if (!isDigit(bytes[p + i])) return -1;
      seconds = seconds * 3600 + twoDigits(bytes, p + 1) * 60 + twoDigits(bytes, p + 4);
      p += 6;
      c = bytes[p] as number;
      kind = TimeKind.Day;
    }
    let nanos = 0;
    if (c === DOT) {
      const first = ++p;
      c = bytes[p] as number;
      while (c >= ZERO && c <= 0x39) {
        nanos = nanos * 10 + c - ZERO;
        c = bytes[++p] as number;
      }
      const scale = scaleToNs[p - first];
      if (scale === undefined || p === first) return -1;
      nanos *= scale;
    } else if (kind === TimeKind.Relative && bytes[at - 1] !== SPACE) return -1;
    if (c !== SPACE || p - at > 24) return -1;
    this.timeKind = kind;
    this.seconds = seconds;
    this.nanos = nanos;
    return p + 1;
  }

  /** `1795228800.657981`, by far the most common time: without loops. False when a digit is none. */
  private readMicroseconds(bytes: Uint8Array, at: number): boolean {
    const view = this.words.of(bytes);
    const high = sixDigits(view, at);
    const low = sixDigits(view, at + 4);
    const micros = sixDigits(view, at + 11);
    if (high < 0 || low < 0 || micros < 0) return false;
    this.timeKind = TimeKind.Epoch;
    this.seconds = high * 10000 + (low % 10000);
    this.nanos = micros * 1000;
    return high >= 10000;
  }

  /** `(+     0.000938) `, `[  59] ` and `[00007f3d68c59ad7] `, each at most once, in this order. */
  private readBrackets(bytes: Uint8Array, at: number): number {
    let p = at | 0;
    if (bytes[p] === LPAREN && bytes[p + 1] === PLUS) {
      let q = p + 2;
      while (bytes[q] === SPACE) q++;
      while (isDigit(bytes[q]) || bytes[q] === DOT) q++;
      if (bytes[q] !== 0x29 || bytes[q + 1] !== SPACE) return p;
      p = q + 2;
    }
    for (let field = 0; field < 2 && bytes[p] === LBRACKET; field++) {
      let q = p + 1;
      while (bytes[q] === SPACE) q++;
      const start = q;
      while (hexDigit(bytes[q]) >= 0 || bytes[q] === QUESTION) q++;
      if (q === start || bytes[q] !== RBRACKET || bytes[q + 1] !== SPACE) return p;
      if (q - start >= 8) {
        this.ipStart = start;
        this.ipEnd = q;
      } else {
        let number = 0;
        for (let i = start; i < q; i++) number = isDigit(bytes[i]) ? number * 10 + (bytes[i] as number) - ZERO : NaN;
        this.syscallNumber = number;
      }
      p = q + 2;
    }
    return p;
  }
}

function twoDigits(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) - ZERO) * 10 + (bytes[at + 1] as number) - ZERO;
}
