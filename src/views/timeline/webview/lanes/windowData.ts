/**
 * The slices of the visible lanes for about three times the visible window, so that panning needs no round trip.
 *
 * Invariant: what is drawn is what the host sent, placed by its times: old columns stay (scaled, moved) until newer ones are here.
 */

import { SliceFlag, type SourceFilter, type ThreadId, type WindowSlices } from '../../protocol.js';
import type { HostClient } from '../rpc.js';
import type { Store } from '../store.js';
import { spanOf, type TimeWindow } from '../viewport.js';

/** What a request asked for; decides whether its answer still serves. */
interface Coverage {
  startNs: number;
  endNs: number;
  nsPerPx: number;
  revision: number;
  filter: SourceFilter | null;
  /** Contains merged slices: a closer look needs finer columns. */
  merged: boolean;
}

/** How much finer or coarser than wanted columns may be before they are asked for again. */
const finerFactor = 1.3;
const coarserFactor = 4;

export class WindowData {
  slices: WindowSlices | null = null;
  #coverage: Coverage | null = null;
  #laneIndex = new Map<ThreadId, number>();
  /** Folded lanes whose density was asked for. */
  #densities = new Set<ThreadId>();
  #busy = false;
  #generation = 0;
  #retryAtMs = 0;

  constructor(
    private readonly store: Store,
    private readonly host: HostClient,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Index of a thread in the columns; undefined when it is not among them. */
  laneIndex(thread: ThreadId): number | undefined {
    return this.#laneIndex.get(thread);
  }

  /** The filter whose matches the columns carry. */
  get filter(): SourceFilter | null {
    return this.#coverage?.filter ?? null;
  }

  clear(): void {
    this.#generation++;
    this.slices = null;
    this.#coverage = null;
    this.#laneIndex = new Map();
    this.#busy = false;
  }

  /** Asks for columns when those held do not serve; bumps `slicesVersion` when they arrive. */
  ensure(lanes: readonly ThreadId[], widthPx: number, folded: readonly ThreadId[] = []): void {
    const { summary, window, filter } = this.store.state;
    if (!summary || lanes.length === 0 || widthPx < 1 || this.#busy || performance.now() < this.#retryAtMs) return;
    if (this.#serves(lanes, window, widthPx) && folded.every(thread => this.#densities.has(thread))) return;
    const span = spanOf(window);
    const startNs = Math.max(0, Math.floor(window.startNs - span));
    const endNs = Math.max(startNs + 1, Math.ceil(window.endNs + span));
    const nsPerPx = span / widthPx;
    const asked = Math.max(1, Math.round((endNs - startNs) / nsPerPx));
    const coverage = {
      startNs,
      endNs,
      nsPerPx,
      filter,
      revision: summary.revision,
      merged: false,
    };
    void this.#ask(coverage, [...lanes], asked, [...folded]);
  }

  #serves(lanes: readonly ThreadId[], window: TimeWindow, widthPx: number): boolean {
    const held = this.#coverage;
    const { summary, filter } = this.store.state;
    if (!held || !summary || held.filter !== filter) return false;
    if (lanes.some(thread => !this.#laneIndex.has(thread))) return false;
    // Nothing lies before 0 or after the end: only what is inside of the trace has to be covered.
    const startNs = Math.max(0, window.startNs);
    const endNs = Math.min(window.endNs, summary.endNs);
    if (startNs < held.startNs || endNs > held.endNs) return false;
    const nsPerPx = spanOf(window) / widthPx;
    if (held.merged && held.nsPerPx > nsPerPx * finerFactor) return false;
    if (held.nsPerPx * coarserFactor < nsPerPx) return false;
    // A call that was open can end long before the newest moment: any growth may change what is in view.
    return held.revision === summary.revision || summary.endNs < held.startNs;
  }

  async #ask(coverage: Coverage, lanes: ThreadId[], widthPx: number, folded: ThreadId[]): Promise<void> {
    const generation = this.#generation;
    this.#busy = true;
    try {
      const { startNs, endNs, filter } = coverage;
      const slices = await this.host.ask('window', { startNs, endNs, widthPx, lanes, filter, folded });
      if (generation !== this.#generation) return;
      coverage.merged = slices.sliceFlags.some(flags => (flags & SliceFlag.Merged) !== 0);
      this.slices = slices;
      this.#coverage = coverage;
      this.#densities = new Set(folded);
      this.#laneIndex = new Map(slices.lanes.map((thread, index) => [thread, index]));
    } catch (error) {
      this.#retryAtMs = performance.now() + 1000;
      this.failed(error);
    } finally {
      if (generation === this.#generation) {
        this.#busy = false;
        this.store.bump('slicesVersion');
      }
    }
  }
}

/** First index in [from, to) of an ascending column whose value is greater than `value`; `to` when there is none. */
export function firstAfter(column: Float64Array, value: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((column[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
