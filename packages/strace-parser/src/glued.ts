/**
 * Finds where strace begins in a line that begins with something else: on a terminal the program's output has no newline of
 * its own before strace's next line (`hello[pid  7] read(…`, `hello+++ exited with 0 +++`).
 */

import { COLON, DOT, LPAREN, isDigit, isWord, startsWith } from './chars.js';
import type { LineReader } from './lineReader.js';
import { TimeKind, type PrefixReader } from './prefix.js';

/** Positions tried in one line: each trial reads the rest of the line, and hostile lines have any number of them. */
const maxTrials = 16;

/** Position in (start, end) at which a readable strace line begins, or -1. */
export function findGlued(
  bytes: Uint8Array,
  start: number,
  end: number,
  prefix: PrefixReader,
  reader: LineReader,
): number {
  let trials = 0;
  const time = prefix.sawTime;
  for (let p = start; p < end && trials < maxTrials; p++) {
    const at = candidate(bytes, start, p, time, reader);
    if (at <= start) continue;
    trials++;
    if (reader.ahead.canRead(bytes, at, end)) return at;
  }
  return -1;
}

/** Where a strace line would begin if the byte at `p` is its telling one; -1 when it is not telling. */
function candidate(bytes: Uint8Array, start: number, p: number, time: TimeKind, reader: LineReader): number {
  switch (bytes[p]) {
    case 0x5b:
      return startsWith(bytes, p, '[pid ') ? p : -1;
    case 0x2b:
      return startsWith(bytes, p, '+++ exited with ') || startsWith(bytes, p, '+++ killed by ') ? p : -1;
    case 0x2d:
      return startsWith(bytes, p, '--- SIG') || startsWith(bytes, p, '--- stopped by SIG') ? p : -1;
    case 0x3c:
      return startsWith(bytes, p, '<... ') ? p : -1;
    case 0x73:
      return startsWith(bytes, p, 'strace: Process ') ? p : -1;
    case COLON:
      return time === TimeKind.Day && bytes[p + 3] === COLON ? p - 2 : -1;
    case DOT: {
      if (time !== TimeKind.Epoch || p - 10 < start) return -1;
      for (let q = p - 10; q < p; q++) if (!isDigit(bytes[q])) return -1;
      return p - 10;
    }
    case LPAREN: {
      if (time !== TimeKind.None) return -1;
      let q = p;
      while (q > start && isWord[bytes[q - 1] as number] === 1) q--;
      return reader.names.has(bytes, q, p) ? q : endsWithExitGroup(bytes, q, p) ? p - 10 : -1;
    }
    default:
      return -1;
  }
}

/** No syscall's name ends with exit_group but itself: what stands before it is output without a newline. */
export function endsWithExitGroup(bytes: Uint8Array, nameStart: number, nameEnd: number): boolean {
  return nameEnd - nameStart > 10 && startsWith(bytes, nameEnd - 10, 'exit_group');
}
