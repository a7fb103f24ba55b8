/**
 * Which stack each call was made from. Stacks are a tree, the innermost frame at the root's child, so that a stack is one number and a
 * loop of a million calls is a handful of nodes. Costs nothing when the log has no stacks.
 */

import type { FrameRecord } from 'strace-parser';
import type { CallSite, CallSites, EventDetail, Row } from '../api.js';
import { SliceFlag } from '../api.js';
import type { CallNames } from './callNames.js';
import type { EventStore } from './eventStore.js';
import { Uint32List } from './growable.js';

type Frame = EventDetail['stack'][number];

const ROOT = 0;

export class CallStacks {
  private readonly frames: (Frame | undefined)[] = [undefined];
  private readonly outwardFrom = new Uint32List();
  private readonly children = new Map<string, number>();
  /** Calls with a stack and their stacks, in the order in which the stacks were printed. */
  private readonly rows = new Uint32List();
  private readonly stacks = new Uint32List();
  private row: Row | undefined;
  private node = ROOT;

  constructor() {
    this.outwardFrom.push(ROOT);
  }

  /** The frames that follow are this call's; undefined: nobody's. */
  begin(row: Row | undefined): void {
    if (this.row !== undefined && this.node !== ROOT) {
      this.rows.push(this.row);
      this.stacks.push(this.node);
    }
    this.row = row;
    this.node = ROOT;
  }

  add(record: FrameRecord): void {
    if (this.row === undefined) return;
    const { object, symbol, address, source } = record;
    const key = `${this.node} ${address} ${object} ${source}`;
    let node = this.children.get(key);
    if (node === undefined) {
      node = this.frames.length;
      this.children.set(key, node);
      this.frames.push({
        object,
        symbol,
        address: Number.isNaN(address) ? null : address,
        source: source === '' ? null : source,
      });
      this.outwardFrom.push(this.node);
    }
    this.node = node;
  }

  /** Sums by stack and call. `nowNs`: end of what is still open. */
  sites(store: EventStore, names: CallNames, nowNs: number): CallSites {
    const sites = new Map<string, CallSite>();
    const stacks: Frame[][] = [];
    const indexOf = new Map<number, number>();
    // The last one may still be without its outer frames: it is left out until the next line.
    for (let i = 0; i < this.rows.length; i++) {
      const row = this.rows.at(i);
      const node = this.stacks.at(i);
      let stack = indexOf.get(node);
      if (stack === undefined) {
        stack = stacks.push(this.framesOf(node)) - 1;
        indexOf.set(node, stack);
      }
      const name = names.nameOf(store.nameId(row));
      const key = `${stack} ${name}`;
      let site = sites.get(key);
      if (!site) {
        site = { stack, name, calls: 0, errors: 0, totalNs: 0, row, thread: store.thread(row) };
        sites.set(key, site);
      }
      site.calls++;
      if ((store.flags(row) & SliceFlag.Failed) !== 0) site.errors++;
      if (!store.endUnknown(row)) site.totalNs += store.endNs(row, nowNs) - store.startNs(row);
    }
    return { stacks, sites: [...sites.values()] };
  }

  private framesOf(node: number): Frame[] {
    const frames: Frame[] = [];
    for (let at = node; at !== ROOT; at = this.outwardFrom.at(at)) frames.push(this.frames[at] as Frame);
    return frames.reverse();
  }
}
