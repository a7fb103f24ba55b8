/**
 * Flame: the calls of the range by the stacks that made them, as wide as they took time or as many as they were. The line below tells the
 * box that was chosen: its numbers, its line of C, and the way to its calls in the timeline.
 */

import type { FlameGraph, FlameNode } from '../../protocol.js';
import type { Context } from '../context.js';
import { button, h, icon, setText } from '../dom.js';
import { formatCount, formatDuration, formatShare } from '../format.js';
import { touches, type Changes, type FlameWeight, type ViewState } from '../store.js';
import { choice } from './choice.js';
import { FlameChart } from './flameChart.js';
import { findInFlame, weightOf } from './flameLayout.js';
import { scopeKey, scopeQuery } from './scope.js';
import { SourceNotes } from './sourceNotes.js';

const refreshMs = 400;

export class FlamePanel {
  readonly element: HTMLDivElement;
  readonly #chart: FlameChart;
  readonly #choice: ReturnType<typeof choice<FlameWeight>>;
  readonly #search: HTMLInputElement;
  readonly #found = h('span', { class: 'dim flame-found', attributes: { 'aria-live': 'polite' } });
  readonly #notes: SourceNotes;
  readonly #missing = h('p', { class: 'dim flame-missing', attributes: { hidden: '' } });
  readonly #empty: HTMLDivElement;
  readonly #foot = h('div', { class: 'flame-foot' });
  readonly #tip = h('div', { class: 'tooltip', attributes: { 'aria-hidden': 'true', hidden: '' } });
  readonly #body: HTMLDivElement;
  #weight: FlameWeight = 'time';
  #asked = '';
  #askedAtMs = 0;
  #timer = 0;

  constructor(private readonly context: Context) {
    const { t, store } = context;
    this.#chart = new FlameChart(context, {
      name: node => this.#name(node),
      describe: node => this.#numbers(node).join(', '),
      point: (node, box) => this.#point(node, box),
      goToSource: node => this.#goToSource(node),
    });
    this.#choice = choice(t('flameWeight'), { time: t('flameByTime'), calls: t('flameByCalls') }, flameWeight =>
      store.set({ flameWeight }),
    );
    this.#search = h('input', {
      class: 'flame-search',
      attributes: { type: 'text', spellcheck: 'false', autocomplete: 'off', 'aria-label': t('flameSearch') },
    });
    this.#search.placeholder = t('flameSearch');
    this.#search.addEventListener('input', () => this.#mark());
    this.#search.addEventListener('keydown', event => {
      if (event.key !== 'Escape' || this.#search.value === '') return;
      this.#search.value = '';
      this.#mark();
      event.stopPropagation();
    });
    this.#notes = new SourceNotes(context);
    this.#empty = h('div', { class: 'list-empty', text: t('flameEmpty'), attributes: { hidden: '' } });
    const search = h('label', { class: 'flame-find', children: [icon('search'), this.#search] });
    this.#body = h('div', { class: 'flame-body', children: [this.#chart.element, this.#missing] });
    this.element = h('div', {
      class: 'flame-panel',
      children: [
        h('div', { class: 'panel-head', children: [this.#choice.element, search, this.#found] }),
        this.#notes.element,
        this.#empty,
        this.#body,
        this.#foot,
        this.#tip,
      ],
    });
  }

  update(state: Readonly<ViewState>, changes: Changes): void {
    if (touches(changes, 'flameWeight', 'tab', 'trace')) this.#weigh(state.flameWeight);
    if (touches(changes, 'themeVersion')) this.#chart.redraw();
    if (!state.summary) return;
    const wanted = `${scopeKey(state)} ${state.summary.revision}`;
    if (wanted === this.#asked) return;
    window.clearTimeout(this.#timer);
    const waitMs = this.#askedAtMs + refreshMs - performance.now();
    this.#timer = window.setTimeout(() => void this.#ask(wanted), Math.max(0, Math.min(waitMs, refreshMs)));
  }

  async #ask(wanted: string): Promise<void> {
    this.#asked = wanted;
    this.#askedAtMs = performance.now();
    try {
      const { host, store } = this.context;
      this.#show(await host.latest('flame', 'flame', scopeQuery(store.state)));
    } catch (error) {
      this.context.failed(error);
    }
  }

  #show(graph: FlameGraph): void {
    const { t } = this.context;
    const { recorded, nodes, withoutStack, omitted } = graph;
    const any = recorded && nodes.length > 1;
    this.#notes.show(graph);
    this.#empty.hidden = any || !recorded;
    this.#body.hidden = this.#foot.hidden = !any;
    const missing = [
      ...(withoutStack > 0 ? [t('flameWithoutStack', formatCount(withoutStack))] : []),
      ...(omitted > 0 ? [t('flameOmitted', formatCount(omitted))] : []),
    ];
    setText(this.#missing, missing.join(' '));
    this.#missing.hidden = missing.length === 0;
    this.#chart.show(any ? nodes : []);
    this.#mark();
    this.#tell(this.#chart.focused);
  }

  #weigh(weight: FlameWeight): void {
    this.#weight = weight;
    this.#choice.show(weight);
    this.#chart.weigh(weight);
    this.#mark();
    this.#tell(this.#chart.focused);
  }

  #mark(): void {
    const { t } = this.context;
    const text = this.#search.value.trim();
    const { found, weight } = findInFlame(this.#chart.tree, text, this.#weight);
    this.#chart.mark(text === '' ? undefined : found);
    const all = weightOf(this.#chart.tree.nodes[0], this.#weight);
    const share = formatShare(weight, all);
    setText(
      this.#found,
      text === '' ? '' : found.size === 0 ? t('flameNotFound') : t('flameFound', formatCount(found.size), share),
    );
  }

  #name({ kind, name }: FlameNode): string {
    const { t } = this.context;
    return kind === 'root' ? t('flameAll') : name === '?' ? t('flameUnknown') : name;
  }

  #numbers({ calls, errors, totalNs, blockedNs }: FlameNode): string[] {
    const { t } = this.context;
    const { nodes } = this.#chart.tree;
    const count = calls === 1 ? t('flameCount') : t('flameCounts', formatCount(calls));
    const byTime = this.#weight === 'time';
    const part = byTime ? formatShare(totalNs, nodes[0]?.totalNs ?? 0) : formatShare(calls, nodes[0]?.calls ?? 0);
    const shared = (text: string) => `${text} (${part})`;
    return [
      byTime ? count : shared(count),
      byTime ? shared(formatDuration(totalNs)) : formatDuration(totalNs),
      ...(blockedNs > 0 ? [t('flameWaited', formatDuration(blockedNs))] : []),
      ...(errors > 0 ? [t('flameFailed', formatCount(errors))] : []),
    ];
  }

  #point(index: number | null, box: HTMLElement | undefined): void {
    const node = index === null ? undefined : this.#chart.tree.nodes[index];
    this.#tip.hidden = !node || !box;
    if (index !== null && !box) this.#tell(index);
    if (!node || !box) return;
    this.#tip.replaceChildren(
      h('div', { class: 'tip-call', children: [h('code', { text: this.#name(node) })] }),
      ...(node.place === '' ? [] : [h('div', { class: 'tip-line', text: node.place })]),
      h('div', { class: 'tip-line', text: this.#numbers(node).join(' · ') }),
    );
    const { left, bottom, top } = box.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = this.#tip;
    const x = Math.max(4, Math.min(left + 8, innerWidth - offsetWidth - 6));
    const y = bottom + 4 + offsetHeight > innerHeight ? top - offsetHeight - 4 : bottom + 4;
    this.#tip.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  }

  /** Says in the line below what a box is, and what can be done with it. */
  #tell(index: number): void {
    const { t, actions } = this.context;
    const node = this.#chart.tree.nodes[index];
    if (!node) return this.#foot.replaceChildren();
    const place =
      node.frame < 0
        ? h('span', { class: 'dim', text: node.place })
        : button({
            class: 'link',
            text: node.place || t('goToSource'),
            label: t('goToSource'),
            click: () => this.#goToSource(node),
          });
    const show = button({
      class: 'link',
      text: t('flameShow'),
      click: () => void actions.showNarrowed(node.words),
    });
    this.#foot.replaceChildren(
      h('code', { class: 'flame-chosen', text: this.#name(node) }),
      ...(node.kind === 'root' ? [] : [place]),
      h('span', { class: 'flame-numbers', text: this.#numbers(node).join(' · ') }),
      ...(node.words === '' ? [] : [show]),
    );
  }

  #goToSource({ frame, row }: FlameNode): void {
    if (frame >= 0) this.context.actions.goToSource(frame, row);
  }
}
