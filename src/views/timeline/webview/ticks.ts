/** Round positions for an axis of time: 1, 2 or 5 times a power of ten, far enough apart for their labels. Pure. */

import type { TimeWindow } from './viewport.js';
import { spanOf } from './viewport.js';

export interface Ticks {
  stepNs: number;
  /** Ascending; from the first tick at or after the window's start (never before 0) to its end. */
  atNs: number[];
}

/** Ticks no closer than `minGapPx` in a window that is `widthPx` wide. */
export function ticksFor(window: TimeWindow, widthPx: number, minGapPx: number): Ticks {
  const atNs: number[] = [];
  if (widthPx <= 0) return { stepNs: 1, atNs };
  const stepNs = roundStep((spanOf(window) * minGapPx) / widthPx);
  const first = Math.max(0, Math.ceil(window.startNs / stepNs));
  const last = Math.floor(window.endNs / stepNs);
  // Multiples of the step, not a running sum: no error piles up.
  for (let i = first; i <= last; i++) atNs.push(i * stepNs);
  return { stepNs, atNs };
}

/** The smallest of 1, 2, 5 × 10^n that is at least `ns`, and at least one nanosecond. */
export function roundStep(ns: number): number {
  if (ns <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(ns) + 1e-9);
  for (const factor of [1, 2, 5]) if (factor * power >= ns * (1 - 1e-9)) return factor * power;
  return 10 * power;
}
