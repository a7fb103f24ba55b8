/**
 * The lanes: a scrolling area with a name column and one canvas, redrawn once a frame when something it shows has changed.
 *
 * The scroll height is real (so the scroll bar, wheel and touch are the browser's own), what is drawn is only what is visible: the
 * canvas and the names stick to the top of the area.
 */

import type { ThreadId } from '../../protocol.js';
import type { Context } from '../context.js';
import { h } from '../dom.js';
import { touches, type Changes, type ViewState } from '../store.js';
import { ticksFor } from '../ticks.js';
import { TimeScale } from '../viewport.js';
import { laneHeightPx, type VisibleLane } from './geometry.js';
import { FindingMarks } from './findingMarks.js';
import { hitTest, type Hit } from './hitTest.js';
import type { LaneList } from './laneList.js';
import { NameColumn } from './names.js';
import { LaneOverlay, laneTop } from './overlay.js';
import { LaneRaster } from './raster.js';
import { TextMeter } from './text.js';
import type { WindowData } from './windowData.js';

/** Lanes asked for above and below the visible ones. */
const spareLanes = 6;

export class LanesView {
  readonly canvas = h('canvas', { class: 'lanes-canvas', role: 'application', attributes: { tabindex: '0' } });
  readonly element: HTMLDivElement;
  readonly #names: NameColumn;
  readonly #spacer: HTMLDivElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #raster = new LaneRaster();
  readonly #meter: TextMeter;
  readonly #overlay: LaneOverlay;
  readonly #findings: FindingMarks;
  #visible: VisibleLane[] = [];
  #widthPx = 0;
  #heightPx = 0;

  constructor(
    private readonly context: Context,
    readonly lanes: LaneList,
    readonly data: WindowData,
  ) {
    const drawing = this.canvas.getContext('2d', { alpha: false });
    if (!drawing) throw new Error('The browser gives no canvas.');
    this.#context = drawing;
    this.#meter = new TextMeter(drawing);
    this.#overlay = new LaneOverlay(drawing, this.#meter, context.t);
    this.#findings = new FindingMarks(drawing);
    this.#names = new NameColumn(context);
    this.canvas.setAttribute('aria-label', context.t('lanesLabel'));
    const layer = h('div', { class: 'lanes-layer', children: [this.#names.element, this.canvas] });
    this.#spacer = h('div', { class: 'lanes-spacer', children: [layer] });
    this.element = h('div', { class: 'lanes', children: [this.#spacer] });
    this.element.addEventListener('scroll', () => context.store.bump('layoutVersion'), { passive: true });
  }

  get scale(): TimeScale {
    return new TimeScale(this.context.store.state.window, Math.max(1, this.#widthPx));
  }

  get widthPx(): number {
    return this.#widthPx;
  }

  /** Lanes that fit, for paging. */
  get lanesPerPage(): number {
    return Math.max(1, Math.floor(this.#heightPx / laneHeightPx) - 1);
  }

  /** What lies at a place of the canvas. */
  hit(xPx: number, yPx: number): Hit | undefined {
    return hitTest(
      this.data.slices,
      this.#visible,
      this.scale,
      { xPx, yPx },
      this.context.store.state.hiddenClasses,
      this.#findings.drawn,
    );
  }

  /** Scrolls no further than needed to show a lane. */
  scrollTo(index: number): void {
    const top = index * laneHeightPx;
    const { scrollTop, clientHeight } = this.element;
    this.#spacer.style.height = `${this.lanes.total * laneHeightPx}px`;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (top + laneHeightPx > scrollTop + clientHeight) {
      // Far away: into the middle, so that what is around it can be seen.
      const far = top > scrollTop + 2 * clientHeight;
      this.element.scrollTop = far ? top - clientHeight / 2 : top + laneHeightPx - clientHeight;
    }
  }

  /** Reads the sizes and sizes the canvas; called when the layout has changed. */
  measure(): void {
    const { nameWidthPx } = this.context.store.state;
    this.#heightPx = this.element.clientHeight;
    this.#widthPx = Math.max(0, this.element.clientWidth - nameWidthPx);
    const ratio = devicePixelRatio;
    const width = Math.max(1, Math.round(this.#widthPx * ratio));
    const height = Math.max(1, Math.round(this.#heightPx * ratio));
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.#meter.forgetFont();
      this.canvas.style.width = `${width / ratio}px`;
      this.canvas.style.height = `${height / ratio}px`;
    }
    this.#raster.resize(width, height, ratio);
    this.#spacer.style.height = `${Math.max(this.lanes.total * laneHeightPx, this.#heightPx)}px`;
  }

  update(state: Readonly<ViewState>, changes: Changes): void {
    if (
      touches(
        changes,
        'layoutVersion',
        'nameWidthPx',
        'lanesVersion',
        'drawerHeightPx',
        'drawerWidthPx',
        'drawerOpen',
        'trace',
      )
    ) {
      this.measure();
    }
    const drawn = touches(changes, 'window', 'layoutVersion', 'lanesVersion', 'slicesVersion', 'themeVersion', 'nameWidthPx',
      'drawerHeightPx', 'drawerWidthPx', 'drawerOpen', 'hiddenClasses', 'filter', 'row', 'event', 'thread', 'range', 'marksNs', 'scrubNs', 'trace', 'summary',
      'folded', 'root', 'findings', 'finding'); // prettier-ignore
    const named = touches(changes, 'layoutVersion', 'nameWidthPx', 'lanesVersion', 'drawerHeightPx', 'drawerWidthPx', 'drawerOpen',
      'trace', 'summary', 'folded', 'root', 'thread'); // prettier-ignore
    if (drawn) this.#draw(state, named);
  }

  /** `named`: something has changed that the names beside the lanes tell of, which moving through time never does. */
  #draw(state: Readonly<ViewState>, named: boolean): void {
    const scrollTop = this.element.scrollTop;
    const first = Math.max(0, Math.floor(scrollTop / laneHeightPx));
    const last = Math.min(Math.ceil((scrollTop + this.#heightPx) / laneHeightPx), this.lanes.total) - 1;
    this.lanes.ensure(first, Math.max(first, last));
    const topPx = laneTop(first, scrollTop);
    if (named) {
      const count = Math.max(0, last - first + 1);
      this.#names.show(first, count, topPx, laneHeightPx, index => this.lanes.at(index));
    }
    this.data.ensure(this.#wantedThreads(first, last), this.#widthPx, this.#foldedThreads(first, last));

    this.#visible = [];
    for (let index = first; index <= last; index++) {
      const thread = this.lanes.at(index)?.lane.thread;
      const column = thread === undefined ? undefined : this.data.laneIndex(thread);
      this.#visible.push({ index, column: column ?? -1, topPx: laneTop(index, scrollTop) });
    }
    this.#paint(state, scrollTop);
  }

  /** The visible lanes, and a few around them, so that scrolling by a lane needs no round trip. */
  #wantedThreads(first: number, last: number): ThreadId[] {
    const wanted: ThreadId[] = [];
    let missing = false;
    for (let index = Math.max(0, first - spareLanes); index <= last + spareLanes; index++) {
      const thread = this.lanes.at(index)?.lane.thread;
      if (thread === undefined) continue;
      wanted.push(thread);
      if (index >= first && index <= last && this.data.laneIndex(thread) === undefined) missing = true;
    }
    if (missing) return wanted;
    // All visible lanes are here: the spare ones are no reason to ask again.
    return wanted.filter(thread => this.data.laneIndex(thread) !== undefined);
  }

  /** Visible lanes that stand for a whole folded subtree. */
  #foldedThreads(first: number, last: number): ThreadId[] {
    const { folded } = this.context.store.state;
    if (folded.size === 0) return [];
    const found: ThreadId[] = [];
    for (let index = first; index <= last; index++) {
      const row = this.lanes.at(index);
      if (row?.thread.leader && folded.has(row.process.id)) found.push(row.lane.thread);
    }
    return found;
  }

  #paint(state: Readonly<ViewState>, scrollTop: number): void {
    const { theme } = this.context;
    const colours = theme.current;
    const { slices } = this.data;
    const scale = this.scale;
    const context = this.#context;
    const ratio = devicePixelRatio;
    context.setTransform(1, 0, 0, 1, 0, 0);
    const gridPx = ticksFor(state.window, this.#widthPx, 96).atNs.map(ns => scale.toPx(ns));
    const filtered = state.filter !== null && slicesAreFiltered(state, this.data);
    const { hiddenClasses } = state;
    const { ground } = colours;
    const lanes = this.#visible;
    const wide = this.#raster.paint(context, {
      slices, scale, theme: colours, gridPx, lanes, hiddenClasses, filtered, ground,
    }); // prettier-ignore
    if (!slices) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.textBaseline = 'middle';
    this.#meter.setFont(`11.5px ${colours.fontFamily}`);
    const topOf = (thread: ThreadId): number | undefined => {
      const index = this.lanes.indexOf(thread);
      return index < 0 ? undefined : laneTop(index, scrollTop);
    };
    this.#overlay.paint({
      slices, wide, scale, state, theme: colours, heightPx: this.#heightPx, topOf,
    }); // prettier-ignore
    this.#findings.paint({ scale, state, theme: colours, topOf });
  }
}

/** Columns that were asked for without the filter carry no match bits: dimming all of them would only flash. */
function slicesAreFiltered(state: Readonly<ViewState>, data: WindowData): boolean {
  return data.filter === state.filter;
}
