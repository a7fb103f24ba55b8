/**
 * The window of time that the timeline shows, and the arithmetic of moving it. Pure.
 *
 * Invariant: a window is never empty, never narrower than `minSpanNs`, and always shows a part of the trace.
 */

export interface TimeWindow {
  startNs: number;
  endNs: number;
}

/** Nothing in a log is closer together than a microsecond; a fifth of one leaves room around it. */
export const minSpanNs = 200;
/** A trace of one event still gets a window with a length. */
const minTraceNs = 1_000;
/** Room to the right of the last event when everything is shown, as a fraction of the window. */
const marginFraction = 0.02;

export function spanOf(window: TimeWindow): number {
  return window.endNs - window.startNs;
}

/** The whole trace with a little air on both sides. */
export function wholeTrace(endNs: number): TimeWindow {
  return around(0, Math.max(endNs, minTraceNs), marginFraction);
}

/** A stretch of time with `fraction` of its length as air on both sides. */
export function around(startNs: number, endNs: number, fraction: number): TimeWindow {
  const span = Math.max(endNs - startNs, minSpanNs);
  return { startNs: startNs - span * fraction, endNs: startNs + span * (1 + fraction) };
}

/** Keeps a window within the trace (some air beyond its ends is allowed) and at a length that can be drawn. */
export function clampWindow(window: TimeWindow, traceEndNs: number): TimeWindow {
  const whole = wholeTrace(traceEndNs);
  const longest = spanOf(whole);
  const span = Math.min(Math.max(spanOf(window), minSpanNs), longest);
  const middle = (window.startNs + window.endNs) / 2;
  // Up to half a window may lie beyond an end, so that the first and the last event can be looked at in the middle; the nearer the
  // window comes to the whole trace, the less.
  const air = Math.min(span / 2, longest - span - whole.startNs);
  const lastNs = Math.max(traceEndNs, minTraceNs);
  const start = Math.min(Math.max(middle - span / 2, -air), lastNs + air - span);
  return { startNs: start, endNs: start + span };
}

/** Scales the window's length by `factor` (< 1 zooms in) and keeps `anchorNs` where it is on the screen. */
export function zoomAt(window: TimeWindow, factor: number, anchorNs: number, traceEndNs: number): TimeWindow {
  const longest = spanOf(wholeTrace(traceEndNs));
  const span = Math.min(Math.max(spanOf(window) * factor, minSpanNs), longest);
  const part = (anchorNs - window.startNs) / spanOf(window);
  const start = anchorNs - span * part;
  return clampWindow({ startNs: start, endNs: start + span }, traceEndNs);
}

export function panBy(window: TimeWindow, deltaNs: number, traceEndNs: number): TimeWindow {
  return clampWindow({ startNs: window.startNs + deltaNs, endNs: window.endNs + deltaNs }, traceEndNs);
}

/** Moves the window no further than needed to show a stretch of time; zooms out only when it is longer than the window. */
export function showing(window: TimeWindow, startNs: number, endNs: number, traceEndNs: number): TimeWindow {
  const span = spanOf(window);
  if (startNs >= window.startNs && endNs <= window.endNs) return window;
  const length = endNs - startNs;
  if (length > span * 0.9) return clampWindow(around(startNs, endNs, 0.1), traceEndNs);
  const middle = startNs + length / 2;
  return clampWindow({ startNs: middle - span / 2, endNs: middle + span / 2 }, traceEndNs);
}

export function sameWindow(a: TimeWindow, b: TimeWindow): boolean {
  return a.startNs === b.startNs && a.endNs === b.endNs;
}

/** Maps times to device-independent pixels for one window and width. */
export class TimeScale {
  readonly pxPerNs: number;

  constructor(
    readonly window: TimeWindow,
    readonly widthPx: number,
  ) {
    this.pxPerNs = widthPx / spanOf(window);
  }

  toPx(ns: number): number {
    return (ns - this.window.startNs) * this.pxPerNs;
  }

  toNs(px: number): number {
    return this.window.startNs + px / this.pxPerNs;
  }

  get nsPerPx(): number {
    return 1 / this.pxPerNs;
  }
}
