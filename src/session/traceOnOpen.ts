/**
 * The setting `syscape.traceOnOpen`: the first C file that a window shows is traced at once, with the views open. For lessons that
 * begin with a trace, and for `npm start`.
 */

import { Disposable, commands, languages, window, workspace } from 'vscode';
import { cFiles } from '../views/editor/mainCodeLens.js';
import type { CommandId, ViewId } from './contributions.js';
import { readSettings } from './settings.js';

export function traceOnOpen(): Disposable {
  let waits = true;
  const trace = async (): Promise<void> => {
    const document = window.activeTextEditor?.document;
    if (!waits || !document || !workspace.isTrusted || languages.match(cFiles, document) === 0) return;
    waits = false;
    if (!readSettings(document.uri).traceOnOpen) return;
    await commands.executeCommand(`${'syscape.processes' satisfies ViewId}.focus`, { preserveFocus: true });
    await commands.executeCommand('syscape.traceActiveFile' satisfies CommandId, document.uri);
  };
  void trace();
  // The editor may come after the extension, and trust after the editor.
  return Disposable.from(window.onDidChangeActiveTextEditor(trace), workspace.onDidGrantWorkspaceTrust(trace));
}
