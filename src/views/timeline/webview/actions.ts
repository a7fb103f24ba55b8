/**
 * The things a user can do, whichever key, button, click or row they use for it. Each changes the state; what asks the host is here
 * too, so that a selection made anywhere is followed everywhere.
 */

import {
  SliceFlag,
  type SourceFilter,
  type HostMethods,
  type ProcessId,
  type Row,
  type ThreadId,
  type ToHost,
} from '../protocol.js';
import { parseFilter, withWords } from './filter.js';
import type { Hit } from './lanes/hitTest.js';
import type { LanesView } from './lanes/lanesView.js';
import type { HostClient } from './rpc.js';
import type { Tab } from './store.js';
import { showing, spanOf } from './viewport.js';
import { WindowActions, type WindowParts } from './windowActions.js';

/** Typing in the filter box asks the host this long after the last key. */
const filterPauseMs = 150;

export interface ActionParts extends WindowParts {
  host: HostClient;
  post(message: ToHost): void;
  failed(error: unknown): void;
  /** No more matches, no cause: something a user should hear of without a message box. */
  hint(key: 'noMoreMatches'): void;
}

export class Actions extends WindowActions<ActionParts> {
  /** Set once the lanes exist. */
  view: LanesView | undefined;
  #filterTimer = 0;

  // ——— the selection ———

  /** Selects an event; `reveal` moves window and lanes as far as needed to show it; null deselects. */
  async select(row: Row | null, options: { reveal?: boolean; tab?: Tab } = {}): Promise<void> {
    const { store, host, post } = this.parts;
    if (row === null) {
      host.cancel('event');
      store.set({ row: null, event: null });
      post({ type: 'selected', row: null, thread: store.state.thread, process: null });
      return;
    }
    const { drawerUntouched } = store.state;
    if (options.tab) this.openTab(options.tab);
    else if (drawerUntouched) this.openTab(store.state.tab);
    store.set({ row });
    try {
      const event = await host.latest('event', 'event', { row });
      if (!event) return;
      const { detail } = event;
      store.set({ event: { row, ...event }, thread: detail.thread });
      post({ type: 'selected', row, thread: detail.thread, process: detail.process });
      if (options.reveal) await this.#reveal(detail.thread, detail.startNs, detail.endNs ?? detail.startNs);
    } catch (error) {
      this.parts.failed(error);
    }
  }

  /** Reads the selected event again: it may have ended meanwhile. `always`: what can be done with it may have changed, too. */
  async refreshEvent(always: boolean): Promise<void> {
    const { event, row } = this.parts.store.state;
    if (!event || event.row !== row || (!always && (event.detail.flags & SliceFlag.Open) === 0)) return;
    const fresh = await this.#ask('refresh', 'event', { row: event.row });
    if (fresh && this.parts.store.state.row === row) this.parts.store.set({ event: { row: event.row, ...fresh } });
  }

  /** A finding's page, with an event of its evidence selected: `step`, else the one that it blames. */
  async showFinding(key: string | null, step?: number): Promise<void> {
    const { store } = this.parts;
    const finding = store.state.findings.find(each => each.key === key);
    store.set({ finding: finding?.key ?? null });
    this.openTab('findings');
    const row = finding?.steps[step ?? finding.main]?.row;
    if (row !== undefined) await this.select(row, { reveal: true, tab: 'findings' });
  }

  /** The finding after or before the one that is shown, or the first. */
  async stepFinding(step: 1 | -1): Promise<void> {
    const { findings, finding } = this.parts.store.state;
    if (findings.length === 0) return;
    const at = findings.findIndex(({ key }) => key === finding);
    const next = at < 0 ? (step === 1 ? 0 : findings.length - 1) : (at + step + findings.length) % findings.length;
    await this.showFinding(findings[next]?.key ?? null);
  }

  selectLane(thread: ThreadId): void {
    const { store, post } = this.parts;
    store.set({ thread });
    const index = this.view?.lanes.indexOf(thread) ?? -1;
    const process = this.view?.lanes.at(index)?.process.id ?? null;
    post({ type: 'selected', row: null, thread, process });
  }

  /** A click on the lanes. */
  selectHit(hit: Hit | undefined, view: LanesView, xPx: number): void {
    const { store } = this.parts;
    const { slices } = view.data;
    if (hit?.kind === 'finding') return void this.showFinding(hit.mark.finding.key, hit.mark.step ?? undefined);
    if (!hit || !slices) return;
    const thread = slices.lanes[hit.lane.column];
    if (hit.kind === 'signal') void this.select(hit.signal.row);
    else if (hit.kind === 'handler') void this.select(hit.handler.row);
    else if (hit.kind === 'arrow') void this.select(hit.arrow.row, { reveal: true });
    else if (hit.kind === 'slice') {
      const merged = ((slices.sliceFlags[hit.slice] ?? 0) & SliceFlag.Merged) !== 0;
      if (merged && thread !== undefined) void this.#selectAt(thread, view.scale.toNs(xPx));
      else void this.select(slices.sliceRow[hit.slice] ?? null);
    } else {
      if (thread !== undefined) this.selectLane(thread);
      if (store.state.row !== null || store.state.range) {
        store.set({ range: null });
        void this.select(null);
      }
    }
  }

  async #selectAt(thread: ThreadId, atNs: number): Promise<void> {
    const row = await this.#ask('eventAt', 'eventAt', { thread, atNs });
    if (row !== null && row !== undefined) await this.select(row, { reveal: true });
  }

  /** The event before or after the selected one in its lane. */
  async step(step: 1 | -1): Promise<void> {
    const { row, thread, event, window } = this.parts.store.state;
    if (row !== null && event) {
      const next = await this.#ask('step', 'neighbour', { thread: event.detail.thread, row, step });
      if (next !== null && next !== undefined) await this.select(next, { reveal: true });
      return;
    }
    const lane = thread ?? this.view?.lanes.at(0)?.lane.thread;
    if (lane !== undefined) await this.#selectAt(lane, (window.startNs + window.endNs) / 2);
  }

  /** The event at the same time in the lane above or below. */
  async stepLane(step: number): Promise<void> {
    const { store } = this.parts;
    const { thread, event, window, row } = store.state;
    const lanes = this.view?.lanes;
    if (!lanes) return;
    let index = thread === null ? -1 : await this.#indexOf(thread);
    index = Math.min(Math.max(index + step, 0), lanes.total - 1);
    this.view?.scrollTo(index);
    const lane = lanes.at(index)?.lane.thread ?? (await this.#laneAt(index));
    if (lane === undefined) return;
    this.selectLane(lane);
    if (row === null || !event) return;
    const inside = event.detail.startNs >= window.startNs && event.detail.startNs <= window.endNs;
    const atNs = inside ? event.detail.startNs : (window.startNs + window.endNs) / 2;
    const found = await this.#ask('eventAt', 'eventAt', { thread: lane, atNs });
    if (found !== null && found !== undefined) await this.select(found);
  }

  /** Goes to the first cause or effect of the selected event. */
  async followLink(relation: 'cause' | 'effect'): Promise<void> {
    const link = this.parts.store.state.event?.detail.links.find(candidate => candidate.relation === relation);
    if (link) await this.select(link.row, { reveal: true });
  }

  async nextMatch(step: 1 | -1): Promise<void> {
    const { filter, row } = this.parts.store.state;
    if (!filter) return;
    const from = row ?? (step === 1 ? -1 : Number.MAX_SAFE_INTEGER);
    const found = await this.#ask('match', 'nextMatch', { filter, row: from, step });
    if (found !== null && found !== undefined) await this.select(found, { reveal: true });
    else if (found === null) this.parts.hint('noMoreMatches');
  }

  /** Shows a lane (unfolding what hides it) and, with a row, its event. */
  async revealThread(thread: ThreadId): Promise<void> {
    this.parts.store.set({ thread });
    const index = await this.#indexOf(thread);
    if (index >= 0) this.view?.scrollTo(index);
  }

  async #reveal(thread: ThreadId, startNs: number, endNs: number): Promise<void> {
    await this.revealThread(thread);
    const { window } = this.parts.store.state;
    const next = showing(window, startNs, endNs, this.endNs);
    if (next !== window) this.moveWindow(next, true);
  }

  /** Position of a lane; folds and the subtree filter are given up when they hide it. */
  async #indexOf(thread: ThreadId): Promise<number> {
    const { store } = this.parts;
    const held = this.view?.lanes.indexOf(thread) ?? -1;
    if (held >= 0) return held;
    const ask = () => {
      const { folded, root } = store.state;
      return this.#ask('laneIndex', 'laneIndex', { thread, folded: [...folded], root });
    };
    const index = (await ask()) ?? -1;
    if (index >= 0) return index;
    store.set({ folded: new Set(), root: null });
    return (await ask()) ?? -1;
  }

  async #laneAt(index: number): Promise<ThreadId | undefined> {
    const { folded, root } = this.parts.store.state;
    const page = await this.#ask('laneAt', 'lanes', { offset: index, limit: 1, folded: [...folded], root });
    return page?.lanes[0]?.thread;
  }

  // ——— everything else ———

  toggleFold(process: ProcessId): void {
    const folded = new Set(this.parts.store.state.folded);
    if (!folded.delete(process)) folded.add(process);
    this.parts.store.set({ folded });
  }

  showOnly(root: ProcessId | null): void {
    this.parts.store.set({ root });
  }

  toggleClass(index: number): void {
    const hiddenClasses = new Set(this.parts.store.state.hiddenClasses);
    if (!hiddenClasses.delete(index)) hiddenClasses.add(index);
    this.parts.store.set({ hiddenClasses });
  }

  /** Sets or removes a mark at the selected event, else under the pointer, else in the middle. */
  toggleMark(): void {
    const { store } = this.parts;
    const { marksNs, event, row, cursorNs, window } = store.state;
    const selected = event && event.row === row ? event.detail.startNs : null;
    const atNs = Math.round(cursorNs ?? selected ?? (window.startNs + window.endNs) / 2);
    const near = spanOf(window) / 200;
    const kept = marksNs.filter(ns => Math.abs(ns - atNs) > near);
    store.set({ marksNs: kept.length < marksNs.length ? kept : [...marksNs, atNs].sort((a, b) => a - b) });
  }

  setFilterText(filterText: string): void {
    const { store } = this.parts;
    const { filter, error } = parseFilter(filterText);
    store.set({ filterText, filterError: error });
    window.clearTimeout(this.#filterTimer);
    if (error) return;
    this.#filterTimer = window.setTimeout(() => this.#applyFilter(filter), filter ? filterPauseMs : 0);
  }

  #applyFilter(filter: SourceFilter | null): void {
    const { store } = this.parts;
    if (JSON.stringify(filter) === JSON.stringify(store.state.filter)) return;
    store.set({ filter, matchCount: null });
    void this.countMatches();
  }

  /** Sets the filter and goes to its first match. */
  async showMatches(filterText: string): Promise<void> {
    const { store } = this.parts;
    const { filter, error } = parseFilter(filterText);
    window.clearTimeout(this.#filterTimer);
    store.set({ filterText, filterError: error });
    if (error) return;
    this.#applyFilter(filter);
    if (!filter) return;
    const found = await this.#ask('match', 'nextMatch', { filter, row: -1, step: 1 });
    if (found !== null && found !== undefined) await this.select(found, { reveal: true });
    else if (found === null) this.parts.hint('noMoreMatches');
  }

  /** Narrows the filter by words; they take the place of words of their own kind. */
  addFilterWords(words: string): void {
    this.setFilterText(withWords(this.parts.store.state.filterText, words));
  }

  /** As `addFilterWords`, and goes to the first match. */
  showNarrowed(words: string): Promise<void> {
    return this.showMatches(withWords(this.parts.store.state.filterText, words));
  }

  async countMatches(): Promise<void> {
    const { filter } = this.parts.store.state;
    if (!filter) return;
    const matchCount = await this.#ask('count', 'countMatches', { filter });
    if (matchCount !== undefined && this.parts.store.state.filter === filter) this.parts.store.set({ matchCount });
  }

  /** `frame`: index in the shown stack; without it, the innermost line that opens. `row`: another event than the selected one. */
  goToSource(frame?: number, row = this.parts.store.state.row): void {
    if (row !== null) this.parts.post({ type: 'goToSource', row, ...(frame === undefined ? {} : { frame }) });
  }

  locateInSource(): void {
    const { row } = this.parts.store.state;
    if (row !== null) this.parts.post({ type: 'locateInSource', row });
  }

  openTab(tab: Tab): void {
    this.parts.store.set({ tab, drawerOpen: true, drawerUntouched: false });
  }

  toggleDrawer(): void {
    const { store } = this.parts;
    store.set({ drawerOpen: !store.state.drawerOpen, drawerUntouched: false });
  }

  /** Esc: first the help, then the range, the time of the state tabs, the selection. Returns false when there was nothing to clear. */
  clear(): boolean {
    const { store } = this.parts;
    if (store.state.helpOpen) store.set({ helpOpen: false });
    else if (store.state.range) store.set({ range: null });
    else if (store.state.scrubNs !== null) store.set({ scrubNs: null });
    else if (store.state.row !== null) void this.select(null);
    else return false;
    return true;
  }

  /** A question whose failure is shown and otherwise without effect. */
  async #ask<M extends keyof HostMethods>(
    purpose: string,
    method: M,
    argument: Parameters<HostMethods[M]>[0],
  ): Promise<ReturnType<HostMethods[M]> | undefined> {
    try {
      return await this.parts.host.latest(purpose, method, argument);
    } catch (error) {
      this.parts.failed(error);
      return undefined;
    }
  }
}
