/**
 * The lightbulb on a finding: the change that makes it go away where one is certain, the snippet that does it right, and the ways to say
 * that it is meant so. What a fix needs to have included comes with it.
 */

import {
  CodeAction,
  CodeActionKind,
  Position,
  Range,
  SnippetString,
  SnippetTextEdit,
  TextEdit,
  WorkspaceEdit,
  l10n,
  type CodeActionContext,
  type CodeActionProvider,
  type TextDocument,
} from 'vscode';
import type { CommandId } from '../../session/contributions.js';
import type { ShownFinding } from '../../session/findings/sessionFindings.js';
import { variantFor, type Snippet } from '../snippets/catalogue.js';
import { missingIncludes } from '../snippets/includeLines.js';
import { languageOf } from '../snippets/targetEditor.js';
import { fixRequest, type Fix } from './fixes/fix.js';
import { fixesFor } from './fixes/fixes.js';
import { definesFunction, snippetPlace } from './fixes/snippetPlace.js';

export interface FindingFixServices {
  /** Findings of a line, from 0. */
  at(document: TextDocument, line: number): ShownFinding[];
  /** By its prefix. */
  snippet(prefix: string): Promise<Snippet | undefined>;
}

export class FindingFixes implements CodeActionProvider {
  static readonly kinds = [CodeActionKind.QuickFix];

  constructor(private readonly services: FindingFixServices) {}

  async provideCodeActions(document: TextDocument, range: Range, context: CodeActionContext): Promise<CodeAction[]> {
    if (context.only && !context.only.contains(CodeActionKind.QuickFix)) return [];
    const found: ShownFinding[] = [];
    for (let line = range.start.line; line <= range.end.line; line++) found.push(...this.services.at(document, line));
    const actions = await Promise.all(
      found.map(async shown => {
        const diagnostics = context.diagnostics.filter(
          ({ code, range: { start } }) =>
            typeof code === 'object' && code.value === shown.finding.rule && start.line === shown.line,
        );
        const made = [
          ...mechanical(document, shown),
          ...(await this.#snippet(document, shown)),
          command(l10n.t('Ignore here with a comment'), 'syscape.ignoreFinding', shown.key),
          command(
            l10n.t('Ignore “{0}” in this workspace', shown.finding.rule),
            'syscape.switchOffRule',
            shown.finding.rule,
          ),
          command(l10n.t('Explain “{0}”', shown.words.title), 'syscape.explainFinding', shown.finding.rule),
        ];
        for (const action of made) action.diagnostics = diagnostics;
        return made;
      }),
    );
    return actions.flat();
  }

  async #snippet(document: TextDocument, { snippet: prefix, line }: ShownFinding): Promise<CodeAction[]> {
    const snippet = prefix === undefined ? undefined : await this.services.snippet(prefix);
    if (!snippet || line === undefined) return [];
    const { title, body } = variantFor(snippet, languageOf(document));
    const source = document.getText();
    const at = document.positionAt(snippetPlace(source, document.offsetAt(new Position(line, 0)), body));
    const indent = /^[ \t]*/.exec(document.lineAt(at.line).text)?.[0] ?? '';
    // A last place `$0` of the snippet's own would be in the middle of it.
    const text = definesFunction(body)
      ? `${body.join('\n')}\n\n`
      : `${body
          .filter(each => each !== '$0')
          .map(each => indent + each)
          .join('\n')}\n`;
    const action = new CodeAction(l10n.t('Insert snippet: {0}', title), CodeActionKind.QuickFix);
    action.edit = new WorkspaceEdit();
    action.edit.set(document.uri, [
      ...includes(document, source, body.join('\n')),
      SnippetTextEdit.insert(at, new SnippetString(text)),
    ]);
    return [action];
  }
}

function mechanical(document: TextDocument, { finding, line }: ShownFinding): CodeAction[] {
  if (line === undefined) return [];
  const source = document.getText();
  return fixesFor(fixRequest(source, languageOf(document), line, finding)).map(({ title, changes }: Fix, i) => {
    const [text, ...values] = title;
    const action = new CodeAction(l10n.t(text, ...values), CodeActionKind.QuickFix);
    action.isPreferred = i === 0;
    action.edit = new WorkspaceEdit();
    action.edit.set(document.uri, [
      ...includes(document, source, changes.map(change => change.text).join(';\n')),
      ...changes.map(({ start, end, text: put }) =>
        TextEdit.replace(new Range(document.positionAt(start), document.positionAt(end)), put),
      ),
    ]);
    return action;
  });
}

function includes(document: TextDocument, source: string, code: string): TextEdit[] {
  return missingIncludes(source, code, languageOf(document)).map(({ line, text }) =>
    TextEdit.insert(new Position(line, 0), text),
  );
}

function command(title: string, id: CommandId, argument: string): CodeAction {
  const action = new CodeAction(title, CodeActionKind.QuickFix);
  action.command = { title, command: id, arguments: [argument] };
  return action;
}
