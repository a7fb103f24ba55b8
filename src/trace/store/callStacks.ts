/**
 * Which stack each call was made from. Stacks are a tree, the innermost frame at the root's child, so that a stack is one number and a
 * loop of a million calls is a handful of nodes. Costs nothing when the log has no stacks.
 *
 * Invariant: a stack keeps its index; a call's stack is known once the line after it has been read.
 */

import type { FrameRecord } from 'strace-parser';
import type { CallStack, Row } from '../api.js';
import { Uint32List } from './growable.js';

type Frame = CallStack[number];

const ROOT = 0;

export class CallStacks {
  private readonly frames: (Frame | undefined)[] = [undefined];
  private readonly outwardFrom = new Uint32List();
  private readonly children = new Map<string, number>();
  /** Outermost node of each stack, in the order in which they were first seen. */
  private readonly ends = new Uint32List();
  private readonly indexOf = new Map<number, number>();
  /** By row: index of its stack and one; 0: none. */
  private byRow = new Uint32Array(0);
  private row: Row | undefined;
  private node = ROOT;

  constructor() {
    this.outwardFrom.push(ROOT);
  }

  /** Number of different stacks. */
  get count(): number {
    return this.ends.length;
  }

  /** The frames that follow are this call's; undefined: nobody's. */
  begin(row: Row | undefined): void {
    if (this.row !== undefined && this.node !== ROOT) this.set(this.row, this.indexOfNode(this.node));
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

  /** Index of a row's stack; -1 when it has none, or none yet. */
  of(row: Row): number {
    return (this.byRow[row] ?? 0) - 1;
  }

  /** The row's frames are being read. */
  pending(row: Row): boolean {
    return row === this.row;
  }

  /** The stacks from an index on. */
  from(index: number): CallStack[] {
    const stacks: CallStack[] = [];
    for (let i = Math.max(0, index); i < this.ends.length; i++) stacks.push(this.framesOf(this.ends.at(i)));
    return stacks;
  }

  private set(row: Row, stack: number): void {
    if (row >= this.byRow.length) {
      const bigger = new Uint32Array(Math.max(64, Math.ceil((row + 1) * 1.5)));
      bigger.set(this.byRow);
      this.byRow = bigger;
    }
    this.byRow[row] = stack + 1;
  }

  private indexOfNode(node: number): number {
    let index = this.indexOf.get(node);
    if (index === undefined) {
      index = this.ends.length;
      this.indexOf.set(node, index);
      this.ends.push(node);
    }
    return index;
  }

  private framesOf(node: number): Frame[] {
    const frames: Frame[] = [];
    for (let at = node; at !== ROOT; at = this.outwardFrom.at(at)) frames.push(this.frames[at] as Frame);
    return frames.reverse();
  }
}
