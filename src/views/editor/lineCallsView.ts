/**
 * What the active trace says of each line of C, at the line's end: its calls, their time, their failures. Invariant: a file that was edited
 * since the trace, in the editor or outside, is without; nothing is asked before the trace has ended or when it has no stacks.
 */

import {
  DecorationRangeBehavior,
  Disposable,
  MarkdownString,
  Range,
  ThemeColor,
  l10n,
  window,
  workspace,
  type DecorationOptions,
  type Memento,
  type TextDocument,
} from 'vscode';
import type { SessionList, TraceSession } from '../../session/session.js';
import type { SourceLines } from '../../session/sourceLines.js';
import { UserError } from '../../session/userError.js';
import type { Row, ThreadId } from '../../trace/api.js';
import type { Logger } from '../../trace/logger.js';
import { callsByLine, type CallsByLine, type LineCalls } from '../../trace/source/lineCalls.js';
import { lineText } from './lineText.js';

const hiddenKey = 'syscape.lineAnnotationsHidden';

export interface LineCallsServices {
  sessions: SessionList;
  lines: SourceLines;
  memory: Memento;
  reveal(session: TraceSession, thread: ThreadId, row: Row): Thenable<unknown> | void;
  /** Whether any line has calls. */
  shown(any: boolean): void;
  log: Logger;
}

export class LineCallsView implements Disposable {
  readonly #decoration = window.createTextEditorDecorationType({
    rangeBehavior: DecorationRangeBehavior.ClosedClosed,
    after: { margin: '0 0 0 3ch', color: new ThemeColor('editorCodeLens.foreground') },
  });
  readonly #listeners: Disposable;
  #session: TraceSession | undefined;
  #calls: CallsByLine = new Map();

  constructor(private readonly services: LineCallsServices) {
    const { sessions } = services;
    this.#listeners = Disposable.from(
      sessions.onDidChange(() => this.#follow()),
      sessions.onDidChangeActive(() => this.#follow()),
      window.onDidChangeVisibleTextEditors(() => this.#decorate()),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.#calls.delete(document.uri.fsPath)) this.#decorate();
      }),
    );
  }

  /** Shows or hides all of it, in this workspace. */
  async toggle(): Promise<void> {
    await this.services.memory.update(hiddenKey, !this.#hidden);
    this.#decorate();
  }

  /** Selects the first call of the editor's line; throws a UserError when the line has none. */
  async showInTimeline(): Promise<void> {
    const editor = window.activeTextEditor;
    const line = editor && this.#calls.get(editor.document.uri.fsPath)?.get(editor.selection.active.line + 1);
    if (!line || !this.#session) {
      throw new UserError(l10n.t('The trace has no calls of this line.'));
    }
    await this.services.reveal(this.#session, line.thread, line.row);
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#decoration.dispose();
  }

  get #hidden(): boolean {
    return this.services.memory.get(hiddenKey, false);
  }

  #follow(): void {
    const { active } = this.services.sessions;
    const session = active?.phase === 'ended' ? active : undefined;
    if (session === this.#session) return;
    this.#session = session;
    this.#calls = new Map();
    this.#decorate();
    if (session)
      this.#load(session).catch((error: unknown) =>
        this.services.log.error('Could not read the lines of calls', error),
      );
  }

  async #load(session: TraceSession): Promise<void> {
    const sites = await session.trace?.callSites();
    if (!sites || sites.stacks.length === 0) return;
    const resolved = await Promise.all(sites.stacks.map(stack => this.services.lines.resolve(session, stack)));
    if (session !== this.#session) return;
    this.#calls = callsByLine(sites, resolved);
    for (const document of workspace.textDocuments) if (document.isDirty) this.#calls.delete(document.uri.fsPath);
    this.#decorate();
  }

  #decorate(): void {
    this.services.shown(this.#calls.size > 0);
    for (const editor of window.visibleTextEditors) {
      const lines = this.#hidden ? undefined : this.#calls.get(editor.document.uri.fsPath);
      editor.setDecorations(
        this.#decoration,
        lines ? [...lines].flatMap(each => annotation(editor.document, ...each)) : [],
      );
    }
  }
}

function annotation(document: TextDocument, line: number, { calls }: LineCalls): DecorationOptions[] {
  if (line > document.lineCount) return [];
  const hoverMessage = new MarkdownString();
  for (const call of calls)
    hoverMessage
      .appendMarkdown('- ')
      .appendText(lineText([call], l10n))
      .appendMarkdown('\n');
  const { range } = document.lineAt(line - 1);
  return [
    {
      range: new Range(range.start, range.end),
      hoverMessage,
      renderOptions: { after: { contentText: lineText(calls, l10n) } },
    },
  ];
}
