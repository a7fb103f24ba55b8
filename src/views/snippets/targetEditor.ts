/** The editor that a snippet goes into: the C or C++ editor that was used last, wherever the keyboard is now. */

import type { Disposable } from 'vscode';
import {
  TabInputText,
  languages,
  window,
  workspace,
  type DocumentSelector,
  type TextDocument,
  type TextEditor,
} from 'vscode';
import type { Language } from './includeLines.js';

/** What can be written to; previews of snippets, and of other versions of a file, cannot. */
export const writableC: DocumentSelector = ['file', 'untitled', 'vscode-remote'].flatMap(scheme => [
  { scheme, language: 'c' },
  { scheme, language: 'cpp' },
]);

export const isWritableC = (document: TextDocument): boolean => languages.match(writableC, document) > 0;

export const languageOf = (document: TextDocument): Language => (document.languageId === 'cpp' ? 'cpp' : 'c');

const hasTab = ({ uri }: TextDocument): boolean =>
  window.tabGroups.all.some(group =>
    group.tabs.some(({ input }) => input instanceof TabInputText && input.uri.toString() === uri.toString()),
  );

export class TargetEditor implements Disposable {
  #last: TextEditor | undefined;
  readonly #subscription: Disposable;

  constructor() {
    this.#see(window.activeTextEditor);
    this.#subscription = window.onDidChangeActiveTextEditor(editor => this.#see(editor));
  }

  dispose(): void {
    this.#last = undefined;
    this.#subscription.dispose();
  }

  /** Of the file that a snippet would go into. */
  get language(): Language {
    const document = this.#document();
    return document ? languageOf(document) : 'c';
  }

  /** Brings it to the front, with the keyboard; a new C file when there is none. */
  async show(): Promise<TextEditor> {
    const document = this.#document() ?? (await workspace.openTextDocument({ language: 'c' }));
    const shown = window.visibleTextEditors.find(editor => editor === this.#last && editor.document === document);
    return window.showTextDocument(document, shown?.viewColumn ? { viewColumn: shown.viewColumn } : {});
  }

  #see(editor: TextEditor | undefined): void {
    if (editor && isWritableC(editor.document)) this.#last = editor;
  }

  /** A file is there as long as it has a tab, even one in the background; VS Code keeps a document for a while after that. */
  #document(): TextDocument | undefined {
    const last = this.#last?.document;
    if (last && !last.isClosed && hasTab(last)) return last;
    return window.visibleTextEditors.map(({ document }) => document).find(isWritableC);
  }
}
