/** What a user can do with the window of time: move it, zoom, fit, jump to the live edge. */

import type { WindowAnimation } from './animate.js';
import { atLiveEdge, liveEdge } from './follow.js';
import type { Store } from './store.js';
import { around, clampWindow, panBy, sameWindow, spanOf, wholeTrace, zoomAt, type TimeWindow } from './viewport.js';

export interface WindowParts {
  store: Store;
  animation: WindowAnimation;
}

export class WindowActions<Parts extends WindowParts = WindowParts> {
  constructor(protected readonly parts: Parts) {}

  protected get endNs(): number {
    return this.parts.store.state.summary?.endNs ?? 0;
  }

  /** The user moves the window: following ends, or goes on at the edge when the newest moment is still in it. */
  moveWindow(window: TimeWindow, glide = false): void {
    const { store, animation } = this.parts;
    const { follow, trace } = store.state;
    const live = trace?.phase === 'live' && follow !== 'none' && atLiveEdge(window, this.endNs);
    const zoomed = Math.abs(spanOf(window) / spanOf(store.state.window) - 1) > 1e-9;
    store.set({ follow: live && zoomed ? 'edge' : 'none' });
    if (glide) animation.glide(window);
    else animation.jump(window);
  }

  /** Scales the window's length; without an anchor around the pointer, the selection or the middle. */
  zoomTo(factor: number, anchorNs?: number, glide = true): void {
    const { store, animation } = this.parts;
    const window = glide ? animation.target : store.state.window;
    this.moveWindow(zoomAt(window, factor, anchorNs ?? this.#anchor(window), this.endNs), glide);
  }

  #anchor(window: TimeWindow): number {
    const { cursorNs, event, row, follow } = this.parts.store.state;
    const inside = (ns: number) => ns >= window.startNs && ns <= window.endNs;
    if (cursorNs !== null && inside(cursorNs)) return cursorNs;
    if (event && event.row === row && inside(event.detail.startNs)) return event.detail.startNs;
    if (follow === 'edge') return this.endNs;
    return (window.startNs + window.endNs) / 2;
  }

  panPart(part: number): void {
    const window = this.parts.animation.target;
    this.moveWindow(panBy(window, spanOf(window) * part, this.endNs), true);
  }

  goToEnd(which: 'first' | 'last'): void {
    const { startNs, endNs } = wholeTrace(this.endNs);
    const span = spanOf(this.parts.animation.target);
    const start = which === 'first' ? startNs : endNs - span;
    this.moveWindow(clampWindow({ startNs: start, endNs: start + span }, this.endNs), true);
  }

  /** Fits the range or the selected event; when that is what is shown already (or there is none), the whole trace. */
  fit(): void {
    const { store, animation } = this.parts;
    const { range, event, row, trace } = store.state;
    const target = range
      ? around(range.startNs, range.endNs, 0.04)
      : event && event.row === row
        ? around(event.detail.startNs, event.detail.endNs ?? event.detail.startNs, 0.5)
        : null;
    const wanted = target && clampWindow(target, this.endNs);
    if (wanted && !sameWindow(wanted, animation.target)) return this.moveWindow(wanted, true);
    store.set({ follow: trace?.phase === 'live' ? 'all' : 'none' });
    animation.glide(wholeTrace(this.endNs));
  }

  jumpToLive(): void {
    const { store, animation } = this.parts;
    store.set({ follow: 'edge' });
    animation.jump(liveEdge(spanOf(store.state.window), this.endNs));
  }
}
