/** A tab that draws a page made by the host: facts, tables, steps and shares, whatever they are about. */

import type { PageCell, PageId, PageQuery, PageSection } from '../../protocol.js';
import { threadStates } from '../../protocol.js';
import type { Context } from '../context.js';
import { button, h, icon } from '../dom.js';
import { formatCount } from '../format.js';
import type { ViewState } from '../store.js';
import { StatePanel } from './panel.js';
import { scopeQuery } from './scope.js';
import { stateQuery } from './stateScope.js';

export class PagePanel extends StatePanel {
  readonly #sections = h('div', { class: 'page-sections' });
  /** Sections that the user closed, by id: they stay closed for the next process and time. */
  readonly #closed = new Set<string>();

  constructor(
    context: Context,
    private readonly page: PageId,
  ) {
    super(context);
    this.element.classList.add('page-panel');
    this.element.append(this.#sections);
  }

  protected question(state: Readonly<ViewState>): string {
    return JSON.stringify([state.trace?.id, this.#query(state)]);
  }

  protected async refresh(): Promise<string> {
    const { host, store } = this.context;
    const page = await host.latest(`page ${this.page}`, 'page', this.#query(store.state));
    this.say(page.lead);
    this.#sections.replaceChildren(...page.sections.map(section => this.#section(section)));
    return page.sections.length === 0 ? page.empty : '';
  }

  #query(state: Readonly<ViewState>): PageQuery {
    const asked = stateQuery(state);
    return {
      page: this.page,
      thread: asked?.thread ?? null,
      // The page of all processes is about the moment on the axis; without one about the end.
      atNs: asked?.atNs ?? state.scrubNs,
      range: { ...scopeQuery(state), filter: null, ...(this.page === 'time' ? {} : { lanes: null }) },
      onlyProcess: state.thisLaneOnly,
    };
  }

  #section(section: PageSection): HTMLElement {
    const details = h('details', { class: `page-section kind-${section.kind}` });
    details.open = !this.#closed.has(section.id);
    details.addEventListener('toggle', () => {
      if (details.open) this.#closed.delete(section.id);
      else this.#closed.add(section.id);
    });
    details.append(h('summary', { children: [icon('chevronRight'), h('h3', { text: section.title })] }));
    if (section.note) details.append(h('p', { class: 'page-note', text: section.note }));
    details.append(this.#body(section));
    return details;
  }

  #body(section: PageSection): HTMLElement {
    switch (section.kind) {
      case 'facts':
        return h('dl', {
          class: 'page-facts',
          children: section.facts.map(({ label, cells }) =>
            h('div', {
              children: [
                h('dt', { text: label }),
                h('dd', { children: cells.map(cell => h('span', { children: [this.#cell(cell)] })) }),
              ],
            }),
          ),
        });
      case 'table':
        return this.#table(section);
      case 'steps':
        return h('ul', {
          class: 'page-steps',
          children: section.steps.map(({ done, cell }) =>
            h('li', {
              class: done ? 'done' : 'missed',
              children: [icon(done ? 'check' : 'circle'), this.#cell(cell)],
            }),
          ),
        });
      case 'shares':
        return this.#shares(section);
    }
  }

  #table(section: Extract<PageSection, { kind: 'table' }>): HTMLElement {
    const { columns, rows, more } = section;
    const className = (i: number, cell?: PageCell): string => {
      const column = columns[i];
      const code = cell && (column?.code || cell.code);
      return `${column?.numeric ? 'numeric ' : ''}${code ? 'code ' : ''}${column?.wide ? 'wide' : ''}`.trim();
    };
    const head = columns.map((column, i) =>
      h('th', { class: className(i), text: column.heading, attributes: { scope: 'col' } }),
    );
    const body = rows.map(row =>
      h('tr', {
        children: row.map((cell, i) => h('td', { class: className(i, cell), children: [this.#cell(cell)] })),
      }),
    );
    const table = h('table', {
      class: 'data page-table',
      attributes: { 'aria-label': section.title },
      children: [h('thead', { children: [h('tr', { children: head })] }), h('tbody', { children: body })],
    });
    const rest = more > 0 ? [h('p', { class: 'page-note', text: this.context.t('pageMore', formatCount(more)) })] : [];
    return h('div', { class: 'page-scroll', children: [table, ...rest] });
  }

  #shares({ parts, title }: Extract<PageSection, { kind: 'shares' }>): HTMLElement {
    const { states } = this.context.theme.current;
    const colour = (state: string): string => states[threadStates.findIndex(name => name === state)]?.css ?? '';
    const bar = h('div', { class: 'share-bar', attributes: { role: 'img', 'aria-label': title } });
    const legend = h('ul', { class: 'share-legend' });
    for (const { state, label, text, share } of parts) {
      const part = h('span', { class: `share-part state-${state}`, title: `${label}: ${text}` });
      part.style.flexGrow = String(share);
      part.style.backgroundColor = colour(state);
      bar.append(part);
      const swatch = h('span', { class: `swatch state-${state}`, attributes: { 'aria-hidden': 'true' } });
      swatch.style.backgroundColor = colour(state);
      const percent = share < 0.001 ? '<0.1' : (share * 100).toFixed(share < 0.1 ? 1 : 0);
      const amount = h('span', { class: 'share-amount', text: `${text}, ${percent} %` });
      legend.append(h('li', { children: [swatch, h('span', { text: label }), amount] }));
    }
    return h('div', { class: 'shares', children: [bar, legend] });
  }

  /** Text, or a link to the event that it is about. */
  #cell({ text, title, row, tone, code }: PageCell): HTMLElement {
    const className = [tone ? `tone-${tone}` : '', code ? 'code' : ''].filter(name => name !== '').join(' ');
    if (row === undefined || text === '') return h('span', { class: className, text, ...(title ? { title } : {}) });
    return button({
      class: `link ${className}`.trim(),
      text,
      ...(title ? { label: title } : {}),
      click: () => void this.context.actions.select(row, { reveal: true }),
    });
  }
}
