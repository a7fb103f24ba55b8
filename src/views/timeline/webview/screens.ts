/** What stands in place of the timeline while there is none: no trace, compiling, reading, failed; and the errors of a shown one. */

import type { Context } from './context.js';
import { button, h, icon, setText } from './dom.js';
import { formatBytes, formatCount } from './format.js';
import { touches, type Changes, type ViewState } from './store.js';

type Screen = 'empty' | 'compiling' | 'waiting' | 'reading' | 'noEvents' | 'failed' | 'none';

export class Screens {
  /** Over the lanes and the drawer. */
  readonly element = h('div', { class: 'screen', attributes: { hidden: '' } });
  /** Under the toolbar: progress of reading, notices, errors. */
  readonly bars: HTMLDivElement;
  readonly #title = h('h2');
  readonly #text = h('p');
  readonly #buttons: HTMLDivElement;
  readonly #picture = h('div', { class: 'screen-picture', attributes: { 'aria-hidden': 'true' } });
  readonly #progress: HTMLDivElement;
  readonly #notice: HTMLDivElement;
  readonly #noticeText = h('span');
  readonly #error: HTMLDivElement;
  readonly #errorText = h('span');

  constructor(
    private readonly context: Context,
    retry: () => void,
  ) {
    const { t, post } = context;
    // A small timeline of bars, drawn by the style sheet.
    for (let lane = 0; lane < 3; lane++) {
      this.#picture.append(h('div', { children: [h('i'), h('i'), h('i'), h('i')] }));
    }
    this.#buttons = h('div', {
      class: 'screen-buttons',
      children: [
        button({
          class: 'button primary',
          text: t('emptyTrace'),
          click: () => post({ type: 'command', command: 'traceActiveFile' }),
        }),
        button({ class: 'button', text: t('emptyOpen'), click: () => post({ type: 'command', command: 'openLog' }) }),
      ],
    });
    this.element.append(
      h('div', { class: 'screen-card', children: [this.#picture, this.#title, this.#text, this.#buttons] }),
    );
    this.#progress = h('div', {
      class: 'progress',
      role: 'progressbar',
      attributes: { hidden: '' },
      children: [h('div')],
    });
    this.#notice = h('div', {
      class: 'bar notice',
      attributes: { hidden: '' },
      children: [icon('warning'), this.#noticeText],
    });
    this.#error = h('div', {
      class: 'bar error',
      role: 'alert',
      attributes: { hidden: '' },
      children: [icon('warning'), this.#errorText, button({ class: 'link', text: t('retry'), click: retry })],
    });
    this.bars = h('div', { class: 'bars', children: [this.#progress, this.#notice, this.#error] });
  }

  update(state: Readonly<ViewState>, changes: Changes): void {
    if (!touches(changes, 'trace', 'summary', 'error')) return;
    const { t } = this.context;
    const { trace, summary } = state;
    this.#showScreen(screenOf(state), state);
    const reading = trace?.phase === 'loading' && summary !== null && summary.logSize > 0;
    this.#progress.hidden = !reading;
    if (reading) {
      const part = Math.min(1, summary.logBytes / summary.logSize);
      this.#progress.style.setProperty('--part', String(part));
      this.#progress.setAttribute('aria-valuenow', String(Math.round(part * 100)));
      this.#progress.setAttribute('aria-label', t('readingTitle', trace.title));
    }
    const notice = trace?.phase === 'failed' ? null : (trace?.notice ?? null);
    this.#notice.hidden = notice === null;
    setText(this.#noticeText, notice ?? '');
    this.#error.hidden = state.error === null;
    setText(this.#errorText, state.error === null ? '' : `${t('errorTitle')}: ${state.error}`);
  }

  #showScreen(screen: Screen, { trace, summary }: Readonly<ViewState>): void {
    const { t } = this.context;
    this.element.hidden = screen === 'none';
    this.element.dataset['screen'] = screen;
    document.body.classList.toggle('has-screen', screen !== 'none');
    this.#buttons.hidden = screen !== 'empty';
    this.#picture.hidden = screen === 'failed';
    const title = trace?.title ?? '';
    const texts: Record<Screen, [title: string, text: string]> = {
      empty: [t('emptyTitle'), t('emptyText')],
      compiling: [t('compilingTitle', title), ''],
      waiting: [t('waitingTitle'), ''],
      reading: [
        t('readingTitle', title),
        summary && summary.logSize > 0
          ? t('readingText', formatBytes(summary.logBytes), formatBytes(summary.logSize), formatCount(summary.events))
          : '',
      ],
      noEvents: [t('noEvents'), ''],
      failed: [t('failedTitle', title), trace?.notice ?? ''],
      none: ['', ''],
    };
    setText(this.#title, texts[screen][0]);
    setText(this.#text, texts[screen][1]);
  }
}

function screenOf({ trace, summary }: Readonly<ViewState>): Screen {
  if (!trace) return 'empty';
  if (trace.phase === 'failed') return 'failed';
  if (trace.phase === 'compiling') return 'compiling';
  if (summary && summary.rows > 0) return 'none';
  switch (trace.phase) {
    case 'loading':
      return 'reading';
    case 'ended':
      return 'noEvents';
    default:
      return 'waiting';
  }
}
