/** The classes of calls: legend of their colours and marks, and switches to hide them. */

import { syscallClasses } from '../protocol.js';
import type { Context } from './context.js';
import { button, h, icon, setText } from './dom.js';
import { Popup } from './popup.js';
import { touches, type Changes, type ViewState } from './store.js';

export class ClassMenu {
  readonly element: HTMLDivElement;
  readonly #button: HTMLButtonElement;
  readonly #badge = h('span', { class: 'badge', attributes: { hidden: '' } });
  readonly #popup: Popup;
  readonly #boxes: HTMLInputElement[] = [];
  readonly #swatches: HTMLSpanElement[] = [];
  readonly #all: HTMLButtonElement;

  constructor(private readonly context: Context) {
    const { t, actions, store } = context;
    const rows = syscallClasses.map((name, index) => {
      const box = h('input', { attributes: { type: 'checkbox' } });
      box.addEventListener('change', () => actions.toggleClass(index));
      const swatch = h('span', { class: 'swatch' });
      this.#boxes.push(box);
      this.#swatches.push(swatch);
      return h('label', { class: 'menu-row', children: [box, swatch, h('span', { text: t(`class.${name}`) })] });
    });
    this.#all = button({ class: 'link', text: t('showAll'), click: () => store.set({ hiddenClasses: new Set() }) });
    const legend = (['legendBlocked', 'legendFailed', 'legendSignal', 'legendHandler', 'legendZombie'] as const).map(
      key =>
        h('div', {
          class: 'legend-row',
          children: [h('span', { class: `legend-mark ${key}` }), h('span', { text: t(key) })],
        }),
    );
    const menu = h('div', {
      class: 'menu',
      role: 'group',
      attributes: { 'aria-label': t('classes') },
      children: [...rows, this.#all, h('div', { class: 'menu-rule' }), ...legend],
    });
    this.#popup = new Popup(menu, open => this.#button.setAttribute('aria-expanded', String(open)));
    this.#button = button({
      class: 'button',
      text: t('classes'),
      label: t('classesTitle'),
      click: () => (this.#popup.open ? this.#popup.close() : this.#popup.show(this.#button)),
    });
    this.#button.setAttribute('aria-haspopup', 'true');
    this.#button.setAttribute('aria-expanded', 'false');
    this.#button.append(this.#badge, icon('chevronDown'));
    this.element = h('div', { class: 'menu-anchor', children: [this.#button, menu] });
  }

  update(state: Readonly<ViewState>, changes: Changes): void {
    if (touches(changes, 'themeVersion', 'trace')) {
      const { classes } = this.context.theme.current;
      for (const [i, swatch] of this.#swatches.entries()) swatch.style.backgroundColor = classes[i]?.fill.css ?? '';
    }
    if (!touches(changes, 'hiddenClasses', 'trace')) return;
    for (const [i, box] of this.#boxes.entries()) box.checked = !state.hiddenClasses.has(i);
    const hidden = state.hiddenClasses.size;
    this.#badge.hidden = hidden === 0;
    setText(this.#badge, this.context.t('hiddenCount', hidden));
    this.#all.hidden = hidden === 0;
  }
}
