/** What is written on a slice, from the fullest form to the shortest. Pure but for the translated words. */

import { SliceFlag, type WindowSlices } from '../../protocol.js';
import type { Translate } from '../context.js';
import { formatCount, formatDuration } from '../format.js';

/** `read(5)`, `fork()`. */
export function callHead(slices: WindowSlices, i: number): string {
  const name = slices.names[slices.sliceName[i] ?? 0] ?? '';
  const fd = slices.sliceFd[i] ?? -1;
  return `${name}(${fd >= 0 ? fd : ''})`;
}

/** ` = 12`, ` = -1`; '' while there is none. */
export function callResult(slices: WindowSlices, i: number): string {
  const value = slices.sliceReturn[i] ?? NaN;
  if (Number.isNaN(value)) return '';
  // Addresses are read as hexadecimal; nothing else is that large.
  return ` = ${Math.abs(value) >= 2 ** 40 ? `0x${value.toString(16)}` : String(value)}`;
}

/** Candidates for the label, the fullest first; the first that fits is drawn, or none. */
export function sliceLabels(slices: WindowSlices, i: number, t: Translate): string[] {
  const flags = slices.sliceFlags[i] ?? 0;
  const head = callHead(slices, i);
  const name = slices.names[slices.sliceName[i] ?? 0] ?? '';
  if ((flags & SliceFlag.Merged) !== 0) {
    const count = formatCount(slices.sliceCount[i] ?? 0);
    return [t('labelMerged', count), count];
  }
  const durationNs = (slices.sliceEndNs[i] ?? 0) - (slices.sliceStartNs[i] ?? 0);
  const result = callResult(slices, i);
  const words = result === '' ? [head, name] : [head + result, head, name];
  if ((flags & SliceFlag.Blocked) === 0) return words;
  const duration = formatDuration(durationNs);
  const waits = t('labelWaits', head, duration);
  return result === '' ? [waits, ...words] : [t('labelWaited', head + result, duration), waits, ...words];
}
