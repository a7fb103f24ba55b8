/** Everything about snippets, joined: the view, the commands, and the includes that come along. */

import { Disposable, Uri, commands, languages, window, workspace } from 'vscode';
import type { CommandId } from '../../session/contributions.js';
import type { Logger } from '../../trace/logger.js';
import { programName, variantFor, type Catalogue, type Snippet } from './catalogue.js';
import { writeExample } from './exampleFile.js';
import { addMissingIncludes, includeActions, includeActionKinds } from './includeActions.js';
import { includesFollowSnippets, insertSnippet } from './insertion.js';
import { pickSnippet } from './snippetPicker.js';
import { SnippetPreview } from './snippetPreview.js';
import { SnippetsView } from './snippetsView.js';
import { TargetEditor, writableC } from './targetEditor.js';

export interface SnippetServices {
  catalogue: Catalogue;
  /** Where examples are written to; made when it is needed. */
  examplesFolder: string;
  filtered(isFiltered: boolean): void;
  log: Logger;
}

export class Snippets implements Disposable {
  readonly #catalogue: Catalogue;
  readonly #target = new TargetEditor();
  readonly #preview: SnippetPreview;
  readonly view: SnippetsView;
  readonly #registrations: Disposable;

  constructor(private readonly services: SnippetServices) {
    this.#catalogue = services.catalogue;
    this.#preview = new SnippetPreview(this.#catalogue);
    this.view = new SnippetsView(this.#catalogue, this.#target, services.filtered);
    this.#registrations = Disposable.from(
      this.#target,
      this.#preview,
      this.view,
      includesFollowSnippets(this.#catalogue, services.log),
      languages.registerCodeActionsProvider(writableC, includeActions, { providedCodeActionKinds: includeActionKinds }),
    );
  }

  dispose(): void {
    this.#registrations.dispose();
  }

  /** @param argument a prefix, or a row of the view; asks when it is neither */
  async insert(argument: unknown): Promise<void> {
    const snippet = await this.#given(argument, async () => this.#pick());
    if (snippet) await insertSnippet(await this.#target.show(), snippet);
  }

  async preview(argument: unknown): Promise<void> {
    const snippet = await this.#given(argument, async () => this.#pick());
    if (snippet) await this.#preview.show(snippet, this.#target.language);
  }

  /** Opens the program that proves it, and traces it. */
  async traceExample(argument: unknown): Promise<void> {
    const snippet = await this.#given(argument, async () => this.#pick());
    if (!snippet) return;
    const variant = variantFor(snippet, this.#target.language);
    const text = await this.#catalogue.example(snippet, variant);
    const path = await writeExample(this.services.examplesFolder, programName(snippet, variant), text);
    const uri = Uri.file(path);
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
    await commands.executeCommand('syscape.traceActiveFile' satisfies CommandId, uri);
  }

  /** Of everything in the C or C++ file that is edited. */
  async addMissingIncludes(): Promise<void> {
    await addMissingIncludes(await this.#target.show());
  }

  async #pick(): Promise<Snippet | undefined> {
    const { language } = this.#target;
    return pickSnippet(
      await this.#catalogue.snippets(),
      language,
      snippet => void this.#preview.show(snippet, language),
    );
  }

  async #given(argument: unknown, ask: () => Promise<Snippet | undefined>): Promise<Snippet | undefined> {
    if (typeof argument === 'string') {
      const snippet = await this.#catalogue.find(argument);
      if (!snippet) throw new Error(`There is no snippet ${argument}`);
      return snippet;
    }
    if (typeof argument === 'object' && argument !== null && 'snippet' in argument) return argument.snippet as Snippet;
    return ask();
  }
}
