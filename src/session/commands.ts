/** All commands. A handler's failure is reported once; handlers for rows get the row that was clicked. */

import { Disposable, Uri, commands, env, l10n, languages, window, type Memento } from 'vscode';
import type { ProcessTreeView } from '../views/processTree/processTreeView.js';
import { threadOf } from '../views/processTree/processTreeView.js';
import type { TreeNode } from '../views/processTree/treeNode.js';
import type { TracesView } from '../views/traces/tracesView.js';
import type { Snippets } from '../views/snippets/snippets.js';
import type { TimelineView } from '../views/timeline/timelineView.js';
import { TraceEditorProvider } from '../views/timeline/traceEditor.js';
import type { GoToSource } from '../views/editor/goToSource.js';
import type { findingCommands } from '../views/findings/findingCommands.js';
import type { LineToTimeline } from '../views/editor/lineToTimeline.js';
import { cFiles } from '../views/editor/mainCodeLens.js';
import type { TracedSource } from '../views/editor/tracedSource.js';
import type { CommandId } from './contributions.js';
import type { ErrorReporter } from './errorReporter.js';
import type { Launcher } from './launcher.js';
import { pickProgram } from './programPicker.js';
import { pathOf, targetOf, type LaunchTarget } from './launchTarget.js';
import { canRunAgain, checkRepeatable, confirmSaved } from './repeat.js';
import { RunSession } from './runSession.js';
import type { Sessions } from './sessionList.js';
import { readSettings } from './settings.js';
import { runningSession } from './statusBar.js';
import { UserError } from './userError.js';

export interface CommandServices {
  launcher: Launcher;
  sessions: Sessions;
  tree: ProcessTreeView;
  timeline: TimelineView;
  traces: TracesView;
  errors: ErrorReporter;
  goToSource: GoToSource;
  findings: ReturnType<typeof findingCommands>;
  snippets: Snippets;
  tracedSource: TracedSource;
  lineToTimeline: LineToTimeline;
  memory: Memento;
  offerInstall(packageName: string): unknown;
  showLog(): void;
}

export function registerCommands(services: CommandServices): Disposable {
  const { launcher, sessions, tree, timeline, traces, errors, memory } = services;

  const launch = async (target: LaunchTarget | undefined): Promise<void> => {
    if (target) await showTimeline(await launcher.launch(target));
  };
  const traceSource = async (argument: unknown): Promise<void> =>
    launch({ kind: 'source', sourcePath: await sourceToTrace(argument) });
  /** The program whose trace is shown, else the last one. */
  const traceAgain = async (sourceLines?: boolean): Promise<void> => {
    const session = await launcher.launchAgain(await shownTarget(sessions), sourceLines);
    if (session) await showTimeline(session);
  };
  const handlers: Record<CommandId, (...args: unknown[]) => unknown> = {
    'syscape.traceActiveFile': traceSource,
    'syscape.traceFile': traceSource,
    'syscape.traceProgram': async () => launch(await pickProgram(memory)),
    'syscape.traceAgain': () => traceAgain(),
    'syscape.traceAgainWithSourceLines': () => traceAgain(true),
    'syscape.traceAgainWithoutSourceLines': () => traceAgain(false),
    'syscape.showLineInTimeline': argument => services.lineToTimeline.show(argument),
    'syscape.toggleLineAnnotations': () => services.tracedSource.toggle(),
    'syscape.stop': () => runningSession(sessions)?.stop(),
    'syscape.openTimelineInEditor': () => openInEditor(sessions.active?.logPath),
    'syscape.openTrace': async () => {
      const uris = await window.showOpenDialog({
        title: l10n.t('Trace to open'),
        canSelectMany: true,
        filters: { [l10n.t('strace logs')]: ['strace', 'log', 'txt', 'out'], [l10n.t('All files')]: ['*'] },
      });
      for (const uri of uris ?? []) await openInEditor(uri.fsPath);
    },
    'syscape.showTrace': row => traces.open(traces.rowOf(row)),
    'syscape.renameTrace': row => traces.rename(traces.rowOf(row)),
    'syscape.deleteTrace': row => traces.delete(traces.rowOf(row)),
    'syscape.exportTrace': row => traces.export(traces.rowOf(row)),
    'syscape.revealInTimeline': async row => {
      const session = sessions.active;
      const thread = isRow(row) ? threadOf(row) : null;
      if (session && thread !== null) await timeline.reveal(session, thread, null);
    },
    'syscape.showOnlySubtree': row => {
      if (isRow(row) && row.kind === 'process') tree.showOnly(row.info.id);
    },
    'syscape.showAllProcesses': () => tree.showOnly(null),
    'syscape.goToFork': async row => {
      const session = sessions.active;
      const born = isRow(row) && row.kind === 'process' ? row.info.createdByRow : null;
      if (session && born !== null) await services.goToSource.open(session, born, undefined);
    },
    'syscape.copyPid': async row => {
      if (!isRow(row) || row.kind === 'group') return;
      await env.clipboard.writeText(String(row.kind === 'process' ? row.info.pid : row.info.tid));
    },
    ...services.findings,
    'syscape.insertSnippet': argument => services.snippets.insert(argument),
    'syscape.previewSnippet': argument => services.snippets.preview(argument),
    'syscape.traceSnippetExample': argument => services.snippets.traceExample(argument),
    'syscape.searchSnippets': () => services.snippets.view.search(),
    'syscape.clearSnippetSearch': () => services.snippets.view.clearSearch(),
    'syscape.addMissingIncludes': () => services.snippets.addMissingIncludes(),
    'syscape.installStrace': () => services.offerInstall('strace'),
    'syscape.showLog': () => services.showLog(),
  };
  return Disposable.from(
    ...Object.entries(handlers).map(([id, handler]) =>
      commands.registerCommand(id, async (...args: unknown[]) => {
        try {
          await handler(...args);
        } catch (error) {
          errors.report(error);
        }
      }),
    ),
  );
}

/** Rejects when the program of a saved trace is not there, or the user does not want it to run. */
async function shownTarget({ active }: Sessions): Promise<LaunchTarget | undefined> {
  if (active instanceof RunSession) return active.target;
  if (!canRunAgain(active)) return undefined;
  const target = targetOf(active.started);
  const { started } = active;
  if (target.kind === 'program') await checkRepeatable(started);
  // The variables are those of the settings, and a C file is compiled to a program of its own.
  await confirmSaved(active, { ...started, environment: {}, path: pathOf(target) });
  return target;
}

/** The file of a menu or code lens, else of the editor. */
async function sourceToTrace(argument: unknown): Promise<string> {
  if (argument instanceof Uri && argument.scheme === 'file') return argument.fsPath;
  const document = window.activeTextEditor?.document;
  if (document?.isUntitled) throw new UserError(l10n.t('Save the file first: it is compiled from disk.'));
  if (!document || languages.match(cFiles, document) === 0) throw new UserError(l10n.t('Open a C file to trace it.'));
  return document.uri.fsPath;
}

/** Brings the timeline to the front, but leaves the keyboard where it is. */
async function showTimeline(session: RunSession): Promise<void> {
  if (readSettings(Uri.file(session.sourcePath ?? session.logPath)).showOnTrace !== 'timeline') return;
  await commands.executeCommand('syscape.timeline.focus', { preserveFocus: true });
}

async function openInEditor(logPath: string | undefined): Promise<void> {
  if (logPath !== undefined)
    await commands.executeCommand('vscode.openWith', Uri.file(logPath), TraceEditorProvider.id);
}

function isRow(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && 'kind' in value && 'key' in value;
}
