/**
 * Builds the parts and registers them: wiring only. Nothing here waits, runs a program or starts a worker: activation happens with the
 * first C file that is opened, and tracing may never follow.
 */

import { join } from 'node:path';
import { Disposable, commands, languages, window, workspace, type ExtensionContext } from 'vscode';
import { registerCommands } from './session/commands.js';
import type { CommandId } from './session/contributions.js';
import { ContextState } from './session/contextState.js';
import { ErrorReporter } from './session/errorReporter.js';
import { FindingList } from './session/findings/findingList.js';
import { FindingPlaces } from './session/findings/findingPlaces.js';
import { offerInstall, openReadme } from './session/help.js';
import { Launcher } from './session/launcher.js';
import { outputLogger } from './session/outputLogger.js';
import { Problems } from './session/problems.js';
import { RunSession } from './session/runSession.js';
import type { SessionList } from './session/session.js';
import { Sessions } from './session/sessionList.js';
import { SessionStorage } from './session/sessionStorage.js';
import { readSettings } from './session/settings.js';
import { SourceLines } from './session/sourceLines.js';
import { canRunAgain } from './session/repeat.js';
import { SourceLocator } from './session/sourceLocator.js';
import { StatusBar } from './session/statusBar.js';
import { TracedTasks } from './session/tracedTask.js';
import { TraceLibrary } from './session/traceLibrary.js';
import { traceOnOpen } from './session/traceOnOpen.js';
import { RunningRecords } from './trace/capture/leftovers.js';
import { Calibration } from './trace/capture/calibration.js';
import { StraceProbe } from './trace/capture/probe.js';
import { TraceClient } from './trace/client.js';
import { FindingFixes } from './views/editor/findingFixes.js';
import { FindingMarks } from './views/editor/findingMarks.js';
import { GoToSource } from './views/editor/goToSource.js';
import { FunctionCodeLens } from './views/editor/functionCodeLens.js';
import { LineCallsView } from './views/editor/lineCallsView.js';
import { LineHover } from './views/editor/lineHover.js';
import { LineToTimeline } from './views/editor/lineToTimeline.js';
import { cFiles, mainCodeLens } from './views/editor/mainCodeLens.js';
import { findingCommands } from './views/findings/findingCommands.js';
import { FindingsView, type ShowFinding } from './views/findings/findingsView.js';
import { TracedSource } from './views/editor/tracedSource.js';
import { ProcessTreeView } from './views/processTree/processTreeView.js';
import { translate } from './views/processTree/rowText.js';
import { timelineFinding } from './views/timeline/timelineFindings.js';
import { Timelines } from './views/timeline/timelines.js';
import type { FindingAction } from './views/timeline/protocol.js';
import { Catalogue } from './views/snippets/catalogue.js';
import { Snippets } from './views/snippets/snippets.js';
import { TimelineView } from './views/timeline/timelineView.js';
import { TraceEditorProvider } from './views/timeline/traceEditor.js';
import { TracesView } from './views/traces/tracesView.js';

/** What other extensions (and tests) get of this one. */
export interface SyscapeApi {
  /** What is and was traced in this window. */
  readonly sessions: SessionList;
  /** The Processes tree as text: a line a row, indented by two blanks a level. */
  processOutline(): Promise<string[]>;
  /** The Findings tree as text, in the same form. */
  findingsOutline(): string[];
  /** The Snippets tree as text, in the same form. */
  snippetsOutline(): Promise<string[]>;
}

/** What a finding's page offers. */
const findingActions: Readonly<Record<FindingAction, CommandId>> = {
  goToSource: 'syscape.openFindingLine',
  locate: 'syscape.locateInSource',
  fix: 'syscape.fixFinding',
  explain: 'syscape.explainFinding',
  ignoreHere: 'syscape.ignoreFinding',
  switchOff: 'syscape.switchOffRule',
};

/** Time that a closing window leaves us to end what runs, politely first. */
const goodbyeMs = 1500;
let endEverything: () => Promise<void> = async () => {};

export function activate(context: ExtensionContext): SyscapeApi {
  const channel = window.createOutputChannel('Syscape', { log: true });
  const log = outputLogger(channel);
  const errors = new ErrorReporter(log, () => channel.show(), {
    offerInstall,
    openReadme: anchor => openReadme(context.extensionUri, anchor),
  });

  const running = new RunningRecords(join(context.globalStorageUri.fsPath, 'running'));
  const storageFolder = (context.storageUri ?? context.globalStorageUri).fsPath;
  const storage = new SessionStorage(join(storageFolder, 'sessions'), running);
  const workerPath = context.asAbsolutePath('dist/worker.cjs');
  const openTrace = (options: ConstructorParameters<typeof TraceClient>[1]) => new TraceClient(workerPath, options);
  const probe = new StraceProbe();
  const problems = new Problems();
  const sessions = new Sessions(openTrace);
  const runServices = {
    probe,
    calibration: new Calibration(),
    problems,
    tasks: new TracedTasks(),
    running,
    openTrace,
    log,
  };
  const launcher = new Launcher(runServices, sessions, storage, context.workspaceState, errors, log);

  const sourceLines = new SourceLines(sessions);
  const locator = new SourceLocator(runServices, sourceLines);
  const goToSource = new GoToSource(sessions, sourceLines, locator, offerInstall);
  const findingPlaces = new FindingPlaces(sessions, sourceLines);
  const findingList = new FindingList(sessions, findingPlaces, log);
  const timelines = new Timelines({
    extensionUri: context.extensionUri,
    sessions,
    log,
    words: async (detail, context) => {
      // Brings the knowledge base along, which nobody needs before an event is looked at.
      const { eventWords } = await import('./words/eventWords.js');
      return eventWords(detail, translate, context);
    },
    page: async (trace, query) => {
      const { statePage } = await import('./words/pages/statePage.js');
      return statePage(trace, query, translate);
    },
    canTraceAgain: session => !session.saved || canRunAgain(session),
    findings: session =>
      (findingList.of(session)?.shown ?? []).map(each => timelineFinding(each, canRunAgain(session))),
    onDidChangeFindings: findingList.onDidChange,
    findingAction: (session, key, action) => {
      sessions.activate(session); // the commands are about the active one
      const rule = findingList.of(session)?.find(key)?.finding.rule;
      void commands.executeCommand(findingActions[action], action === 'explain' || action === 'switchOff' ? rule : key);
    },
    source: session => sourceLines.queries(session),
    stack: (session, detail) => sourceLines.shownStack(session, detail),
    goToSource: (session, row, frame) => void goToSource.open(session, row, frame).catch(error => errors.report(error)),
    canLocate: canRunAgain,
    locateInSource: (session, row) => void goToSource.locate(session, [row]).catch(error => errors.report(error)),
  });
  const timeline = new TimelineView(timelines);
  const traceEditor = new TraceEditorProvider(timelines);
  const tree = new ProcessTreeView(
    sessions,
    {
      reveal: (session, thread, row) => timeline.reveal(session, thread, row),
      showOnly: (session, root) => timeline.showOnly(session, root),
      onDidSelect: timelines.onDidSelect,
    },
    log,
  );
  const traces = new TracesView(
    sessions,
    new TraceLibrary(storage.sessionsFolder),
    session => timeline.reveal(session, null, null),
    openTrace,
  );
  const showFinding: ShowFinding = (session, key, step) => timeline.showFinding(session, key, step);
  const findings = new FindingsView(sessions, findingList, showFinding);
  const findingMarks = new FindingMarks(context.extensionUri, sessions, findingList);
  const catalogue = new Catalogue(context.extensionPath);
  const contextState = new ContextState();
  const tracedSource = new TracedSource({ sessions, lines: sourceLines, memory: context.workspaceState, log });
  const functionLens = new FunctionCodeLens(tracedSource);

  const snippets = new Snippets({
    catalogue,
    examplesFolder: join(storageFolder, 'examples'),
    filtered: isFiltered => contextState.set('syscape.snippetsFiltered', isFiltered),
    log,
  });

  context.subscriptions.push(
    channel,
    problems,
    sessions,
    sourceLines,
    locator,
    sourceLines.onDidLocate(session => findingList.placesChanged(session)),
    sourceLines.onDidLocate(session => timelines.refreshEvent(session)),
    timelines,
    timeline,
    traceEditor,
    tree,
    findingPlaces,
    findingList,
    findings,
    traces,
    findingMarks,
    languages.registerCodeActionsProvider(
      cFiles,
      new FindingFixes({
        at: (document, line) => findingMarks.at(document, line),
        snippet: prefix => catalogue.find(prefix),
      }),
      { providedCodeActionKinds: FindingFixes.kinds },
    ),
    snippets,
    tracedSource,
    tracedSource.onDidChange(() => contextState.set('syscape.hasLineCalls', tracedSource.any)),
    new LineCallsView(tracedSource),
    functionLens,
    languages.registerCodeLensProvider(cFiles, functionLens),
    languages.registerHoverProvider(cFiles, new LineHover(tracedSource)),
    // VS Code asks the last one first: what is wrong comes before what was called.
    languages.registerHoverProvider(cFiles, findingMarks),
    new StatusBar(sessions),
    window.registerWebviewViewProvider(TimelineView.id, timeline),
    window.registerCustomEditorProvider(TraceEditorProvider.id, traceEditor, {
      supportsMultipleEditorsPerDocument: false,
    }),
    languages.registerCodeLensProvider(cFiles, mainCodeLens),
    contextState.follow(sessions, launcher, tree),
    registerCommands({
      launcher,
      sessions,
      tree,
      timeline,
      traces,
      errors,
      goToSource,
      findings: findingCommands({
        extensionUri: context.extensionUri,
        sessions,
        list: findingList,
        view: findings,
        show: showFinding,
        selectedRow: session => timelines.selectionIn(session)?.row ?? undefined,
        locate: (session, rows, main) => goToSource.locate(session, rows, main),
      }),
      snippets,
      tracedSource,
      lineToTimeline: new LineToTimeline(tracedSource, (session, text) => timeline.filter(session, text)),
      memory: context.workspaceState,
      offerInstall,
      showLog: () => channel.show(),
    }),
    tellWhetherStraceIsThere(tree, probe, contextState),
    traceOnOpen(),
  );
  endEverything = () => end(sessions);
  // Of a host that died: not worth a delay, and nothing waits for it.
  setTimeout(() => {
    running.endLeftovers(readSettings(undefined).stopGraceMs).then(
      reports =>
        reports.forEach(report => log.warn(`Ended what an earlier window left running: ${JSON.stringify(report)}`)),
      (error: unknown) => log.error('Could not look for what an earlier window left running', error),
    );
  }, 0);
  return {
    sessions,
    processOutline: () => tree.outline(),
    findingsOutline: () => findings.outline(),
    snippetsOutline: () => snippets.view.outline(),
  };
}

/** Nothing that we started outlives the window. */
export async function deactivate(): Promise<void> {
  await endEverything();
}

async function end(sessions: Sessions): Promise<void> {
  const runs = sessions.sessions.filter(session => session instanceof RunSession);
  const timer = setTimeout(() => runs.forEach(run => run.killNow()), goodbyeMs);
  await sessions.closeAll();
  clearTimeout(timer);
}

/** Asked when somebody looks at the empty view, whose welcome text depends on it. */
function tellWhetherStraceIsThere(tree: ProcessTreeView, probe: StraceProbe, state: ContextState): Disposable {
  const ask = (): void => {
    if (!tree.visible || !workspace.isTrusted) return;
    probe.build(readSettings(undefined).stracePath).then(
      () => state.set('syscape.straceMissing', false),
      () => state.set('syscape.straceMissing', true),
    );
  };
  ask();
  return Disposable.from(tree.onDidChangeVisibility(ask), workspace.onDidGrantWorkspaceTrust(ask));
}
