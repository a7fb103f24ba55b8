/** Ranges of file locks: bytes [start, end), NaN when the log does not tell where (the call counted from the file's position or end). */

export interface LockRange {
  start: number;
  end: number;
  /** As asked for, when that does not say where it is. */
  words: string;
}

type Named = Pick<LockRange, 'start' | 'end'> & { name: string };

export const wholeFile: LockRange = { start: 0, end: Number.POSITIVE_INFINITY, words: '' };

/** struct flock as printed: `{l_type=F_WRLCK, l_whence=SEEK_SET, l_start=0, l_len=10}` (fcntl_locking(2)). */
export function rangeOf(text: string): LockRange {
  const words = /l_start=(-?\d+), l_len=(-?\d+)/.exec(text);
  if (!words) return { start: NaN, end: NaN, words: text };
  const [start, length] = [Number(words[1]), Number(words[2])];
  const whence = /l_whence=(\w+)/.exec(text)?.[1] ?? 'SEEK_SET';
  if (whence !== 'SEEK_SET') return { start: NaN, end: NaN, words: `l_whence=${whence}, ${words[0]}` };
  if (length < 0) return { start: start + length, end: start, words: '' };
  // A length of 0 is to the file's end, however far that goes.
  return { start, end: length === 0 ? Number.POSITIVE_INFINITY : start + length, words: '' };
}

export function nameOf(file: string, { start, end, words }: LockRange): string {
  if (words !== '') return `${file} (${words})`;
  if (start === 0 && end === Number.POSITIVE_INFINITY) return file;
  return `${file} (l_start=${start}, l_len=${end === Number.POSITIVE_INFINITY ? 0 : end - start})`;
}

/** Ranges that nobody knows meet the whole file, and those that were asked for in the same words. */
export function overlap(a: Named, b: Named): boolean {
  if (!Number.isNaN(a.start) && !Number.isNaN(b.start)) return a.start < b.end && b.start < a.end;
  return a.name === b.name || isWhole(a) || isWhole(b);
}

function isWhole({ start, end }: Pick<Named, 'start' | 'end'>): boolean {
  return start === 0 && end === Number.POSITIVE_INFINITY;
}
