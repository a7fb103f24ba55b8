/** A table of sums: one line a call, source line or function, sorted by the column that is clicked. A click on a line filters by it. */

import { syscallClasses, type SyscallClass } from '../../protocol.js';
import type { Context } from '../context.js';
import { button, h, icon, setText } from '../dom.js';
import { formatCount, formatDuration, formatShare } from '../format.js';

export interface SummaryLine {
  name: string;
  /** Beside the name, dimmed. */
  detail: string;
  /** The name is code: of a call, a function, a place. */
  code: boolean;
  class: SyscallClass;
  calls: number;
  errors: number;
  /** `3 EAGAIN, 1 EINTR`; '' when it is not known. */
  errorText: string;
  totalNs: number;
  maxNs: number;
  blockedNs: number;
  /** Words of the filter that leave these calls; null: a click does nothing. */
  words: string | null;
  /** Event whose line the name (or the detail) leads to. */
  opens: { row: number; by: 'name' | 'detail' } | null;
}

const columns = {
  colCall: (row: SummaryLine) => row.name,
  colCalls: (row: SummaryLine) => row.calls,
  colErrors: (row: SummaryLine) => row.errors,
  colTotal: (row: SummaryLine) => row.totalNs,
  colMean: (row: SummaryLine) => (row.calls === 0 ? 0 : row.totalNs / row.calls),
  colMax: (row: SummaryLine) => row.maxNs,
  colWaited: (row: SummaryLine) => row.blockedNs,
} as const;
type Column = keyof typeof columns;
const columnKeys = Object.keys(columns) as Column[];

export class SummaryTable {
  readonly element: HTMLTableElement;
  readonly #body = h('tbody');
  readonly #foot = h('tfoot');
  readonly #heads = new Map<Column, HTMLTableCellElement>();
  #lines: readonly SummaryLine[] = [];
  #sort: Column = 'colTotal';
  #descending = true;

  constructor(private readonly context: Context) {
    const { t } = context;
    const head = h('tr', {
      children: columnKeys.map(key => {
        const cell = h('th', { class: key, attributes: { scope: 'col' } });
        const sort = button({ class: 'sort', text: t(key), click: () => this.#sortBy(key) });
        cell.append(sort);
        this.#heads.set(key, cell);
        return cell;
      }),
    });
    this.element = h('table', {
      class: 'summary',
      children: [h('thead', { children: [head] }), this.#body, this.#foot],
    });
  }

  /** `heading`: what the lines are. */
  show(lines: readonly SummaryLine[], heading: string): void {
    this.#lines = lines;
    const name = this.#heads.get('colCall')?.querySelector('.button-text');
    if (name) setText(name, heading);
    this.redraw();
  }

  redraw(): void {
    const lines = this.#lines;
    const value = columns[this.#sort];
    const sign = this.#descending ? -1 : 1;
    const sorted = [...lines].sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      const order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y));
      return sign * order || a.name.localeCompare(b.name);
    });
    for (const [key, cell] of this.#heads) {
      const active = key === this.#sort;
      cell.setAttribute('aria-sort', !active ? 'none' : this.#descending ? 'descending' : 'ascending');
      cell.querySelector('.icon')?.remove();
      if (active) cell.firstElementChild?.append(icon(this.#descending ? 'sortDown' : 'sortUp'));
    }
    const sum = (of: (line: SummaryLine) => number) => sorted.reduce((total, line) => total + of(line), 0);
    const totalNs = sum(line => line.totalNs);
    this.#body.replaceChildren(...sorted.map(line => this.#line(line, totalNs)));
    const all: SummaryLine = {
      name: this.context.t('summaryTotal'),
      detail: '',
      code: false,
      class: 'other',
      calls: sum(line => line.calls),
      errors: sum(line => line.errors),
      errorText: '',
      totalNs,
      maxNs: sorted.reduce((most, line) => Math.max(most, line.maxNs), 0),
      blockedNs: sum(line => line.blockedNs),
      words: null,
      opens: null,
    };
    this.#foot.replaceChildren(...(sorted.length > 1 ? [this.#line(all, NaN)] : []));
    this.element.hidden = sorted.length === 0;
  }

  #sortBy(column: Column): void {
    this.#descending = column === this.#sort ? !this.#descending : column !== 'colCall';
    this.#sort = column;
    this.redraw();
  }

  /** A `totalNs` of NaN leaves the share and the colour away. */
  #line(line: SummaryLine, totalNs: number): HTMLTableRowElement {
    const cell = (key: Column, text: string, className = '') => h('td', { class: `${key} ${className}`, text });
    const paint = this.context.theme.current.classes[syscallClasses.indexOf(line.class)];
    const total = cell('colTotal', formatDuration(line.totalNs));
    if (!Number.isNaN(totalNs)) {
      const bar = h('span', { class: 'share', attributes: { 'aria-hidden': 'true' } });
      bar.style.setProperty('--share', `${totalNs > 0 ? (line.totalNs / totalNs) * 100 : 0}%`);
      if (paint) bar.style.setProperty('--share-colour', paint.fill.css);
      total.prepend(bar);
      total.title = formatShare(line.totalNs, totalNs);
    }
    const errors = cell(
      'colErrors',
      line.errors === 0 ? '' : formatCount(line.errors),
      line.errors > 0 ? 'has-errors' : '',
    );
    errors.title = line.errorText;
    const row = h('tr', {
      children: [
        this.#head(line, Number.isNaN(totalNs) ? '' : (paint?.fill.css ?? '')),
        cell('colCalls', formatCount(line.calls)),
        errors,
        total,
        cell('colMean', line.calls === 0 ? '' : formatDuration(line.totalNs / line.calls)),
        cell('colMax', line.maxNs === 0 ? '' : formatDuration(line.maxNs)),
        cell('colWaited', line.blockedNs === 0 ? '' : formatDuration(line.blockedNs)),
      ],
    });
    const { words } = line;
    if (words !== null) this.#filters(row, words);
    return row;
  }

  #head({ name, detail, code, opens }: SummaryLine, colour: string): HTMLTableCellElement {
    const swatch = h('span', { class: 'swatch', attributes: { 'aria-hidden': 'true' } });
    swatch.style.backgroundColor = colour;
    const link = (by: 'name' | 'detail', text: string): Node | undefined => {
      if (opens?.by !== by) return undefined;
      const open = button({
        class: 'link',
        text,
        label: this.context.t('goToSource'),
        click: event => {
          event.stopPropagation();
          this.context.actions.goToSource(undefined, opens.row);
        },
      });
      open.addEventListener('keydown', event => event.stopPropagation());
      return open;
    };
    const shown = link('name', name) ?? name;
    const beside = h('span', { class: 'dim summary-detail', children: [link('detail', detail) ?? detail] });
    return h('th', {
      class: 'colCall',
      attributes: { scope: 'row' },
      children: [swatch, code ? h('code', { children: [shown] }) : shown, ...(detail === '' ? [] : [beside])],
    });
  }

  #filters(row: HTMLTableRowElement, words: string): void {
    const filter = () => this.context.actions.addFilterWords(words);
    row.classList.add('filters');
    row.tabIndex = 0;
    row.title = this.context.t('filterBy', words);
    row.addEventListener('click', filter);
    row.addEventListener('keydown', event => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      filter();
    });
  }
}
