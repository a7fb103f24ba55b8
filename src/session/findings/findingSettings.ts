/** What the settings say about findings, for a session's own folder. */

import { ConfigurationTarget, Uri, commands, l10n, window, workspace } from 'vscode';
import { severities, type FindingChoice, type Severity } from '../../trace/findings/finding.js';
import type { SettingId } from '../contributions.js';
import type { TraceSession } from '../session.js';
import { readSettings } from '../settings.js';

/** Section under which all of them are. */
export const findingSection = 'syscape.findings';
const severitySetting: SettingId = 'syscape.findings.severity';

export function findingChoice(session: TraceSession): Required<FindingChoice> {
  const { zombieMs, orphanMs, findingSeverity } = readSettings(scopeOf(session));
  const known = Object.entries(findingSeverity).filter(
    (entry): entry is [string, Severity | 'off'] => entry[1] === 'off' || severities.includes(entry[1] as Severity),
  );
  return { zombieMs, orphanMs, severities: Object.fromEntries(known) };
}

/** Switches a rule off in this workspace (for this user, in a window without one); the way back is offered. */
export async function switchOff(rule: string, session: TraceSession): Promise<void> {
  const configuration = workspace.getConfiguration(undefined, scopeOf(session));
  const target = workspace.workspaceFolders ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  const inspected = configuration.inspect<Record<string, string>>(severitySetting);
  const before = target === ConfigurationTarget.Workspace ? inspected?.workspaceValue : inspected?.globalValue;
  await configuration.update(severitySetting, { ...before, [rule]: 'off' }, target);
  const undo = l10n.t('Undo');
  const open = l10n.t('Open Settings');
  void window.showInformationMessage(l10n.t('“{0}” is no longer reported here.', rule), undo, open).then(chosen => {
    if (chosen === undo) void configuration.update(severitySetting, before, target);
    if (chosen === open) void commands.executeCommand('workbench.action.openSettings', severitySetting);
  });
}

/** What in the setting nobody understands, as sentences. `ids`: every rule there is. */
export function severityFaults(value: Readonly<Record<string, string>>, ids: readonly string[]): string[] {
  return Object.entries(value).flatMap(([rule, severity]) => {
    if (!ids.includes(rule)) return l10n.t('{0}: there is no rule “{1}”.', severitySetting, rule);
    if (severity === 'off' || severities.includes(severity as Severity)) return [];
    return l10n.t('{0}: “{1}” is not error, warning, info or off.', severitySetting, severity);
  });
}

function scopeOf(session: TraceSession): Uri {
  return Uri.file(session.sourcePath ?? session.logPath);
}
