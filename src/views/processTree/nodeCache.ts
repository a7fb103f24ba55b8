/** Keeps the one node object of each process, thread and group of a trace, and lays siblings out as rows. */

import type { ProcessId, ProcessInfo, ThreadId, ThreadInfo } from '../../trace/api.js';
import { arrange } from './arrange.js';
import type { GroupNode, ProcessNode, ThreadNode, TreeNode } from './treeNode.js';

export class NodeCache {
  readonly #processes = new Map<ProcessId, ProcessNode>();
  readonly #threads = new Map<ThreadId, ThreadNode>();
  readonly #groups = new Map<string, GroupNode>();

  process(id: ProcessId): ProcessNode | undefined {
    return this.#processes.get(id);
  }

  thread(id: ThreadId): ThreadNode | undefined {
    return this.#threads.get(id);
  }

  *all(): Iterable<TreeNode> {
    yield* this.#processes.values();
    yield* this.#threads.values();
    yield* this.#groups.values();
  }

  /** Rows below `parent` (none: the roots): its threads, then its children `infos`, whose threads are `threads`, in the same order. */
  layOut(
    infos: readonly ProcessInfo[],
    threads: readonly (readonly ThreadInfo[])[],
    parent: ProcessNode | undefined,
  ): TreeNode[] {
    const single = (index: number, above: TreeNode | undefined): ProcessNode[] => {
      const info = infos[index];
      return info ? [this.#processNode(info, threads[index] ?? [], above)] : [];
    };
    const rows: TreeNode[] = parent ? parent.threads.map(info => this.#threadNode(info, parent)) : [];
    for (const entry of arrange(infos)) {
      if (entry.kind === 'single') rows.push(...single(entry.index, parent));
      else rows.push(this.#groupNode(entry.name, entry.ranges, parent, single));
    }
    return rows;
  }

  #processNode(info: ProcessInfo, threads: readonly ThreadInfo[], parent: TreeNode | undefined): ProcessNode {
    const known = this.#processes.get(info.id);
    if (known) return Object.assign(known, { info, threads: [...threads], parent });
    const node: ProcessNode = {
      kind: 'process',
      key: `p${info.id}`,
      parent,
      info,
      threads: [...threads],
      children: undefined,
      shown: '',
    };
    this.#processes.set(info.id, node);
    return node;
  }

  #threadNode(info: ThreadInfo, parent: ProcessNode): ThreadNode {
    const known = this.#threads.get(info.id);
    if (known) return Object.assign(known, { info, parent });
    const node: ThreadNode = { kind: 'thread', key: `t${info.id}`, parent, info, children: undefined, shown: '' };
    this.#threads.set(info.id, node);
    return node;
  }

  #groupNode(
    name: string,
    ranges: readonly number[][],
    parent: ProcessNode | undefined,
    member: (index: number, above: TreeNode) => ProcessNode[],
  ): GroupNode {
    const count = ranges.reduce((sum, range) => sum + range.length, 0);
    const key = `g${parent?.key ?? ''}/${name}`;
    const group = this.#group(key, { name, range: false, from: 1, count, parent });
    let from = 1;
    group.children = ranges.map(range => {
      const part = this.#group(`${key}/${from}`, { name, range: true, from, count: range.length, parent: group });
      part.children = range.flatMap(index => member(index, part));
      from += range.length;
      return part;
    });
    return group;
  }

  #group(key: string, facts: Pick<GroupNode, 'name' | 'range' | 'from' | 'count' | 'parent'>): GroupNode {
    const known = this.#groups.get(key);
    if (known) return Object.assign(known, { count: facts.count });
    const node: GroupNode = { kind: 'group', key, ...facts, children: undefined, shown: '' };
    this.#groups.set(key, node);
    return node;
  }
}
