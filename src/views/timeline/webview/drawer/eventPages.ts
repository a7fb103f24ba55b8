/**
 * The events of the list, page by page, around what is visible.
 *
 * Invariant: pages are of one question (range, lanes, filter); another question starts from nothing, growth only reads pages again.
 */

import type { EventListItem, Row } from '../../protocol.js';
import type { Context } from '../context.js';
import { scopeKey, scopeQuery } from './scope.js';

const pageRows = 100;
const mostPages = 40;
const refreshMs = 300;
/** A row's index in the list is found by counting what lies before it; ties in time are looked for this far around. */
const searchRows = 100;

interface Page {
  items: readonly EventListItem[];
  revision: number;
}

export class EventPages {
  total = 0;
  /** False until the host has answered the current question. */
  known = false;
  #key = '';
  #pages = new Map<number, Page>();
  #busy = new Set<number>();
  #askedAtMs = 0;
  #timer = 0;

  constructor(
    private readonly context: Context,
    private readonly onChange: () => void,
  ) {}

  at(index: number): EventListItem | undefined {
    return this.#pages.get(Math.floor(index / pageRows))?.items[index % pageRows];
  }

  /** Reads what is missing of [first, last]; returns true when the question is a new one. */
  ensure(first: number, last: number): boolean {
    const { state } = this.context.store;
    const key = scopeKey(state);
    const fresh = key !== this.#key;
    if (fresh) {
      this.#key = key;
      this.#pages.clear();
      this.#busy.clear();
      this.known = false;
      this.total = 0;
    }
    const revision = state.summary?.revision ?? 0;
    for (let page = Math.floor(first / pageRows); page <= Math.floor(Math.max(first, last) / pageRows); page++) {
      const held = this.#pages.get(page);
      if (this.#busy.has(page) || (held && held.revision === revision)) continue;
      const waitMs = held ? this.#askedAtMs + refreshMs - performance.now() : 0;
      if (waitMs > 0) {
        window.clearTimeout(this.#timer);
        this.#timer = window.setTimeout(() => this.onChange(), waitMs);
      } else void this.#ask(page, revision, key);
    }
    return fresh;
  }

  async #ask(page: number, revision: number, key: string): Promise<void> {
    this.#busy.add(page);
    this.#askedAtMs = performance.now();
    try {
      const { host, store } = this.context;
      const answer = await host.ask('events', { ...scopeQuery(store.state), offset: page * pageRows, limit: pageRows });
      if (key !== this.#key) return;
      this.total = answer.total;
      this.known = true;
      this.#pages.set(page, { items: answer.items, revision });
      const [oldest] = this.#pages.keys();
      if (this.#pages.size > mostPages && oldest !== undefined) this.#pages.delete(oldest);
    } catch (error) {
      this.context.failed(error);
      return;
    } finally {
      if (key === this.#key) this.#busy.delete(page);
    }
    this.onChange();
  }

  /** Index of an event in the list, by counting what starts before it; -1 when it is not in the list. */
  async indexOf(row: Row, startNs: number): Promise<number> {
    const { host, store } = this.context;
    const query = scopeQuery(store.state);
    if (startNs < query.startNs || startNs > query.endNs) return -1;
    try {
      const before = await host.latest('eventIndex', 'events', { ...query, endNs: startNs, offset: 0, limit: 1 });
      const offset = Math.max(0, before.total - searchRows);
      const around = await host.latest('eventIndex', 'events', { ...query, offset, limit: 2 * searchRows });
      const found = around.items.findIndex(item => item.row === row);
      return found < 0 ? -1 : offset + found;
    } catch (error) {
      this.context.failed(error);
      return -1;
    }
  }
}
