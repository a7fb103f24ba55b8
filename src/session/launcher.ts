/** Starts runs, remembers how to repeat the last one, and tells how each ended. */

import { EventEmitter, Uri, l10n, window, workspace, type Event, type Memento } from 'vscode';
import type { Logger } from '../trace/logger.js';
import type { ErrorReporter } from './errorReporter.js';
import { RunSession, pathOf, type LaunchTarget, type RunServices } from './runSession.js';
import type { Sessions } from './sessionList.js';
import type { SessionStorage } from './sessionStorage.js';
import { readSettings } from './settings.js';
import { UserError } from './userError.js';

const lastTargetKey = 'syscape.lastTarget';
/** Targets (as JSON, the newest last) for which source lines were asked for. */
const withSourceLinesKey = 'syscape.withSourceLines';
const rememberedTargets = 100;

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
    if (sourceLines !== undefined) await this.#remember(target, sourceLines);
    const { id, folder } = await this.storage.create();
    const session = new RunSession(id, folder, target, sourceLines ?? this.#wantsSourceLines(target), this.services);
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

  #wantsSourceLines(target: LaunchTarget): boolean {
    const { sourceLines } = readSettings(Uri.file(pathOf(target)));
    if (sourceLines !== 'auto') return sourceLines === 'on';
    return this.#withSourceLines.includes(JSON.stringify(target));
  }

  get #withSourceLines(): string[] {
    return this.memory.get<string[]>(withSourceLinesKey, []);
  }

  async #remember(target: LaunchTarget, sourceLines: boolean): Promise<void> {
    const key = JSON.stringify(target);
    const others = this.#withSourceLines.filter(other => other !== key);
    await this.memory.update(withSourceLinesKey, sourceLines ? [...others, key].slice(-rememberedTargets) : others);
  }

  /** A program's exit code is in the tree and the status bar; only a death by signal that nobody asked for is worth a message. */
  #tellEnd(session: RunSession): void {
    const { exit, notice } = session;
    this.log.info(`${session.title} ended: ${JSON.stringify(exit ?? null)}`);
    if (notice) {
      const without = l10n.t('Trace Again without Source Lines');
      const buttons = session.stackBackend ? [without] : [];
      void window.showWarningMessage(notice, ...buttons).then(async chosen => {
        if (chosen === without) await this.launchAgain(session.target, false).catch(error => this.errors.report(error));
      });
    } else if (exit && 'signal' in exit && !session.stopAsked && exit.signal !== 'SIGINT') {
      void window.showWarningMessage(l10n.t('{0} was killed by {1}.', session.title, exit.signal));
    }
  }
}
