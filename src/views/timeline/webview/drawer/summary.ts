/** Counts, time and errors by call in the range, as `strace -c` would print them; sorted by the column that is clicked. */

import { syscallClasses, type SummaryRow } from '../../protocol.js';
import type { Context } from '../context.js';
import { button, h, icon } from '../dom.js';
import { formatCount, formatDuration, formatShare } from '../format.js';
import { touches, type Changes, type ViewState } from '../store.js';
import { scopeKey, scopeQuery } from './scope.js';

const refreshMs = 400;

const columns = {
  colCall: (row: SummaryRow) => row.name,
  colCalls: (row: SummaryRow) => row.calls,
  colErrors: (row: SummaryRow) => row.errors,
  colTotal: (row: SummaryRow) => row.totalNs,
  colMean: (row: SummaryRow) => (row.calls === 0 ? 0 : row.totalNs / row.calls),
  colMax: (row: SummaryRow) => row.maxNs,
  colWaited: (row: SummaryRow) => row.blockedNs,
} as const;
type Column = keyof typeof columns;
const columnKeys = Object.keys(columns) as Column[];

export class SummaryTable {
  readonly element: HTMLDivElement;
  readonly #body = h('tbody');
  readonly #foot = h('tfoot');
  readonly #empty: HTMLDivElement;
  readonly #heads = new Map<Column, HTMLTableCellElement>();
  #rows: SummaryRow[] = [];
  #sort: Column = 'colTotal';
  #descending = true;
  #asked = '';
  #askedAtMs = 0;
  #timer = 0;

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
    const table = h('table', {
      class: 'summary',
      children: [h('thead', { children: [head] }), this.#body, this.#foot],
    });
    this.#empty = h('div', { class: 'list-empty', text: t('summaryEmpty'), attributes: { hidden: '' } });
    this.element = h('div', { class: 'summary-panel', attributes: { tabindex: '0' }, children: [table, this.#empty] });
  }

  update(state: Readonly<ViewState>, changes: Changes): void {
    if (touches(changes, 'themeVersion')) this.#show();
    const asked = touches(
      changes,
      'tab',
      'drawerOpen',
      'summary',
      'range',
      'filter',
      'thisLaneOnly',
      'thread',
      'trace',
    );
    if (asked) this.#ensure(state);
  }

  #ensure(state: Readonly<ViewState>): void {
    if (!state.summary) return;
    const wanted = `${scopeKey(state)} ${state.summary.revision}`;
    if (wanted === this.#asked) return;
    window.clearTimeout(this.#timer);
    const waitMs = this.#askedAtMs + refreshMs - performance.now();
    // Dragging a range changes the question with every move: the last one counts.
    this.#timer = window.setTimeout(() => void this.#ask(wanted), Math.max(0, Math.min(waitMs, refreshMs)));
  }

  async #ask(wanted: string): Promise<void> {
    this.#asked = wanted;
    this.#askedAtMs = performance.now();
    try {
      const { host, store } = this.context;
      this.#rows = await host.latest('summary', 'summarize', scopeQuery(store.state));
      this.#show();
    } catch (error) {
      this.context.failed(error);
    }
  }

  #sortBy(column: Column): void {
    this.#descending = column === this.#sort ? !this.#descending : column !== 'colCall';
    this.#sort = column;
    this.#show();
  }

  #show(): void {
    const value = columns[this.#sort];
    const sign = this.#descending ? -1 : 1;
    const sorted = [...this.#rows].sort((a, b) => {
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
    const sum = (of: (row: SummaryRow) => number) => sorted.reduce((total, row) => total + of(row), 0);
    const totalNs = sum(row => row.totalNs);
    this.#body.replaceChildren(...sorted.map(row => this.#row(row, totalNs)));
    const calls = sum(row => row.calls);
    const all: SummaryRow = {
      name: this.context.t('summaryTotal'),
      class: 'other',
      calls,
      errors: sum(row => row.errors),
      totalNs,
      maxNs: sorted.reduce((most, row) => Math.max(most, row.maxNs), 0),
      blockedNs: sum(row => row.blockedNs),
    };
    this.#foot.replaceChildren(...(sorted.length > 1 ? [this.#row(all, NaN)] : []));
    this.#empty.hidden = sorted.length > 0;
  }

  /** One line; a `totalNs` of NaN leaves the share and the colour away. */
  #row(row: SummaryRow, totalNs: number): HTMLTableRowElement {
    const cell = (key: Column, text: string, className = '') => h('td', { class: `${key} ${className}`, text });
    const name = h('th', { class: 'colCall', attributes: { scope: 'row' } });
    const swatch = h('span', { class: 'swatch', attributes: { 'aria-hidden': 'true' } });
    const paint = this.context.theme.current.classes[syscallClasses.indexOf(row.class)];
    if (!Number.isNaN(totalNs)) swatch.style.backgroundColor = paint?.fill.css ?? '';
    name.append(swatch, h('code', { text: row.name }));
    const total = cell('colTotal', formatDuration(row.totalNs));
    if (!Number.isNaN(totalNs)) {
      const bar = h('span', { class: 'share', attributes: { 'aria-hidden': 'true' } });
      bar.style.setProperty('--share', `${totalNs > 0 ? (row.totalNs / totalNs) * 100 : 0}%`);
      if (paint) bar.style.setProperty('--share-colour', paint.fill.css);
      total.prepend(bar);
      total.title = formatShare(row.totalNs, totalNs);
    }
    const mean = row.calls === 0 ? '' : formatDuration(row.totalNs / row.calls);
    return h('tr', {
      children: [
        name,
        cell('colCalls', formatCount(row.calls)),
        cell('colErrors', row.errors === 0 ? '' : formatCount(row.errors), row.errors > 0 ? 'has-errors' : ''),
        total,
        cell('colMean', mean),
        cell('colMax', formatDuration(row.maxNs)),
        cell('colWaited', row.blockedNs === 0 ? '' : formatDuration(row.blockedNs)),
      ],
    });
  }
}
