/**
 * The lanes' ground, state strips, slices and failure marks, painted straight into pixels.
 *
 * Canvas rectangles cost about half a microsecond each without a GPU, and a full view has a hundred thousand slices. Here a lane is
 * one row of pixels: slices are runs in it, and the finished row is copied down the lane's height. What is rare (labels, hatches,
 * arrows, outlines) is drawn over it with the canvas (overlay.ts).
 */

import { SliceFlag, type WindowSlices } from '../../protocol.js';
import type { TimeScale } from '../viewport.js';
import type { Theme } from '../theme.js';
import {
  failHeightPx,
  failTopPx,
  laneHeightPx,
  sliceHeightPx,
  sliceTopPx,
  stripHeightPx,
  stripTopPx,
  type VisibleLane,
} from './geometry.js';
import { blend, run, RunList } from './pixels.js';
import { firstAfter } from './windowData.js';

const leastSlicePx = 2;
const leastFailPx = 3;
/** Everything narrower has no corners and no label. */
const cornerMinPx = 6;
const labelMinPx = 24;

/** A slice that is wide enough for words. */
export interface WideSlice {
  /** Index in the columns. */
  slice: number;
  /** Lane's top. */
  topPx: number;
  startPx: number;
  endPx: number;
}

export interface RasterInput {
  /** null while the first columns are on their way: the ground is there already. */
  slices: WindowSlices | null;
  lanes: readonly VisibleLane[];
  scale: TimeScale;
  theme: Theme;
  hiddenClasses: ReadonlySet<number>;
  filtered: boolean;
  gridPx: readonly number[];
  /** Colours of the ground as pixels: even lanes, odd lanes, grid lines. */
  ground: { background: number; band: number; grid: number };
}

export class LaneRaster {
  #image: ImageData | null = null;
  #pixels = new Uint32Array(0);
  #row = new Uint32Array(0);
  /** A row of the ground with the grid lines: of even lanes, of odd lanes. */
  #grounds: [Uint32Array, Uint32Array] = [new Uint32Array(0), new Uint32Array(0)];
  readonly #corners = new RunList();
  readonly #failed = new RunList();
  readonly #matches = new RunList();
  #width = 0;
  #height = 0;
  #ratio = 1;

  /** Sizes in device pixels; `ratio` of them make one device-independent pixel. */
  resize(width: number, height: number, ratio: number): void {
    this.#ratio = ratio;
    if (width === this.#width && height === this.#height) return;
    this.#width = width;
    this.#height = height;
    this.#image = new ImageData(Math.max(1, width), Math.max(1, height));
    this.#pixels = new Uint32Array(this.#image.data.buffer);
    this.#row = new Uint32Array(Math.max(1, width));
    this.#grounds = [new Uint32Array(Math.max(1, width)), new Uint32Array(Math.max(1, width))];
  }

  /** Paints everything and puts it on the canvas; returns the slices that have room for a label. */
  paint(context: CanvasRenderingContext2D, input: RasterInput): WideSlice[] {
    if (!this.#image) return [];
    const { slices, lanes } = input;
    this.#layGrounds(input);
    // Every row of pixels is written once: memory is what a frame without a GPU waits for.
    this.#stamp(this.#grounds[0], 0, this.#y(lanes[0]?.topPx ?? Infinity));
    this.#stamp(this.#grounds[0], this.#y((lanes.at(-1)?.topPx ?? Infinity) + laneHeightPx), this.#height);
    const wide: WideSlice[] = [];
    for (const [i, lane] of lanes.entries()) {
      const ground = this.#grounds[lane.index % 2];
      const top = this.#y(lane.topPx);
      const bottom = this.#y(lanes[i + 1]?.topPx ?? lane.topPx + laneHeightPx);
      if (!ground || !slices || lane.column < 0) {
        this.#stamp(ground ?? this.#grounds[0], top, bottom);
        continue;
      }
      const stripTop = this.#y(lane.topPx + stripTopPx);
      const stripBottom = this.#y(lane.topPx + stripTopPx + stripHeightPx);
      const sliceTop = this.#y(lane.topPx + sliceTopPx);
      const sliceBottom = this.#y(lane.topPx + sliceTopPx + sliceHeightPx);
      this.#stamp(ground, top, stripTop);
      this.#stamp(ground, stripBottom, sliceTop);
      this.#stamp(ground, sliceBottom, bottom);
      if (stripBottom > stripTop) {
        this.#row.set(ground);
        this.#states(lane, slices, input);
        this.#stamp(this.#row, stripTop, stripBottom);
      }
      if (sliceBottom > sliceTop) {
        this.#row.set(ground);
        this.#slices(lane, slices, input, { top: sliceTop, bottom: sliceBottom }, wide);
      }
    }
    context.putImageData(this.#image, 0, 0);
    return wide;
  }

  #y(px: number): number {
    return Math.min(this.#height, Math.max(0, Math.round(px * this.#ratio)));
  }

  #layGrounds({ ground, gridPx }: RasterInput): void {
    const [even, odd] = this.#grounds;
    even.fill(ground.background);
    odd.fill(ground.band);
    for (const px of gridPx) {
      const x = Math.round(px * this.#ratio);
      if (x >= 0 && x < this.#width) even[x] = odd[x] = ground.grid;
    }
  }

  /** Copies a row of pixels to rows [top, bottom). */
  #stamp(row: Uint32Array, top: number, bottom: number): void {
    for (let y = top; y < bottom; y++) this.#pixels.set(row, y * this.#width);
  }

  #states(lane: VisibleLane, slices: WindowSlices, { scale, theme }: RasterInput): void {
    const row = this.#row;
    const k = scale.pxPerNs * this.#ratio;
    const { startNs, endNs } = scale.window;
    const last = slices.stateOffsets[lane.column + 1] ?? 0;
    const starts = slices.stateStartNs;
    const ends = slices.stateEndNs;
    for (let i = firstAfter(ends, startNs, slices.stateOffsets[lane.column] ?? 0, last); i < last; i++) {
      const from = starts[i] ?? 0;
      if (from > endNs) break;
      const paint = theme.states[slices.state[i] ?? 0];
      if (!paint) continue;
      const x0 = Math.max(0, Math.round((from - startNs) * k));
      const x1 = Math.min(this.#width, Math.max(x0 + 1, Math.round(((ends[i] ?? 0) - startNs) * k)));
      run(row, x0, x1, paint.pixel);
    }
  }

  #slices(
    lane: VisibleLane,
    slices: WindowSlices,
    input: RasterInput,
    { top, bottom }: { top: number; bottom: number },
    wide: WideSlice[],
  ): void {
    const { scale, theme, hiddenClasses, filtered } = input;
    const row = this.#row;
    const ratio = this.#ratio;
    const k = scale.pxPerNs * ratio;
    const { startNs, endNs } = scale.window;
    const { sliceStartNs, sliceEndNs, sliceClass, sliceFlags } = slices;
    const last = slices.laneOffsets[lane.column + 1] ?? 0;
    const shown = theme.classes.map((paint, kind) => (hiddenClasses.has(kind) ? undefined : paint));
    const corners = this.#corners;
    const failed = this.#failed;
    const matches = this.#matches;
    corners.length = failed.length = matches.length = 0;
    const edge = Math.max(1, Math.round(2 * ratio));
    // A short call among others is covered by the next one; alone it must be seen.
    const least = Math.max(1, Math.round(leastSlicePx * ratio));
    const leastFailed = Math.round(leastFailPx * ratio);
    for (let i = firstAfter(sliceEndNs, startNs, slices.laneOffsets[lane.column] ?? 0, last); i < last; i++) {
      const from = sliceStartNs[i] ?? 0;
      if (from > endNs) break;
      const paint = shown[sliceClass[i] ?? 0];
      if (!paint) continue;
      const flags = sliceFlags[i] ?? 0;
      const dimmed = filtered && (flags & SliceFlag.Match) === 0;
      const blocked = (flags & SliceFlag.Blocked) !== 0;
      const left = Math.round((from - startNs) * k);
      const x0 = left < 0 ? 0 : left;
      const x1 = Math.min(this.#width, Math.max(x0 + least, Math.round(((sliceEndNs[i] ?? 0) - startNs) * k)));
      const colour = (dimmed ? paint.dimmed : blocked ? paint.blocked : paint.fill).pixel;
      run(row, x0, x1, colour);
      if (blocked && !dimmed && left >= 0) run(row, x0, Math.min(x1, x0 + edge), paint.fill.pixel);
      if (filtered && !dimmed && x1 - x0 <= 2 * least) matches.add(x0, x1, paint.fill.pixel, 0);
      if ((flags & SliceFlag.Failed) !== 0 && !dimmed)
        failed.join(x0, Math.min(this.#width, Math.max(x1, x0 + leastFailed)));
      const length = x1 - x0;
      if (length < cornerMinPx * ratio) continue;
      const first = blocked && !dimmed && left >= 0 ? paint.fill.pixel : colour;
      if (!theme.highContrast) corners.add(x0, x1, first, colour);
      else if (blocked) corners.add(x0, x1, paint.fill.pixel, paint.fill.pixel);
      if (length >= labelMinPx * ratio && !dimmed) {
        wide.push({ slice: i, topPx: lane.topPx, startPx: x0 / ratio, endPx: x1 / ratio });
      }
    }
    // A short match is not to be covered by the next call that is none.
    for (let i = 0; i < matches.length; i++) run(row, matches.from[i] ?? 0, matches.to[i] ?? 0, matches.first[i] ?? 0);
    this.#stamp(row, top, bottom);
    if (theme.highContrast) this.#outlines(top, bottom);
    else this.#roundOff(top, bottom, lane, input);
    this.#failures(lane, theme.failed.pixel);
  }

  /** Takes the sharpness off the corners of the lane's slices. */
  #roundOff(top: number, bottom: number, lane: VisibleLane, { ground }: RasterInput): void {
    const corners = this.#corners;
    const under = lane.index % 2 === 1 ? ground.band : ground.background;
    const pixels = this.#pixels;
    const width = this.#width;
    const steps =
      this.#ratio >= 1.5
        ? ([
            [0, 0, 1],
            [1, 0, 0.5],
            [0, 1, 0.5],
          ] as const)
        : ([[0, 0, 0.6]] as const);
    for (let i = 0; i < corners.length; i++) {
      const x0 = corners.from[i] ?? 0;
      const x1 = corners.to[i] ?? 0;
      for (const [dx, dy, part] of steps) {
        const first = blend(corners.first[i] ?? 0, under, part);
        const last = blend(corners.last[i] ?? 0, under, part);
        const up = (top + dy) * width;
        const down = (bottom - 1 - dy) * width;
        pixels[up + x0 + dx] = first;
        pixels[down + x0 + dx] = first;
        pixels[up + x1 - 1 - dx] = last;
        pixels[down + x1 - 1 - dx] = last;
      }
    }
  }

  /** High contrast: a waiting call is an outlined box. */
  #outlines(top: number, bottom: number): void {
    const boxes = this.#corners;
    const line = Math.max(1, Math.round(this.#ratio));
    for (let i = 0; i < boxes.length; i++) {
      const x0 = boxes.from[i] ?? 0;
      const x1 = boxes.to[i] ?? 0;
      const colour = boxes.first[i] ?? 0;
      for (let y = top; y < bottom; y++) {
        const start = y * this.#width;
        const full = y < top + line || y >= bottom - line;
        if (full) this.#pixels.fill(colour, start + x0, start + x1);
        else this.#pixels.fill(colour, start + x1 - line, start + x1);
      }
    }
  }

  #failures(lane: VisibleLane, colour: number): void {
    const { from, to, length } = this.#failed;
    const top = this.#y(lane.topPx + failTopPx - 1);
    const bottom = this.#y(lane.topPx + failTopPx - 1 + failHeightPx);
    for (let start = top * this.#width; start < bottom * this.#width; start += this.#width) {
      for (let i = 0; i < length; i++) run(this.#pixels, start + (from[i] ?? 0), start + (to[i] ?? 0), colour);
    }
  }
}
