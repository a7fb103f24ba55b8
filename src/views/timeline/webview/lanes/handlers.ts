/**
 * Signal handlers under the slices of their lane: a bracket from the signal's arrival to the return, with the signal's name where it
 * has room.
 */

import { syscallClasses, type HandlerMark, type ThreadId } from '../../protocol.js';
import type { Theme } from '../theme.js';
import type { TimeScale } from '../viewport.js';
import { handlerLinePx, handlerTickPx, handlerTopPx, laneHeightPx } from './geometry.js';

const signalClass = syscallClasses.indexOf('signal');
const nameSizePx = 9;
const namePaddingPx = 3;
/** Between the bracket's start, where the signal's mark stands, and its name. */
const nameGapPx = 8;
const leastWidthPx = 2;

/** Where a handler is drawn, in device-independent pixels; an end that lies outside of the view has no tick. */
export interface Bracket {
  mark: HandlerMark;
  startPx: number;
  endPx: number;
  topPx: number;
  startTick: boolean;
  endTick: boolean;
}

export function brackets(
  handlers: readonly HandlerMark[],
  scale: TimeScale,
  topOf: (thread: ThreadId) => number | undefined,
): Bracket[] {
  const found: Bracket[] = [];
  for (const mark of handlers) {
    const top = topOf(mark.thread);
    const from = Math.round(scale.toPx(mark.startNs));
    const to = Math.max(from + leastWidthPx, Math.round(scale.toPx(mark.endNs)));
    if (top === undefined || to < 0 || from > scale.widthPx) continue;
    found.push({
      mark,
      startPx: Math.max(0, from),
      endPx: Math.min(scale.widthPx, to),
      topPx: top + handlerTopPx,
      startTick: from >= 0,
      endTick: to <= scale.widthPx && !mark.running,
    });
  }
  return found;
}

/** Where a name of a width stands under its bracket; undefined when it has no room there or would cover the name before it. */
export function namePlace(bracket: Bracket, widthPx: number, takenPx: number): number | undefined {
  const at = bracket.startPx + nameGapPx + namePaddingPx;
  const fits = at + widthPx + namePaddingPx + nameGapPx <= bracket.endPx;
  return fits && at - namePaddingPx >= takenPx ? at : undefined;
}

export class HandlerPainter {
  readonly #widths = new Map<string, number>();
  #font = '';

  constructor(private readonly context: CanvasRenderingContext2D) {}

  paint(found: readonly Bracket[], theme: Theme): void {
    if (found.length === 0) return;
    const { context } = this;
    context.fillStyle = theme.classes[signalClass]?.fill.css ?? theme.foreground;
    for (const { startPx, endPx, topPx, startTick, endTick } of found) {
      context.fillRect(startPx, topPx, endPx - startPx, handlerLinePx);
      if (startTick) context.fillRect(startPx, topPx - handlerTickPx, 1, handlerTickPx);
      if (endTick && endPx - startPx > leastWidthPx)
        context.fillRect(endPx - 1, topPx - handlerTickPx, 1, handlerTickPx);
    }
    this.#names(found, theme);
  }

  #names(found: readonly Bracket[], theme: Theme): void {
    const { context } = this;
    const roomy = found.filter(({ startPx, endPx, mark }) => mark.count === 1 && endPx - startPx > 4 * nameGapPx);
    if (roomy.length === 0) return;
    // A font of its own, and the lanes' one again afterwards.
    context.save();
    const font = `${nameSizePx}px ${theme.fontFamily}`;
    if (font !== this.#font) this.#widths.clear();
    context.font = this.#font = font;
    const taken = new Map<number, number>();
    for (const bracket of roomy) {
      const { signal } = bracket.mark;
      const width = this.#width(signal);
      const at = namePlace(bracket, width, taken.get(bracket.topPx) ?? 0);
      if (at === undefined) continue;
      taken.set(bracket.topPx, at + width + namePaddingPx);
      const laneBottom = bracket.topPx - handlerTopPx + laneHeightPx;
      context.fillStyle = theme.background;
      context.fillRect(at - namePaddingPx, laneBottom - nameSizePx - 1, width + 2 * namePaddingPx, nameSizePx + 1);
      context.fillStyle = theme.foreground;
      context.fillText(signal, at, laneBottom - nameSizePx / 2 - 0.5);
    }
    context.restore();
  }

  #width(text: string): number {
    let width = this.#widths.get(text);
    if (width === undefined) this.#widths.set(text, (width = this.context.measureText(text).width));
    return width;
  }
}
