/**
 * The lanes around the visible part of the list, asked of the host as the user scrolls and as the trace grows.
 *
 * Invariant: holds one contiguous stretch of lanes, however many the trace has; the old stretch stays until the new one is here.
 */

import type { LaneInfo, ProcessInfo, ThreadId, ThreadInfo } from '../../protocol.js';
import type { HostClient } from '../rpc.js';
import type { Store } from '../store.js';

export interface LaneRow {
  lane: LaneInfo;
  process: ProcessInfo;
  thread: ThreadInfo;
}

/** Lanes asked for at a time, at least. */
const pageLength = 96;
/** While the trace grows, names and states are read again no more often than this. */
const refreshMs = 120;

export class LaneList {
  #offset = 0;
  #rows: LaneRow[] = [];
  /** Places in `#rows`. */
  #places = new Map<ThreadId, number>();
  #total = 0;
  #revision = -1;
  #key = '';
  #busy = false;
  #askedAtMs = 0;
  #timer = 0;
  #known = false;

  constructor(
    private readonly store: Store,
    private readonly host: HostClient,
    private readonly failed: (error: unknown) => void,
  ) {}

  get total(): number {
    return this.#total;
  }

  /** True once the host has answered for this trace. */
  get known(): boolean {
    return this.#known;
  }

  at(index: number): LaneRow | undefined {
    return this.#rows[index - this.#offset];
  }

  /** Index of a thread's lane if it is among those held; -1 otherwise. */
  indexOf(thread: ThreadId): number {
    const place = this.#places.get(thread);
    return place === undefined ? -1 : place + this.#offset;
  }

  /** Forgets everything: another trace is shown. */
  clear(): void {
    window.clearTimeout(this.#timer);
    this.#rows = [];
    this.#places.clear();
    this.#total = 0;
    this.#offset = 0;
    this.#revision = -1;
    this.#key = '';
    this.#busy = false;
    this.#known = false;
  }

  /** Makes sure that lanes [first, last] are here and current; bumps `lanesVersion` when something arrived. */
  ensure(first: number, last: number): void {
    const { summary, folded, root } = this.store.state;
    if (!summary || this.#busy) return;
    const key = `${root ?? ''}/${[...folded].join()}`;
    const end = Math.min(last + 1, this.#total);
    const inside = first >= this.#offset && end <= this.#offset + this.#rows.length;
    if (inside && this.#known && key === this.#key) {
      if (this.#revision === summary.revision) return;
      const waitMs = this.#askedAtMs + refreshMs - performance.now();
      if (waitMs > 0) {
        window.clearTimeout(this.#timer);
        this.#timer = window.setTimeout(() => this.store.bump('lanesVersion'), waitMs);
        return;
      }
    }
    const visible = last - first + 1;
    const limit = Math.max(pageLength, visible * 3);
    const offset = Math.max(0, Math.floor(first + visible / 2 - limit / 2));
    void this.#ask(key, offset, limit);
  }

  async #ask(key: string, offset: number, limit: number): Promise<void> {
    const { folded, root } = this.store.state;
    this.#busy = true;
    this.#askedAtMs = performance.now();
    try {
      const page = await this.host.latest('lanes', 'lanes', { offset, limit, folded: [...folded], root });
      this.#rows = [];
      for (const [i, lane] of page.lanes.entries()) {
        const process = page.processes[i];
        const thread = page.threads[i];
        if (process && thread) this.#rows.push({ lane, process, thread });
      }
      this.#places = new Map(this.#rows.map(({ lane }, place) => [lane.thread, place]));
      this.#offset = offset;
      this.#total = page.total;
      this.#revision = page.revision;
      this.#key = key;
      this.#known = true;
    } catch (error) {
      this.failed(error);
    } finally {
      this.#busy = false;
      this.store.bump('lanesVersion');
    }
  }
}
