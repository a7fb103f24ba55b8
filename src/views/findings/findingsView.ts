/**
 * The Findings view: what is wrong in the shown trace, while it runs. A click on a finding or on a step of its evidence shows that event
 * in the timeline. Asked at most once a second, and never for more than a tenth of the time; the tree is told only when it changed.
 */

import {
  Disposable,
  EventEmitter,
  l10n,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  window,
  type TreeDataProvider,
  type TreeView,
} from 'vscode';
import type { SessionList, TraceSession } from '../../session/session.js';
import type { Row, ThreadId } from '../../trace/api.js';
import type { Severity } from '../../trace/findings/finding.js';
import type { Logger } from '../../trace/logger.js';
import type { TraceSource } from '../../trace/traceSource.js';
import { findingTree, graveCount, type FindingTreeNode, type RuleNode } from './findingNodes.js';

const leastIntervalMs = 1000;

/** Shows an event in the timeline. */
export type Reveal = (session: TraceSession, thread: ThreadId | null, row: Row | null) => Promise<void>;

export class FindingsView implements Disposable, TreeDataProvider<FindingTreeNode> {
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: TreeView<FindingTreeNode>;
  readonly #subscriptions: Disposable;
  #session: TraceSession | undefined;
  #trace: TraceSource | undefined;
  #unsubscribe = () => {};
  #roots: RuleNode[] = [];
  /** The answer that the tree shows. */
  #shown = '';
  #timer: NodeJS.Timeout | undefined;
  #nextAskAtMs = 0;

  constructor(
    private readonly sessions: SessionList,
    private readonly reveal: Reveal,
    private readonly log: Logger,
  ) {
    this.#view = window.createTreeView('syscape.findings', { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = Disposable.from(
      this.#view,
      this.#changed,
      sessions.onDidChangeActive(() => this.#follow()),
      sessions.onDidChange(() => this.#follow()),
      this.#view.onDidChangeSelection(({ selection }) => void this.#selected(selection[0])),
    );
    this.#follow();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#trace = undefined;
    this.#unsubscribe();
    this.#subscriptions.dispose();
  }

  getChildren(node?: FindingTreeNode): FindingTreeNode[] {
    if (!node) return this.#roots;
    return node.kind === 'evidence' ? [] : node.children;
  }

  getParent(node: FindingTreeNode): FindingTreeNode | undefined {
    return node.kind === 'rule' ? undefined : node.parent;
  }

  getTreeItem(node: FindingTreeNode): TreeItem {
    const item = new TreeItem(node.label, collapsibleState(node));
    item.id = `${this.#session?.id ?? ''}/${node.key}`;
    item.contextValue = node.kind;
    if (node.kind === 'evidence') return item;
    item.iconPath = iconOf(node.severity);
    if (node.kind === 'rule') {
      item.description = String(node.children.length);
      item.tooltip = node.explanation;
    } else {
      item.description = String(node.pid);
      item.tooltip = `${node.label}\n\n${node.parent.explanation}`;
    }
    return item;
  }

  /** Rows as they are now, for tests of what people see: one line a row, indented. */
  outline(): string[] {
    const lines = (nodes: readonly FindingTreeNode[], depth: number): string[] =>
      nodes.flatMap(node => [
        `${'  '.repeat(depth)}${node.label}`,
        ...lines(node.kind === 'evidence' ? [] : node.children, depth + 1),
      ]);
    return lines(this.#roots, 0);
  }

  #follow(): void {
    const session = this.sessions.active;
    if (session?.trace !== this.#trace) {
      this.#trace = session?.trace;
      this.#unsubscribe();
      this.#unsubscribe = this.#trace?.onChange(() => this.#invalidate()) ?? (() => {});
      this.#show([], '');
    }
    this.#session = session;
    this.#view.description = session?.title ?? '';
    this.#invalidate();
  }

  #invalidate(): void {
    if (this.#timer || !this.#trace) return;
    const waitMs = Math.max(0, this.#nextAskAtMs - performance.now());
    this.#timer = setTimeout(() => void this.#ask(), waitMs);
  }

  async #ask(): Promise<void> {
    const startMs = performance.now();
    const trace = this.#trace;
    const askedAt = trace?.latest.revision;
    try {
      const findings = (await trace?.findings()) ?? [];
      // The texts are loaded when there is something to say.
      const { findingWords } = await import('../../words/findingWords.js');
      if (trace !== this.#trace) return;
      const roots = findingTree(findings, finding => findingWords(finding, (text, ...args) => l10n.t(text, ...args)));
      this.#show(roots, JSON.stringify(findings));
    } catch (error) {
      if (trace === this.#trace) this.log.error('Could not look for findings', error); // else it was closed meanwhile
    } finally {
      this.#nextAskAtMs = startMs + Math.max(leastIntervalMs, 10 * (performance.now() - startMs));
      this.#timer = undefined;
      if (this.#trace && this.#trace.latest.revision !== askedAt) this.#invalidate();
    }
  }

  #show(roots: RuleNode[], answer: string): void {
    if (answer === this.#shown) return;
    this.#shown = answer;
    this.#roots = roots;
    const count = graveCount(roots);
    this.#view.badge =
      count === 0
        ? undefined
        : { value: count, tooltip: count === 1 ? l10n.t('1 finding') : l10n.t('{0} findings', count) };
    this.#changed.fire(undefined);
  }

  async #selected(node: FindingTreeNode | undefined): Promise<void> {
    if (!node || node.kind === 'rule' || !this.#session || !this.#trace) return;
    const row = node.kind === 'evidence' ? node.row : node.children.at(-1)?.row;
    if (row === undefined) return;
    try {
      const event = await this.#trace.event(row);
      if (event) await this.reveal(this.#session, event.thread, row);
    } catch (error) {
      this.log.debug(`Evidence not revealed: ${String(error)}`); // the trace was closed meanwhile
    }
  }
}

function collapsibleState(node: FindingTreeNode): TreeItemCollapsibleState {
  if (node.kind === 'evidence') return TreeItemCollapsibleState.None;
  return node.kind === 'rule' ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}

function iconOf(severity: Severity): ThemeIcon {
  switch (severity) {
    case 'error':
      return new ThemeIcon('error', new ThemeColor('list.errorForeground'));
    case 'warning':
      return new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
    case 'info':
      return new ThemeIcon('info');
  }
}
