/** *Trace syscalls* above `main`. */

import { CodeLens, l10n, type CodeLensProvider, type DocumentSelector, type TextDocument } from 'vscode';
import type { CommandId } from '../../session/contributions.js';
import { findMain } from './findFunctions.js';

export const cFiles: DocumentSelector = [
  { scheme: 'file', language: 'c' },
  { scheme: 'file', language: 'cpp' },
];

export const mainCodeLens: CodeLensProvider = {
  provideCodeLenses(document: TextDocument): CodeLens[] {
    return findMain(document.getText()).map(offset => {
      const line = document.lineAt(document.positionAt(offset));
      return new CodeLens(line.range, {
        title: `$(pulse)\u00a0${l10n.t('Trace syscalls')}`,
        tooltip: l10n.t('Compile this file and run it under strace'),
        command: 'syscape.traceActiveFile' satisfies CommandId,
        arguments: [document.uri],
      });
    });
  },
};
