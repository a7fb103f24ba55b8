/** A border that is dragged, or moved with the arrow keys, to give one side more room. */

import { h } from './dom.js';

interface Options {
  class: string;
  label: string;
  orientation: 'vertical' | 'horizontal';
  /** Size now, and its limits, in pixels. */
  size(): { value: number; least: number; most: number };
  /** +1 when dragging right or down makes it larger. */
  sign: 1 | -1;
  resize(value: number): void;
}

const keyStepPx = 16;

export function splitter(options: Options): HTMLDivElement {
  const vertical = options.orientation === 'vertical';
  const element = h('div', {
    class: `splitter ${options.class}`,
    role: 'separator',
    attributes: { tabindex: '0', 'aria-label': options.label, 'aria-orientation': options.orientation },
  });
  const resize = (value: number) => {
    const { least, most } = options.size();
    const clamped = Math.round(Math.min(Math.max(value, least), most));
    options.resize(clamped);
    element.setAttribute('aria-valuenow', String(clamped));
    element.setAttribute('aria-valuemin', String(Math.round(least)));
    element.setAttribute('aria-valuemax', String(Math.round(most)));
  };
  let from: { at: number; value: number } | null = null;
  const place = (event: PointerEvent) => (vertical ? event.clientX : event.clientY);
  element.addEventListener('pointerdown', event => {
    element.setPointerCapture(event.pointerId);
    from = { at: place(event), value: options.size().value };
    element.classList.add('dragging');
  });
  element.addEventListener('pointermove', event => {
    if (from) resize(from.value + (place(event) - from.at) * options.sign);
  });
  const end = () => {
    from = null;
    element.classList.remove('dragging');
  };
  element.addEventListener('pointerup', end);
  element.addEventListener('pointercancel', end);
  element.addEventListener('keydown', event => {
    const keys = vertical ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const direction = keys.indexOf(event.key);
    if (direction < 0) return;
    event.preventDefault();
    event.stopPropagation();
    resize(options.size().value + (direction === 0 ? -keyStepPx : keyStepPx) * options.sign);
  });
  return element;
}
