/** Compiles the file of a run: saves it first, shows progress with a cancel button, fills Problems. Errors stop the run, warnings do not. */

import { basename, dirname, join } from 'node:path';
import { ProgressLocation, Uri, commands, l10n, window, workspace } from 'vscode';
import { compile } from '../trace/capture/compile.js';
import { cxxCompilerFor, isCxxSource } from '../trace/capture/compilerCommand.js';
import type { Logger } from '../trace/logger.js';
import type { Problems } from './problems.js';
import { readSettings } from './settings.js';
import { CancelledError, UserError } from './userError.js';

/** Name of the program that is made of a source file: `hello` of hello.c. */
export function programName(sourcePath: string): string {
  return basename(sourcePath).replace(/\.[^.]+$/, '');
}

/**
 * Resolves with the path of the program, in `outputFolder`. Rejects with a UserError when there are errors, a CancelledError when the user
 * cancels or `signal` says so.
 */
export async function compileSource(
  sourcePath: string,
  outputFolder: string,
  problems: Problems,
  log: Logger,
  signal: AbortSignal,
): Promise<string> {
  await save(sourcePath);
  const uri = Uri.file(sourcePath);
  const settings = readSettings(uri);
  const outputPath = join(outputFolder, programName(sourcePath));
  const compilerPath = isCxxSource(sourcePath) ? cxxCompilerFor(settings.compilerPath) : settings.compilerPath;

  const title = l10n.t('Compiling {0}', basename(sourcePath));
  const result = await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (_progress, token) => {
      const cancel = new AbortController();
      token.onCancellationRequested(() => cancel.abort(new CancelledError('Compilation cancelled')));
      return compile(
        compilerPath,
        { sourcePath, outputPath, flags: settings.compilerFlags, libraries: settings.libraries },
        AbortSignal.any([signal, cancel.signal]),
      );
    },
  );
  log.info(`Compiled: ${result.command}`);
  if (result.output.trim() !== '' && result.messages.length === 0) log.info(result.output);

  // With no message that names an error, the failure itself is one: a run must never stop without a reason in Problems.
  const messages = [...result.messages];
  if (!result.ok && !messages.some(message => message.severity === 'error')) {
    const message = result.output.trim() || l10n.t('The compiler failed without a message.');
    messages.push({ severity: 'error', message, option: null, optionUrl: null, location: null, notes: [] });
  }
  await problems.show(sourcePath, dirname(sourcePath), messages);
  if (result.ok) return outputPath;

  const errors = messages.filter(message => message.severity === 'error');
  throw new UserError(
    errors.length === 1
      ? l10n.t('{0} does not compile: {1}', basename(sourcePath), errors[0]?.message ?? '')
      : l10n.t('{0} does not compile: {1} errors.', basename(sourcePath), errors.length),
    [{ title: l10n.t('Show Problems'), run: () => commands.executeCommand('workbench.actions.view.problems') }],
  );
}

async function save(sourcePath: string): Promise<void> {
  const document = workspace.textDocuments.find(candidate => candidate.uri.fsPath === sourcePath && candidate.isDirty);
  if (document && !(await document.save())) throw new CancelledError('Not saved');
}
