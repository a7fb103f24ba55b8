/** Puts what the compiler said into Problems, on the right line and column of the files as they are now. */

import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  Location,
  Range,
  Uri,
  languages,
  workspace,
  type Disposable,
} from 'vscode';
import { isAbsolute, resolve } from 'node:path';
import { utf16Column, type CompilerMessage, type MessageLocation } from '../trace/capture/compilerMessages.js';

export class Problems implements Disposable {
  readonly #collection = languages.createDiagnosticCollection('syscape');
  /** Files that the last compilation of a source wrote about: replaced as one at its next. */
  readonly #filesBySource = new Map<string, Uri[]>();

  /** Shows the outcome of compiling `sourcePath`, in place of its last one. Relative file names are relative to `folder`. */
  async show(sourcePath: string, folder: string, messages: readonly CompilerMessage[]): Promise<void> {
    this.clear(sourcePath);
    const byFile = new Map<string, Diagnostic[]>();
    for (const message of messages) {
      if (message.severity === 'note') continue; // alone it says nothing
      const location = message.location ?? { file: sourcePath, line: 1, startByteColumn: 0, endByteColumn: 0 };
      const { uri, range } = await place(folder, location);
      const diagnostic = new Diagnostic(
        range,
        message.message,
        message.severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
      );
      diagnostic.source = 'Syscape';
      if (message.option) {
        diagnostic.code = message.optionUrl
          ? { value: message.option, target: Uri.parse(message.optionUrl) }
          : message.option;
      }
      diagnostic.relatedInformation = await Promise.all(
        message.notes.map(async note => {
          const at = await place(folder, note.location);
          return new DiagnosticRelatedInformation(new Location(at.uri, at.range), note.message);
        }),
      );
      byFile.set(uri.fsPath, [...(byFile.get(uri.fsPath) ?? []), diagnostic]);
    }
    for (const [file, diagnostics] of byFile) this.#collection.set(Uri.file(file), diagnostics);
    this.#filesBySource.set(sourcePath, [...byFile.keys()].map(Uri.file));
  }

  clear(sourcePath: string): void {
    for (const uri of this.#filesBySource.get(sourcePath) ?? []) this.#collection.delete(uri);
    this.#filesBySource.delete(sourcePath);
  }

  dispose(): void {
    this.#collection.dispose();
  }
}

async function place(folder: string, location: MessageLocation): Promise<{ uri: Uri; range: Range }> {
  const uri = Uri.file(isAbsolute(location.file) ? location.file : resolve(folder, location.file));
  const line = Math.max(0, location.line - 1);
  let text = '';
  try {
    const document = await workspace.openTextDocument(uri);
    if (line < document.lineCount) text = document.lineAt(line).text;
  } catch {
    // A file that cannot be opened (`<command-line>`): the line number is all there is.
  }
  if (location.startByteColumn === 0) {
    return { uri, range: new Range(line, text.length - text.trimStart().length, line, text.trimEnd().length) };
  }
  const start = utf16Column(text, location.startByteColumn);
  const end = utf16Column(text, location.endByteColumn);
  if (end > start) return { uri, range: new Range(line, start, line, end) };
  // A point: mark the word that begins there.
  const word = /^\w+/.exec(text.slice(start))?.[0].length ?? 1;
  return { uri, range: new Range(line, start, line, start + word) };
}
