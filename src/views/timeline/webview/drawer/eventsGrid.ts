/**
 * The events as a table: the timeline's equal for the keyboard and for screen readers. Rows exist only while they are visible; the
 * grid itself has the focus and says which row is active.
 */

import { SliceFlag, syscallClasses, type EventListItem } from '../../protocol.js';
import type { Context } from '../context.js';
import { h, setText } from '../dom.js';
import { formatDuration, formatMoment } from '../format.js';
import { touches, type Changes, type ViewState } from '../store.js';
import { EventPages } from './eventPages.js';
import { RowScroll } from './rowScroll.js';

const rowPx = 22;
const columns = ['colTime', 'colThread', 'colEvent', 'colDuration'] as const;

interface GridRow {
  root: HTMLDivElement;
  time: HTMLDivElement;
  thread: HTMLDivElement;
  swatch: HTMLSpanElement;
  text: HTMLSpanElement;
  duration: HTMLDivElement;
  index: number;
}

export class EventsGrid {
  readonly element: HTMLDivElement;
  readonly #grid: HTMLDivElement;
  readonly #spacer = h('div', { class: 'grid-spacer' });
  readonly #layer = h('div', { class: 'grid-layer', role: 'rowgroup' });
  readonly #empty = h('div', { class: 'list-empty', attributes: { hidden: '' } });
  readonly #rows: GridRow[] = [];
  readonly #scroll = new RowScroll(rowPx);
  readonly #pages: EventPages;
  #active = -1;
  /** Row that the active index stands for; selections made elsewhere differ from it. */
  #activeRow: number | null = null;

  constructor(private readonly context: Context) {
    const { t } = context;
    this.#pages = new EventPages(context, () => context.store.bump('layoutVersion'));
    const header = h('div', {
      class: 'grid-row grid-header',
      role: 'row',
      attributes: { 'aria-rowindex': '1' },
      children: columns.map(key => h('div', { class: `cell ${key}`, role: 'columnheader', text: t(key) })),
    });
    this.#spacer.append(this.#layer);
    this.#grid = h('div', {
      class: 'grid',
      role: 'grid',
      attributes: { tabindex: '0', 'aria-label': t('eventsLabel'), 'aria-colcount': String(columns.length) },
      children: [header, this.#spacer, this.#empty],
    });
    this.element = h('div', { class: 'events-panel', children: [this.#grid] });
    this.#empty.textContent = t('eventsEmpty');
    this.#grid.addEventListener('scroll', () => {
      this.#scroll.fromScrollTop(this.#grid.scrollTop);
      context.store.bump('layoutVersion');
    });
    this.#grid.addEventListener('wheel', event => this.#wheel(event), { passive: false });
    this.#grid.addEventListener('keydown', event => this.#key(event));
    this.#grid.addEventListener('dblclick', () => context.actions.goToSource());
  }

  update(state: Readonly<ViewState>, changes: Changes): void {
    if (touches(changes, 'event', 'row', 'tab', 'drawerOpen')) void this.#syncSelection(state);
    const drawn = touches(changes, 'tab', 'drawerOpen', 'drawerHeightPx', 'drawerWidthPx', 'layoutVersion', 'summary', 'range', 'filter',
      'thisLaneOnly', 'thread', 'row', 'themeVersion', 'trace'); // prettier-ignore
    if (drawn) this.#draw(state);
  }

  #draw(state: Readonly<ViewState>): void {
    const scroll = this.#scroll;
    scroll.viewportPx = Math.max(0, this.#grid.clientHeight - rowPx);
    let { first, count } = scroll.visible();
    if (this.#pages.ensure(first, first + count)) {
      this.#active = -1;
      this.#activeRow = null;
      scroll.total = 0;
      scroll.moveTo(0);
      this.#grid.scrollTop = 0;
      this.#pages.ensure(0, 0);
      void this.#syncSelection(state);
    }
    scroll.total = this.#pages.total;
    scroll.moveTo(scroll.topPx);
    ({ first, count } = scroll.visible());
    this.#pages.ensure(first, first + count - 1);
    this.#spacer.style.height = `${scroll.spacerPx}px`;
    this.#layer.style.transform = `translateY(${scroll.scrollTop - (scroll.topPx - first * rowPx)}px)`;
    this.#grid.setAttribute('aria-rowcount', String(scroll.total + 1));
    this.#empty.hidden = !this.#pages.known || scroll.total > 0;
    while (this.#rows.length < count) this.#rows.push(this.#newRow());
    for (const [i, row] of this.#rows.entries()) {
      row.root.hidden = i >= count;
      if (i < count) this.#fill(row, first + i, this.#pages.at(first + i));
    }
    const active = this.#rows.find(row => !row.root.hidden && row.index === this.#active);
    if (active) this.#grid.setAttribute('aria-activedescendant', active.root.id);
    else this.#grid.removeAttribute('aria-activedescendant');
  }

  #newRow(): GridRow {
    const [time, thread, event, duration] = columns.map(key => h('div', { class: `cell ${key}`, role: 'gridcell' }));
    if (!time || !thread || !event || !duration) throw new Error('The grid has four columns.');
    const swatch = h('span', { class: 'swatch', attributes: { 'aria-hidden': 'true' } });
    const text = h('span', { class: 'event-text' });
    event.append(swatch, text);
    const root = h('div', { class: 'grid-row', role: 'row', children: [time, thread, event, duration] });
    root.id = `event-row-${this.#rows.length}`;
    const row: GridRow = { root, time, thread, swatch, text, duration, index: -1 };
    root.addEventListener('mousedown', () => void this.#activate(row.index));
    this.#layer.append(root);
    return row;
  }

  #fill(row: GridRow, index: number, item: EventListItem | undefined): void {
    row.index = index;
    row.root.setAttribute('aria-rowindex', String(index + 2));
    row.root.classList.toggle('odd', index % 2 === 1);
    const { row: selected, summary } = this.context.store.state;
    const active = item !== undefined && item.row === selected;
    row.root.classList.toggle('selected', active);
    row.root.setAttribute('aria-selected', String(active));
    row.root.classList.toggle('failed', item !== undefined && (item.flags & SliceFlag.Failed) !== 0);
    setText(row.time, item ? formatMoment(item.startNs, 1000, summary?.endNs) : '');
    setText(row.thread, item ? String(item.tid) : '');
    setText(row.text, item?.text ?? '');
    const timed = item && item.durationNs !== null && (item.flags & SliceFlag.NoReturn) === 0;
    setText(row.duration, timed ? formatDuration(item.durationNs ?? 0) : '');
    const paint = item && this.context.theme.current.classes[syscallClasses.indexOf(item.class)];
    row.swatch.style.backgroundColor = paint && item.kind === 'call' ? paint.fill.css : 'transparent';
    row.swatch.dataset['kind'] = item?.kind ?? '';
  }

  async #activate(index: number): Promise<void> {
    if (index < 0 || index >= this.#scroll.total) return;
    this.#active = index;
    this.#scroll.reveal(index);
    this.#grid.scrollTop = this.#scroll.scrollTop;
    const item = this.#pages.at(index);
    this.context.store.bump('layoutVersion');
    if (!item) return;
    this.#activeRow = item.row;
    await this.context.actions.select(item.row, { reveal: true });
  }

  /** An event was selected elsewhere: its row is looked up and shown. */
  async #syncSelection(state: Readonly<ViewState>): Promise<void> {
    const { event, row } = state;
    if (row === null || !event || event.row !== row || row === this.#activeRow) return;
    this.#activeRow = row;
    const index = await this.#pages.indexOf(row, event.detail.startNs);
    if (this.#activeRow !== row) return;
    this.#active = index;
    if (index < 0) return;
    this.#scroll.total = Math.max(this.#scroll.total, index + 1);
    this.#scroll.reveal(index, true);
    this.#spacer.style.height = `${this.#scroll.spacerPx}px`;
    this.#grid.scrollTop = this.#scroll.scrollTop;
    this.context.store.bump('layoutVersion');
  }

  #wheel(event: WheelEvent): void {
    if (!this.#scroll.scaled || event.ctrlKey) return;
    event.preventDefault();
    this.#scroll.moveTo(
      this.#scroll.topPx + event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowPx : 1),
    );
    this.#grid.scrollTop = this.#scroll.scrollTop;
    this.context.store.bump('layoutVersion');
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(this.#scroll.viewportPx / rowPx) - 1);
    const steps: Record<string, number> = {
      ArrowDown: this.#active + 1,
      ArrowUp: this.#active < 0 ? 0 : this.#active - 1,
      PageDown: Math.min(this.#active + page, this.#scroll.total - 1),
      PageUp: Math.max(this.#active - page, 0),
      Home: 0,
      End: this.#scroll.total - 1,
    };
    const target = steps[event.key];
    if (target !== undefined) void this.#activate(target);
    else if (event.key === 'Enter') this.context.actions.openTab('details');
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
