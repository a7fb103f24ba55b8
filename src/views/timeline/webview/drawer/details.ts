/** Everything about the selected event: its call, the words for it (made by the host), its stack, the log's own line. */

import type { EventWords, Row, ShownStack } from '../../protocol.js';
import type { Context } from '../context.js';
import { button, h, icon } from '../dom.js';
import { touches, type Changes, type SelectedEvent, type ViewState } from '../store.js';
import { callWords } from './callWords.js';

/** Copied is said for so long. */
const copiedMs = 1400;

export class Details {
  readonly element = h('div', { class: 'details', attributes: { tabindex: '0' } });
  #shown: SelectedEvent | null | undefined;

  constructor(private readonly context: Context) {}

  update(state: Readonly<ViewState>, changes: Changes): void {
    if (!touches(changes, 'event', 'row', 'tab', 'drawerOpen', 'trace', 'findings')) return;
    // The old event stays until the new one is here: nothing flashes while the user steps along.
    const event = state.row === null ? null : state.event;
    if (event === this.#shown && !touches(changes, 'findings')) return;
    if (event?.row !== this.#shown?.row) this.element.scrollTop = 0;
    this.#shown = event;
    if (event) this.#show(event);
    else this.#empty();
  }

  #empty(): void {
    const { t } = this.context;
    this.element.replaceChildren(
      h('div', {
        class: 'details-empty',
        children: [h('p', { text: t('detailsEmpty') }), h('p', { class: 'dim', text: t('detailsHint') })],
      }),
    );
  }

  #show({ detail, words, stack, canLocate }: SelectedEvent): void {
    const { t } = this.context;
    const list = h('dl', { class: 'facts' });
    const add = (label: string, value: Node | string, className = '') => {
      list.append(h('dt', { text: label }), h('dd', { class: className, children: [value] }));
    };
    add(t('rowCall'), callWords(words.call), 'call-row');
    const source = stack && this.#source(stack);
    if (source) add(t('rowSource'), source, 'mono');
    else if (canLocate) add(t('rowSource'), this.#locate());
    for (const row of words.rows) add(row.label, this.#value(row), row.code ? 'mono' : '');
    const cited = this.#findings(detail.row);
    if (cited) add(t('rowFindings'), cited);
    if (stack && stack.frames.length > 0) add(t('rowStack'), this.#stack(stack), 'mono');
    for (const { line, text } of detail.rawLines) add(t('rowRaw', line + 1), this.#rawLine(text), 'raw');
    this.element.replaceChildren(list);
  }

  #value(row: EventWords['rows'][number]): Node | string {
    const { row: target } = row;
    if (target === undefined) return row.text;
    return button({
      class: 'link',
      text: row.text,
      click: () => void this.context.actions.select(target, { reveal: true }),
    });
  }

  /** The findings that this event is evidence of. */
  #findings(row: Row): Node | undefined {
    const { actions, store } = this.context;
    const links = store.state.findings.flatMap(finding => {
      const step = finding.steps.findIndex(each => each.row === row);
      if (step < 0) return [];
      const link = button({
        class: 'link',
        text: finding.title,
        click: () => void actions.showFinding(finding.key, step),
      });
      const severity = h('span', { class: `severity ${finding.severity}`, children: [icon(finding.severity)] });
      severity.title = finding.severityText;
      return h('div', {
        class: 'cited',
        children: [severity, link, h('span', { class: 'dim', text: finding.message })],
      });
    });
    return links.length === 0 ? undefined : h('div', { children: links });
  }

  /** `server.c:87 handle_client ‹ worker ‹ main`: the innermost line of the user's, and how the program came there. */
  #source({ frames }: ShownStack): Node | undefined {
    const innermost = frames.findIndex(frame => frame.opens);
    const frame = frames[innermost];
    if (!frame) return undefined;
    const path = frames.slice(innermost).filter(({ opens }) => opens);
    const link = button({
      class: 'link source-link',
      icon: 'source',
      text: frame.place,
      label: this.context.t('goToSource'),
      click: () => this.context.actions.goToSource(innermost),
    });
    const callers = h('span', { class: 'dim', text: path.map(({ symbol }) => symbol || '?').join(' ‹ ') });
    return h('span', { class: 'source', children: [link, callers] });
  }

  #locate(): Node {
    const { t, actions } = this.context;
    const link = button({
      class: 'link source-link',
      icon: 'source',
      text: t('locateInSource'),
      click: () => actions.locateInSource(),
    });
    return h('span', { class: 'source', children: [link, h('span', { class: 'dim', text: t('locateHint') })] });
  }

  #stack({ frames, notes }: ShownStack): Node {
    const items = frames.map(({ symbol, place, opens }, index) => {
      if (!opens) return h('li', { class: 'dim', text: `${symbol || '?'} ${place}` });
      const link = button({ class: 'link', text: place, click: () => this.context.actions.goToSource(index) });
      return h('li', { children: [`${symbol || '?'} `, link] });
    });
    return h('div', {
      children: [h('ol', { class: 'stack', children: items }), ...notes.map(text => h('p', { class: 'dim', text }))],
    });
  }

  #rawLine(text: string): Node {
    const { t, post } = this.context;
    const copy = button({
      class: 'tiny copy',
      icon: 'copy',
      label: t('copyLine'),
      click: () => {
        post({ type: 'command', command: 'copy', text });
        copy.replaceChildren(icon('check'), h('span', { class: 'copy-text', text: t('copied') }));
        this.context.announce(t('copied'));
        window.setTimeout(() => copy.replaceChildren(icon('copy')), copiedMs);
      },
    });
    return h('span', { class: 'raw-line', children: [h('code', { text }), copy] });
  }
}
