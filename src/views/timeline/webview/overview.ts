/**
 * The whole trace in one strip: how many events by class, where calls failed, and a brush for the window. The brush is dragged to pan,
 * at its edges to zoom; a press beside it draws a new one.
 */

import type { Overview as Columns } from '../protocol.js';
import { StripCanvas } from './canvas.js';
import type { Context } from './context.js';
import { h, setText } from './dom.js';
import { findingRadiusPx, severityMark } from './lanes/findingMarks.js';
import { formatDuration } from './format.js';
import { touches, type Changes, type ViewState } from './store.js';
import { clampWindow, panBy, spanOf, TimeScale, wholeTrace, type TimeWindow } from './viewport.js';

const barPx = 4;
const refreshMs = 250;
const edgeReachPx = 5;
const failHeightPx = 3;

type Grip = 'start' | 'end' | 'inside' | 'outside';

export class Overview {
  readonly element: HTMLDivElement;
  readonly #strip = new StripCanvas('overview-canvas');
  readonly #length = h('span');
  #columns: Columns | null = null;
  /** The bars and what else does not move with the window have to be drawn again. */
  #stale = true;
  #asked = '';
  #askedAtMs = 0;
  #timer = 0;
  #drag: { grip: Grip; fromNs: number; window: TimeWindow } | null = null;

  constructor(private readonly context: Context) {
    const canvas = this.#strip.element;
    const word = h('span', { class: 'overview-word', text: `${context.t('wholeTrace')} ` });
    const label = h('div', { class: 'overview-label', children: [word, this.#length] });
    this.element = h('div', { class: 'overview', children: [label, canvas] });
    canvas.setAttribute('role', 'img');
    canvas.addEventListener('pointerdown', event => this.#down(event));
    canvas.addEventListener('pointermove', event => this.#move(event));
    canvas.addEventListener('pointerup', event => this.#up(event));
    canvas.addEventListener('pointercancel', () => (this.#drag = null));
    canvas.addEventListener('dblclick', () => context.actions.moveWindow(wholeTrace(this.#endNs), true));
  }

  get #endNs(): number {
    return this.context.store.state.summary?.endNs ?? 0;
  }

  get #scale(): TimeScale {
    return new TimeScale(wholeTrace(this.#endNs), Math.max(1, this.#strip.element.clientWidth));
  }

  clear(): void {
    this.#columns = null;
    this.#asked = '';
  }

  update(state: Readonly<ViewState>, changes: Changes): void {
    if (touches(changes, 'summary', 'layoutVersion', 'drawerOpen', 'drawerWidthPx', 'nameWidthPx', 'trace'))
      this.#ensure(state);
    if (touches(changes, 'summary', 'layoutVersion', 'drawerOpen', 'drawerWidthPx', 'nameWidthPx', 'themeVersion', 'trace', 'hiddenClasses',
      'findings', 'finding')) this.#stale = true; // prettier-ignore
    if (this.#stale || touches(changes, 'window', 'range')) this.#draw(state);
  }

  #ensure(state: Readonly<ViewState>): void {
    const columns = Math.max(1, Math.floor(this.#strip.element.clientWidth / barPx));
    if (!state.summary) return;
    const wanted = `${state.summary.revision} ${columns}`;
    if (wanted === this.#asked) return;
    const waitMs = this.#askedAtMs + refreshMs - performance.now();
    window.clearTimeout(this.#timer);
    if (waitMs > 0) this.#timer = window.setTimeout(() => this.#ensure(this.context.store.state), waitMs);
    else {
      this.#asked = wanted;
      this.#askedAtMs = performance.now();
      void this.#ask(columns);
    }
  }

  async #ask(columns: number): Promise<void> {
    try {
      this.#columns = await this.context.host.latest('overview', 'overview', { columns });
      this.#stale = true;
      this.context.store.bump('slicesVersion');
    } catch (error) {
      this.context.failed(error);
    }
  }

  #draw(state: Readonly<ViewState>): void {
    const { t } = this.context;
    const theme = this.context.theme.current;
    const scale = this.#scale;
    const { context, widthPx, heightPx } = this.#strip.beginOver(this.#stale, backdrop => {
      if (this.#columns) this.#bars(backdrop.context, this.#columns, scale, backdrop.heightPx, state.hiddenClasses);
      this.#findings(backdrop.context, state, scale, backdrop.heightPx);
    });
    this.#stale = false;
    const whole = formatDuration(this.#endNs);
    setText(this.#length, whole);
    const brush = state.window;
    const label = t('overviewLabel', whole, formatDuration(Math.max(0, brush.startNs)), formatDuration(brush.endNs));
    this.#strip.element.setAttribute('aria-label', label);
    const x0 = Math.max(0, Math.round(scale.toPx(brush.startNs)));
    const x1 = Math.min(widthPx, Math.max(x0 + 3, Math.round(scale.toPx(brush.endNs))));
    // What is outside of the window steps back.
    context.fillStyle = theme.surface;
    context.globalAlpha = 0.55;
    context.fillRect(0, 0, x0, heightPx);
    context.fillRect(x1, 0, widthPx - x1, heightPx);
    context.globalAlpha = 1;
    context.strokeStyle = theme.frame;
    context.lineWidth = 1;
    context.strokeRect(x0 + 0.5, 0.5, Math.max(1, x1 - x0 - 1), heightPx - 1);
    context.fillStyle = theme.frame;
    for (const x of [x0 - 1, x1 - 2]) context.fillRect(x, heightPx / 2 - 5, 3, 10);
    if (state.range) {
      context.fillStyle = theme.rangeFill;
      const from = Math.round(scale.toPx(state.range.startNs));
      context.fillRect(from, 0, Math.max(1, Math.round(scale.toPx(state.range.endNs)) - from), heightPx);
    }
  }

  /** Bars on a root scale: one busy moment must not flatten everything else. */
  #bars(
    context: CanvasRenderingContext2D,
    data: Columns,
    scale: TimeScale,
    heightPx: number,
    hidden: ReadonlySet<number>,
  ): void {
    const theme = this.context.theme.current;
    const { columns, counts, failed } = data;
    const totals = new Float64Array(columns);
    for (let kind = 0; kind < theme.classes.length; kind++) {
      if (hidden.has(kind)) continue;
      for (let bin = 0; bin < columns; bin++) totals[bin] = (totals[bin] ?? 0) + (counts[kind * columns + bin] ?? 0);
    }
    const most = Math.sqrt(totals.reduce((a, b) => Math.max(a, b), 1));
    const room = heightPx - failHeightPx - 4;
    const binNs = data.endNs / columns;
    const left = (bin: number) => Math.round(scale.toPx(bin * binNs));
    const bottoms = new Float64Array(columns).fill(heightPx - 2);
    for (const [kind, paint] of theme.classes.entries()) {
      if (hidden.has(kind)) continue;
      context.fillStyle = paint.fill.css;
      for (let bin = 0; bin < columns; bin++) {
        const count = counts[kind * columns + bin] ?? 0;
        if (count === 0) continue;
        const total = totals[bin] ?? 1;
        const height = Math.max(1, (Math.sqrt(total) / most) * room * (count / total));
        const bottom = (bottoms[bin] ?? 0) - height;
        bottoms[bin] = bottom;
        context.fillRect(left(bin), bottom, Math.max(1, left(bin + 1) - left(bin) - 1), height);
      }
    }
    context.fillStyle = theme.failed.css;
    for (let bin = 0; bin < columns; bin++) {
      if ((failed[bin] ?? 0) > 0)
        context.fillRect(left(bin), 1, Math.max(1, left(bin + 1) - left(bin) - 1), failHeightPx);
    }
  }

  /** A tick for each finding, the gravest on top; a circle, triangle or ring at its foot says how grave. */
  #findings(context: CanvasRenderingContext2D, state: Readonly<ViewState>, scale: TimeScale, heightPx: number): void {
    const theme = this.context.theme.current;
    const ticks: number[] = [];
    for (const { atNs, severity } of state.findings) {
      const x = scale.toPx(atNs);
      if (ticks.some(other => Math.abs(other - x) < 2 * findingRadiusPx)) continue;
      ticks.push(x);
      context.fillStyle = theme.severity[severity].fill;
      context.fillRect(Math.round(x), 0, 1, heightPx);
      severityMark(context, severity, x, heightPx - findingRadiusPx, theme, findingRadiusPx - 1.5);
    }
  }

  #gripAt(xPx: number): Grip {
    const { window } = this.context.store.state;
    const scale = this.#scale;
    const x0 = scale.toPx(window.startNs);
    const x1 = scale.toPx(window.endNs);
    // Edges win only while the brush is wide enough to be caught between them.
    const wide = x1 - x0 > 3 * edgeReachPx;
    if (wide && Math.abs(xPx - x0) <= edgeReachPx) return 'start';
    if (wide && Math.abs(xPx - x1) <= edgeReachPx) return 'end';
    return xPx >= x0 && xPx <= x1 ? 'inside' : 'outside';
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#strip.element.setPointerCapture(event.pointerId);
    const { window } = this.context.store.state;
    this.#drag = { grip: this.#gripAt(event.offsetX), fromNs: this.#scale.toNs(event.offsetX), window };
  }

  #move(event: PointerEvent): void {
    const atNs = this.#scale.toNs(event.offsetX);
    const { actions } = this.context;
    if (!this.#drag) {
      const grip = this.#gripAt(event.offsetX);
      this.#strip.element.dataset['grip'] = grip;
      return;
    }
    const { grip, fromNs, window } = this.#drag;
    const between = (a: number, b: number) =>
      clampWindow({ startNs: Math.min(a, b), endNs: Math.max(a, b) }, this.#endNs);
    if (grip === 'inside') actions.moveWindow(panBy(window, atNs - fromNs, this.#endNs));
    else if (grip === 'start') actions.moveWindow(between(atNs, window.endNs));
    else if (grip === 'end') actions.moveWindow(between(window.startNs, atNs));
    else if (Math.abs(atNs - fromNs) * this.#scale.pxPerNs > 3) actions.moveWindow(between(fromNs, atNs));
  }

  #up(event: PointerEvent): void {
    const drag = this.#drag;
    this.#drag = null;
    if (drag?.grip !== 'outside') return;
    const atNs = this.#scale.toNs(event.offsetX);
    if (Math.abs(atNs - drag.fromNs) * this.#scale.pxPerNs > 3) return;
    const half = spanOf(drag.window) / 2;
    this.context.actions.moveWindow(clampWindow({ startNs: atNs - half, endNs: atNs + half }, this.#endNs), true);
  }
}
