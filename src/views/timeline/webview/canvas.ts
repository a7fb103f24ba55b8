/** A canvas strip of fixed height that keeps its pixels in step with its size and the screen's resolution. */

import { h } from './dom.js';

export class StripCanvas {
  readonly element: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;

  constructor(className: string) {
    this.element = h('canvas', { class: className });
    const context = this.element.getContext('2d');
    if (!context) throw new Error('The browser gives no canvas.');
    this.#context = context;
  }

  /** Clears and returns the context, scaled to device-independent pixels, and the size. */
  begin(): { context: CanvasRenderingContext2D; widthPx: number; heightPx: number } {
    const { clientWidth: widthPx, clientHeight: heightPx } = this.element;
    const ratio = devicePixelRatio;
    const width = Math.max(1, Math.round(widthPx * ratio));
    const height = Math.max(1, Math.round(heightPx * ratio));
    if (this.element.width !== width || this.element.height !== height) {
      this.element.width = width;
      this.element.height = height;
    }
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#context.clearRect(0, 0, widthPx, heightPx);
    return { context: this.#context, widthPx, heightPx };
  }
}
