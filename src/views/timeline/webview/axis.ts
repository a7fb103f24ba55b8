/** The axis of time: ticks, the time under the pointer, the selected range with its length, the user's marks. */

import { StripCanvas } from './canvas.js';
import type { Context } from './context.js';
import { button, h, setHidden, setText } from './dom.js';
import { formatDuration, formatMoment } from './format.js';
import { touches, type Changes, type ViewState } from './store.js';
import { ticksFor } from './ticks.js';
import { spanOf, TimeScale } from './viewport.js';

const tickGapPx = 96;

export class Axis {
  readonly element: HTMLDivElement;
  readonly #strip = new StripCanvas('axis-canvas');
  readonly #cursor = h('div', { class: 'cursor-time', attributes: { hidden: '' } });
  readonly #rangeText: HTMLSpanElement;
  readonly #range: HTMLButtonElement;
  readonly #all: HTMLButtonElement;
  /** Where the time under the pointer is written; empty when it is not. */
  #cursorSpan = { startPx: 0, endPx: -1 };

  constructor(private readonly context: Context) {
    const { t, store, actions } = context;
    this.#rangeText = h('span');
    this.#range = button({
      class: 'chip',
      icon: 'close',
      label: t('clearRange'),
      click: () => store.set({ range: null }),
    });
    this.#range.prepend(this.#rangeText);
    this.#all = button({
      class: 'chip',
      icon: 'close',
      text: t('showAllProcesses'),
      click: () => actions.showOnly(null),
    });
    const plot = h('div', { class: 'axis-plot', children: [this.#strip.element, this.#cursor] });
    const left = h('div', { class: 'axis-left', children: [this.#all, this.#range] });
    this.element = h('div', { class: 'axis', children: [left, plot] });
    this.#strip.element.addEventListener('click', event => this.#click(event.offsetX));
  }

  update(state: Readonly<ViewState>, changes: Changes): void {
    // The time under the pointer first: the ticks leave room for it.
    if (touches(changes, 'cursorNs', 'window', 'layoutVersion', 'drawerOpen', 'drawerWidthPx', 'nameWidthPx'))
      this.#showCursor(state);
    const drawn = touches(
      changes,
      'cursorNs',
      'window',
      'range',
      'marksNs',
      'scrubNs',
      'layoutVersion',
      'drawerOpen',
      'drawerWidthPx',
      'nameWidthPx',
      'themeVersion',
      'trace',
    );
    if (drawn) this.#draw(state);
    if (touches(changes, 'range', 'root', 'trace')) {
      this.#range.hidden = state.range === null;
      this.#all.hidden = state.root === null;
      if (state.range) setText(this.#rangeText, this.context.t('rangeLength', formatDuration(spanOf(state.range))));
    }
  }

  #scale(state: Readonly<ViewState>): TimeScale {
    return new TimeScale(state.window, Math.max(1, this.#strip.element.clientWidth));
  }

  #draw(state: Readonly<ViewState>): void {
    const { context, widthPx, heightPx } = this.#strip.begin();
    const theme = this.context.theme.current;
    const scale = new TimeScale(state.window, Math.max(1, widthPx));
    const { meter } = this.#strip;
    meter.setFont(`11px ${theme.fontFamily}`);
    context.textBaseline = 'middle';
    if (state.range) {
      const x0 = Math.round(scale.toPx(state.range.startNs));
      const x1 = Math.round(scale.toPx(state.range.endNs));
      context.fillStyle = theme.rangeFill;
      context.fillRect(x0, 0, Math.max(1, x1 - x0), heightPx);
    }
    const { stepNs, atNs } = ticksFor(state.window, widthPx, tickGapPx);
    for (const ns of atNs) {
      const x = Math.round(scale.toPx(ns));
      context.fillStyle = theme.grid;
      context.fillRect(x, 0, 1, heightPx);
      context.fillStyle = theme.dim;
      const label = formatMoment(ns, stepNs);
      // A label that the right border or the time under the pointer would cut is left out.
      const endPx = x + 5 + meter.width(label);
      const free = endPx <= widthPx && (endPx < this.#cursorSpan.startPx || x + 5 > this.#cursorSpan.endPx);
      if (free) context.fillText(label, x + 5, heightPx / 2 + 0.5);
    }
    if (state.scrubNs !== null) {
      const x = Math.round(scale.toPx(state.scrubNs));
      context.fillStyle = theme.accent;
      context.fillRect(x - 1, 0, 3, heightPx);
    }
    context.fillStyle = theme.mark;
    for (const ns of state.marksNs) {
      const x = Math.round(scale.toPx(ns));
      context.beginPath();
      context.moveTo(x - 4, heightPx - 9);
      context.lineTo(x + 5, heightPx - 9);
      context.lineTo(x + 5, heightPx - 4);
      context.lineTo(x + 0.5, heightPx);
      context.lineTo(x - 4, heightPx - 4);
      context.fill();
    }
  }

  #showCursor(state: Readonly<ViewState>): void {
    const hidden = state.cursorNs === null || state.cursorNs < 0;
    setHidden(this.#cursor, hidden);
    this.#cursorSpan = { startPx: 0, endPx: -1 };
    if (hidden || state.cursorNs === null) return;
    const scale = this.#scale(state);
    setText(this.#cursor, formatMoment(state.cursorNs, scale.nsPerPx * 2));
    const x = scale.toPx(state.cursorNs);
    const width = this.#cursor.offsetWidth;
    const startPx = Math.round(Math.min(Math.max(x, width / 2), scale.widthPx - width / 2) - width / 2);
    this.#cursorSpan = { startPx, endPx: startPx + width };
    this.#cursor.style.transform = `translateX(${startPx}px)`;
  }

  /** On a mark: goes there. Elsewhere: the state tabs show that time. */
  #click(xPx: number): void {
    const { store, actions } = this.context;
    const scale = this.#scale(store.state);
    const ns = store.state.marksNs.find(mark => Math.abs(scale.toPx(mark) - xPx) <= 6);
    if (ns === undefined) {
      store.set({ scrubNs: Math.max(0, Math.round(scale.toNs(xPx))) });
      return;
    }
    const span = spanOf(store.state.window);
    actions.moveWindow({ startNs: ns - span / 2, endNs: ns + span / 2 }, true);
  }
}
