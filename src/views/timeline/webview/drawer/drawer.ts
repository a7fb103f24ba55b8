/** The drawer under the lanes: tabs for the selected event, the events and the summary of the range. Resizable, can be hidden. */

import type { Context } from '../context.js';
import { button, h } from '../dom.js';
import { touches, type Changes, type Tab, type ViewState } from '../store.js';
import { Details } from './details.js';
import { DescriptorsPanel } from './descriptors.js';
import { FindingsPanel } from './findings.js';
import { EventsGrid } from './eventsGrid.js';
import { FlamePanel } from './flame.js';
import { MemoryPanel } from './memory.js';
import { PagePanel } from './pagePanel.js';
import type { StatePanel } from './panel.js';
import { Scope } from './scope.js';
import { Summary } from './summary.js';
import { tabOverflow, type TabOverflow } from './tabOverflow.js';
import { TransfersPanel } from './transfers.js';

const tabs: readonly Tab[] = [
  'details',
  'findings',
  'events',
  'summary',
  'flame',
  'process',
  'descriptors',
  'channels',
  'waiting',
  'memory',
  'transfers',
];
const tabKeys = {
  details: 'tabDetails',
  findings: 'tabFindings',
  events: 'tabEvents',
  summary: 'tabSummary',
  process: 'tabProcess',
  flame: 'tabFlame',
  descriptors: 'tabDescriptors',
  channels: 'tabChannels',
  waiting: 'tabWaiting',
  memory: 'tabMemory',
  transfers: 'tabTransfers',
} as const;

export class Drawer {
  readonly element: HTMLDivElement;
  readonly events: EventsGrid;
  readonly #details: Details;
  readonly #findings: FindingsPanel;
  readonly #summary: Summary;
  readonly #flame: FlamePanel;
  readonly #time: PagePanel;
  readonly #scope: Scope;
  readonly #state: Record<'process' | 'descriptors' | 'channels' | 'waiting' | 'memory' | 'transfers', StatePanel>;
  readonly #overflow: TabOverflow;
  readonly #tabs = new Map<Tab, HTMLButtonElement>();
  readonly #panels: Record<Tab, HTMLElement>;

  constructor(private readonly context: Context) {
    const { t, actions } = context;
    this.#details = new Details(context);
    this.#findings = new FindingsPanel(context);
    this.events = new EventsGrid(context);
    this.#summary = new Summary(context);
    this.#flame = new FlamePanel(context);
    this.#time = new PagePanel(context, 'time');
    this.#scope = new Scope(context);
    this.#state = {
      process: new PagePanel(context, 'process'),
      descriptors: new DescriptorsPanel(context),
      channels: new PagePanel(context, 'channels'),
      waiting: new PagePanel(context, 'waiting'),
      memory: new MemoryPanel(context),
      transfers: new TransfersPanel(context),
    };
    this.#panels = {
      details: this.#details.element,
      findings: this.#findings.element,
      events: this.events.element,
      summary: h('div', { class: 'summary-both', children: [this.#summary.element, this.#time.element] }),
      process: this.#state.process.element,
      flame: this.#flame.element,
      descriptors: this.#state.descriptors.element,
      channels: this.#state.channels.element,
      waiting: this.#state.waiting.element,
      memory: this.#state.memory.element,
      transfers: this.#state.transfers.element,
    };
    const list = h('div', { class: 'tabs', role: 'tablist' });
    for (const tab of tabs) {
      const element = h('button', {
        class: 'tab',
        role: 'tab',
        text: t(tabKeys[tab]),
        attributes: { type: 'button', id: `tab-${tab}`, 'aria-controls': `panel-${tab}` },
        click: () => actions.openTab(tab),
      });
      element.addEventListener('keydown', event => this.#tabKey(event, tab));
      this.#tabs.set(tab, element);
      list.append(element);
      const panel = this.#panels[tab];
      panel.id = `panel-${tab}`;
      panel.setAttribute('role', 'tabpanel');
      panel.setAttribute('aria-labelledby', `tab-${tab}`);
    }
    const close = button({
      class: 'button quiet',
      icon: 'close',
      label: t('closeDrawer'),
      click: () => actions.toggleDrawer(),
    });
    this.#overflow = tabOverflow(list, t('allTabs'));
    const head = h('div', { class: 'drawer-head', children: [this.#overflow.element, this.#scope.element, close] });
    const body = h('div', { class: 'drawer-body', children: Object.values(this.#panels) });
    this.element = h('div', { class: 'drawer', children: [head, body] });
  }

  update(state: Readonly<ViewState>, changes: Changes): void {
    if (touches(changes, 'tab', 'drawerOpen', 'trace')) {
      this.element.hidden = !state.drawerOpen;
      for (const [tab, element] of this.#tabs) {
        const active = tab === state.tab;
        element.setAttribute('aria-selected', String(active));
        element.tabIndex = active ? 0 : -1;
        this.#panels[tab].hidden = !active;
        if (active) this.#overflow.show(element);
      }
    }
    this.#scope.update(state, changes);
    if (!state.drawerOpen) return;
    if (state.tab === 'details') this.#details.update(state, changes);
    else if (state.tab === 'findings') this.#findings.update(state, changes);
    else if (state.tab === 'events') this.events.update(state, changes);
    else if (state.tab === 'summary') {
      this.#summary.update(state, changes);
      this.#time.update(state, changes);
    } else if (state.tab === 'flame') this.#flame.update(state, changes);
    else this.#state[state.tab].update(state, changes);
  }

  #tabKey(event: KeyboardEvent, tab: Tab): void {
    const at = tabs.indexOf(tab);
    const next = event.key === 'ArrowRight' ? at + 1 : event.key === 'ArrowLeft' ? at - 1 : NaN;
    const target = tabs[(next + tabs.length) % tabs.length];
    if (!target) return;
    event.preventDefault();
    this.context.actions.openTab(target);
    this.#tabs.get(target)?.focus();
  }
}
