/** A plain table of answers: columns with a heading, a text, and sometimes a jump to an event. Sorted as the host sent it. */

import { button, h } from '../dom.js';

export interface DataColumn<Row> {
  key: string;
  heading: string;
  text: (row: Row) => string;
  /** Explains the cell when the pointer rests on it. */
  title?: (row: Row) => string;
  /** Numbers stand right-aligned in tabular figures. */
  numeric?: boolean;
  code?: boolean;
  /** Event that the text leads to. */
  jump?: (row: Row) => number | null;
}

export class DataTable<Row> {
  readonly element: HTMLTableElement;
  readonly #body = h('tbody');

  constructor(
    private readonly columns: readonly DataColumn<Row>[],
    private readonly select: (row: number) => void,
    caption: string,
  ) {
    const head = h('tr', {
      children: columns.map(column => {
        const cell = h('th', { class: cellClass(column), attributes: { scope: 'col' } });
        cell.textContent = column.heading;
        return cell;
      }),
    });
    this.element = h('table', {
      class: 'data',
      children: [
        h('caption', { class: 'visually-hidden', text: caption }),
        h('thead', { children: [head] }),
        this.#body,
      ],
    });
  }

  show(rows: readonly Row[]): void {
    this.#body.replaceChildren(
      ...rows.map(row => h('tr', { children: this.columns.map(column => this.#cell(column, row)) })),
    );
    this.element.hidden = rows.length === 0;
  }

  #cell(column: DataColumn<Row>, row: Row): HTMLTableCellElement {
    const text = column.text(row);
    const cell = h('td', { class: cellClass(column) });
    const title = column.title?.(row) ?? '';
    if (title !== '') cell.title = title;
    const target = column.jump?.(row) ?? null;
    if (target !== null && text !== '') {
      cell.append(button({ class: 'link', text, click: () => this.select(target) }));
    } else cell.textContent = text;
    return cell;
  }
}

function cellClass<Row>({ key, numeric, code }: DataColumn<Row>): string {
  return `col-${key}${numeric ? ' numeric' : ''}${code ? ' code' : ''}`;
}
