/**
 * The boxes of the flame graph: a click makes one fill the width, arrow keys go from caller to callee and along a row. Boxes are elements,
 * few enough because those too narrow to see are left out; so focus, names for screen readers and theme colours come for free.
 */

import { syscallClasses, type FlameNode } from '../../protocol.js';
import type { Context } from '../context.js';
import { h } from '../dom.js';
import type { FlameWeight } from '../store.js';
import { flameBoxes, flameTree, sameNode, type FlameTree } from './flameLayout.js';

const flameRowPx = 20;
const leastPx = 2;
const leastTextPx = 22;
const mostBoxes = 2500;

export interface FlameChartOptions {
  name(node: FlameNode): string;
  /** The box's numbers, for a screen reader. */
  describe(node: FlameNode): string;
  /** A box has the focus, or the pointer: its numbers are shown. null: none has. */
  point(node: number | null, box: HTMLElement | undefined): void;
  goToSource(node: FlameNode): void;
}

export class FlameChart {
  readonly element: HTMLDivElement;
  #tree: FlameTree = flameTree([]);
  #weight: FlameWeight = 'time';
  #found: ReadonlySet<number> | undefined;
  #zoom = 0;
  #focused = 0;
  #boxes = new Map<number, HTMLElement>();

  constructor(
    private readonly context: Context,
    private readonly options: FlameChartOptions,
  ) {
    this.element = h('div', {
      class: 'flame',
      role: 'tree',
      attributes: { 'aria-label': context.t('flameLabel') },
    });
    this.element.addEventListener('click', event => {
      const node = nodeOf(event.target);
      if (node === undefined) return;
      this.#focused = node;
      this.zoomTo(node === this.#zoom ? this.#parent(node) : node);
    });
    this.element.addEventListener('keydown', event => this.#key(event));
    const point = (event: Event) => {
      const node = nodeOf(event.target);
      if (node === undefined) return;
      if (event.type === 'focusin') this.#focus(node, false);
      options.point(node, event.type === 'focusin' ? undefined : this.#boxes.get(node));
    };
    this.element.addEventListener('focusin', point);
    this.element.addEventListener('pointerover', point);
    this.element.addEventListener('pointerleave', () => options.point(null, undefined));
    new ResizeObserver(() => this.#draw()).observe(this.element);
  }

  get tree(): FlameTree {
    return this.#tree;
  }

  /** The box whose actions are offered: the focused one. */
  get focused(): number {
    return this.#focused;
  }

  /** Another graph; what filled the width still does, when it is still there. */
  show(nodes: readonly FlameNode[]): void {
    const next = flameTree(nodes);
    this.#zoom = sameNode(this.#tree, this.#zoom, next);
    this.#focused = sameNode(this.#tree, this.#focused, next);
    this.#tree = next;
    this.#found = undefined;
    this.#draw();
  }

  weigh(weight: FlameWeight): void {
    if (weight === this.#weight) return;
    this.#weight = weight;
    this.#draw();
  }

  /** undefined: nothing is searched. */
  mark(found: ReadonlySet<number> | undefined): void {
    this.#found = found;
    this.#draw();
  }

  zoomTo(node: number): void {
    this.#zoom = node;
    const hadFocus = this.element.contains(document.activeElement);
    this.#draw();
    if (hadFocus) this.#boxes.get(this.#focused)?.focus();
    this.options.point(this.#focused, undefined);
  }

  redraw(): void {
    this.#draw();
  }

  #draw(): void {
    const widthPx = this.element.clientWidth;
    if (widthPx === 0) return;
    const hadFocus = this.element.contains(document.activeElement);
    const boxes = flameBoxes(this.#tree, this.#zoom, this.#weight, leastPx / widthPx, mostBoxes);
    this.#boxes = new Map();
    const elements = boxes.map(({ node, depth, left, width, outside }) => {
      const box = this.#box(node, depth, width * widthPx >= leastTextPx, outside);
      box.style.left = `${left * 100}%`;
      box.style.width = `${width * 100}%`;
      box.style.top = `${depth * flameRowPx}px`;
      this.#boxes.set(node, box);
      return box;
    });
    if (!this.#boxes.has(this.#focused)) this.#focused = this.#zoom;
    const focused = this.#boxes.get(this.#focused);
    if (focused) focused.tabIndex = 0;
    this.element.replaceChildren(...elements);
    const depth = boxes.reduce((most, box) => Math.max(most, box.depth), 0);
    this.element.style.height = `${(depth + 1) * flameRowPx}px`;
    if (hadFocus) focused?.focus();
  }

  #box(index: number, depth: number, wide: boolean, outside: boolean): HTMLElement {
    const node = this.#tree.nodes[index] as FlameNode;
    const paint = this.context.theme.current.classes[syscallClasses.indexOf(node.class)];
    const name = this.options.name(node);
    const waits = node.blockedNs > node.totalNs / 2;
    const states = [
      'flame-box',
      node.kind,
      ...(outside ? ['outside'] : []),
      ...(node.errors > 0 && node.kind === 'call' ? ['failed'] : []),
      ...(waits ? ['waits'] : []),
      ...(this.#found ? [this.#found.has(index) ? 'found' : 'faded'] : []),
    ];
    const box = h('div', {
      class: states.join(' '),
      role: 'treeitem',
      attributes: {
        tabindex: '-1',
        'data-node': String(index),
        'aria-level': String(depth + 1),
        'aria-label': `${name}, ${this.options.describe(node)}`,
        ...(index === this.#zoom ? { 'aria-current': 'true' } : {}),
      },
      children: wide ? [h('span', { class: 'flame-name', text: name })] : [],
    });
    if (paint) {
      box.style.setProperty('--class', paint.fill.css);
      box.style.setProperty('--blocked', paint.blocked.css);
      box.style.setProperty('--ink', waits ? paint.blockedInk : paint.ink);
    }
    return box;
  }

  #key(event: KeyboardEvent): void {
    const node = this.#focused;
    const { nodes } = this.#tree;
    const go = (target: number | undefined) => {
      if (target !== undefined) this.#focus(target, true);
    };
    switch (event.key) {
      case 'ArrowUp':
        go(this.#parent(node));
        break;
      case 'ArrowDown':
        go([...this.#boxes.keys()].find(inner => inner !== node && nodes[inner]?.parent === node));
        break;
      case 'ArrowLeft':
        go(this.#beside(-1));
        break;
      case 'ArrowRight':
        go(this.#beside(1));
        break;
      case 'Home':
        go(0);
        break;
      case 'Enter':
      case ' ':
        this.zoomTo(node === this.#zoom ? this.#parent(node) : node);
        break;
      case 'Escape':
        if (this.#zoom === 0) return;
        this.zoomTo(this.#parent(this.#zoom));
        break;
      case 'g':
        if (nodes[node]) this.options.goToSource(nodes[node]);
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #parent(node: number): number {
    return this.#tree.nodes[node]?.parent ?? 0;
  }

  /** The next box of the same row. */
  #beside(step: 1 | -1): number | undefined {
    const top = this.#boxes.get(this.#focused)?.style.top;
    const row = [...this.#boxes].filter(([, box]) => box.style.top === top).map(([node]) => node);
    return row[row.indexOf(this.#focused) + step];
  }

  #focus(node: number, move: boolean): void {
    const box = this.#boxes.get(node);
    if (!box) return;
    const before = this.#boxes.get(this.#focused);
    if (before) before.tabIndex = -1;
    this.#focused = node;
    box.tabIndex = 0;
    if (move) box.focus();
  }
}

function nodeOf(target: EventTarget | null): number | undefined {
  const box = target instanceof Element ? target.closest<HTMLElement>('.flame-box') : null;
  return box ? Number(box.dataset['node']) : undefined;
}
