/**
 * All timelines of the window: the panel's and those opened as editors. What is true of every one of them (strings, page, what their
 * buttons do) and what is meant for the one that shows a session (reveal, show a subtree) goes through here.
 */

import { commands, type Disposable, env, type Event, EventEmitter, l10n, type Uri, type Webview } from 'vscode';
import type { SessionList, TraceSession } from '../../session/session.js';
import type { Logger } from '../../trace/logger.js';
import { TimelineBridge } from './bridge.js';
import type { SourceQueries } from '../../trace/source/sourceQueries.js';
import type { EventContext } from '../../trace/modelApi.js';
import type { TraceSource } from '../../trace/traceSource.js';
import type {
  EventDetail,
  EventWords,
  FindingAction,
  Page,
  PageQuery,
  ProcessId,
  Row,
  ShownStack,
  ThreadId,
  TimelineFinding,
  ToHost,
  ToWebview,
} from './protocol.js';
import { timelineStrings } from './strings.js';
import { webviewFolder, webviewPage } from './webviewPage.js';

/** What the timeline needs of the rest of the extension. */
export interface TimelineServices {
  extensionUri: Uri;
  sessions: SessionList;
  log: Logger;
  /** Sentences about an event (src/words), in the user's language. */
  words(detail: EventDetail, context: EventContext | null): EventWords | Promise<EventWords>;
  /** The page about a part of the kernel's state (src/words/pages), in the user's language. */
  page(trace: TraceSource, query: PageQuery): Promise<Page>;
  /** The program of this session can be run again. */
  canTraceAgain(session: TraceSession): boolean;
  /** Opens the source line of an event; says so when it is not known. */
  goToSource(session: TraceSession, row: Row, frame: number | undefined): void;
  /** What is wrong, as far as it is told. */
  findings(session: TraceSession): TimelineFinding[];
  readonly onDidChangeFindings: Event<TraceSession>;
  /** What the user asked for on a finding's page. */
  findingAction(session: TraceSession, key: string, action: FindingAction): void;
  canLocate(session: TraceSession): boolean;
  /** Runs the program again to find the source line of an event; says so when it is not found. */
  locateInSource(session: TraceSession, row: Row): void;
  source(session: TraceSession): SourceQueries | undefined;
  /** The event's stack with its lines; undefined when it has none. */
  stack(session: TraceSession, detail: EventDetail): Promise<ShownStack | undefined>;
}

/** What a timeline can be asked to show. */
export type ShowMessage = Extract<ToWebview, { type: 'reveal' | 'filter' | 'showFinding' }>;

export interface TimelineSelection {
  session: TraceSession;
  row: Row | null;
  thread: ThreadId | null;
  process: ProcessId | null;
}

export class Timelines implements Disposable {
  readonly #bridges = new Set<TimelineBridge>();
  readonly #selected = new EventEmitter<TimelineSelection>();
  /** The user selected an event or a lane in any timeline. */
  readonly onDidSelect = this.#selected.event;

  #selection: TimelineSelection | undefined;
  readonly #listener: Disposable;

  constructor(readonly services: TimelineServices) {
    this.#listener = services.onDidChangeFindings(session => {
      for (const bridge of this.#bridges) if (bridge.session === session) bridge.sendFindings();
    });
  }

  /** What was selected last in a session; undefined when nothing is. */
  selectionIn(session: TraceSession): TimelineSelection | undefined {
    return this.#selection?.session === session ? this.#selection : undefined;
  }

  get sessions(): SessionList {
    return this.services.sessions;
  }

  /** Fills a webview with the timeline; dispose the bridge with its view. */
  attach(webview: Webview): TimelineBridge {
    const { extensionUri, log, words, page } = this.services;
    webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(extensionUri)] };
    const bridge = new TimelineBridge(webview, {
      log,
      strings: timelineStrings(l10n),
      words,
      page,
      canTraceAgain: session => this.services.canTraceAgain(session),
      source: session => this.services.source(session),
      stack: (session, detail) => this.services.stack(session, detail),
      goToSource: (session, row, frame) => this.services.goToSource(session, row, frame),
      findings: session => this.services.findings(session),
      finding: (session, { key, action }) => this.services.findingAction(session, key, action),
      canLocate: session => this.services.canLocate(session),
      locateInSource: (session, row) => this.services.locateInSource(session, row),
      command: (session, message) => this.#command(session, message),
      selected: (session, { row, thread, process }) => {
        this.#selection = { session, row, thread, process };
        this.#selected.fire(this.#selection);
      },
    });
    this.#bridges.add(bridge);
    webview.html = webviewPage(webview, extensionUri, env.language);
    return bridge;
  }

  detach(bridge: TimelineBridge): void {
    this.#bridges.delete(bridge);
    bridge.dispose();
  }

  /**
   * Shows a lane, an event or a finding in every visible timeline of a session. Returns false when none is visible: `TimelineView.show`
   * opens the panel then.
   */
  show(session: TraceSession, message: ShowMessage): boolean {
    return this.#tell(session, message);
  }

  /** Only a process and its descendants, in every timeline of the session; null shows all again. */
  showOnly(session: TraceSession, root: ProcessId | null): void {
    this.#tell(session, { type: 'showOnly', root });
  }

  /** More is known of events than when they were shown. */
  refreshEvent(session: TraceSession): void {
    this.#tell(session, { type: 'refreshEvent' });
  }

  run(action: Extract<ToWebview, { type: 'run' }>['action']): void {
    for (const bridge of this.#bridges) if (bridge.visible) bridge.tell({ type: 'run', action });
  }

  dispose(): void {
    this.#listener.dispose();
    for (const bridge of this.#bridges) bridge.dispose();
    this.#bridges.clear();
    this.#selected.dispose();
  }

  #tell(
    session: TraceSession,
    message: Extract<ToWebview, { type: 'reveal' | 'filter' | 'showFinding' | 'showOnly' | 'refreshEvent' }>,
  ): boolean {
    let told = false;
    for (const bridge of this.#bridges) {
      if (bridge.session !== session || !bridge.visible) continue;
      bridge.tell(message);
      told = true;
    }
    return told;
  }

  #command(session: TraceSession | undefined, { command, text }: Extract<ToHost, { type: 'command' }>): void {
    // Commands act on the active session: the button that was pressed belongs to this one.
    if (session) this.sessions.activate(session);
    switch (command) {
      case 'stop':
        return void session?.stop();
      case 'traceAgain':
        return void commands.executeCommand('syscape.traceAgain');
      case 'traceAgainWithSourceLines':
        return void commands.executeCommand('syscape.traceAgainWithSourceLines');
      case 'traceActiveFile':
        return void commands.executeCommand('syscape.traceActiveFile');
      case 'openLog':
        return void commands.executeCommand('syscape.openTrace');
      case 'openInEditor':
        return void commands.executeCommand('syscape.openTimelineInEditor');
      case 'copy':
        return void env.clipboard.writeText(text ?? '');
    }
  }
}
