/**
 * The browser side of the timeline: connects the view to its host. Says `ready`, then does what it is told; nothing is drawn before
 * the first `trace` message, which brings the texts.
 */

import type { TimelineFinding, ToHost, ToWebview } from '../protocol.js';
import './styles/base.css';
import './styles/toolbar.css';
import './styles/menu.css';
import './styles/lanes.css';
import './styles/floating.css';
import './styles/drawer.css';
import './styles/findings.css';
import './styles/lists.css';
import './styles/state.css';
import './styles/page.css';
import './styles/source.css';
import './styles/screens.css';
import './styles/sizes.css';
import { Actions } from './actions.js';
import { WindowAnimation } from './animate.js';
import { App } from './app.js';
import type { Context } from './context.js';
import { h } from './dom.js';
import { callText } from './drawer/callWords.js';
import { followed } from './follow.js';
import { fill, formatMoment } from './format.js';
import { savedLayout, savedPlace, toSaved } from './persist.js';
import { HostClient, Superseded } from './rpc.js';
import { initialState, Store, touches } from './store.js';
import { ThemeSource } from './theme.js';
import { wholeTrace } from './viewport.js';

declare function acquireVsCodeApi(): {
  postMessage(message: ToHost): void;
  getState(): unknown;
  setState(state: unknown): void;
};

/** State is saved so long after the last change. */
const savePauseMs = 400;

type TraceMessage = Extract<ToWebview, { type: 'trace' }>;

class Timeline {
  readonly #vscode = acquireVsCodeApi();
  readonly #post = (message: ToHost) => this.#vscode.postMessage(message);
  readonly #host = new HostClient(this.#post);
  readonly #store = new Store({ ...initialState, ...savedLayout(this.#vscode.getState()) }, callback =>
    requestAnimationFrame(callback),
  );
  readonly #animation = new WindowAnimation(this.#store);
  readonly #live = h('div', { class: 'visually-hidden', attributes: { 'aria-live': 'polite' } });
  #strings: Record<string, string> = {};
  #context: Context | undefined;
  #app: App | undefined;
  #saveTimer = 0;

  start(): void {
    window.addEventListener('message', event => this.#receive(event.data as ToWebview));
    window.addEventListener('error', event =>
      this.#post({ type: 'log', level: 'error', message: String(event.message) }),
    );
    this.#post({ type: 'ready' });
  }

  #receive(message: ToWebview): void {
    switch (message.type) {
      case 'trace':
        return this.#showTrace(message);
      case 'changed':
        return this.#changed(message);
      case 'response':
        return this.#host.receive(message);
      case 'reveal':
        if (message.row !== null) void this.#context?.actions.select(message.row, { reveal: true, tab: 'details' });
        else if (message.thread !== null) void this.#context?.actions.revealThread(message.thread);
        return;
      case 'findings':
        return this.#showFindings(message.findings);
      case 'showFinding':
        void this.#context?.actions.showFinding(message.key, message.step ?? undefined);
        return;
      case 'filter':
        return void this.#context?.actions.showMatches(message.text);
      case 'showOnly':
        return this.#context?.actions.showOnly(message.root);
      case 'refreshEvent':
        return void this.#context?.actions.refreshEvent(true);
      case 'run':
        return this.#run(message.action);
    }
  }

  #run(action: Extract<ToWebview, { type: 'run' }>['action']): void {
    const actions = this.#context?.actions;
    switch (action) {
      case 'fit':
        return actions?.fit();
      case 'zoomIn':
        return actions?.zoomTo(1 / 1.6);
      case 'zoomOut':
        return actions?.zoomTo(1.6);
      case 'jumpToLive':
        return actions?.jumpToLive();
      case 'filter':
        return this.#app?.toolbar.filter.focus();
      case 'help':
        return this.#store.set({ helpOpen: true });
    }
  }

  #showTrace({ trace, summary, strings }: TraceMessage): void {
    this.#strings = strings;
    const app = this.#app ?? this.#build();
    const same = trace !== null && trace.id === this.#store.state.trace?.id;
    if (same) {
      this.#store.set({ trace, summary });
      if (summary) this.#grown();
      return;
    }
    this.#animation.stop();
    this.#host.reset();
    app.clear();
    const layout = savedLayout(toSaved(this.#store.state));
    const place = trace ? savedPlace(this.#vscode.getState(), trace.id) : {};
    const { themeVersion, lanesVersion, slicesVersion, layoutVersion } = this.#store.state;
    this.#store.set({
      ...initialState, ...layout, window: wholeTrace(summary?.endNs ?? 0), ...place, trace, summary,
      themeVersion, slicesVersion, lanesVersion: lanesVersion + 1, layoutVersion: layoutVersion + 1,
    }); // prettier-ignore
    const { row, filter } = this.#store.state;
    if (row !== null) void this.#context?.actions.select(row);
    if (filter) void this.#context?.actions.countMatches();
  }

  /** A finding that was withdrawn takes its page with it. */
  #showFindings(findings: TimelineFinding[]): void {
    const { finding } = this.#store.state;
    const gone = finding !== null && !findings.some(({ key }) => key === finding);
    this.#store.set({ findings, ...(gone && { finding: null }) });
  }

  #changed({ summary, phase, notice }: Extract<ToWebview, { type: 'changed' }>): void {
    const { trace } = this.#store.state;
    if (!trace) return;
    const changed = trace.phase !== phase || trace.notice !== notice;
    const wasCounted = this.#store.state.summary?.complete;
    this.#store.set({ summary, ...(changed ? { trace: { ...trace, phase, notice } } : {}) });
    this.#grown();
    if (summary.complete && !wasCounted) void this.#context?.actions.countMatches();
    void this.#context?.actions.refreshEvent(trace.phase !== phase && phase === 'ended');
  }

  #grown(): void {
    const { window, follow, summary, trace } = this.#store.state;
    if (summary) this.#store.set(followed(window, follow, summary.endNs, trace?.phase === 'live'));
  }

  #build(): App {
    const store = this.#store;
    const host = this.#host;
    const post = this.#post;
    const failed = (error: unknown) => {
      if (error instanceof Superseded) return;
      const message = error instanceof Error ? error.message : String(error);
      post({ type: 'log', level: 'error', message });
      store.set({ error: message });
    };
    const t: Context['t'] = (key, ...values) => fill(this.#strings[key] ?? key, values);
    const announce = (text: string) => (this.#live.textContent = text);
    const actions = new Actions({
      store, host, post, failed, animation: this.#animation, hint: key => announce(t(key)),
    }); // prettier-ignore
    const theme = new ThemeSource(() => store.bump('themeVersion'));
    const root = h('main', { class: 'timeline' });
    document.body.append(root, this.#live);
    this.#context = { store, host, post, failed, t, theme, actions, announce };
    this.#app = new App(this.#context, root, () => this.#retry());
    // Wherever it was selected: said once, here.
    store.subscribe(({ event, row }, changes) => {
      if (!touches(changes, 'event') || !event || event.row !== row) return;
      const { startNs, tid } = event.detail;
      announce(t('announceEvent', callText(event.words.call), formatMoment(startNs, 1000), tid));
    });
    store.subscribe((state, changes) => {
      const saved = touches(changes, 'window', 'follow', 'row', 'thread', 'range', 'folded', 'root', 'marksNs', 'filterText',
        'thisLaneOnly', 'tab', 'drawerOpen', 'drawerHeightPx', 'drawerWidthPx', 'nameWidthPx', 'hiddenClasses',
        'summaryBy', 'flameWeight'); // prettier-ignore
      if (!saved) return;
      window.clearTimeout(this.#saveTimer);
      this.#saveTimer = window.setTimeout(() => this.#vscode.setState(toSaved(store.state)), savePauseMs);
    });
    return this.#app;
  }

  #retry(): void {
    this.#store.set({ error: null });
    this.#app?.clear();
    this.#store.bump('layoutVersion');
  }
}

new Timeline().start();
