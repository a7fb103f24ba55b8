/** What the buttons of errors do: an install command ready in a terminal, a section of the README. */

import { readFile } from 'node:fs/promises';
import { Uri, commands, l10n, window, workspace, type Terminal } from 'vscode';
import { installCommand } from './installCommand.js';

const shellStartMs = 2000;
const promptDelayMs = 500;

/** Types the command that installs a package into a terminal; the user presses Enter. */
export async function offerInstall(packageName: string): Promise<void> {
  const osRelease = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const terminal = window.createTerminal({ name: l10n.t('Install {0}', packageName) });
  terminal.show();
  await promptShown(terminal);
  terminal.sendText(installCommand(osRelease, packageName, process.getuid?.() === 0), false);
}

/**
 * What is typed before the prompt is there appears twice. Shells without integration get the time that a shell needs; those with it
 * print their prompt a moment after they say so.
 */
async function promptShown(terminal: Terminal): Promise<void> {
  await new Promise<void>(resolve => {
    const timer = setTimeout(finish, shellStartMs);
    const listener = window.onDidChangeTerminalShellIntegration(event => {
      if (event.terminal === terminal) setTimeout(finish, promptDelayMs);
    });
    function finish(): void {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    }
  });
}

/** Shows the README at an anchor. A packaged extension has its README in lower case. */
export async function openReadme(extensionUri: Uri, anchor: string): Promise<void> {
  for (const name of ['README.md', 'readme.md']) {
    const uri = Uri.joinPath(extensionUri, name);
    try {
      await workspace.fs.stat(uri);
    } catch {
      continue;
    }
    await commands.executeCommand('markdown.showPreview', uri.with({ fragment: anchor }));
    return;
  }
}
