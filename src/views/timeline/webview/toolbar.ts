/** The top row: what is being traced and how it goes, the window's buttons, the filter, the classes. */

import { ClassMenu } from './classMenu.js';
import type { Context } from './context.js';
import { button, h, setHidden, setText } from './dom.js';
import { FilterBox } from './filterBox.js';
import { FindingMenu } from './findingMenu.js';
import { atLiveEdge } from './follow.js';
import { formatCount } from './format.js';
import { touches, type Changes, type ViewState } from './store.js';

export class Toolbar {
  readonly element: HTMLDivElement;
  readonly filter: FilterBox;
  readonly #classes: ClassMenu;
  readonly #findings: FindingMenu;
  readonly #phase = h('span', { class: 'phase-word' });
  readonly #count = h('span', { class: 'phase-count' });
  readonly #pill: HTMLDivElement;
  readonly #stop: HTMLButtonElement;
  readonly #again: HTMLButtonElement;
  readonly #drawer: HTMLButtonElement;
  /** Lies over the lanes. */
  readonly jumpToLive: HTMLButtonElement;

  constructor(private readonly context: Context) {
    const { t, actions, post, store } = context;
    this.filter = new FilterBox(context);
    this.#classes = new ClassMenu(context);
    this.#findings = new FindingMenu(context);
    const dot = h('span', { class: 'phase-dot', attributes: { 'aria-hidden': 'true' } });
    this.#pill = h('div', { class: 'pill', children: [dot, this.#phase, this.#count] });
    const command = (name: 'stop' | 'traceAgain') => () => post({ type: 'command', command: name });
    this.#stop = button({ class: 'button', icon: 'stop', text: t('stop'), click: command('stop') });
    this.#again = button({ class: 'button', icon: 'restart', text: t('traceAgain'), click: command('traceAgain') });
    this.jumpToLive = button({
      class: 'button live jump-live',
      icon: 'live',
      text: t('jumpToLive'),
      click: () => actions.jumpToLive(),
    });
    const view = h('div', {
      class: 'group',
      children: [
        button({ class: 'button quiet', icon: 'fit', label: t('fitTitle'), click: () => actions.fit() }),
        button({ class: 'button quiet', icon: 'zoomOut', label: t('zoomOut'), click: () => actions.zoomTo(1.6) }),
        button({ class: 'button quiet', icon: 'zoomIn', label: t('zoomIn'), click: () => actions.zoomTo(1 / 1.6) }),
      ],
    });
    this.#drawer = button({
      class: 'button quiet drawer-button',
      icon: 'drawer',
      label: t('toggleDrawer'),
      click: () => actions.toggleDrawer(),
    });
    const help = button({
      class: 'button quiet help-button',
      icon: 'help',
      label: t('help'),
      click: () => store.set({ helpOpen: true }),
    });
    this.element = h('div', {
      class: 'toolbar',
      children: [
        this.#pill,
        this.#stop,
        this.#again,
        view,
        this.filter.element,
        this.#classes.element,
        this.#findings.element,
        this.#drawer,
        help,
      ],
    });
  }

  update(state: Readonly<ViewState>, changes: Changes): void {
    this.filter.update(state, changes);
    this.#classes.update(state, changes);
    this.#findings.update(state, changes);
    if (touches(changes, 'trace', 'summary')) this.#showPhase(state);
    if (touches(changes, 'trace', 'drawerOpen')) this.#drawer.setAttribute('aria-pressed', String(state.drawerOpen));
    if (touches(changes, 'trace', 'summary', 'follow', 'window')) {
      const live = state.trace?.phase === 'live';
      const atEdge = state.follow !== 'none' && atLiveEdge(state.window, state.summary?.endNs ?? 0);
      setHidden(this.jumpToLive, !live || atEdge);
    }
  }

  #showPhase({ trace, summary }: Readonly<ViewState>): void {
    const { t } = this.context;
    this.element.classList.toggle('no-trace', trace === null);
    this.#pill.hidden = trace === null;
    if (!trace) {
      this.#stop.hidden = this.#again.hidden = true;
      return;
    }
    this.#pill.dataset['phase'] = trace.phase;
    const saved = trace.saved && trace.phase === 'ended';
    setText(this.#phase, saved ? t('saved') : t(trace.phase));
    const events = summary?.events ?? 0;
    setText(this.#count, !summary ? '' : events === 1 ? t('eventCountOne') : t('eventCount', formatCount(events)));
    this.#pill.title = trace.title;
    this.#stop.hidden = trace.phase !== 'live' && trace.phase !== 'ending';
    this.#stop.disabled = trace.phase === 'ending';
    this.#again.hidden = !trace.canTraceAgain || !this.#stop.hidden || trace.phase === 'compiling';
  }
}
