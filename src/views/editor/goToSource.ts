/** From an event to its line of C; when there is none, says why and what to do about it. */

import { Position, Range, TextEditorRevealType, Uri, ViewColumn, commands, l10n, window } from 'vscode';
import { basename } from 'node:path';
import type { CommandId, SettingId } from '../../session/contributions.js';
import type { SessionList, TraceSession } from '../../session/session.js';
import { hiddenCallerNote, rebuiltNote, unreliableNote, type SourceLines } from '../../session/sourceLines.js';
import { UserError, type ErrorButton } from '../../session/userError.js';
import type { Row } from '../../trace/api.js';
import { canRunAgain } from '../../session/repeat.js';
import type { SourceLocator } from '../../session/sourceLocator.js';
import type { ResolvedStack, SourcePlace } from '../../trace/source/stackResolver.js';

export class GoToSource {
  constructor(
    private readonly sessions: SessionList,
    private readonly lines: SourceLines,
    private readonly locator: SourceLocator,
    private readonly offerInstall: (packageName: string) => unknown,
  ) {}

  /** Opens the line of a frame, or the innermost that is known. Rejects with a UserError when there is none. */
  async open(session: TraceSession, row: Row, frame: number | undefined): Promise<void> {
    const detail = await session.trace?.event(row);
    if (!detail) return;
    const stack = await this.lines.stackOf(session, detail);
    if (!stack) throw this.#noStack(session, row);
    const place = frame === undefined ? stack.frames.find(each => each.place)?.place : stack.frames[frame]?.place;
    if (!place) throw this.#noPlace(stack);
    await showPlace(place);
  }

  /**
   * Finds the lines of events by running the program again, and opens that of `main`, else of the first that was found. Rejects with a
   * UserError when there is none.
   */
  async locate(session: TraceSession, rows: readonly Row[], main = rows[0]): Promise<void> {
    const located = await this.locator.locate(session, rows);
    const found = located.filter(each => 'stack' in each);
    const chosen = found.find(({ row }) => row === main) ?? found[0];
    if (chosen) return this.open(session, chosen.row, undefined);
    const reason = located.flatMap(each => ('reason' in each ? [each.reason] : []))[0];
    throw new UserError(l10n.t('The line was not found. {0}', reason ?? ''), this.#traceAgain(session));
  }

  #noStack(session: TraceSession, row: Row): UserError {
    if (session.saved && !canRunAgain(session))
      return new UserError(l10n.t('This event has no stack. A trace recorded with “strace -k” leads to lines of C.'));
    if (session.stackBackend) return new UserError(l10n.t('strace printed no stack for this event.'));
    const locate: ErrorButton = { title: l10n.t('Locate in Source'), run: () => this.locate(session, [row]) };
    return new UserError(
      l10n.t(
        'This trace was recorded without source lines. They make every recorded call some tenths of a millisecond slower.',
      ),
      [...(canRunAgain(session) ? [locate] : []), ...this.#traceAgain(session)],
    );
  }

  #traceAgain(session: TraceSession): ErrorButton[] {
    const run = (): unknown => {
      this.sessions.activate(session); // the one that the command repeats
      return commands.executeCommand('syscape.traceAgainWithSourceLines' satisfies CommandId);
    };
    return [{ title: l10n.t('Trace Again with Source Lines'), run }];
  }

  #noPlace({ rebuilt, unreliable, hiddenCaller, missing, failure }: ResolvedStack): UserError {
    if (rebuilt[0] !== undefined) return new UserError(rebuiltNote(rebuilt[0]));
    if (unreliable[0] !== undefined) return new UserError(unreliableNote(unreliable[0]));
    if (hiddenCaller !== undefined) return new UserError(hiddenCallerNote(hiddenCaller));
    if (failure?.includes('ENOENT') && failure.includes('addr2line')) {
      const install = { title: l10n.t('Install binutils'), run: () => this.offerInstall('binutils') };
      return new UserError(l10n.t('“addr2line” was not found: it leads from addresses to lines.'), [install]);
    }
    const [file] = missing;
    if (file !== undefined) {
      const setting: SettingId = 'syscape.sourceMap';
      return new UserError(l10n.t('The source file {0} is not there.', file), [
        {
          title: l10n.t('Say Where It Is'),
          run: () => commands.executeCommand('workbench.action.openSettings', setting),
        },
      ]);
    }
    return new UserError(l10n.t('No function on this stack has debug information. Compile the program with “-g”.'));
  }
}

/** Where the file is open already, else beside the other editors; a timeline that is an editor stays in sight. */
export async function showPlace({ path, line, changed }: SourcePlace): Promise<void> {
  const uri = Uri.file(path);
  const visible = window.visibleTextEditors.find(editor => editor.document.uri.toString() === uri.toString());
  const column = visible?.viewColumn ?? window.visibleTextEditors[0]?.viewColumn ?? ViewColumn.One;
  const at = new Position(line - 1, 0);
  const editor = await window.showTextDocument(uri, { viewColumn: column, selection: new Range(at, at) });
  editor.revealRange(new Range(at, at), TextEditorRevealType.InCenterIfOutsideViewport);
  if (changed)
    window.setStatusBarMessage(
      `$(warning) ${l10n.t('{0} was edited after this trace: its lines may have moved.', basename(path))}`,
      8000,
    );
}
