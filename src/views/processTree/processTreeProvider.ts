/**
 * The processes of the shown trace, as a tree. Children are fetched when a row is opened, and while the trace grows only what is open is
 * asked again, only what changed is told, and never for more than a tenth of the time: 12 000 processes cost what is on the screen.
 */

import { EventEmitter, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, type TreeDataProvider } from 'vscode';
import type { ProcessId, ProcessInfo, ThreadInfo } from '../../trace/api.js';
import type { Logger } from '../../trace/logger.js';
import type { TraceSource } from '../../trace/traceSource.js';
import { NodeCache } from './nodeCache.js';
import { rowText } from './rowText.js';
import { processTooltip, threadTooltip } from './rowTooltip.js';
import type { ProcessNode, TreeNode } from './treeNode.js';

const pageSize = 1000;
const leastIntervalMs = 250;
/** A process with more children than this starts closed. */
const openedBelow = 50;

type Container = ProcessNode | undefined;

export class ProcessTreeProvider implements TreeDataProvider<TreeNode> {
  readonly #changed = new EventEmitter<TreeNode[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;

  #trace: TraceSource | undefined;
  #sessionId = '';
  #root: ProcessId | null = null;
  #nodes = new NodeCache();
  #rootChildren: TreeNode[] | undefined;
  /** Processes that were last told without anything below them. */
  readonly #leaves = new Set<TreeNode>();
  /** Processes whose children are on the screen. */
  readonly #open = new Set<ProcessNode>();
  #timer: NodeJS.Timeout | undefined;
  #nextRefreshAtMs = 0;
  #paused = false;

  constructor(private readonly log: Logger) {}

  /** Shows another trace, or only a part of it (`root` and its descendants). */
  show(sessionId: string, trace: TraceSource | undefined, root: ProcessId | null): void {
    if (sessionId === this.#sessionId && trace === this.#trace && root === this.#root) return;
    if (trace !== this.#trace) {
      this.#nodes = new NodeCache();
      this.#open.clear();
      this.#leaves.clear();
    }
    this.#sessionId = sessionId;
    this.#trace = trace;
    this.#root = root;
    this.#rootChildren = undefined;
    this.#changed.fire(undefined);
  }

  /** The trace has grown. */
  invalidate(): void {
    if (this.#paused || this.#timer || !this.#trace) return;
    const waitMs = Math.max(0, this.#nextRefreshAtMs - performance.now());
    this.#timer = setTimeout(() => void this.#refresh(), waitMs);
  }

  /** While nobody looks nothing is asked; afterwards everything open is. */
  pause(paused: boolean): void {
    this.#paused = paused;
    if (!paused) this.invalidate();
  }

  opened(node: TreeNode, open: boolean): void {
    if (node.kind !== 'process') return;
    if (open) this.#open.add(node);
    else this.#open.delete(node);
    if (open) this.invalidate();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#trace = undefined;
    this.#changed.dispose();
  }

  getTreeItem(node: TreeNode): TreeItem {
    const { label, description, icon, colour } = rowText(node, this.#nowNs);
    const state = this.#collapsibleState(node);
    const item = new TreeItem(label, state);
    const isLeaf = state === TreeItemCollapsibleState.None;
    // VS Code opens a row only when it is new to it: a process with its first child is told as another row, which starts open.
    item.id = `${this.#sessionId}/${node.key}${isLeaf ? '' : '/'}`;
    if (isLeaf) this.#leaves.add(node);
    else this.#leaves.delete(node);
    item.description = description;
    item.iconPath = new ThemeIcon(icon, new ThemeColor(colour));
    item.contextValue = node.kind === 'process' && node.info.createdByRow !== null ? 'process.born' : node.kind;
    item.accessibilityInformation = { label: `${label} ${description}` };
    node.shown = this.#appearance(node);
    return item;
  }

  async resolveTreeItem(item: TreeItem, node: TreeNode): Promise<TreeItem> {
    if (node.kind === 'thread') item.tooltip = threadTooltip(node.info, this.#nowNs);
    if (node.kind !== 'process' || !this.#trace) return item;
    const info = (await this.#trace.process(node.info.id)) ?? node.info;
    const parent = info.parent === null ? null : await this.#trace.process(info.parent);
    const whole = { startNs: 0, endNs: this.#nowNs, lanes: null, filter: null };
    const [time] = await this.#trace.processTimes({ ...whole, processes: [info.id] });
    item.tooltip = processTooltip(info, parent, time, this.#nowNs);
    return item;
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node?.kind === 'group' || node?.kind === 'thread') return node.children ?? [];
    if (node) this.#open.add(node);
    return (node ? node.children : this.#rootChildren) ?? (await this.#load(node));
  }

  /** The row of a process or of one of its threads, with all rows above it; undefined when it is not in the shown part. */
  async find(process: ProcessId, thread: number | null): Promise<TreeNode | undefined> {
    const path: ProcessId[] = [];
    for (let id: ProcessId | null = process; id !== null;) {
      path.unshift(id);
      if (id === this.#root) break;
      id = (await this.#trace?.process(id))?.parent ?? null;
    }
    let container: Container;
    for (const id of path) {
      await this.getChildren(container);
      container = this.#nodes.process(id);
      if (!container) return undefined;
    }
    if (container) await this.getChildren(container);
    return (thread === null ? undefined : this.#nodes.thread(thread)) ?? container;
  }

  async #refresh(): Promise<void> {
    const startMs = performance.now();
    const trace = this.#trace;
    const changed: TreeNode[] = [];
    try {
      if (this.#rootChildren) {
        const before = keysOf(this.#rootChildren);
        await this.#load(undefined);
        if (keysOf(this.#rootChildren) !== before) this.#changed.fire(undefined);
      }
      for (const node of [...this.#open]) {
        const before = keysOf(node.children);
        await this.#load(node);
        if (keysOf(node.children) !== before) changed.push(node);
      }
    } catch (error) {
      if (trace === this.#trace) this.log.error('Could not refresh the process tree', error); // else it was closed meanwhile
    }
    let rootGrew = false;
    for (const node of this.#nodes.all()) {
      if (node.shown === '' || node.shown === this.#appearance(node)) continue;
      const isNewRow = this.#leaves.has(node) && this.#collapsibleState(node) !== TreeItemCollapsibleState.None;
      if (!isNewRow) changed.push(node);
      else if (node.parent) changed.push(node.parent);
      else rootGrew = true;
    }
    if (rootGrew) this.#changed.fire(undefined);
    else if (changed.length > 0) this.#changed.fire([...new Set(changed)]);
    this.#nextRefreshAtMs = startMs + Math.max(leastIntervalMs, 10 * (performance.now() - startMs));
    this.#timer = undefined;
  }

  /** Asks for the children of a process (or for the roots) and lays them out. */
  async #load(container: Container): Promise<TreeNode[]> {
    const trace = this.#trace;
    if (!trace) return [];
    const processes: ProcessInfo[] = [];
    const threads: ThreadInfo[][] = [];
    if (!container && this.#root !== null) {
      const info = await trace.process(this.#root);
      if (info) processes.push(info);
      threads.push(info ? await this.#threadsOf(info) : []);
    } else {
      for (let total = 1; processes.length < total;) {
        const page = await trace.processes({
          parent: container?.info.id ?? null,
          offset: processes.length,
          limit: pageSize,
        });
        if (page.processes.length === 0) break;
        total = page.total;
        processes.push(...page.processes);
        threads.push(...page.threads);
      }
    }
    const children = this.#nodes.layOut(processes, threads, container);
    if (container) container.children = children;
    else this.#rootChildren = children;
    return children;
  }

  /** Pages list the threads of a process with its siblings; a root that was chosen is found through its parent's page. */
  async #threadsOf(info: ProcessInfo): Promise<ThreadInfo[]> {
    const known = this.#nodes.process(info.id)?.threads ?? [];
    return known.filter(thread => info.threads.includes(thread.id));
  }

  get #nowNs(): number {
    return this.#trace?.latest.endNs ?? 0;
  }

  #collapsibleState(node: TreeNode): TreeItemCollapsibleState {
    if (node.kind === 'thread') return TreeItemCollapsibleState.None;
    if (node.kind === 'group') return TreeItemCollapsibleState.Collapsed;
    const below = node.info.children.length + node.threads.length;
    if (below === 0) return TreeItemCollapsibleState.None;
    return below <= openedBelow ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
  }

  /** Everything of a row that is on the screen; a group's also who is in it. */
  #appearance(node: TreeNode): string {
    const { label, description, icon } = rowText(node, this.#nowNs);
    const members = node.kind === 'group' && !node.range ? node.count : '';
    return [label, description, icon, this.#collapsibleState(node), members].join('\0');
  }
}

function keysOf(children: readonly TreeNode[] | undefined): string {
  return children?.map(child => child.key).join(' ') ?? '';
}
