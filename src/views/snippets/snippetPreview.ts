/** *Preview Snippet*: a document that can be read and copied, highlighted as the C that it is, and not written to. */

import { Uri, languages, window, workspace, type Disposable, type TextDocumentContentProvider } from 'vscode';
import type { Catalogue, Snippet } from './catalogue.js';
import type { Language } from './includeLines.js';
import { findingsAnsweredBy } from './snippetFindings.js';
import { previewText } from './snippetText.js';

const scheme = 'syscape-snippet';

export class SnippetPreview implements Disposable, TextDocumentContentProvider {
  readonly #registration = workspace.registerTextDocumentContentProvider(scheme, this);

  constructor(private readonly catalogue: Catalogue) {}

  dispose(): void {
    this.#registration.dispose();
  }

  async show(snippet: Snippet, language: Language): Promise<void> {
    const uri = Uri.from({ scheme, path: `/${snippet.prefix}.${language}` });
    const document = await workspace.openTextDocument(uri);
    await languages.setTextDocumentLanguage(document, language);
    await window.showTextDocument(document, { preview: true, preserveFocus: true });
  }

  async provideTextDocumentContent(uri: Uri): Promise<string | undefined> {
    const match = /^\/(.+)\.(c|cpp)$/.exec(uri.path);
    const snippet = await this.catalogue.find(match?.[1] ?? '');
    const findings = await findingsAnsweredBy(match?.[1] ?? '');
    return snippet && previewText(snippet, match?.[2] === 'cpp' ? 'cpp' : 'c', findings);
  }
}
