/** Running the program of a session once more: whether that can be done, and the user's word for it where the command comes from a file. */

import { stat } from 'node:fs/promises';
import { l10n, window, workspace } from 'vscode';
import { checkProgram } from '../trace/capture/programCheck.js';
import type { StartedProgram } from '../trace/source/startedProgram.js';
import { commandText } from './launchTarget.js';
import type { TraceSession } from './session.js';
import { CancelledError, UserError } from './userError.js';

/** A dialog has no room for more. */
const longestShown = 2000;

export type RepeatableSession = TraceSession & { readonly started: StartedProgram };

/** Whether the program of this session has ended, and it is known how to run it once more. */
export function canRunAgain(session: TraceSession | undefined): session is RepeatableSession {
  return session?.phase === 'ended' && session.started !== undefined;
}

/** Rejects with a UserError or CaptureError that says why a program cannot be run as it was, in a workspace that may run something. */
export async function checkRepeatable({ path, cwd }: StartedProgram): Promise<void> {
  if (!workspace.isTrusted) throw new UserError(l10n.t('This workspace is not trusted: nothing is run from it.'));
  await checkProgram(path);
  const folder = await stat(cwd).catch(() => undefined);
  if (!folder?.isDirectory())
    throw new UserError(l10n.t('The folder {0}, in which the program ran, is not there.', cwd));
}

/**
 * A command that was read from beside a log can be anybody's: it is shown before it runs. `started`: what will run. Rejects with a
 * CancelledError when the user does not want it.
 */
export async function confirmSaved(session: RepeatableSession, started = session.started): Promise<void> {
  if (!session.saved) return;
  const run = l10n.t('Run');
  const chosen = await window.showWarningMessage(
    l10n.t('Run the program of this saved trace again?'),
    { modal: true, detail: l10n.t('{0}\n\nin {1}', cut(commandText(started)), cut(JSON.stringify(started.cwd))) },
    run,
  );
  if (chosen !== run) throw new CancelledError('Not run again');
}

function cut(text: string): string {
  return text.length <= longestShown
    ? text
    : l10n.t('{0}… and {1} more characters', text.slice(0, longestShown), text.length - longestShown);
}
