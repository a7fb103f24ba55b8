/**
 * The Processes view: ties the tree to the session that is shown and to the timeline. Selection goes both ways; a selection that came from
 * the timeline is not sent back.
 */

import { Disposable, EventEmitter, l10n, window, type Event, type TreeView } from 'vscode';
import type { ProcessId, Row, ThreadId } from '../../trace/api.js';
import type { Logger } from '../../trace/logger.js';
import type { TraceSource } from '../../trace/traceSource.js';
import type { SessionList, TraceSession } from '../../session/session.js';
import type { TimelineSelection } from '../timeline/timelines.js';
import { ProcessTreeProvider } from './processTreeProvider.js';
import type { TreeNode } from './treeNode.js';

/** What the tree needs of the timeline. */
export interface TimelineLink {
  /** Shows a lane, in a timeline that is visible or in the panel. */
  reveal(session: TraceSession, thread: ThreadId | null, row: Row | null): Promise<void>;
  showOnly(session: TraceSession, root: ProcessId | null): void;
  readonly onDidSelect: Event<TimelineSelection>;
}

export class ProcessTreeView implements Disposable {
  readonly #provider: ProcessTreeProvider;
  readonly #view: TreeView<TreeNode>;
  readonly #subscriptions: Disposable;
  readonly #changedSubtree = new EventEmitter<void>();
  /** `subtree` has changed. */
  readonly onDidChangeSubtree = this.#changedSubtree.event;
  #subtree: ProcessId | null = null;
  #session: TraceSession | undefined;
  #trace: TraceSource | undefined;
  #unsubscribe = () => {};
  /** Key of the row that the timeline asked for: its selection is no news to the timeline. */
  #fromTimeline = '';

  constructor(
    private readonly sessions: SessionList,
    private readonly timeline: TimelineLink,
    private readonly log: Logger,
  ) {
    this.#provider = new ProcessTreeProvider(log);
    this.#view = window.createTreeView('syscape.processes', {
      treeDataProvider: this.#provider,
      showCollapseAll: true,
    });
    this.#subscriptions = Disposable.from(
      this.#view,
      this.#changedSubtree,
      sessions.onDidChangeActive(() => this.#follow()),
      sessions.onDidChange(() => this.#follow()),
      this.#view.onDidChangeVisibility(({ visible }) => this.#provider.pause(!visible)),
      this.#view.onDidExpandElement(({ element }) => this.#provider.opened(element, true)),
      this.#view.onDidCollapseElement(({ element }) => this.#provider.opened(element, false)),
      this.#view.onDidChangeSelection(({ selection }) => this.#selected(selection[0])),
      timeline.onDidSelect(selection => void this.#reveal(selection)),
    );
    this.#follow();
  }

  /** Whether anybody looks, and when that changes. */
  get visible(): boolean {
    return this.#view.visible;
  }
  get onDidChangeVisibility(): Event<unknown> {
    return this.#view.onDidChangeVisibility;
  }

  /** The process to which the views are limited; null: all. */
  get subtree(): ProcessId | null {
    return this.#subtree;
  }

  showOnly(root: ProcessId | null): void {
    this.#subtree = root;
    if (this.#session) this.timeline.showOnly(this.#session, root);
    this.#follow();
    this.#changedSubtree.fire();
  }

  dispose(): void {
    this.#unsubscribe();
    this.#subscriptions.dispose();
    this.#provider.dispose();
  }

  /** Rows as they are now, for tests of what people see: one line a row, indented. Opens nothing but what was open. */
  async outline(): Promise<string[]> {
    const lines: string[] = [];
    const walk = async (node: TreeNode | undefined, depth: number): Promise<void> => {
      for (const child of await this.#provider.getChildren(node)) {
        const item = this.#provider.getTreeItem(child);
        lines.push(`${'  '.repeat(depth)}${String(item.label)} ${String(item.description)}`);
        await walk(child, depth + 1);
      }
    };
    await walk(undefined, 0);
    return lines;
  }

  #follow(): void {
    const session = this.sessions.active;
    if (session !== this.#session && this.#subtree !== null) {
      this.#subtree = null; // it was of the other trace
      this.#changedSubtree.fire();
    }
    this.#session = session;
    if (session?.trace !== this.#trace) {
      this.#trace = session?.trace;
      this.#unsubscribe();
      this.#unsubscribe = this.#trace?.onChange(() => this.#provider.invalidate()) ?? (() => {});
    }
    this.#provider.show(session?.id ?? '', session?.trace, this.#subtree);
    this.#provider.invalidate();
    this.#view.description = session?.title ?? '';
    const message = session?.phase === 'compiling' ? l10n.t('Compiling…') : session?.notice;
    if (message === undefined) this.#view.message = '';
    else this.#view.message = message;
  }

  #selected(node: TreeNode | undefined): void {
    if (!node || node.kind === 'group') return;
    if (node.key === this.#fromTimeline) return;
    this.#fromTimeline = '';
    if (this.#session) void this.timeline.reveal(this.#session, threadOf(node), null);
  }

  async #reveal({ session, process, thread }: TimelineSelection): Promise<void> {
    // A hidden tree is left alone: revealing a row would bring the whole view to the front.
    if (session !== this.#session || process === null || !this.#view.visible) return;
    try {
      const node = await this.#provider.find(process, thread);
      if (!node || this.#view.selection[0] === node) return;
      this.#fromTimeline = node.key;
      await this.#view.reveal(node, { select: true, focus: false });
    } catch (error) {
      this.log.debug(`Row not revealed: ${String(error)}`); // the tree was replaced meanwhile
    }
  }
}

/** Thread whose lane stands for the row; null for a group. */
export function threadOf(node: TreeNode): ThreadId | null {
  if (node.kind === 'thread') return node.info.id;
  return node.kind === 'process' ? (node.info.threads[0] ?? null) : null;
}
