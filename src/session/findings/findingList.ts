/** The findings of every session that somebody looks at; told anew when settings, sources or traces change. */

import { Disposable, EventEmitter, window, workspace } from 'vscode';
import type { Logger } from '../../trace/logger.js';
import type { SessionList, TraceSession } from '../session.js';
import { readSettings } from '../settings.js';
import type { FindingPlaces } from './findingPlaces.js';
import { findingSection, severityFaults } from './findingSettings.js';
import { SessionFindings } from './sessionFindings.js';

export class FindingList implements Disposable {
  readonly #changed = new EventEmitter<TraceSession>();
  /** Findings of this session came, went, moved or were hidden. */
  readonly onDidChange = this.#changed.event;
  readonly #known = new Map<TraceSession, SessionFindings>();
  readonly #subscriptions: Disposable;
  #faults = '';

  constructor(
    private readonly sessions: SessionList,
    private readonly places: FindingPlaces,
    private readonly log: Logger,
  ) {
    this.#subscriptions = Disposable.from(
      this.#changed,
      sessions.onDidChange(() => this.#forgetClosed()),
      workspace.onDidChangeConfiguration(event => {
        if (!event.affectsConfiguration(findingSection)) return;
        for (const findings of this.#known.values()) findings.ask();
        void this.#tellFaults();
      }),
      workspace.onDidChangeTextDocument(({ document: { uri }, contentChanges }) => {
        if (contentChanges.length === 0 || uri.scheme !== 'file') return;
        for (const findings of this.#known.values()) if (findings.concern(uri.fsPath)) findings.reread();
      }),
    );
  }

  /** undefined while the session has no trace. */
  of(session: TraceSession | undefined): SessionFindings | undefined {
    if (!session?.trace || !this.sessions.sessions.includes(session)) return undefined;
    let findings = this.#known.get(session);
    if (!findings) {
      findings = new SessionFindings(session, this.places, this.log);
      findings.onDidChange(() => this.#changed.fire(session));
      this.#known.set(session, findings);
      void this.#tellFaults();
    }
    return findings;
  }

  /** Lines of a session's events became known. */
  placesChanged(session: TraceSession): void {
    this.places.forget(session);
    this.#known.get(session)?.ask();
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const findings of this.#known.values()) findings.close();
    this.#known.clear();
  }

  #forgetClosed(): void {
    for (const [session, findings] of this.#known) {
      if (this.sessions.sessions.includes(session)) continue;
      findings.close();
      this.#known.delete(session);
    }
  }

  /** A rule that is spelt wrong would stay on in silence: said once, until it is wrong in another way. */
  async #tellFaults(): Promise<void> {
    const { findingSeverity } = readSettings(undefined);
    const { rules } = await import('../../trace/findings/rules.js');
    const faults = severityFaults(
      findingSeverity,
      rules.map(({ id }) => id),
    ).join('\n');
    if (faults === this.#faults) return;
    this.#faults = faults;
    if (faults === '') return;
    this.log.warn(faults);
    void window.showWarningMessage(faults);
  }
}
