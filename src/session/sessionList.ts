/**
 * All sessions of this window. Invariants: the active one is in the list; a session that failed before it recorded anything leaves the
 * list, and the one before it is shown again.
 */

import type { Disposable } from 'vscode';
import { EventEmitter } from 'vscode';
import type { BaseSession } from './baseSession.js';
import type { OpenTrace } from './runServices.js';
import { SavedSession } from './savedSession.js';
import type { SessionList, TraceSession } from './session.js';

export class Sessions implements SessionList, Disposable {
  readonly #sessions: BaseSession[] = [];
  readonly #changedActive = new EventEmitter<TraceSession | undefined>();
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeActive = this.#changedActive.event;
  readonly onDidChange = this.#changed.event;
  #active: BaseSession | undefined;

  constructor(private readonly openTrace: OpenTrace) {}

  get sessions(): readonly BaseSession[] {
    return this.#sessions;
  }

  get active(): BaseSession | undefined {
    return this.#active;
  }

  /** Adds a session and shows it. */
  add(session: BaseSession): void {
    this.#sessions.push(session);
    session.onDidChange(() => {
      const recorded = (session.trace?.latest.lines ?? 0) > 0;
      if (session.phase === 'failed' && !session.saved && !recorded) void this.close(session);
      else this.#changed.fire();
    });
    this.#activate(session);
  }

  activate(session: TraceSession): void {
    const member = this.#sessions.find(candidate => candidate === session);
    if (member && member !== this.#active) this.#activate(member);
  }

  open(logPath: string): TraceSession {
    const known = this.#sessions.find(session => session.logPath === logPath);
    if (known) {
      this.activate(known);
      return known;
    }
    const session = new SavedSession(logPath, this.openTrace);
    this.add(session);
    return session;
  }

  async close(session: TraceSession): Promise<void> {
    const index = this.#sessions.findIndex(candidate => candidate === session);
    const [member] = index < 0 ? [] : this.#sessions.splice(index, 1);
    if (!member) return;
    if (this.#active === member) this.#activate(this.#sessions.at(-1));
    else this.#changed.fire();
    await member.close();
  }

  /** Ends everything; for deactivation. */
  async closeAll(): Promise<void> {
    await Promise.all(this.#sessions.splice(0).map(session => session.close()));
  }

  dispose(): void {
    this.#changedActive.dispose();
    this.#changed.dispose();
  }

  #activate(session: BaseSession | undefined): void {
    this.#active = session;
    this.#changedActive.fire(session);
    this.#changed.fire();
  }
}
