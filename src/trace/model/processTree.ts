/**
 * The order in which processes and threads are listed: a process's leader, its other threads, then its child processes by birth.
 *
 * Orders are built when asked for and kept until the tree changes or another folding is asked for, so that a page of 12 000
 * processes costs no more than a page.
 */

import type { LaneInfo, LaneQuery, ProcessId, ProcessQuery, ThreadId } from '../api.js';
import type { ProcessRegistry } from './processRegistry.js';

interface LaneOrder {
  structure: number;
  threads: ThreadId[];
  depths: number[];
  /** Position by thread; absent when hidden. */
  positions: Map<ThreadId, number>;
}

const keptOrders = 4;

export class ProcessTree {
  private readonly orders = new Map<string, LaneOrder>();
  private rootsAt = -1;
  private rootIds: ProcessId[] = [];

  constructor(private readonly registry: ProcessRegistry) {}

  /** Ids of the processes without a known parent, by birth. */
  roots(): readonly ProcessId[] {
    if (this.rootsAt !== this.registry.structure) {
      this.rootIds = this.registry.processes
        .filter(process => process.mergedInto === null && process.parent === null)
        .map(process => process.id);
      this.rootsAt = this.registry.structure;
    }
    return this.rootIds;
  }

  children(query: ProcessQuery): { total: number; ids: ProcessId[] } {
    const all =
      query.parent === null
        ? this.roots()
        : this.registry.has(query.parent)
          ? this.registry.process(query.parent).children
          : [];
    return { total: all.length, ids: all.slice(query.offset, query.offset + query.limit) };
  }

  lanes(query: LaneQuery): { total: number; lanes: LaneInfo[] } {
    const order = this.order(query);
    const lanes: LaneInfo[] = [];
    const end = Math.min(order.threads.length, query.offset + query.limit);
    for (let index = Math.max(0, query.offset); index < end; index++) {
      const thread = order.threads[index] as ThreadId;
      const process = this.registry.process(this.registry.thread(thread).process).id;
      lanes.push({ thread, process, depth: order.depths[index] as number });
    }
    return { total: order.threads.length, lanes };
  }

  laneIndex(thread: ThreadId, query: Pick<LaneQuery, 'folded' | 'root'>): number {
    return this.order(query).positions.get(thread) ?? -1;
  }

  private order(query: Pick<LaneQuery, 'folded' | 'root'>): LaneOrder {
    const key = `${query.root}:${query.folded.join()}`;
    const kept = this.orders.get(key);
    if (kept?.structure === this.registry.structure) return kept;
    const order = this.build(query.root, new Set(query.folded));
    this.orders.delete(key);
    this.orders.set(key, order);
    for (const oldest of this.orders.keys()) {
      if (this.orders.size <= keptOrders) break;
      this.orders.delete(oldest);
    }
    return order;
  }

  private build(root: ProcessId | null, folded: ReadonlySet<ProcessId>): LaneOrder {
    const order: LaneOrder = { structure: this.registry.structure, threads: [], depths: [], positions: new Map() };
    const start = root === null ? this.roots() : this.registry.has(root) ? [this.registry.process(root).id] : [];
    // A stack, not recursion: a chain of forks can be as deep as there are processes.
    const stack = [...start].reverse().map(id => ({ id, depth: 0 }));
    for (let item = stack.pop(); item; item = stack.pop()) {
      const process = this.registry.process(item.id);
      const open = !folded.has(process.id);
      process.threads.forEach((thread, index) => {
        if (index > 0 && !open) return;
        order.positions.set(thread, order.threads.length);
        order.threads.push(thread);
        order.depths.push(item.depth + (index > 0 ? 1 : 0));
      });
      if (!open) continue;
      for (let index = process.children.length - 1; index >= 0; index--) {
        stack.push({ id: process.children[index] as ProcessId, depth: item.depth + 1 });
      }
    }
    return order;
  }
}
