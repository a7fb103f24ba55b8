/** The filter box: text, what is wrong with it (inline, at once), how many events match, and the way to the next one. */

import type { Context } from './context.js';
import { button, h, icon, setText } from './dom.js';
import { formatCount } from './format.js';
import { touches, type Changes, type ViewState } from './store.js';

export class FilterBox {
  readonly element: HTMLDivElement;
  readonly #input: HTMLInputElement;
  readonly #count = h('span', { class: 'filter-count' });
  readonly #error = h('div', { class: 'filter-error', role: 'alert', attributes: { id: 'filter-error', hidden: '' } });
  readonly #buttons: HTMLButtonElement[];

  constructor(private readonly context: Context) {
    const { t, actions } = context;
    this.#input = h('input', {
      class: 'filter-input',
      attributes: {
        type: 'text',
        spellcheck: 'false',
        autocomplete: 'off',
        'aria-label': t('filterLabel'),
        'aria-describedby': 'filter-error',
      },
    });
    this.#input.placeholder = t('filterPlaceholder');
    this.#input.addEventListener('input', () => actions.setFilterText(this.#input.value));
    this.#input.addEventListener('keydown', event => this.#key(event));
    const step = (direction: 1 | -1) => () => void actions.nextMatch(direction);
    this.#buttons = [
      button({ class: 'tiny', icon: 'chevronUp', label: t('previousMatch'), click: step(-1) }),
      button({ class: 'tiny', icon: 'chevronDown', label: t('nextMatch'), click: step(1) }),
      button({ class: 'tiny', icon: 'close', label: t('clearFilter'), click: () => this.#clear() }),
    ];
    this.element = h('div', {
      class: 'filter',
      role: 'search',
      children: [icon('filter'), this.#input, this.#count, ...this.#buttons, this.#error],
    });
  }

  focus(): void {
    this.#input.focus();
    this.#input.select();
  }

  update(state: Readonly<ViewState>, changes: Changes): void {
    if (touches(changes, 'filterText') && this.#input.value !== state.filterText) this.#input.value = state.filterText;
    if (!touches(changes, 'filterText', 'filter', 'filterError', 'matchCount', 'summary')) return;
    const { t } = this.context;
    const { filterError, filter, matchCount, summary } = state;
    this.element.classList.toggle('invalid', filterError !== null);
    this.element.classList.toggle('active', state.filterText !== '');
    this.#input.setAttribute('aria-invalid', String(filterError !== null));
    this.#error.hidden = filterError === null;
    if (filterError) setText(this.#error, t(filterError.key, ...filterError.values));
    const counted = filter && !filterError && matchCount !== null;
    const of = formatCount(summary?.rows ?? 0);
    // A trace without stacks has no lines to ask for.
    this.#count.title = counted && matchCount === 0 && filter.source ? t('noMatchesSource') : '';
    setText(this.#count, !counted ? '' : matchCount === 0 ? t('noMatches') : t('matches', formatCount(matchCount), of));
    for (const element of this.#buttons.slice(0, 2)) element.hidden = !filter || filterError !== null;
    const [, , clear] = this.#buttons;
    if (clear) clear.hidden = state.filterText === '';
  }

  #clear(): void {
    this.context.actions.setFilterText('');
    this.#input.focus();
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Enter') void this.context.actions.nextMatch(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') {
      if (this.#input.value !== '') this.context.actions.setFilterText('');
      else this.context.actions.view?.canvas.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
