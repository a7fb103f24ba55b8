/** Starts runs, remembers how to repeat the last one, and tells how each ended. */

import { EventEmitter, l10n, window, workspace, type Event, type Memento } from 'vscode';
import type { Logger } from '../trace/logger.js';
import type { ErrorReporter } from './errorReporter.js';
import { RunSession, type LaunchTarget, type RunServices } from './runSession.js';
import type { Sessions } from './sessionList.js';
import type { SessionStorage } from './sessionStorage.js';
import { UserError } from './userError.js';

const lastTargetKey = 'syscape.lastTarget';

export class Launcher {
  readonly #changed = new EventEmitter<void>();
  /** Whether a run can be repeated has changed. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(
    private readonly services: RunServices,
    private readonly sessions: Sessions,
    private readonly storage: SessionStorage,
    private readonly memory: Memento,
    private readonly errors: ErrorReporter,
    private readonly log: Logger,
  ) {}

  get lastTarget(): LaunchTarget | undefined {
    return this.memory.get<LaunchTarget>(lastTargetKey);
  }

  /** Starts it and resolves as soon as the session exists; how it goes is shown by the views and told at its end. */
  async launch(target: LaunchTarget): Promise<RunSession> {
    if (!workspace.isTrusted) {
      throw new UserError(l10n.t('This workspace is not trusted: nothing is compiled or run from it.'));
    }
    await this.memory.update(lastTargetKey, target);
    this.#changed.fire();
    const { id, folder } = await this.storage.create();
    const session = new RunSession(id, folder, target, this.services);
    this.sessions.add(session);
    void session.done.then(
      () => this.#tellEnd(session),
      (error: unknown) => this.errors.report(error),
    );
    const inUse = new Set(this.sessions.sessions.flatMap(each => (each instanceof RunSession ? [each.folder] : [])));
    void this.storage.prune(inUse).catch((error: unknown) => this.log.error('Could not remove old sessions', error));
    return session;
  }

  /** Repeats the last run; one of the same target that still runs is stopped first. */
  async launchAgain(): Promise<RunSession | undefined> {
    const target = this.lastTarget;
    if (!target) return undefined;
    const same = JSON.stringify(target);
    await Promise.all(
      this.sessions.sessions
        .filter(session => session instanceof RunSession && JSON.stringify(session.target) === same)
        .map(session => session.stop()),
    );
    return this.launch(target);
  }

  /** A program's exit code is in the tree and the status bar; only a death by signal that nobody asked for is worth a message. */
  #tellEnd(session: RunSession): void {
    const { exit, notice } = session;
    this.log.info(`${session.title} ended: ${JSON.stringify(exit ?? null)}`);
    if (notice) void window.showWarningMessage(notice);
    else if (exit && 'signal' in exit && !session.stopAsked && exit.signal !== 'SIGINT') {
      void window.showWarningMessage(l10n.t('{0} was killed by {1}.', session.title, exit.signal));
    }
  }
}
