/** Making elements without HTML text: data only ever becomes text nodes and attributes. */

import { iconPaths, type IconName } from './icons.js';

type Child = Node | string;

interface Options {
  class?: string;
  text?: string;
  title?: string;
  role?: string;
  /** Attributes as they are. */
  attributes?: Record<string, string>;
  children?: Child[];
  click?: (event: MouseEvent) => void;
}

export function h<K extends keyof HTMLElementTagNameMap>(tag: K, options: Options = {}): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (options.class) element.className = options.class;
  if (options.text !== undefined) element.textContent = options.text;
  if (options.title) element.title = options.title;
  if (options.role) element.setAttribute('role', options.role);
  for (const [name, value] of Object.entries(options.attributes ?? {})) element.setAttribute(name, value);
  if (options.children) element.append(...options.children);
  const { click } = options;
  if (click) element.addEventListener('click', event => click(event as MouseEvent));
  return element;
}

const svgNamespace = 'http://www.w3.org/2000/svg';

/** A 16 × 16 icon in the colour of the text around it, invisible to screen readers. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(svgNamespace, 'path');
  path.setAttribute('d', iconPaths[name]);
  svg.append(path);
  return svg;
}

/** A button with an icon, a text, or both; `label` is its name when there is no text. */
export function button(options: {
  class?: string;
  icon?: IconName;
  text?: string;
  label?: string;
  click: (event: MouseEvent) => void;
}): HTMLButtonElement {
  const element = h('button', {
    class: options.class ?? 'button',
    click: options.click,
    attributes: { type: 'button' },
  });
  if (options.icon) element.append(icon(options.icon));
  if (options.text) element.append(h('span', { class: 'button-text', text: options.text }));
  if (options.label) {
    element.title = options.label;
    if (!options.text) element.setAttribute('aria-label', options.label);
  }
  return element;
}

/** Sets a text only when it differs: a text that is set again loses the user's selection in it. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Hides or shows an element only when that changes something: even the same value again makes the browser work out its style anew. */
export function setHidden(element: HTMLElement, hidden: boolean): void {
  if (element.hidden !== hidden) element.hidden = hidden;
}
