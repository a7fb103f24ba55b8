/**
 * What the active trace says of each line of C, at the line's end: its calls, their time, their failures; dimmed and with a word of warning
 * when the text was changed since. Once set, the annotations are moved by the editor itself.
 */

import {
  DecorationRangeBehavior,
  Disposable,
  Range,
  ThemeColor,
  l10n,
  window,
  type DecorationOptions,
  type TextDocument,
} from 'vscode';
import { lineText } from './lineText.js';
import type { TracedFile, TracedSource } from './tracedSource.js';

export class LineCallsView implements Disposable {
  readonly #fresh = decoration(new ThemeColor('editorCodeLens.foreground'));
  readonly #stale = decoration(new ThemeColor('disabledForeground'));
  readonly #listeners: Disposable;

  constructor(private readonly source: TracedSource) {
    this.#listeners = Disposable.from(
      source.onDidChange(() => this.#decorate()),
      window.onDidChangeVisibleTextEditors(() => this.#decorate()),
    );
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#fresh.dispose();
    this.#stale.dispose();
  }

  #decorate(): void {
    for (const editor of window.visibleTextEditors) {
      const file = this.source.hidden ? undefined : this.source.file(editor.document);
      const annotations = file ? annotationsOf(editor.document, file) : [];
      editor.setDecorations(this.#fresh, file?.stale === false ? annotations : []);
      editor.setDecorations(this.#stale, file?.stale === true ? annotations : []);
    }
  }
}

function decoration(color: ThemeColor) {
  return window.createTextEditorDecorationType({
    rangeBehavior: DecorationRangeBehavior.ClosedClosed,
    after: { margin: '0 0 0 3ch', color },
  });
}

function annotationsOf(document: TextDocument, { lines, stale }: TracedFile): DecorationOptions[] {
  return [...lines].flatMap(([line, { calls }]) => {
    if (line >= document.lineCount) return [];
    const { end } = document.lineAt(line).range;
    const text = lineText(calls, l10n);
    const contentText = stale ? `${text} · ${l10n.t('older than this text')}` : text;
    return [{ range: new Range(end, end), renderOptions: { after: { contentText } } }];
  });
}
