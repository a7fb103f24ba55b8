/**
 * The events of one thread in time order, and a pyramid of summaries over its calls: a node of level k stands for FAN_OUT^(k+1)
 * calls in a row, so that a picture of any length of time touches about as many nodes as it has pixels.
 *
 * Invariants: calls of a lane never overlap and their starts never decrease; only the last call can still change, so a node is built
 * once, when the call after its last one arrives, and is final. About 3 bytes an event (21 a node, 1/7 of a node an event), and 4
 * for the row.
 */

import { SliceFlag, syscallClasses, type Row } from '../api.js';
import type { EventStore } from './eventStore.js';
import { Float64List, Uint32List, Uint8List } from './growable.js';

export const FAN_OUT = 8;
const FULL_SHARE = 255;
/** Flags of a node: those that any of its calls has. */
const INHERITED = SliceFlag.Failed | SliceFlag.Blocked | SliceFlag.NoReturn;

/** One level of the pyramid, a column for each thing that is known of a node. */
export class Level {
  readonly startNs = new Float64List();
  readonly endNs = new Float64List();
  /** Index into syscallClasses: the class of most of its time (of its children's, above level 0). */
  readonly class = new Uint8List();
  readonly flags = new Uint8List();
  /** Shares of the node's span in 1/255: in calls, in blocked calls, in calls of its class. */
  readonly callShare = new Uint8List();
  readonly blockedShare = new Uint8List();
  readonly classShare = new Uint8List();

  get length(): number {
    return this.startNs.length;
  }

  get byteLength(): number {
    return (
      this.startNs.byteLength +
      this.endNs.byteLength +
      this.class.byteLength +
      this.flags.byteLength +
      this.callShare.byteLength +
      this.blockedShare.byteLength +
      this.classShare.byteLength
    );
  }

  /** Nanoseconds of a node's span that a share stands for. */
  shareNs(share: Uint8List, node: number): number {
    return ((this.endNs.at(node) - this.startNs.at(node)) * share.at(node)) / FULL_SHARE;
  }
}

export class Lane {
  /** Rows of its calls. */
  readonly calls = new Uint32List();
  /** Rows of its signals, stops, exits and notes. */
  readonly marks = new Uint32List();
  readonly levels: Level[] = [];

  constructor(
    private readonly store: EventStore,
    /** Class of a syscall, by name id. */
    private readonly classOf: (nameId: number) => number,
  ) {}

  get lastCall(): Row | undefined {
    return this.calls.length === 0 ? undefined : this.calls.at(this.calls.length - 1);
  }

  /** Adds a call, after the one before it has got its final end. */
  addCall(row: Row): void {
    const finished = this.calls.length;
    this.calls.push(row);
    if (finished > 0 && finished % FAN_OUT === 0) this.build(0, finished / FAN_OUT - 1);
  }

  /** Index of the first call that starts at or after a time. */
  firstCallAt(ns: number): number {
    return this.firstAt(this.calls, ns);
  }

  firstMarkAt(ns: number): number {
    return this.firstAt(this.marks, ns);
  }

  /** Index of the first call that ends after a time (or starts at it). */
  firstCallReaching(ns: number, nowNs: number): number {
    const next = this.firstCallAt(ns);
    return next > 0 && this.store.endNs(this.calls.at(next - 1), nowNs) > ns ? next - 1 : next;
  }

  get byteLength(): number {
    return this.levels.reduce((sum, level) => sum + level.byteLength, this.calls.byteLength + this.marks.byteLength);
  }

  private firstAt(rows: Uint32List, ns: number): number {
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.store.startNs(rows.at(middle)) < ns) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Builds node `node` of a level from its finished children, and its parent when that is full. */
  private build(depth: number, node: number): void {
    const level = (this.levels[depth] ??= new Level());
    const classNs = classScratch.fill(0);
    let flags = 0;
    let callNs = 0;
    let blockedNs = 0;
    let startNs = 0;
    let endNs = 0;
    const below = depth === 0 ? undefined : (this.levels[depth - 1] as Level);
    for (let child = node * FAN_OUT; child < (node + 1) * FAN_OUT; child++) {
      let childClass: number;
      let childStartNs: number;
      if (below === undefined) {
        const row = this.calls.at(child);
        const durationNs = this.store.durationNs(row);
        childStartNs = this.store.startNs(row);
        endNs = childStartNs + durationNs;
        flags |= this.store.flags(row);
        callNs += durationNs;
        if ((this.store.flags(row) & SliceFlag.Blocked) !== 0) blockedNs += durationNs;
        childClass = this.classOf(this.store.nameId(row));
        // One more than its time, so that calls without a duration count by their number.
        classNs[childClass] = (classNs[childClass] as number) + durationNs + 1;
      } else {
        childStartNs = below.startNs.at(child);
        endNs = below.endNs.at(child);
        flags |= below.flags.at(child);
        callNs += below.shareNs(below.callShare, child);
        blockedNs += below.shareNs(below.blockedShare, child);
        childClass = below.class.at(child);
        classNs[childClass] = (classNs[childClass] as number) + below.shareNs(below.classShare, child) + 1;
      }
      if (child === node * FAN_OUT) startNs = childStartNs;
    }
    const dominant = largest(classNs);
    const share = (ns: number): number => (endNs > startNs ? Math.min(FULL_SHARE, Math.round((ns / (endNs - startNs)) * FULL_SHARE)) : 0);
    level.startNs.push(startNs);
    level.endNs.push(endNs);
    level.class.push(dominant);
    level.flags.push(flags & INHERITED);
    level.callShare.push(share(callNs));
    level.blockedShare.push(share(blockedNs));
    level.classShare.push(share(classNs[dominant] as number));
    if (level.length % FAN_OUT === 0) this.build(depth + 1, level.length / FAN_OUT - 1);
  }
}

const classScratch = new Float64Array(syscallClasses.length);

/** Index of the largest item, the first of equals. */
export function largest(items: Float64Array): number {
  let best = 0;
  for (let i = 1; i < items.length; i++) if ((items[i] as number) > (items[best] as number)) best = i;
  return best;
}
