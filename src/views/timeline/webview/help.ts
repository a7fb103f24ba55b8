/** The list of keys and mouse gestures, opened by `?`. */

import type { StringKey } from '../protocol.js';
import type { Context } from './context.js';
import { button, h } from './dom.js';
import { touches, type Changes, type ViewState } from './store.js';

const keys: readonly [keys: readonly string[], meaning: StringKey][] = [
  [['W', 'S'], 'helpZoom'],
  [['A', 'D'], 'helpPan'],
  [['←', '→'], 'helpEvent'],
  [['↑', '↓'], 'helpLane'],
  [['Home', 'End'], 'helpEnds'],
  [['Enter'], 'helpDetails'],
  [['/'], 'helpFilter'],
  [['n', 'N'], 'helpMatch'],
  [['F'], 'helpFit'],
  [['[', ']'], 'helpCause'],
  [['F8', 'Shift F8'], 'helpFinding'],
  [['M'], 'helpMark'],
  [['G'], 'helpSource'],
  [['L'], 'helpLive'],
  [['Esc'], 'helpClear'],
];

const gestures: readonly [gesture: StringKey, meaning: StringKey][] = [
  ['keyWheel', 'helpWheel'],
  ['keyCtrlWheel', 'helpWheelZoom'],
  ['keyDrag', 'helpDrag'],
  ['keyShiftDrag', 'helpRange'],
  ['keyDoubleClick', 'helpDouble'],
];

const words: readonly [examples: readonly string[], meaning: StringKey][] = [
  [['read,write', 'SIGCHLD'], 'wordCall'],
  [['pid:2010'], 'wordPid'],
  [['fd:5'], 'wordFd'],
  [['path:*.c'], 'wordPath'],
  [['err', 'err:ENOENT'], 'wordErr'],
  [['>1ms'], 'wordDuration'],
  [['class:network'], 'wordClass'],
  [['src:server.c', 'src:server.c:42', 'src:server.c:40-60'], 'wordSrc'],
  [['fn:handle_client'], 'wordFn'],
  [['under:worker', 'under:main/worker'], 'wordUnder'],
  [['"GET /"'], 'wordText'],
];

export class Help {
  readonly element: HTMLDivElement;
  readonly #close: HTMLButtonElement;
  #before: Element | null = null;

  constructor(context: Context) {
    const { t, store } = context;
    const close = () => store.set({ helpOpen: false });
    this.#close = button({ class: 'button quiet', icon: 'close', label: t('helpClose'), click: close });
    const row = (caps: readonly string[], meaning: StringKey) =>
      h('div', {
        class: 'help-row',
        children: [h('dt', { children: caps.map(cap => h('kbd', { text: cap })) }), h('dd', { text: t(meaning) })],
      });
    const card = h('div', {
      class: 'help-card',
      role: 'dialog',
      attributes: { 'aria-modal': 'true', 'aria-label': t('helpTitle') },
      children: [
        h('div', { class: 'help-head', children: [h('h2', { text: t('helpTitle') }), this.#close] }),
        h('div', {
          class: 'help-columns',
          children: [
            h('dl', { children: keys.map(([caps, meaning]) => row(caps, meaning)) }),
            h('div', {
              children: [
                h('dl', { children: gestures.map(([gesture, meaning]) => row([t(gesture)], meaning)) }),
                h('h2', { text: t('helpWords') }),
                h('p', { class: 'dim', text: t('helpWordsRule') }),
                h('dl', {
                  class: 'help-words',
                  children: words.flatMap(([examples, meaning]) => [
                    h('dt', { children: examples.map(example => h('code', { text: example })) }),
                    h('dd', { text: t(meaning) }),
                  ]),
                }),
              ],
            }),
          ],
        }),
      ],
    });
    this.element = h('div', { class: 'help', attributes: { hidden: '' }, children: [card] });
    this.element.addEventListener('pointerdown', event => {
      if (event.target === this.element) close();
    });
    card.addEventListener('keydown', event => {
      // The close button is all there is to focus: Tab stays on it.
      if (event.key === 'Tab') event.preventDefault();
      if (event.key === 'Escape' || event.key === '?') close();
      event.stopPropagation();
    });
  }

  update(state: Readonly<ViewState>, changes: Changes): void {
    if (!touches(changes, 'helpOpen') || this.element.hidden === !state.helpOpen) return;
    this.element.hidden = !state.helpOpen;
    if (state.helpOpen) {
      this.#before = document.activeElement;
      this.#close.focus();
    } else if (this.#before instanceof HTMLElement) this.#before.focus();
  }
}
