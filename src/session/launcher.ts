/** Starts runs, remembers how to repeat the last one, and tells how each ended. */

import { EventEmitter, l10n, window, workspace, type Event, type Memento } from 'vscode';
import type { Logger } from '../trace/logger.js';
import type { ErrorReporter } from './errorReporter.js';
import type { LaunchTarget } from './launchTarget.js';
import type { RunServices } from './runServices.js';
import { RunSession } from './runSession.js';
import type { Sessions } from './sessionList.js';
import type { SessionStorage } from './sessionStorage.js';
import { SourceLinesChoice } from './sourceLinesChoice.js';
import { UserError } from './userError.js';

const lastTargetKey = 'syscape.lastTarget';

export class Launcher {
  readonly #changed = new EventEmitter<void>();
  /** Whether a run can be repeated has changed. */
  readonly onDidChange: Event<void> = this.#changed.event;
  readonly #sourceLines: SourceLinesChoice;

  constructor(
    private readonly services: RunServices,
    private readonly sessions: Sessions,
    private readonly storage: SessionStorage,
    private readonly memory: Memento,
    private readonly errors: ErrorReporter,
    private readonly log: Logger,
  ) {
    this.#sourceLines = new SourceLinesChoice(memory);
  }

  get lastTarget(): LaunchTarget | undefined {
    return this.memory.get<LaunchTarget>(lastTargetKey);
  }

  /**
   * Starts it and resolves as soon as the session exists; how it goes is shown by the views and told at its end. `sourceLines`: the user
   * asked for them, or to be without them; that is remembered for this target.
   */
  async launch(target: LaunchTarget, sourceLines?: boolean): Promise<RunSession> {
    if (!workspace.isTrusted) {
      throw new UserError(l10n.t('This workspace is not trusted: nothing is compiled or run from it.'));
    }
    await this.memory.update(lastTargetKey, target);
    this.#changed.fire();
    if (sourceLines !== undefined) await this.#sourceLines.remember(target, sourceLines);
    const { id, folder } = await this.storage.create();
    const stacks = sourceLines === false ? 'no' : sourceLines ? 'wanted' : this.#sourceLines.of(target);
    const session = new RunSession(id, folder, target, stacks, this.services);
    this.sessions.add(session);
    void session.done.then(
      () => this.#tellEnd(session),
      (error: unknown) => this.errors.report(error),
    );
    const inUse = new Set(this.sessions.sessions.flatMap(each => (each instanceof RunSession ? [each.folder] : [])));
    void this.storage.prune(inUse).catch((error: unknown) => this.log.error('Could not remove old sessions', error));
    return session;
  }

  /** Repeats a run; one of the same target that still runs is stopped first. */
  async launchAgain(target = this.lastTarget, sourceLines?: boolean): Promise<RunSession | undefined> {
    if (!target) return undefined;
    const same = JSON.stringify(target);
    await Promise.all(
      this.sessions.sessions
        .filter(session => session instanceof RunSession && JSON.stringify(session.target) === same)
        .map(session => session.stop()),
    );
    return this.launch(target, sourceLines);
  }

  /** A program's exit code is in the tree and the status bar; only a death by signal that nobody asked for is worth a message. */
  #tellEnd(session: RunSession): void {
    const { exit, notice } = session;
    this.log.info(`${session.title} ended: ${JSON.stringify(exit ?? null)}`);
    if (session.sourceLinesHurt) void this.#offerWithout(session);
    else if (notice) void window.showWarningMessage(notice);
    else if (exit && 'signal' in exit && !session.stopAsked && exit.signal !== 'SIGINT') {
      void window.showWarningMessage(l10n.t('{0} was killed by {1}.', session.title, exit.signal));
    }
  }

  /** The next run goes without what made this one slow, unless the user wants it all the same. */
  async #offerWithout({ notice, target }: RunSession): Promise<void> {
    await this.#sourceLines.remember(target, false);
    const [again, keep] = [l10n.t('Trace Again without Source Lines'), l10n.t('Keep Source Lines')];
    const chosen = await window.showWarningMessage(notice ?? '', again, keep);
    if (chosen === keep) await this.#sourceLines.remember(target, true);
    if (chosen === again) await this.launchAgain(target, false).catch(error => this.errors.report(error));
  }
}
