/** The matches of the filters in use: the one in the box and the one before it, so that typing back costs nothing. */

import type { EventFilter } from '../api.js';
import { compileFilter, type FilterContext } from './eventFilter.js';
import { MatchIndex } from './matchIndex.js';

const KEPT = 2;

export class FilterCache {
  /** Most recently used last. */
  private readonly indexes = new Map<string, MatchIndex>();

  constructor(private readonly context: FilterContext) {}

  /** The filter's matches, brought up to date. */
  get(filter: EventFilter): MatchIndex {
    const key = JSON.stringify(filter);
    const { store } = this.context;
    const index =
      this.indexes.get(key) ??
      new MatchIndex(store, compileFilter(filter, this.context), row => this.context.stackPending(row));
    this.indexes.delete(key);
    this.indexes.set(key, index);
    for (const old of [...this.indexes.keys()].slice(0, -KEPT)) this.indexes.delete(old);
    index.update();
    return index;
  }
}
