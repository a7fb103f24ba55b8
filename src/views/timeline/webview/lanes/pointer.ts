/**
 * Mouse and trackpad on the lanes: drag pans, shift-drag selects a range, ctrl/⌘ + wheel and pinch zoom at the pointer, a sideways
 * wheel pans, a click selects, a double click goes to the source. An upright wheel is the browser's own scrolling.
 */

import type { Context } from '../context.js';
import { touches, type Changes, type ViewState } from '../store.js';
import type { Tooltip } from '../tooltip.js';
import { panBy } from '../viewport.js';
import type { LanesView } from './lanesView.js';

/** A press that moves less than this is a click. */
const clickSlackPx = 3;

interface Drag {
  kind: 'pan' | 'range';
  startX: number;
  startY: number;
  startNs: number;
  startScroll: number;
  window: { startNs: number; endNs: number };
  moved: boolean;
}

export class LanePointer {
  #drag: Drag | null = null;
  /** Where the pointer rests over the lanes. */
  #rest: Pick<PointerEvent, 'offsetX' | 'offsetY' | 'clientX' | 'clientY'> | null = null;

  constructor(
    private readonly context: Context,
    private readonly view: LanesView,
    private readonly tooltip: Tooltip,
  ) {
    const { canvas } = view;
    canvas.addEventListener('pointerdown', event => this.#down(event));
    canvas.addEventListener('pointermove', event => this.#move(event));
    canvas.addEventListener('pointerup', event => this.#up(event));
    canvas.addEventListener('pointercancel', () => this.#end());
    canvas.addEventListener('pointerleave', () => this.#leave());
    canvas.addEventListener('dblclick', event => this.#doubleClick(event));
    view.element.addEventListener('wheel', event => this.#wheel(event), { passive: false });
  }

  /** Keys and growth move the lanes under a pointer that rests: what it points at is another thing then. */
  update(_state: Readonly<ViewState>, changes: Changes): void {
    if (!this.#rest || !touches(changes, 'window', 'slicesVersion', 'lanesVersion', 'layoutVersion')) return;
    this.context.store.set({ cursorNs: this.view.scale.toNs(this.#rest.offsetX) });
    if (this.#drag || !this.tooltip.shown) return;
    const { offsetX, offsetY, clientX, clientY } = this.#rest;
    this.tooltip.point(this.view.hit(offsetX, offsetY), clientX, clientY);
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    const { view } = this;
    view.canvas.setPointerCapture(event.pointerId);
    // Pressed with the mouse: no focus ring.
    view.canvas.focus({ preventScroll: true, focusVisible: false } as FocusOptions);
    this.tooltip.hide();
    this.#drag = {
      kind: event.shiftKey ? 'range' : 'pan',
      startX: event.offsetX,
      startY: event.offsetY,
      startNs: view.scale.toNs(event.offsetX),
      startScroll: view.element.scrollTop,
      window: this.context.store.state.window,
      moved: false,
    };
  }

  #move(event: PointerEvent): void {
    const { view, context } = this;
    const { store, actions } = context;
    const { offsetX, offsetY, clientX, clientY } = event;
    this.#rest = { offsetX, offsetY, clientX, clientY };
    const atNs = view.scale.toNs(offsetX);
    store.set({ cursorNs: atNs });
    const drag = this.#drag;
    if (!drag) {
      const hit = view.hit(event.offsetX, event.offsetY);
      view.canvas.classList.toggle('over-event', hit !== undefined && hit.kind !== 'lane');
      this.tooltip.point(hit, event.clientX, event.clientY);
      return;
    }
    const dx = event.offsetX - drag.startX;
    const dy = event.offsetY - drag.startY;
    if (!drag.moved && Math.abs(dx) < clickSlackPx && Math.abs(dy) < clickSlackPx) return;
    drag.moved = true;
    if (drag.kind === 'range') {
      const ns = Math.max(0, Math.min(atNs, store.state.summary?.endNs ?? atNs));
      const from = Math.max(0, drag.startNs);
      store.set({ range: { startNs: Math.min(from, ns), endNs: Math.max(from, ns) } });
      return;
    }
    view.canvas.classList.add('panning');
    const endNs = store.state.summary?.endNs ?? 0;
    // Whole pixels: slices that are narrower than a pixel keep their look while they move.
    actions.moveWindow(panBy(drag.window, -dx * view.scale.nsPerPx, endNs));
    view.element.scrollTop = drag.startScroll - dy;
  }

  #up(event: PointerEvent): void {
    const drag = this.#drag;
    this.#end();
    if (!drag || drag.moved) return;
    const hit = this.view.hit(event.offsetX, event.offsetY);
    this.context.actions.selectHit(hit, this.view, event.offsetX);
  }

  #doubleClick(event: MouseEvent): void {
    const hit = this.view.hit(event.offsetX, event.offsetY);
    if (hit && hit.kind !== 'lane') this.context.actions.goToSource();
  }

  #leave(): void {
    this.tooltip.hide();
    this.#rest = null;
    if (!this.#drag) this.context.store.set({ cursorNs: null });
  }

  #end(): void {
    this.#drag = null;
    this.view.canvas.classList.remove('panning');
  }

  #wheel(event: WheelEvent): void {
    const { view, context } = this;
    const { store, actions } = context;
    this.tooltip.hide();
    const line = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const xPx = Math.min(view.widthPx, Math.max(0, event.clientX - view.canvas.getBoundingClientRect().left));
      // A pinch sends many small steps, a wheel few large ones.
      const step = Math.max(-60, Math.min(60, event.deltaY * line));
      actions.zoomTo(Math.exp(step * 0.006), view.scale.toNs(xPx), false);
      return;
    }
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
    if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
      event.preventDefault();
      const endNs = store.state.summary?.endNs ?? 0;
      actions.moveWindow(panBy(store.state.window, sideways * line * view.scale.nsPerPx, endNs));
    }
  }
}
