/**
 * *Add missing #include*: a quick fix where the compiler (or a language server) says that a name is not declared, and wherever the lines
 * under the cursor use one; and a source action for the whole file.
 */

import {
  CodeAction,
  CodeActionKind,
  CodeActionTriggerKind,
  Position,
  Range,
  WorkspaceEdit,
  l10n,
  type CodeActionContext,
  type CodeActionProvider,
  type TextDocument,
  type TextEditor,
} from 'vscode';
import { directive, missingHeaders, missingIncludes } from './includeLines.js';
import { languageOf } from './targetEditor.js';
import { isAboutDeclaration, undeclaredNames } from './undeclaredNames.js';

const sourceKind = CodeActionKind.Source.append('addMissingIncludes');
export const includeActionKinds = [CodeActionKind.QuickFix, sourceKind];

export const includeActions: CodeActionProvider = {
  provideCodeActions(document: TextDocument, range: Range, context: CodeActionContext): CodeAction[] {
    const wanted = (kind: CodeActionKind): boolean => !context.only || context.only.contains(kind);
    const actions: CodeAction[] = [];
    if (wanted(CodeActionKind.QuickFix)) actions.push(...quickFixes(document, range, context));
    // Without being asked for, source actions are only in the menu of that name.
    if (context.only && wanted(sourceKind)) {
      const all = action(document, document.getText(), sourceKind, l10n.t('Add missing #include for system calls'));
      if (all) actions.push(all);
    }
    return actions;
  },
};

function quickFixes(document: TextDocument, range: Range, context: CodeActionContext): CodeAction[] {
  const source = document.getText();
  const reported = context.diagnostics.filter(({ message }) => isAboutDeclaration(message));
  const names = reported.flatMap(({ message }) => undeclaredNames(message));
  // A header of the program's own may bring the declaration along: then only the compiler knows better.
  const mayBeDeclared = /^[ \t]*#[ \t]*include[ \t]*"/m.test(source);
  const looksAtLines = reported.length > 0 || context.triggerKind === CodeActionTriggerKind.Invoke || !mayBeDeclared;
  const lines = document.getText(new Range(range.start.line, 0, range.end.line + 1, 0));
  const code = names.length > 0 ? names.join(';\n') : looksAtLines ? lines : '';
  const fix = action(document, code, CodeActionKind.QuickFix);
  if (!fix) return [];
  fix.diagnostics = reported;
  fix.isPreferred = reported.length > 0;
  const [few, many] = [code, source].map(text => missingHeaders(source, text, languageOf(document)).length);
  const all = action(document, source, CodeActionKind.QuickFix, l10n.t('Add all missing #include for system calls'));
  return all && few !== many ? [fix, all] : [fix];
}

/** @param title default: what would be added */
function action(document: TextDocument, code: string, kind: CodeActionKind, title?: string): CodeAction | undefined {
  const source = document.getText();
  const language = languageOf(document);
  const headers = missingHeaders(source, code, language);
  if (headers.length === 0) return undefined;
  const found = new CodeAction(title ?? l10n.t('Add {0}', headerWords(headers)), kind);
  found.edit = new WorkspaceEdit();
  for (const { line, text } of missingIncludes(source, code, language)) {
    found.edit.insert(document.uri, new Position(line, 0), text);
  }
  return found;
}

/** `#include <signal.h>`, or a list. */
function headerWords(headers: readonly string[]): string {
  return headers.map(directive).join(', ');
}

export async function addMissingIncludes(editor: TextEditor): Promise<void> {
  const source = editor.document.getText();
  await editor.edit(edit => {
    for (const { line, text } of missingIncludes(source, source, languageOf(editor.document)))
      edit.insert(new Position(line, 0), text);
  });
}
