/**
 * Puts a snippet where the cursor is, and the includes that it needs where they belong. Both are one step for *Undo*; a snippet that came
 * in by its prefix (VS Code's own completion) gets its includes right afterwards.
 */

import {
  Position,
  SnippetString,
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
import { missingIncludes, type Insertion } from './includeLines.js';
import { isWritableC, languageOf } from './targetEditor.js';

export async function insertSnippet(editor: TextEditor, snippet: Snippet): Promise<void> {
  const { document } = editor;
  const language = languageOf(document);
  const { body } = variantFor(snippet, language);
  const code = expandSnippet(body, new Map());
  const missing = addsIncludes(document) ? missingIncludes(document.getText(), code, language) : [];
  const added = await insertLines(editor, missing, true);
  await editor.insertSnippet(new SnippetString(body.join('\n')), undefined, {
    undoStopBefore: !added,
    undoStopAfter: true,
  });
}

/** @returns whether there was anything to insert */
async function insertLines(editor: TextEditor, lines: readonly Insertion[], undoStopBefore: boolean): Promise<boolean> {
  if (lines.length === 0) return false;
  return editor.edit(
    edit => {
      for (const { line, text } of lines) edit.insert(new Position(line, 0), text);
    },
    { undoStopBefore, undoStopAfter: false },
  );
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
  await insertLines(editor, missingIncludes(document.getText(), inserted, language), false);
}

/** The editor's own indentation and line ends do not matter. */
const withoutSpace = (text: string): string => text.replace(/\s+/g, '');
