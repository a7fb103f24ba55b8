/** From a line of C to its calls in the timeline. */

import { l10n, window, workspace } from 'vscode';
import type { TraceSession } from '../../session/session.js';
import { UserError } from '../../session/userError.js';
import type { TracedSource } from './tracedSource.js';

export class LineToTimeline {
  constructor(
    private readonly source: TracedSource,
    private readonly filter: (session: TraceSession, words: string) => Thenable<unknown>,
  ) {}

  /**
   * Selects the calls of a line: `argument` is the filter that means them (from a code lens or a hover), a line number's menu, or
   * anything else for the line of the cursor. Throws a UserError when there are none.
   */
  async show(argument: unknown): Promise<void> {
    const words = typeof argument === 'string' ? argument : this.#wordsAt(argument);
    const { session } = this.source;
    if (words === undefined || !session) throw new UserError(l10n.t('The trace has no calls of this line.'));
    await this.filter(session, words);
  }

  #wordsAt(argument: unknown): string | undefined {
    const editor = window.activeTextEditor;
    if (isLineNumber(argument)) {
      const document = workspace.textDocuments.find(({ uri }) => uri.path === argument.uri.path);
      return document && this.source.file(document)?.lines.at(argument.lineNumber - 1)?.words;
    }
    return editor && this.source.file(editor.document)?.lines.at(editor.selection.active.line)?.words;
  }
}

/** What the menu of a line number gives. */
function isLineNumber(argument: unknown): argument is { lineNumber: number; uri: { path: string } } {
  return (
    typeof argument === 'object' &&
    argument !== null &&
    'lineNumber' in argument &&
    typeof argument.lineNumber === 'number' &&
    'uri' in argument &&
    typeof argument.uri === 'object' &&
    argument.uri !== null &&
    'path' in argument.uri
  );
}
