/** The timeline in the panel: always shows the active session. */

import { commands, type Disposable, type WebviewView, type WebviewViewProvider } from 'vscode';
import type { ViewId } from '../../session/contributions.js';
import type { TraceSession } from '../../session/session.js';
import type { TimelineBridge } from './bridge.js';
import type { ProcessId, Row, ThreadId } from './protocol.js';
import type { ShowMessage, Timelines } from './timelines.js';

export class TimelineView implements WebviewViewProvider, Disposable {
  static readonly id: ViewId = 'syscape.timeline';

  #bridge: TimelineBridge | undefined;
  /** Asked for before the view existed. */
  #whenShown: { session: TraceSession; message: ShowMessage } | undefined;
  readonly #listener: Disposable;
  #view: WebviewView | undefined;

  constructor(private readonly timelines: Timelines) {
    this.#listener = timelines.sessions.onDidChangeActive(session => this.#show(session));
  }

  resolveWebviewView(view: WebviewView): void {
    const bridge = this.timelines.attach(view.webview);
    this.#bridge = bridge;
    this.#view = view;
    bridge.setVisible(view.visible);
    view.onDidChangeVisibility(() => bridge.setVisible(view.visible));
    view.onDidDispose(() => {
      this.timelines.detach(bridge);
      this.#bridge = undefined;
      this.#view = undefined;
    });
    this.#show(this.timelines.sessions.active);
    const wanted = this.#whenShown;
    this.#whenShown = undefined;
    if (wanted && wanted.session === bridge.session) bridge.tell(wanted.message);
  }

  /** Shows a lane or an event; opens the panel when no timeline of the session is visible. */
  reveal(session: TraceSession, thread: ThreadId | null, row: Row | null): Promise<void> {
    return this.show(session, { type: 'reveal', thread, row });
  }

  /** Sets the filter and selects its first match; opens the panel when no timeline of the session is visible. */
  filter(session: TraceSession, text: string): Promise<void> {
    return this.show(session, { type: 'filter', text });
  }

  /** As `reveal`, for a finding; `step`: an event of its evidence, else the one that it blames. */
  showFinding(session: TraceSession, key: string, step: number | undefined): Promise<void> {
    return this.show(session, { type: 'showFinding', key, step: step ?? null });
  }

  private async show(session: TraceSession, message: ShowMessage): Promise<void> {
    if (this.timelines.show(session, message)) return;
    this.timelines.sessions.activate(session);
    if (this.#bridge) this.#bridge.tell(message);
    else this.#whenShown = { session, message };
    await commands.executeCommand(`${TimelineView.id}.focus`);
  }

  showOnly(session: TraceSession, root: ProcessId | null): void {
    this.timelines.showOnly(session, root);
  }

  dispose(): void {
    this.#listener.dispose();
    if (this.#bridge) this.timelines.detach(this.#bridge);
  }

  #show(session: TraceSession | undefined): void {
    this.#bridge?.show(session);
    if (this.#view) this.#view.description = session?.title ?? '';
  }
}
