/**
 * The rows of the tree. Invariant: a process, thread or group keeps one node object and one key for as long as the trace is shown, so
 * that VS Code keeps expansion and selection when a row is told again.
 */

import type { ProcessInfo, ThreadInfo } from '../../trace/api.js';

interface NodeBase {
  /** Unique and stable within a session. */
  readonly key: string;
  parent: TreeNode | undefined;
  /** Rows below it, as last listed; undefined until it was opened. */
  children: TreeNode[] | undefined;
  /** What the row looked like when it was last told, to tell only what changed. */
  shown: string;
}

export interface ProcessNode extends NodeBase {
  readonly kind: 'process';
  info: ProcessInfo;
  threads: ThreadInfo[];
}

export interface ThreadNode extends NodeBase {
  readonly kind: 'thread';
  info: ThreadInfo;
}

/** Siblings of one image (`range` false), or a part of such a group. */
export interface GroupNode extends NodeBase {
  readonly kind: 'group';
  readonly range: boolean;
  readonly name: string;
  /** Position of the first member in the whole group, from 1. */
  readonly from: number;
  count: number;
}

export type TreeNode = ProcessNode | ThreadNode | GroupNode;
