/** Asks which program to trace, and with which arguments; remembers both for the workspace. */

import { dirname } from 'node:path';
import { QuickPickItemKind, Uri, l10n, window, workspace, type Memento, type QuickPickItem } from 'vscode';
import type { LaunchTarget } from './launchTarget.js';
import { joinArguments, splitArguments } from './splitArguments.js';

const recentKey = 'syscape.recentPrograms';
const keptPrograms = 10;

interface RecentProgram {
  program: string;
  args: string[];
}

/** undefined when the user thought better of it. */
export async function pickProgram(memory: Memento): Promise<LaunchTarget | undefined> {
  const recent = memory.get<RecentProgram[]>(recentKey, []);
  const program = await pickPath(recent);
  if (program === undefined) return undefined;
  const known = recent.find(entry => entry.program === program);
  const args = await askArguments(program, known?.args ?? []);
  if (!args) return undefined;
  const others = recent.filter(entry => entry.program !== program);
  await memory.update(recentKey, [{ program, args }, ...others].slice(0, keptPrograms));
  return { kind: 'program', program, args, cwd: workspace.workspaceFolders?.[0]?.uri.fsPath ?? dirname(program) };
}

async function pickPath(recent: readonly RecentProgram[]): Promise<string | undefined> {
  if (recent.length > 0) {
    const browse: QuickPickItem = { label: `$(folder-opened) ${l10n.t('Browse…')}` };
    const items = recent.map(({ program, args }) => ({
      label: workspace.asRelativePath(program),
      description: joinArguments(args),
      program,
    }));
    const separator: QuickPickItem = { label: '', kind: QuickPickItemKind.Separator };
    const picked = await window.showQuickPick([...items, separator, browse], {
      placeHolder: l10n.t('Program to trace'),
      matchOnDescription: true,
    });
    if (!picked) return undefined;
    if ('program' in picked && typeof picked.program === 'string') return picked.program;
  }
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const uris = await window.showOpenDialog({
    title: l10n.t('Program to trace'),
    openLabel: l10n.t('Trace'),
    defaultUri: folder ?? Uri.file(process.env['HOME'] ?? '/'),
  });
  return uris?.[0]?.fsPath;
}

async function askArguments(program: string, last: readonly string[]): Promise<string[] | undefined> {
  const line = await window.showInputBox({
    title: l10n.t('Arguments of {0}', workspace.asRelativePath(program)),
    prompt: l10n.t('Separated by blanks; quotes and backslashes as in a shell. Nothing is expanded.'),
    value: joinArguments(last),
    validateInput: value => {
      const split = splitArguments(value);
      if (!('error' in split)) return undefined;
      return split.error === 'unclosedQuote'
        ? l10n.t('A quote is not closed.')
        : l10n.t('The last backslash quotes nothing.');
    },
  });
  if (line === undefined) return undefined;
  const split = splitArguments(line);
  return 'error' in split ? undefined : split.args;
}
