/**
 * What the active trace says of the source files that are open: calls by line and by function, at the lines where they stand now.
 *
 * Invariants: nothing is asked before the trace has ended; lines follow the edits that this window sees; a file that was edited elsewhere
 * since the trace is without, because nobody knows where its lines went. An edit costs as much as the file has lines with calls.
 */

import { stat } from 'node:fs/promises';
import {
  Disposable,
  EventEmitter,
  workspace,
  type Memento,
  type TextDocument,
  type TextDocumentChangeEvent,
  type TextDocumentContentChangeEvent,
} from 'vscode';
import type { SessionList, TraceSession } from '../../session/session.js';
import type { SourceLines } from '../../session/sourceLines.js';
import type { Logger } from '../../trace/logger.js';
import type { FileCalls, PlaceCalls, SourceCalls } from '../../trace/source/lineCalls.js';
import { findFunctions } from './findFunctions.js';
import { TrackedLines, type LineEdit } from './trackedLines.js';

/** A text rests when nobody has typed for so long. */
const settleMs = 400;
const hiddenKey = 'syscape.lineAnnotationsHidden';

export interface TracedSourceServices {
  sessions: SessionList;
  lines: SourceLines;
  memory: Memento;
  log: Logger;
}

/** A file as the trace saw it, and where its lines are now. */
export interface TracedFile {
  readonly lines: TrackedLines<PlaceCalls>;
  readonly functions: TrackedLines<PlaceCalls>;
  /** The text is not the one that was traced any more. */
  readonly stale: boolean;
}

interface OpenFile extends TracedFile {
  stale: boolean;
  /** The text that was traced. */
  readonly traced: string;
  /** When the file was written last, as far as this window knows (milliseconds since 1970). */
  savedMs: number;
}

export class TracedSource implements Disposable {
  readonly #changed = new EventEmitter<void>();
  /** Something is to be shown anew; not told when lines only moved. */
  readonly onDidChange = this.#changed.event;
  readonly #listeners: Disposable;
  #session: TraceSession | undefined;
  #calls: SourceCalls = new Map();
  #tracedAtMs = Infinity;
  readonly #files = new Map<string, OpenFile>();
  #settling: NodeJS.Timeout | undefined;

  constructor(private readonly services: TracedSourceServices) {
    const { sessions } = services;
    this.#listeners = Disposable.from(
      sessions.onDidChange(() => this.#follow()),
      sessions.onDidChangeActive(() => this.#follow()),
      workspace.onDidOpenTextDocument(document => {
        if (this.#calls.has(document.uri.fsPath)) void this.#open(document).then(() => this.#changed.fire());
      }),
      workspace.onDidChangeTextDocument(event => this.#edited(event)),
      workspace.onDidSaveTextDocument(document => void this.#saved(document)),
    );
  }

  /** The trace that is spoken of; undefined while there is none that has ended. */
  get session(): TraceSession | undefined {
    return this.#session;
  }

  /** Any line of any file has calls. */
  get any(): boolean {
    return this.#calls.size > 0;
  }

  /** Nothing of this is shown in the editor, by the user's choice. */
  get hidden(): boolean {
    return this.services.memory.get(hiddenKey, false);
  }

  file(document: TextDocument): TracedFile | undefined {
    return this.#files.get(document.uri.fsPath);
  }

  /** Shows or hides all of it, in this workspace. */
  async toggle(): Promise<void> {
    await this.services.memory.update(hiddenKey, !this.hidden);
    this.#changed.fire();
  }

  dispose(): void {
    clearTimeout(this.#settling);
    this.#listeners.dispose();
    this.#changed.dispose();
  }

  #follow(): void {
    const { active } = this.services.sessions;
    const session = active?.phase === 'ended' ? active : undefined;
    if (session === this.#session) return;
    this.#session = session;
    this.#calls = new Map();
    this.#files.clear();
    this.#changed.fire();
    if (session)
      this.#load(session).catch((error: unknown) =>
        this.services.log.error('Could not read the lines of calls', error),
      );
  }

  async #load(session: TraceSession): Promise<void> {
    const { lines } = this.services;
    const [calls, tracedAtMs] = await Promise.all([lines.queries(session)?.bySource(), lines.tracedAtMs(session)]);
    if (!calls || session !== this.#session || calls.size === 0) return;
    this.#tracedAtMs = tracedAtMs ?? Infinity;
    this.#calls = calls;
    await Promise.all(workspace.textDocuments.map(document => this.#open(document)));
    if (session === this.#session) this.#changed.fire();
  }

  /** A file that is known keeps its lines when nobody else wrote it meanwhile; one that is new starts with those of the trace. */
  async #open(document: TextDocument): Promise<void> {
    const path = document.uri.fsPath;
    const calls = document.uri.scheme === 'file' ? this.#calls.get(path) : undefined;
    if (!calls) return;
    const modifiedMs = (await stat(path).catch(() => undefined))?.mtimeMs;
    if (this.#calls.get(path) !== calls) return;
    const known = this.#files.get(path);
    if (known && (known.savedMs === modifiedMs || document.isDirty)) return;
    this.#files.delete(path);
    // Written since the trace was read, or never seen as it was.
    if (modifiedMs === undefined || modifiedMs > this.#tracedAtMs || document.isDirty) this.#calls.delete(path);
    else this.#files.set(path, track(document, calls, modifiedMs));
  }

  #edited({ document, contentChanges }: TextDocumentChangeEvent): void {
    const file = this.#files.get(document.uri.fsPath);
    // That a text became dirty is told beside the edit itself, sometimes before it.
    if (!file || (contentChanges.length === 0 && document.isDirty)) return;
    let anew = false;
    for (const edit of lineEdits(document, contentChanges)) {
      const goneLines = file.lines.edit(edit);
      const goneFunctions = file.functions.edit(edit);
      anew ||= goneLines || goneFunctions;
      // What was set while the text went on changing may stand on the line before: set again when it rests.
      if (edit.newLines > 0 || edit.startLine !== edit.endLine) this.#settleSoon();
    }
    // The whole text is compared only when undo or a reload has brought back what is on disk.
    const stale = document.isDirty || document.getText() !== file.traced;
    if (stale === file.stale && !anew) return;
    file.stale = stale;
    this.#changed.fire();
  }

  #settleSoon(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#changed.fire(), settleMs);
  }

  async #saved(document: TextDocument): Promise<void> {
    const file = this.#files.get(document.uri.fsPath);
    if (!file) return;
    const stale = document.getText() !== file.traced;
    const modifiedMs = (await stat(document.uri.fsPath).catch(() => undefined))?.mtimeMs;
    if (modifiedMs !== undefined) file.savedMs = modifiedMs;
    if (stale === file.stale) return;
    file.stale = stale;
    this.#changed.fire();
  }
}

/** Changes are told from the last to the first, in places of the text before; what stands before them is read in the text after. */
function lineEdits(document: TextDocument, changes: readonly TextDocumentContentChangeEvent[]): LineEdit[] {
  const edits = changes.map(({ range, text }) => {
    const newLines = text.split('\n').length - 1;
    return { startLine: range.start.line, endLine: range.end.line, newLines, startCharacter: range.start.character };
  });
  let above = edits.reduce((sum, { startLine, endLine, newLines }) => sum + newLines - (endLine - startLine), 0);
  return edits.map(({ startCharacter, ...edit }) => {
    above -= edit.newLines - (edit.endLine - edit.startLine);
    const line = Math.min(edit.startLine + above, document.lineCount - 1);
    return { ...edit, fromLineStart: document.lineAt(line).text.slice(0, startCharacter).trim() === '' };
  });
}

function track(document: TextDocument, calls: FileCalls, savedMs: number): OpenFile {
  const traced = document.getText();
  const found = findFunctions(traced, new Set(calls.functions.keys()));
  const functions = found.flatMap(({ name, offset }) => {
    const made = calls.functions.get(name);
    return made ? [[document.positionAt(offset).line, made] as const] : [];
  });
  return {
    lines: new TrackedLines([...calls.lines].map(([line, made]) => [line - 1, made] as const)),
    functions: new TrackedLines(functions),
    stale: false,
    traced,
    savedMs,
  };
}
