/** One item: while something is traced, how it goes and a click that stops it; for a while afterwards, how it ended. */

import type { Disposable } from 'vscode';
import { StatusBarAlignment, ThemeColor, l10n, window } from 'vscode';
import { countText } from '../words/quantities.js';
import type { CommandId } from './contributions.js';
import type { SessionList, TraceSession } from './session.js';

const refreshMs = 500;
const endShownMs = 20_000;

export class StatusBar implements Disposable {
  readonly #item = window.createStatusBarItem('syscape.status', StatusBarAlignment.Left, 50);
  readonly #subscription: Disposable;
  #timer: NodeJS.Timeout | undefined;
  #hideTimer: NodeJS.Timeout | undefined;
  #shown: TraceSession | undefined;
  #lastEvents = 0;
  #lastAtMs = 0;
  #eventsPerSecond = 0;

  constructor(private readonly sessions: SessionList) {
    this.#item.name = 'Syscape';
    this.#subscription = sessions.onDidChange(() => this.#update());
  }

  dispose(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#hideTimer);
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #update(): void {
    const running = runningSession(this.sessions);
    if (running) {
      if (this.#shown !== running) this.#lastAtMs = this.#lastEvents = this.#eventsPerSecond = 0;
      this.#shown = running;
      this.#timer ??= setInterval(() => this.#showRunning(), refreshMs);
      this.#showRunning();
      return;
    }
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (this.#shown) this.#showEnd(this.#shown);
    this.#shown = undefined;
  }

  #showRunning(): void {
    const session = this.#shown;
    if (!session) return;
    clearTimeout(this.#hideTimer);
    const elapsed = formatElapsed(Date.now() - session.startedAt.getTime());
    const events = session.trace?.latest.events ?? 0;
    const rate = this.#rate(events);
    const count = countText(events);
    if (session.phase === 'compiling') this.#item.text = `$(loading~spin) ${l10n.t('compiling {0}', session.title)}`;
    else if (session.phase === 'ending') this.#item.text = `$(loading~spin) ${l10n.t('{0} is ending', session.title)}`;
    else this.#item.text = `$(debug-stop) ${l10n.t('{0} events · {1}/s · {2}', count, countText(rate), elapsed)}`;
    this.#item.tooltip = l10n.t('Syscape traces {0}. Click to stop.', session.title);
    this.#item.command = 'syscape.stop' satisfies CommandId;
    this.#item.backgroundColor = undefined;
    this.#item.show();
  }

  #showEnd(session: TraceSession): void {
    if (!session.exit) {
      this.#item.hide();
      return;
    }
    const failed = 'signal' in session.exit || session.exit.code !== 0;
    const how =
      'code' in session.exit
        ? l10n.t('{0} exited with {1}', session.title, session.exit.code)
        : l10n.t('{0} was killed by {1}', session.title, session.exit.signal);
    this.#item.text = `$(${failed ? 'error' : 'check'}) ${how}`;
    this.#item.tooltip = l10n.t('Click to show the timeline.');
    this.#item.command = 'syscape.timeline.focus';
    this.#item.backgroundColor = failed ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
    this.#hideTimer = setTimeout(() => this.#item.hide(), endShownMs);
  }

  /** Events per second since the last call, smoothed a little. */
  #rate(events: number): number {
    const nowMs = performance.now();
    const seconds = (nowMs - this.#lastAtMs) / 1000;
    if (this.#lastAtMs === 0 || seconds <= 0) this.#eventsPerSecond = 0;
    else this.#eventsPerSecond = this.#eventsPerSecond * 0.5 + ((events - this.#lastEvents) / seconds) * 0.5;
    this.#lastAtMs = nowMs;
    this.#lastEvents = events;
    return Math.round(this.#eventsPerSecond);
  }
}

/** What Stop stops: the shown session when it runs, else the newest that does. */
export function runningSession(sessions: SessionList): TraceSession | undefined {
  const runs = (session: TraceSession) => ['compiling', 'live', 'ending'].includes(session.phase);
  const { active } = sessions;
  return active && runs(active) ? active : sessions.sessions.findLast(runs);
}

function formatElapsed(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return hours > 0
    ? `${hours}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`
    : `${minutes}:${twoDigits(seconds % 60)}`;
}
