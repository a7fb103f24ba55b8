/** Keeps the context keys, on which menus and welcome texts depend, in step with what is going on. */

import { commands, Disposable } from 'vscode';
import type { ProcessTreeView } from '../views/processTree/processTreeView.js';
import type { ContextKey } from './contributions.js';
import type { Launcher } from './launcher.js';
import type { Sessions } from './sessionList.js';
import { canRunAgain } from './repeat.js';
import { runningSession } from './statusBar.js';

export class ContextState {
  readonly #values = new Map<ContextKey, boolean>();

  /** VS Code is told only what is new. */
  set(key: ContextKey, value: boolean): void {
    if ((this.#values.get(key) ?? false) === value) return;
    this.#values.set(key, value);
    void commands.executeCommand('setContext', key, value);
  }

  follow(sessions: Sessions, launcher: Launcher, tree: ProcessTreeView): Disposable {
    const update = (): void => {
      this.set('syscape.tracing', runningSession(sessions) !== undefined);
      this.set('syscape.hasTrace', sessions.active !== undefined);
      this.set('syscape.canTraceAgain', launcher.lastTarget !== undefined || canRunAgain(sessions.active));
      this.set('syscape.canLocate', canRunAgain(sessions.active));
      this.set('syscape.hasSourceLines', sessions.active?.stackBackend !== undefined);
      this.set('syscape.subtreeOnly', tree.subtree !== null);
    };
    update();
    return Disposable.from(sessions.onDidChange(update), launcher.onDidChange(update), tree.onDidChangeSubtree(update));
  }
}
