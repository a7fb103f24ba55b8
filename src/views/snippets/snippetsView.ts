/**
 * The Snippets view: every snippet by topic. A click inserts it; its buttons preview it, and open the program that proves it. A search
 * narrows the tree while it is typed, over names, explanations and code.
 */

import type { Disposable } from 'vscode';
import {
  EventEmitter,
  l10n,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  window,
  type TreeDataProvider,
  type TreeView,
} from 'vscode';
import type { CommandId } from '../../session/contributions.js';
import { matches, topicsOf, variantFor, type Catalogue, type Snippet, type Topic } from './catalogue.js';
import { findingsAnsweredBy } from './snippetFindings.js';
import { snippetTooltip } from './snippetText.js';
import type { TargetEditor } from './targetEditor.js';

export type SnippetNode = { kind: 'topic'; topic: Topic } | { kind: 'snippet'; snippet: Snippet };

const icons: Record<string, string> = {
  Processes: 'server-process',
  Signals: 'zap',
  'Pipes and queues': 'arrow-swap',
  'Shared memory': 'database',
  Sockets: 'plug',
  'Event loops': 'sync',
  'Files and descriptors': 'file',
  'Threads and locks': 'lock',
};

export class SnippetsView implements Disposable, TreeDataProvider<SnippetNode> {
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: TreeView<SnippetNode>;
  #query = '';

  constructor(
    private readonly catalogue: Catalogue,
    private readonly target: TargetEditor,
    private readonly filtered: (isFiltered: boolean) => void,
  ) {
    this.#view = window.createTreeView('syscape.snippets', { treeDataProvider: this, showCollapseAll: true });
  }

  dispose(): void {
    this.#view.dispose();
    this.#changed.dispose();
  }

  async getChildren(node?: SnippetNode): Promise<SnippetNode[]> {
    if (node?.kind === 'snippet') return [];
    if (node) return node.topic.snippets.map(snippet => ({ kind: 'snippet', snippet }));
    const found = (await this.catalogue.snippets()).filter(snippet => matches(snippet, this.#query));
    this.#view.message = this.#query === '' ? '' : searchWords(this.#query, found.length);
    return topicsOf(found).map(topic => ({ kind: 'topic', topic }));
  }

  getTreeItem(node: SnippetNode): TreeItem {
    return node.kind === 'topic' ? this.#topicItem(node.topic) : this.#snippetItem(node.snippet);
  }

  /** Made when the pointer rests on it: 60 pieces of code are a lot for rows that nobody looks at. */
  async resolveTreeItem(item: TreeItem, node: SnippetNode): Promise<TreeItem> {
    if (node.kind === 'topic') return item;
    const findings = await findingsAnsweredBy(node.snippet.prefix);
    item.tooltip = snippetTooltip(node.snippet, this.target.language, findings);
    return item;
  }

  /** Asks what to look for and narrows the tree while it is typed. Escape brings back what was there. */
  search(): void {
    const before = this.#query;
    let accepted = false;
    const input = window.createInputBox();
    input.title = l10n.t('Search Snippets');
    input.placeholder = l10n.t('Words, calls or headers: waitpid, zombie, EAGAIN …');
    input.value = before;
    input.onDidChangeValue(value => this.#filter(value.trim()));
    input.onDidAccept(() => {
      accepted = true;
      input.hide();
    });
    input.onDidHide(() => {
      if (!accepted) this.#filter(before);
      input.dispose();
    });
    input.show();
  }

  clearSearch(): void {
    this.#filter('');
  }

  /** Rows as they are now, for tests of what people see: one line a row, indented. */
  async outline(): Promise<string[]> {
    const rows: string[] = [];
    for (const topic of await this.getChildren()) {
      rows.push(String(this.getTreeItem(topic).label));
      for (const child of await this.getChildren(topic)) {
        const { label, description } = this.getTreeItem(child);
        rows.push(`  ${String(label)} ${String(description)}`);
      }
    }
    return rows;
  }

  #filter(query: string): void {
    if (query === this.#query) return;
    this.#query = query;
    this.filtered(query !== '');
    this.#changed.fire(undefined);
  }

  #topicItem(topic: Topic): TreeItem {
    // What is found is shown at once; VS Code remembers by id what was open before the search.
    const searching = this.#query !== '';
    const state = searching ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
    const item = new TreeItem(topic.name, state);
    item.id = searching ? `${topic.name}/${this.#query}` : topic.name;
    item.iconPath = new ThemeIcon(icons[topic.name] ?? 'symbol-snippet');
    item.description = String(topic.snippets.length);
    item.contextValue = 'topic';
    return item;
  }

  #snippetItem(snippet: Snippet): TreeItem {
    const { title, description } = variantFor(snippet, this.target.language);
    const item = new TreeItem(title);
    item.id = `${snippet.prefix}/${this.#query}`;
    item.description = snippet.prefix;
    item.contextValue = 'snippet';
    item.accessibilityInformation = { label: `${title}, ${snippet.prefix}: ${description}` };
    item.command = {
      title: l10n.t('Insert'),
      command: 'syscape.insertSnippet' satisfies CommandId,
      arguments: [snippet.prefix],
    };
    return item;
  }
}

function searchWords(query: string, count: number): string {
  if (count === 0) return l10n.t('Nothing found for “{0}”.', query);
  return count === 1 ? l10n.t('1 snippet for “{0}”', query) : l10n.t('{0} snippets for “{1}”', count, query);
}
