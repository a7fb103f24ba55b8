/**
 * The host's end of one timeline webview: answers its questions from the trace of the session it shows, and tells it what changes.
 * Imports nothing of the editor but types, so that it runs in a plain test.
 *
 * Invariants: nothing is sent before the webview has said `ready`; every request is answered once, with a value or an error; a hidden
 * webview is told nothing and gets the whole state again when it is shown.
 */

import type { Disposable, Event } from 'vscode';
import type { Logger } from '../../trace/logger.js';
import type { EventContext } from '../../trace/modelApi.js';
import type { SourceQueries } from '../../trace/source/sourceQueries.js';
import type { TraceSource } from '../../trace/traceSource.js';
import type { TraceSession } from '../../session/session.js';
import type {
  EventDetail,
  EventFilter,
  EventWords,
  HostMethods,
  Page,
  PageQuery,
  ProcessId,
  Row,
  ShownStack,
  SourceFilter,
  StateQuery,
  TimelineFinding,
  TimelineTrace,
  ToHost,
  ToWebview,
} from './protocol.js';
import type { StringKey } from './strings.js';

/** The part of a vscode.Webview that is needed. */
export interface WebviewPort {
  postMessage(message: ToWebview): Thenable<boolean>;
  readonly onDidReceiveMessage: Event<ToHost>;
}

export interface BridgeServices {
  log: Logger;
  strings: Record<StringKey, string>;
  /** `context`: what the models know about the event. */
  words(detail: EventDetail, context: EventContext | null): EventWords | Promise<EventWords>;
  /** The page about a part of the kernel's state. */
  page(trace: TraceSource, query: PageQuery): Promise<Page>;
  canTraceAgain(session: TraceSession): boolean;
  /** What the user asked for that is not a question about the trace. */
  command(session: TraceSession | undefined, message: Extract<ToHost, { type: 'command' }>): void;
  /** The event's stack with its lines; undefined when it has none. */
  stack(session: TraceSession, detail: EventDetail): Promise<ShownStack | undefined>;
  /** What can be asked of the session's source lines. */
  source(session: TraceSession): SourceQueries | undefined;
  goToSource(session: TraceSession, row: Row, frame: number | undefined): void;
  findings(session: TraceSession): TimelineFinding[];
  finding(session: TraceSession, message: Extract<ToHost, { type: 'finding' }>): void;
  /** The program of this session can be run again to find the line of an event. */
  canLocate(session: TraceSession): boolean;
  locateInSource(session: TraceSession, row: Row): void;
  selected(session: TraceSession, message: Extract<ToHost, { type: 'selected' }>): void;
}

type Answers = {
  [M in keyof HostMethods]: (
    trace: TraceSource,
    argument: Parameters<HostMethods[M]>[0],
  ) => Promise<ReturnType<HostMethods[M]>>;
};

export class TimelineBridge implements Disposable {
  #session: TraceSession | undefined;
  #ready = false;
  #visible = true;
  /** Trace whose growth is being listened to. */
  #trace: TraceSource | undefined;
  #unsubscribe: (() => void) | undefined;
  #sessionListener: Disposable | undefined;
  readonly #messageListener: Disposable;
  readonly #answers: Answers;
  /** Sent as soon as the webview is ready and shown. */
  #waiting: ToWebview[] = [];

  constructor(
    private readonly webview: WebviewPort,
    private readonly services: BridgeServices,
  ) {
    this.#answers = answersFor(services, () => this.#session);
    this.#messageListener = webview.onDidReceiveMessage(message => this.#receive(message));
  }

  get session(): TraceSession | undefined {
    return this.#session;
  }

  get visible(): boolean {
    return this.#visible;
  }

  /** Shows a session; undefined: the empty state. */
  show(session: TraceSession | undefined): void {
    if (session === this.#session && this.#ready) return;
    this.#sessionListener?.dispose();
    this.#session = session;
    this.#sessionListener = session?.onDidChange(() => this.#sessionChanged());
    this.#listenToTrace();
    this.#sendTrace();
  }

  /** The view was shown or hidden. */
  setVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    if (visible) this.#sendTrace();
  }

  /** The findings of its session have changed. */
  sendFindings(): void {
    if (!this.#ready || !this.#visible || !this.#session) return;
    this.#post({ type: 'findings', findings: this.services.findings(this.#session) });
  }

  /** `reveal`, `filter`, `showFinding`, `showOnly` and `run`: kept until the webview can take them. */
  tell(
    message: Extract<ToWebview, { type: 'reveal' | 'filter' | 'showFinding' | 'showOnly' | 'refreshEvent' | 'run' }>,
  ): void {
    if (this.#ready && this.#visible) this.#post(message);
    else this.#waiting.push(message);
  }

  dispose(): void {
    this.#messageListener.dispose();
    this.#sessionListener?.dispose();
    this.#unsubscribe?.();
    this.#ready = false;
    this.#session = undefined;
  }

  #receive(message: ToHost): void {
    const { services } = this;
    switch (message.type) {
      case 'ready':
        // Also after a reload of the webview: it has forgotten everything.
        this.#ready = true;
        this.#sendTrace();
        return;
      case 'request':
        return void this.#answer(message);
      case 'selected':
        if (this.#session) services.selected(this.#session, message);
        return;
      case 'command':
        return services.command(this.#session, message);
      case 'goToSource':
        if (this.#session) services.goToSource(this.#session, message.row, message.frame);
        return;
      case 'finding':
        if (this.#session) services.finding(this.#session, message);
        return;
      case 'locateInSource':
        if (this.#session) services.locateInSource(this.#session, message.row);
        return;
      case 'log':
        return services.log[message.level](`Timeline: ${message.message}`);
    }
  }

  async #answer({ seq, method, argument }: Extract<ToHost, { type: 'request' }>): Promise<void> {
    let result: Extract<ToWebview, { type: 'response' }>['result'];
    try {
      const trace = this.#session?.trace;
      if (!trace) throw noTrace();
      // The method's name says the argument's type; both come from our own webview.
      const answer = this.#answers[method] as (trace: TraceSource, argument: unknown) => Promise<unknown>;
      result = { ok: await answer(trace, argument) };
    } catch (error) {
      const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
      result = { err: { code: name, message } };
    }
    this.#post({ type: 'response', seq, result });
  }

  #sessionChanged(): void {
    const before = this.#trace;
    this.#listenToTrace();
    // A session that got its trace, or failed, is shown anew; anything else only changes its phase.
    if (before !== this.#trace || !this.#trace) this.#sendTrace();
    else this.#sendChange();
    // What can be done with them depends on the phase.
    if (this.#session && this.services.findings(this.#session).length > 0) this.sendFindings();
  }

  #listenToTrace(): void {
    const trace = this.#session?.trace;
    if (trace === this.#trace) return;
    this.#unsubscribe?.();
    this.#trace = trace;
    this.#unsubscribe = trace?.onChange(() => this.#sendChange());
  }

  #sendTrace(): void {
    if (!this.#ready || !this.#visible) return;
    const session = this.#session;
    const { strings } = this.services;
    const summary = session?.trace?.latest ?? null;
    this.#post({ type: 'trace', trace: session ? this.#describe(session) : null, summary, strings });
    // A webview that is shown a trace knows of no findings of it.
    if (session && this.services.findings(session).length > 0) this.sendFindings();
    for (const message of this.#waiting.splice(0)) this.#post(message);
  }

  #sendChange(): void {
    const session = this.#session;
    if (!this.#ready || !this.#visible || !session?.trace) return;
    const { phase, notice } = this.#describe(session);
    this.#post({ type: 'changed', summary: session.trace.latest, phase, notice });
  }

  #describe(session: TraceSession): TimelineTrace {
    return {
      id: session.id,
      title: session.title,
      phase: session.phase,
      saved: session.saved,
      canTraceAgain: this.services.canTraceAgain(session),
      notice: session.notice ?? null,
    };
  }

  #post(message: ToWebview): void {
    void this.webview.postMessage(message);
  }
}

function noTrace(): Error {
  return Object.assign(new Error('There is no trace to ask.'), { name: 'NoTrace' });
}

function answersFor(
  { words, page, source, stack: stackOf, canLocate }: BridgeServices,
  shownSession: () => TraceSession | undefined,
): Answers {
  const known = (): SourceQueries => {
    const session = shownSession();
    const queries = session && source(session);
    if (!queries) throw noTrace();
    return queries;
  };
  const plain = async (filter: SourceFilter): Promise<EventFilter> =>
    filter.source ? ((await known().plain(filter)) ?? {}) : filter;
  /** The question with a filter that a trace understands. */
  const ranged = async <Q extends { filter: SourceFilter | null }>(
    query: Q,
  ): Promise<Q & { filter: EventFilter | null }> => ({ ...query, filter: query.filter && (await plain(query.filter)) });
  return {
    lanes: (trace, query) => trace.lanes(query),
    laneIndex: (trace, { thread, folded, root }) => trace.laneIndex(thread, { folded, root }),
    window: async (trace, query) => trace.window(await ranged(query)),
    overview: (trace, { columns }) => trace.overview(columns),
    event: async (trace, { row }) => {
      const [detail, context] = await Promise.all([trace.event(row), trace.context(row)]);
      if (!detail) return null;
      const session = shownSession();
      const [spoken, stack] = await Promise.all([words(detail, context), session && stackOf(session, detail)]);
      const locatable = detail.kind === 'call' && !stack && session && canLocate(session);
      return { detail, words: spoken, ...(stack && { stack }), ...(locatable && { canLocate: true as const }) };
    },
    neighbour: (trace, query) => trace.neighbour(query),
    eventAt: (trace, query) => trace.eventAt(query),
    nextMatch: async (trace, query) => trace.nextMatch({ ...query, filter: await plain(query.filter) }),
    countMatches: async (trace, { filter }) => trace.countMatches(await plain(filter)),
    events: async (trace, query) => trace.events(await ranged(query)),
    summarize: async (trace, query) => trace.summarize(await ranged(query)),
    summarizeSource: (_trace, { by, ...query }) => known().summarize(query, by),
    flame: (_trace, query) => known().flame(query),
    descriptors: async (trace, query) => {
      const { id, pid, atNs } = await stateOf(trace, query);
      const [descriptors, use] = await Promise.all([
        trace.descriptors({ process: id, atNs }),
        trace.descriptorUse({ process: id, atNs }),
      ]);
      return { pid, descriptors, use };
    },
    memory: async (trace, query) => {
      const { id, pid, atNs } = await stateOf(trace, query);
      return { pid, map: await trace.memory({ process: id, atNs }) };
    },
    transfers: async (trace, query) => trace.transfers(await ranged(query)),
    page: (trace, query) => page(trace, query),
  };
}

/** The process that a state is asked of, and the time: a dead process is shown as it was at its end. */
async function stateOf(
  trace: TraceSource,
  { thread, atNs }: StateQuery,
): Promise<{ id: ProcessId; pid: number; atNs: number | null }> {
  const process = await trace.processOf(thread);
  if (!process) throw Object.assign(new Error('There is no such thread.'), { name: 'NoThread' });
  const { id, pid, endNs } = process;
  return { id, pid, atNs: endNs === null ? atNs : Math.min(atNs ?? Infinity, endNs - 1) };
}
