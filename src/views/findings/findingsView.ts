/**
 * The Findings view: what is wrong in the shown trace, while it runs. A click on a finding or on a step of its evidence shows it in the
 * timeline. The tree is told only when something changed.
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
import { basename } from 'node:path';
import type { FindingList } from '../../session/findings/findingList.js';
import type { SessionFindings, ShownFinding } from '../../session/findings/sessionFindings.js';
import type { SessionList, TraceSession } from '../../session/session.js';
import type { Severity } from '../../trace/findings/finding.js';
import { findingTree, graveCount, type FindingTreeNode, type RootNode, type TreeFinding } from './findingNodes.js';

/** Shows a finding in the timeline; `step`: an event of its evidence, else the one that it blames. */
export type ShowFinding = (session: TraceSession, key: string, step: number | undefined) => Promise<void>;

export class FindingsView implements Disposable, TreeDataProvider<FindingTreeNode> {
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: TreeView<FindingTreeNode>;
  readonly #subscriptions: Disposable;
  #findings: SessionFindings | undefined;
  #roots: RootNode[] = [];

  constructor(
    private readonly sessions: SessionList,
    private readonly list: FindingList,
    private readonly showFinding: ShowFinding,
  ) {
    this.#view = window.createTreeView('syscape.findings', { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = Disposable.from(
      this.#view,
      this.#changed,
      sessions.onDidChangeActive(() => this.#follow()),
      sessions.onDidChange(() => this.#follow()),
      list.onDidChange(session => {
        if (session === this.#findings?.session) this.#show();
      }),
      this.#view.onDidChangeSelection(({ selection }) => void this.#selected(selection[0])),
    );
    this.#follow();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  getChildren(node?: FindingTreeNode): FindingTreeNode[] {
    if (!node) return this.#roots;
    return node.kind === 'evidence' || node.kind === 'off' ? [] : node.children;
  }

  getParent(node: FindingTreeNode): FindingTreeNode | undefined {
    return 'parent' in node ? node.parent : undefined;
  }

  getTreeItem(node: FindingTreeNode): TreeItem {
    const item = new TreeItem(labelOf(node), collapsibleState(node));
    item.id = `${this.#findings?.session.id ?? ''}/${node.key}`;
    item.contextValue = contextValue(node);
    switch (node.kind) {
      case 'rule':
        item.iconPath = iconOf(node.severity);
        item.description = String(node.children.length);
        item.tooltip = node.explanation;
        break;
      case 'finding':
        item.iconPath = iconOf(node.severity);
        item.description = node.description;
        item.tooltip = `${node.label}\n\n${node.explanation}`;
        break;
      case 'evidence':
        item.description = node.description;
        break;
      case 'hidden':
        item.iconPath = new ThemeIcon('eye-closed');
        item.tooltip = l10n.t('Comments in the sources (syscape-ignore) say not to report these.');
        break;
      case 'off':
        item.iconPath = new ThemeIcon('circle-slash');
        item.description = node.rules.join(', ');
        item.tooltip = l10n.t('Switched off in the setting “syscape.findings.severity”.');
        item.command = {
          title: l10n.t('Open Settings'),
          command: 'workbench.action.openSettings',
          arguments: ['syscape.findings.severity'],
        };
        break;
    }
    return item;
  }

  /** The finding of a row, for the commands of its menu. */
  findingOf(node: FindingTreeNode): ShownFinding | undefined {
    const key = node.kind === 'evidence' ? node.parent.key : node.key;
    return this.#findings?.find(key);
  }

  /** Rows as they are now, for tests of what people see: one line a row, indented. */
  outline(): string[] {
    const lines = (nodes: readonly FindingTreeNode[], depth: number): string[] =>
      nodes.flatMap(node => [`${'  '.repeat(depth)}${labelOf(node)}`, ...lines(this.getChildren(node), depth + 1)]);
    return lines(this.#roots, 0);
  }

  #follow(): void {
    const session = this.sessions.active;
    this.#view.description = session?.title ?? '';
    const findings = this.list.of(session);
    if (findings === this.#findings) return;
    this.#findings = findings;
    this.#show();
  }

  #show(): void {
    const { shown = [], hidden = [], switchedOff = [] } = this.#findings ?? {};
    this.#roots = findingTree(shown.map(treeFinding), hidden.map(treeFinding), switchedOff);
    const count = graveCount(this.#roots);
    this.#view.badge =
      count === 0
        ? undefined
        : { value: count, tooltip: count === 1 ? l10n.t('1 finding') : l10n.t('{0} findings', count) };
    this.#changed.fire(undefined);
  }

  async #selected(node: FindingTreeNode | undefined): Promise<void> {
    if (!this.#findings || !node) return;
    if (node.kind === 'finding') await this.showFinding(this.#findings.session, node.key, undefined);
    else if (node.kind === 'evidence') await this.showFinding(this.#findings.session, node.parent.key, node.step);
  }
}

function treeFinding({ key, finding, words, steps, main }: ShownFinding): TreeFinding {
  return {
    key,
    finding,
    words,
    hasLine: main?.place !== undefined,
    steps: steps.map(step => ({
      text: step.text,
      at: step.place && `${basename(step.place.path)}:${step.place.tracedLine}`,
      main: step === main,
    })),
  };
}

function labelOf(node: FindingTreeNode): string {
  if (node.kind === 'hidden')
    return node.children.length === 1
      ? l10n.t('1 hidden by a comment')
      : l10n.t('{0} hidden by comments', node.children.length);
  if (node.kind === 'off')
    return node.rules.length === 1 ? l10n.t('1 rule is off') : l10n.t('{0} rules are off', node.rules.length);
  return node.label;
}

/** For the menus of package.json. */
function contextValue(node: FindingTreeNode): string {
  if (node.kind !== 'finding') return node.kind;
  return `finding ${node.hasLine ? 'hasLine' : 'noLine'} ${node.parent.kind === 'hidden' ? 'hidden' : 'shown'}`;
}

function collapsibleState(node: FindingTreeNode): TreeItemCollapsibleState {
  if (node.kind === 'evidence' || node.kind === 'off') return TreeItemCollapsibleState.None;
  return node.kind === 'rule' ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}

function iconOf(severity: Severity): ThemeIcon {
  switch (severity) {
    case 'error':
      return new ThemeIcon('error', new ThemeColor('list.errorForeground'));
    case 'warning':
      return new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
    case 'info':
      return new ThemeIcon('info', new ThemeColor('notificationsInfoIcon.foreground'));
  }
}
