/**
 * The Traces view: this window's traces and the recorded ones of before. A click shows one; they can be renamed, deleted and exported.
 * The rows are made from the disk each time; the tree is told when a session came, went or changed phase.
 */

import {
  Disposable,
  EventEmitter,
  l10n,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  Uri,
  window,
  workspace,
  type QuickPickItem,
  type TreeDataProvider,
  type TreeView,
} from 'vscode';
import type { OpenTrace } from '../../session/runServices.js';
import type { SessionList, TraceSession } from '../../session/session.js';
import type { StoredTrace, TraceLibrary } from '../../session/traceLibrary.js';
import { writeExport } from '../../session/traceExport.js';
import type { ExportFormat } from '../../trace/export/exportTrace.js';
import { bytesText } from '../../words/quantities.js';
import { contextValueOf, isBusy, traceRows, type TraceRow } from './traceRows.js';

export class TracesView implements Disposable, TreeDataProvider<TraceRow> {
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: TreeView<TraceRow>;
  readonly #subscriptions: Disposable;

  constructor(
    private readonly sessions: SessionList,
    private readonly library: TraceLibrary,
    /** Shows a session's timeline. */
    private readonly show: (session: TraceSession) => Promise<void>,
    private readonly openTrace: OpenTrace,
  ) {
    this.#view = window.createTreeView('syscape.traces', { treeDataProvider: this });
    this.#subscriptions = Disposable.from(
      this.#view,
      this.#changed,
      sessions.onDidChange(() => this.refresh()),
      // How long ago something was is true for a moment only.
      this.#view.onDidChangeVisibility(() => this.refresh()),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  async getChildren(row?: TraceRow): Promise<TraceRow[]> {
    return row ? [] : traceRows(this.sessions.sessions, await this.library.list());
  }

  getTreeItem(row: TraceRow): TreeItem {
    const item = new TreeItem(row.label);
    item.id = row.logPath;
    item.contextValue = contextValueOf(row);
    item.iconPath = iconOf(row, row.session !== undefined && row.session === this.sessions.active);
    item.description = [
      row.session && stateText(row.session),
      agoText(row.at),
      row.stored && bytesText(row.stored.bytes),
    ]
      .filter(Boolean)
      .join(' · ');
    item.tooltip = [row.stored?.program ?? row.label, row.at.toLocaleString(), row.logPath].join('\n');
    item.command = { command: 'syscape.showTrace', title: l10n.t('Show'), arguments: [row] };
    return item;
  }

  /** Commands give the row that was clicked; a key means the selected one. */
  rowOf(argument: unknown): TraceRow | undefined {
    return isTraceRow(argument) ? argument : this.#view.selection[0];
  }

  async open(row: TraceRow | undefined): Promise<void> {
    if (!row) return;
    const session = row.session ?? this.sessions.open(row.logPath);
    this.sessions.activate(session);
    await this.show(session);
  }

  async rename(row: TraceRow | undefined): Promise<void> {
    if (!row?.stored) return;
    const name = await window.showInputBox({
      title: l10n.t('Name of this trace'),
      prompt: l10n.t('A trace with a name is kept until you delete it.'),
      value: row.label,
    });
    if (name === undefined) return;
    await this.library.rename(row.stored, name);
    this.refresh();
  }

  async delete(row: TraceRow | undefined): Promise<void> {
    if (!row?.stored || isBusy(row)) return;
    const sure = l10n.t('Delete');
    const question = l10n.t('Delete the trace “{0}”?', row.label);
    const detail = l10n.t('Its log is removed from disk. This can’t be undone.');
    if ((await window.showWarningMessage(question, { modal: true, detail }, sure)) !== sure) return;
    if (row.session) await this.sessions.close(row.session);
    await this.library.delete(row.stored);
    this.refresh();
  }

  async export(row: TraceRow | undefined): Promise<void> {
    const { stored } = row ?? {};
    if (!row || !stored) return;
    const choice = await window.showQuickPick(exportChoices(), {
      title: l10n.t('Export the trace “{0}” as', row.label),
    });
    if (!choice) return;
    const { label, extension, format } = choice;
    const target = await window.showSaveDialog({
      title: l10n.t('Export the trace'),
      defaultUri: Uri.joinPath(
        workspace.workspaceFolders?.[0]?.uri ?? Uri.file(stored.folder),
        `${fileNameOf(stored)}.${extension}`,
      ),
      filters: { [label]: [extension] },
    });
    if (!target) return;
    const path = target.fsPath;
    const title = l10n.t('Exporting “{0}”', row.label);
    const done =
      format === undefined
        ? await this.library.export(stored, path).then(() => true)
        : await writeExport(() => this.openTrace({ path: stored.logPath, live: false }), format, path, title);
    if (done) void window.setStatusBarMessage(l10n.t('Exported to {0}', path), 5000);
  }
}

interface ExportChoice extends QuickPickItem {
  extension: string;
  /** Undefined: the log as it is. */
  format?: ExportFormat;
}

function exportChoices(): ExportChoice[] {
  return [
    {
      label: l10n.t('strace log'),
      extension: 'strace',
      detail: l10n.t('The log as strace wrote it: Syscape opens it again.'),
    },
    {
      label: l10n.t('Perfetto trace'),
      extension: 'json',
      format: 'traceEvents',
      detail: l10n.t('Trace Event Format, for ui.perfetto.dev and chrome://tracing: calls, signals, zombies.'),
    },
    { label: 'CSV', extension: 'csv', format: 'csv', detail: l10n.t('An event a line, for spreadsheets and scripts.') },
    {
      label: l10n.t('JSON lines'),
      extension: 'jsonl',
      format: 'jsonLines',
      detail: l10n.t('An event a line, as a JSON object.'),
    },
  ];
}

function fileNameOf({ name, program }: StoredTrace): string {
  return (name ?? program).replace(/[^\p{L}\p{N}._-]+/gu, '-');
}

function isTraceRow(value: unknown): value is TraceRow {
  return typeof value === 'object' && value !== null && 'logPath' in value && 'label' in value;
}

function iconOf(row: TraceRow, shown: boolean): ThemeIcon {
  if (isBusy(row)) return new ThemeIcon('record', new ThemeColor('charts.red'));
  if (shown) return new ThemeIcon('eye', new ThemeColor('charts.blue'));
  return new ThemeIcon(row.stored ? 'pulse' : 'file');
}

function stateText({ phase, exit, saved }: TraceSession): string {
  if (phase === 'compiling') return l10n.t('compiling');
  if (phase === 'live' || phase === 'ending') return l10n.t('running');
  if (phase === 'loading') return l10n.t('loading');
  if (phase === 'failed') return l10n.t('failed');
  if (!exit) return saved ? '' : l10n.t('ended');
  return 'code' in exit ? l10n.t('exited {0}', exit.code) : l10n.t('killed by {0}', exit.signal);
}

/** Coarse on purpose: rows are not made anew every second. */
function agoText(at: Date): string {
  const minutes = Math.floor((Date.now() - at.getTime()) / 60_000);
  if (minutes < 1) return l10n.t('just now');
  if (minutes < 60) return l10n.t('{0} min ago', minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return l10n.t('{0} h ago', hours);
  const days = Math.floor(hours / 24);
  return days === 1 ? l10n.t('yesterday') : l10n.t('{0} days ago', days);
}
