/** What can be done with a finding: see it in the timeline, on its line, read about it, and say that it is meant so. */

import { Position, Range, Uri, WorkspaceEdit, commands, l10n, window, workspace } from 'vscode';
import type { CommandId } from '../../session/contributions.js';
import type { FindingList } from '../../session/findings/findingList.js';
import { switchOff } from '../../session/findings/findingSettings.js';
import type { ShownFinding } from '../../session/findings/sessionFindings.js';
import type { Row } from '../../trace/api.js';
import type { SessionList, TraceSession } from '../../session/session.js';
import { showPlace } from '../editor/goToSource.js';
import { UserError } from '../../session/userError.js';
import type { FindingTreeNode } from './findingNodes.js';
import type { FindingsView, ShowFinding } from './findingsView.js';

export interface FindingCommandServices {
  extensionUri: Uri;
  sessions: SessionList;
  list: FindingList;
  view: FindingsView;
  show: ShowFinding;
  /** What is selected in the timeline. */
  selectedRow(session: TraceSession): Row | undefined;
  /** Finds the lines of events by running the program again, and opens that of `main`. */
  locate(session: TraceSession, rows: readonly Row[], main?: Row): Promise<void>;
}

type FindingCommand = Extract<
  CommandId,
  | 'syscape.showFinding'
  | 'syscape.openFindingLine'
  | 'syscape.locateInSource'
  | 'syscape.fixFinding'
  | 'syscape.explainFinding'
  | 'syscape.ignoreFinding'
  | 'syscape.switchOffRule'
>;

/** Each takes a row of the Findings view, or a finding's key (a rule's id where it is about the rule). */
export function findingCommands(
  services: FindingCommandServices,
): Record<FindingCommand, (argument: unknown) => Promise<void>> {
  const { sessions, list, view } = services;
  const chosen = (argument: unknown): { session: TraceSession; shown: ShownFinding } => {
    const session = sessions.active;
    const shown =
      typeof argument === 'string'
        ? list.of(session)?.find(argument)
        : isNode(argument)
          ? view.findingOf(argument)
          : undefined;
    if (!session || !shown) throw new UserError(l10n.t('That finding is not in the trace that is shown.'));
    return { session, shown };
  };
  return {
    'syscape.showFinding': async argument => {
      const { session, shown } = chosen(argument);
      await services.show(session, shown.key, undefined);
    },
    'syscape.openFindingLine': async argument => {
      const { main, line } = chosen(argument).shown;
      if (!main?.place) throw new UserError(l10n.t('The line of this finding is not known.'));
      const { path, tracedLine, changed } = main.place;
      await showPlace({ path, line: line === undefined ? tracedLine : line + 1, changed });
    },
    'syscape.fixFinding': async argument => {
      const { main, line } = chosen(argument).shown;
      if (!main?.place || line === undefined) throw lineUnknown();
      await showPlace({ path: main.place.path, line: line + 1, changed: false });
      await commands.executeCommand('editor.action.quickFix');
    },
    'syscape.locateInSource': async argument => {
      const { active } = sessions;
      const row = active && services.selectedRow(active);
      if (argument === undefined && active && row !== undefined) return services.locate(active, [row]);
      if (argument === undefined) throw new UserError(l10n.t('Select an event in the timeline first.'));
      const { session, shown } = chosen(argument);
      const step = isNode(argument) && argument.kind === 'evidence' ? shown.steps[argument.step] : shown.main;
      await services.locate(
        session,
        shown.steps.map(each => each.row),
        step?.row,
      );
    },
    'syscape.explainFinding': async argument => {
      const page = Uri.joinPath(services.extensionUri, 'docs', 'findings', `${ruleOf(argument)}.md`);
      await commands.executeCommand('markdown.showPreview', page);
    },
    'syscape.ignoreFinding': async argument => ignoreHere(chosen(argument).shown),
    'syscape.switchOffRule': async argument => {
      if (sessions.active) await switchOff(ruleOf(argument), sessions.active);
    },
  };
}

function lineUnknown(): UserError {
  return new UserError(l10n.t('The line of this finding is not known, or it was edited since.'));
}

/** A comment above the line, indented as the line is. */
async function ignoreHere({ main, line, finding }: ShownFinding): Promise<void> {
  if (!main?.place || line === undefined) throw lineUnknown();
  const document = await workspace.openTextDocument(Uri.file(main.place.path));
  const indent = /^\s*/.exec(document.lineAt(line).text)?.[0] ?? '';
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, new Position(line, 0), `${indent}// syscape-ignore: ${finding.rule}\n`);
  await workspace.applyEdit(edit);
  await window.showTextDocument(document, { selection: new Range(line, indent.length, line, indent.length) });
}

/** Only names of rules become names of files. */
function ruleOf(argument: unknown): string {
  const rule = isNode(argument) && 'rule' in argument ? argument.rule : argument;
  if (typeof rule !== 'string' || !/^[a-z][a-z0-9-]*$/.test(rule))
    throw new UserError(l10n.t('There is no such rule.'));
  return rule;
}

function isNode(value: unknown): value is FindingTreeNode {
  return typeof value === 'object' && value !== null && 'kind' in value && 'key' in value;
}
