/** A canvas strip of fixed height that keeps its pixels in step with its size and the screen's resolution. */

import { h } from './dom.js';
import { TextMeter } from './lanes/text.js';

export interface Strip {
  /** Scaled to device-independent pixels. */
  context: CanvasRenderingContext2D;
  widthPx: number;
  heightPx: number;
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The browser gives no canvas.');
  return context;
}

export class StripCanvas {
  readonly element: HTMLCanvasElement;
  /** Measures texts of the strip, in the font that it was given. */
  readonly meter: TextMeter;
  readonly #context: CanvasRenderingContext2D;
  /** What stays the same from frame to frame. */
  #backdrop: CanvasRenderingContext2D | null = null;

  constructor(className: string) {
    this.element = h('canvas', { class: className });
    this.#context = contextOf(this.element);
    this.meter = new TextMeter(this.#context);
  }

  /** Clears it and returns where to draw. */
  begin(): Strip {
    const { clientWidth: widthPx, clientHeight: heightPx } = this.element;
    const ratio = devicePixelRatio;
    const width = Math.max(1, Math.round(widthPx * ratio));
    const height = Math.max(1, Math.round(heightPx * ratio));
    if (this.element.width !== width || this.element.height !== height) {
      this.element.width = width;
      this.element.height = height;
      this.meter.forgetFont();
    }
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#context.clearRect(0, 0, widthPx, heightPx);
    return { context: this.#context, widthPx, heightPx };
  }

  /** Like `begin`, with a picture under it that `paint` draws only when it is `stale` or does not fit. */
  beginOver(stale: boolean, paint: (backdrop: Strip) => void): Strip {
    const strip = this.begin();
    const { width, height } = this.element;
    this.#backdrop ??= contextOf(document.createElement('canvas'));
    const { canvas } = this.#backdrop;
    const fits = canvas.width === width && canvas.height === height;
    if (stale || !fits) {
      canvas.width = width;
      canvas.height = height;
      this.#backdrop.setTransform(strip.context.getTransform());
      paint({ ...strip, context: this.#backdrop });
    }
    const transform = strip.context.getTransform();
    strip.context.setTransform(1, 0, 0, 1, 0, 0);
    strip.context.drawImage(canvas, 0, 0);
    strip.context.setTransform(transform);
    return strip;
  }
}
