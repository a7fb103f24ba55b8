/**
 * What lies over the slices: labels, zombie hatches, signals and their handlers, arrows, the selection, the selected range and the user's marks. All of it
 * is rare compared to slices, so it is drawn with canvas paths.
 */

import { SliceFlag, type Arrow, type ThreadId, type WindowSlices, type ZombieSpan } from '../../protocol.js';
import type { Translate } from '../context.js';
import { formatDuration } from '../format.js';
import type { ViewState } from '../store.js';
import type { Theme } from '../theme.js';
import type { TimeScale } from '../viewport.js';
import { paintDensities } from './densities.js';
import { failTopPx, laneHeightPx, signalMiddlePx, signalRadiusPx, sliceHeightPx, sliceTopPx } from './geometry.js';
import { brackets, HandlerPainter } from './handlers.js';
import { sliceLabels } from './labels.js';
import type { WideSlice } from './raster.js';
import type { TextMeter } from './text.js';

/** More arrows than this are no help: only those of the selected thread are drawn. */
const mostArrows = 80;
const labelPaddingPx = 5;
/** A frame has room for so many texts. */
const mostLabels = 600;

export interface OverlayInput {
  slices: WindowSlices;
  wide: readonly WideSlice[];
  scale: TimeScale;
  theme: Theme;
  state: Readonly<ViewState>;
  heightPx: number;
  /** Top of a thread's lane; undefined when it is not known where it is. */
  topOf(thread: ThreadId): number | undefined;
}

export class LaneOverlay {
  #hatch: CanvasPattern | null = null;
  #hatchTheme: Theme | null = null;
  readonly #handlers: HandlerPainter;

  constructor(
    private readonly context: CanvasRenderingContext2D,
    private readonly meter: TextMeter,
    private readonly t: Translate,
  ) {
    this.#handlers = new HandlerPainter(context);
  }

  /** Draws in device-independent pixels: the caller has set the context's transformation. */
  paint(input: OverlayInput): void {
    if (input.state.folded.size > 0) paintDensities(this.context, input);
    for (const span of input.slices.zombies) this.#zombie(span, input);
    this.#labels(input);
    this.#handlers.paint(brackets(input.slices.handlers, input.scale, input.topOf), input.theme);
    this.#arrows(input);
    this.#signals(input);
    this.#range(input);
    this.#marks(input);
    this.#selection(input);
  }

  /** What lies outside of the range steps back; its own colours stay as they are. */
  #range({ state, scale, theme, heightPx }: OverlayInput): void {
    if (!state.range) return;
    const x0 = Math.round(scale.toPx(state.range.startNs));
    const x1 = Math.round(scale.toPx(state.range.endNs));
    this.context.fillStyle = theme.veil;
    this.context.fillRect(0, 0, Math.max(0, x0), heightPx);
    this.context.fillRect(x1, 0, Math.max(0, scale.widthPx - x1), heightPx);
    this.context.fillStyle = theme.accent;
    this.context.fillRect(x0, 0, 1, heightPx);
    this.context.fillRect(x1 - 1, 0, 1, heightPx);
  }

  #zombie(span: ZombieSpan, { scale, theme, topOf }: OverlayInput): void {
    const top = topOf(span.thread);
    if (top === undefined) return;
    const x0 = Math.max(-1, Math.round(scale.toPx(span.startNs)));
    const x1 = Math.min(scale.widthPx + 1, Math.round(scale.toPx(span.endNs)));
    if (x1 < 0 || x0 > scale.widthPx) return;
    const { context } = this;
    const width = Math.max(2, x1 - x0);
    context.fillStyle = this.#hatchOf(theme);
    context.fillRect(x0, top + sliceTopPx, width, sliceHeightPx);
    const duration = formatDuration(span.endNs - span.startNs);
    const labels =
      span.reaped && span.reapedByPid !== null
        ? [this.t('labelZombieReaped', duration, span.reapedByPid), this.t('labelZombie', duration), duration]
        : span.reaped
          ? [this.t('labelZombie', duration), duration]
          : [this.t('labelNeverReaped', duration), this.t('labelZombie', duration)];
    const label = this.meter.fitting(labels, width - 2 * labelPaddingPx);
    if (!label) return;
    // A ground of its own: text is not read off stripes.
    const at = Math.max(0, x0) + labelPaddingPx;
    context.fillStyle = theme.zombie.ground;
    context.fillRect(at - 4, top + sliceTopPx + 2, this.meter.width(label) + 8, sliceHeightPx - 4);
    context.fillStyle = theme.zombie.ink;
    context.fillText(label, at, top + sliceTopPx + sliceHeightPx / 2 + 0.5);
  }

  #hatchOf(theme: Theme): CanvasPattern | string {
    if (this.#hatch && this.#hatchTheme === theme) return this.#hatch;
    const size = 8;
    const ratio = Math.max(1, Math.round(devicePixelRatio));
    const tile = document.createElement('canvas');
    tile.width = tile.height = size * ratio;
    const context = tile.getContext('2d');
    if (!context) return theme.zombie.ground;
    context.scale(ratio, ratio);
    context.fillStyle = theme.zombie.ground;
    context.fillRect(0, 0, size, size);
    context.strokeStyle = theme.zombie.stripe;
    context.lineWidth = 2;
    context.beginPath();
    for (const x of [-size, 0, size]) {
      context.moveTo(x - 1, size + 1);
      context.lineTo(x + size + 1, -1);
    }
    context.stroke();
    this.#hatch = this.context.createPattern(tile, 'repeat');
    this.#hatch?.setTransform(new DOMMatrix().scale(1 / ratio));
    this.#hatchTheme = theme;
    return this.#hatch ?? theme.zombie.ground;
  }

  #labels({ slices, wide, scale, theme }: OverlayInput): void {
    const { context, meter } = this;
    let drawn = 0;
    for (const { slice, topPx, startPx, endPx } of wide) {
      if (drawn >= mostLabels) break;
      const start = startPx + labelPaddingPx;
      const room = Math.min(endPx, scale.widthPx) - labelPaddingPx - start;
      const label = meter.fitting(sliceLabels(slices, slice, this.t), room);
      if (!label) continue;
      const paint = theme.classes[slices.sliceClass[slice] ?? 0];
      const blocked = ((slices.sliceFlags[slice] ?? 0) & SliceFlag.Blocked) !== 0;
      context.fillStyle = (blocked ? paint?.blockedInk : paint?.ink) ?? theme.foreground;
      context.fillText(label, start, topPx + sliceTopPx + sliceHeightPx / 2 + 0.5);
      drawn++;
    }
  }

  #arrows(input: OverlayInput): void {
    const { slices, scale, theme, state, topOf } = input;
    const few = slices.arrows.length <= mostArrows;
    for (const arrow of [...slices.arrows, ...causeArrows(state)]) {
      const mine = arrow.row === state.row || (state.thread !== null && arrow.toThread === state.thread);
      if (!few && !mine && arrow.kind !== 'cause' && arrow.fromThread !== state.thread) continue;
      const from = topOf(arrow.fromThread);
      const to = topOf(arrow.toThread);
      if (from === undefined || to === undefined || from === to) continue;
      // The hatch shows how long a zombie waited; its arrow starts where the hatch ends.
      const x0 = scale.toPx(arrow.kind === 'reap' ? arrow.toNs : arrow.fromNs);
      const x1 = scale.toPx(arrow.toNs);
      if (Math.max(x0, x1) < -20 || Math.min(x0, x1) > scale.widthPx + 20) continue;
      this.context.strokeStyle = this.context.fillStyle = arrowColour(arrow, theme);
      this.context.globalAlpha = mine ? 1 : slices.arrows.length < 24 ? 0.85 : 0.55;
      this.#arrow(x0, x1, from, to, mine ? 2 : 1.4);
    }
    this.context.globalAlpha = 1;
  }

  #arrow(x0: number, x1: number, fromTop: number, toTop: number, width: number): void {
    const down = toTop > fromTop;
    const y0 = fromTop + (down ? failTopPx : sliceTopPx);
    const y1 = toTop + (down ? sliceTopPx - 2 : failTopPx + 2);
    const bend = Math.min(26, Math.abs(y1 - y0) / 2) * (down ? 1 : -1);
    const { context } = this;
    const tip = down ? -7 : 7;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(x0, y0);
    context.bezierCurveTo(x0, y0 + bend, x1, y1 - bend, x1, y1 + tip);
    context.stroke();
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x1 - 4.5, y1 + tip);
    context.lineTo(x1 + 4.5, y1 + tip);
    context.closePath();
    context.fill();
  }

  #signals({ slices, scale, theme, topOf }: OverlayInput): void {
    const { context } = this;
    const r = signalRadiusPx;
    for (const fatal of [false, true]) {
      context.beginPath();
      for (const mark of slices.signals) {
        if (mark.fatal !== fatal) continue;
        const top = topOf(mark.thread);
        const x = scale.toPx(mark.atNs);
        if (top === undefined || x < -r || x > scale.widthPx + r) continue;
        const y = top + signalMiddlePx;
        context.moveTo(x, y - r);
        context.lineTo(x + r, y);
        context.lineTo(x, y + r);
        context.lineTo(x - r, y);
        context.closePath();
      }
      context.fillStyle = fatal ? theme.signal : theme.background;
      context.fill();
      context.strokeStyle = theme.signal;
      context.lineWidth = 1.5;
      context.stroke();
    }
  }

  #marks({ state, scale, theme, heightPx }: OverlayInput): void {
    this.context.fillStyle = theme.mark;
    for (const ns of state.marksNs) {
      const x = Math.round(scale.toPx(ns));
      for (let y = 0; y < heightPx; y += 6) this.context.fillRect(x, y, 1, 3);
    }
    if (state.scrubNs === null) return;
    this.context.fillStyle = theme.accent;
    this.context.fillRect(Math.round(scale.toPx(state.scrubNs)), 0, 1, heightPx);
  }

  #selection({ state, scale, theme, topOf, slices }: OverlayInput): void {
    const { detail } = state.event ?? {};
    if (!detail || state.row !== detail.row) return;
    const top = topOf(detail.thread);
    if (top === undefined) return;
    const endNs =
      detail.endNs ?? (detail.kind === 'call' && (detail.flags & SliceFlag.Open) !== 0 ? slices.endNs : detail.startNs);
    const { context } = this;
    context.strokeStyle = theme.foreground;
    context.lineWidth = 1.6;
    context.beginPath();
    if (detail.kind === 'signal') {
      const r = signalRadiusPx + 3;
      const x = scale.toPx(detail.startNs);
      const y = top + signalMiddlePx;
      context.moveTo(x, y - r);
      context.lineTo(x + r, y);
      context.lineTo(x, y + r);
      context.lineTo(x - r, y);
      context.closePath();
    } else {
      const x0 = Math.max(-4, Math.round(scale.toPx(detail.startNs)) - 1.5);
      const x1 = Math.min(scale.widthPx + 4, Math.max(x0 + 6, Math.round(scale.toPx(endNs)) + 1.5));
      context.roundRect(x0, top + sliceTopPx - 1.5, x1 - x0, sliceHeightPx + 3, 3);
    }
    context.stroke();
  }
}

function arrowColour(arrow: Arrow, theme: Theme): string {
  switch (arrow.kind) {
    case 'fork':
      return theme.forkArrow;
    case 'reap':
      return theme.reapArrow;
    case 'cause':
      return theme.causeArrow;
  }
}

/** Where the lane of a hit lies; shared with hit testing so that both agree. */
export function laneTop(index: number, scrollTopPx: number): number {
  return index * laneHeightPx - scrollTopPx;
}

/** Causes and effects of the selected event, beside the forks and reaps that are drawn anyway. */
function causeArrows(state: Readonly<ViewState>): Arrow[] {
  const { detail } = state.event ?? {};
  if (!detail || state.row !== detail.row) return [];
  const endNs = detail.endNs ?? detail.startNs;
  return detail.links
    .filter(link => link.thread !== detail.thread && link.kind !== 'fork' && link.kind !== 'reap')
    .map((link): Arrow => {
      const { row, thread, atNs } = link;
      // A cause ends at the call's return: that is what it made happen.
      return link.relation === 'cause'
        ? { kind: 'cause', fromThread: thread, fromNs: atNs, toThread: detail.thread, toNs: Math.max(endNs, atNs), row }
        : { kind: 'cause', fromThread: detail.thread, fromNs: detail.startNs, toThread: thread, toNs: atNs, row };
    });
}
