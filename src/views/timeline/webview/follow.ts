/**
 * Following a growing trace. Pure.
 *
 * `all`: the whole trace is in the window. `edge`: a window of fixed length whose right end is the newest moment. `none`: the user
 * has moved, and nothing moves any more until they ask for it.
 */

import { clampWindow, spanOf, wholeTrace, type TimeWindow } from './viewport.js';

export type Follow = 'all' | 'edge' | 'none';

/** Beyond this length a live trace is no longer squeezed into the window as a whole. */
const longestWholeNs = 10e9;
/** Air between the newest moment and the right border. */
const edgeFraction = 0.04;

/**
 * The window a following view shows when the trace has grown to `endNs`, and how it goes on following. `live` is false while a saved
 * log is read: that one is shown as a whole, however long it is.
 */
export function followed(
  window: TimeWindow,
  follow: Follow,
  endNs: number,
  live: boolean,
): { window: TimeWindow; follow: Follow } {
  if (follow === 'none') return { window, follow };
  if (follow === 'all' && (!live || endNs <= longestWholeNs)) return { window: wholeTrace(endNs), follow };
  return { window: liveEdge(follow === 'all' ? longestWholeNs : spanOf(window), endNs), follow: 'edge' };
}

/** A window of `spanNs` at the newest moment. */
export function liveEdge(spanNs: number, endNs: number): TimeWindow {
  const end = endNs + spanNs * edgeFraction;
  return clampWindow({ startNs: end - spanNs, endNs: end }, endNs);
}

/** True when the newest moment is in the window. */
export function atLiveEdge(window: TimeWindow, endNs: number): boolean {
  return window.endNs >= endNs;
}
