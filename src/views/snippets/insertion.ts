/**
 * Puts a snippet where the cursor is, and the includes that it needs where they belong. Both are one step for *Undo*; a snippet that came
 * in by its prefix (VS Code's own completion) gets its includes right afterwards.
 */

import {
  Position,
  SnippetString,
  SnippetTextEdit,
  TextEdit,
  WorkspaceEdit,
  window,
  workspace,
  type Disposable,
  type TextDocument,
  type TextDocumentChangeEvent,
  type TextEditor,
} from 'vscode';
import { readSettings } from '../../session/settings.js';
import type { Logger } from '../../trace/logger.js';
import { variantFor, type Catalogue, type Snippet } from './catalogue.js';
import { expandSnippet } from './expandSnippet.js';
import { missingIncludes } from './includeLines.js';
import { isWritableC, languageOf } from './targetEditor.js';

/** Replaces what is selected. The editor has to be the active one. */
export async function insertSnippet(editor: TextEditor, snippet: Snippet): Promise<void> {
  const { document, selection } = editor;
  const language = languageOf(document);
  const { body } = variantFor(snippet, language);
  const code = expandSnippet(body, new Map());
  const missing = addsIncludes(document) ? missingIncludes(document.getText(), code, language) : [];
  const edit = new WorkspaceEdit();
  edit.set(document.uri, [
    ...missing.map(({ line, text }) => TextEdit.insert(new Position(line, 0), text)),
    SnippetTextEdit.replace(selection, new SnippetString(body.join('\n'))),
  ]);
  await workspace.applyEdit(edit);
}

const addsIncludes = (document: TextDocument): boolean => readSettings(document.uri).addIncludes;

/** Adds the includes of snippets that people insert by their prefix. */
export function includesFollowSnippets(catalogue: Catalogue, log: Logger): Disposable {
  return workspace.onDidChangeTextDocument(event => {
    const inserted = insertedText(event);
    if (inserted === undefined || !addsIncludes(event.document)) return;
    followInsertion(catalogue, event.document, inserted).catch((error: unknown) =>
      log.error('Could not add the includes of a snippet', error),
    );
  });
}

/** Text of several lines that came in at once, from no undo: what a completed snippet looks like. */
function insertedText({ document, contentChanges, reason }: TextDocumentChangeEvent): string | undefined {
  const [change, ...others] = contentChanges;
  if (!change || others.length > 0 || reason !== undefined || !isWritableC(document)) return undefined;
  return change.text.includes('\n') ? change.text : undefined;
}

async function followInsertion(catalogue: Catalogue, document: TextDocument, inserted: string): Promise<void> {
  const language = languageOf(document);
  const text = withoutSpace(inserted);
  const isInserted = (snippet: Snippet): boolean =>
    withoutSpace(expandSnippet(variantFor(snippet, language).body, new Map())) === text;
  if (!(await catalogue.snippets()).some(isInserted)) return;
  const editor = window.activeTextEditor;
  if (editor?.document !== document) return;
  const missing = missingIncludes(document.getText(), inserted, language);
  if (missing.length === 0) return;
  await editor.edit(
    edit => {
      for (const { line, text: lines } of missing) edit.insert(new Position(line, 0), lines);
    },
    { undoStopBefore: false, undoStopAfter: false },
  );
}

/** The editor's own indentation and line ends do not matter. */
const withoutSpace = (text: string): string => text.replace(/\s+/g, '');
