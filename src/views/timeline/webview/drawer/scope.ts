/** What the lists are about: the selected range or the whole trace, all threads or the selected one, the filter. */

import type { RangeQuery } from '../../protocol.js';
import type { Context } from '../context.js';
import { h, setText } from '../dom.js';
import { formatDuration, formatMoment } from '../format.js';
import { touches, type Changes, type ViewState } from '../store.js';
import { spanOf } from '../viewport.js';

/** The question that the lists ask, from the state. */
export function scopeQuery(state: Readonly<ViewState>): RangeQuery {
  const { range, summary, thisLaneOnly, thread, filter } = state;
  return {
    startNs: range?.startNs ?? 0,
    // A growing trace has no end yet: everything after 0 is meant.
    endNs: range?.endNs ?? Math.max(summary?.endNs ?? 0, 0) + 1,
    lanes: thisLaneOnly && thread !== null ? [thread] : null,
    filter,
  };
}

/** Text by which two states ask the same question. */
export function scopeKey(state: Readonly<ViewState>): string {
  const { range, thisLaneOnly, thread, filter, trace } = state;
  return JSON.stringify([trace?.id, range, thisLaneOnly ? thread : null, filter]);
}

export class Scope {
  readonly element: HTMLDivElement;
  readonly #text = h('span', { class: 'scope-text' });
  readonly #lanes: HTMLSelectElement;
  readonly #all = h('option', { attributes: { value: 'all' } });
  readonly #this = h('option', { attributes: { value: 'this' } });

  constructor(private readonly context: Context) {
    const { t, store } = context;
    this.#lanes = h('select', {
      class: 'scope-lanes',
      children: [this.#all, this.#this],
    });
    this.#lanes.setAttribute('aria-label', t('colThread'));
    this.#lanes.addEventListener('change', () => store.set({ thisLaneOnly: this.#lanes.value === 'this' }));
    this.element = h('div', { class: 'scope', children: [this.#text, this.#lanes] });
  }

  update(state: Readonly<ViewState>, changes: Changes): void {
    if (!touches(changes, 'tab', 'range', 'filter', 'thisLaneOnly', 'trace', 'drawerOpen')) return;
    const { t } = this.context;
    const aboutRange = ['events', 'summary', 'flame', 'transfers', 'waiting', 'process'].includes(state.tab);
    this.element.hidden = !(aboutRange || state.tab === 'channels') || !state.drawerOpen;
    this.#text.hidden = !aboutRange;
    this.#lanes.hidden = state.tab === 'process';
    const ofProcess = state.tab === 'waiting' || state.tab === 'channels';
    setText(this.#all, t(ofProcess ? 'scopeAllProcesses' : 'scopeAllLanes'));
    setText(this.#this, t(ofProcess ? 'scopeThisProcess' : 'scopeThisLane'));
    this.#lanes.value = state.thisLaneOnly ? 'this' : 'all';
    const { range } = state;
    const where = range
      ? t('scopeRange', formatDuration(spanOf(range)), formatMoment(range.startNs, spanOf(range) / 100))
      : t('scopeWhole');
    setText(this.#text, state.filter ? `${where}, ${t('scopeFiltered')}` : where);
  }
}
