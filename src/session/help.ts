/** What the buttons of errors do: an install command ready in a terminal, a section of the README. */

import { readFile } from 'node:fs/promises';
import { Uri, commands, l10n, window, workspace } from 'vscode';
import { installCommand } from './installCommand.js';

/** Types the command that installs a package into a terminal; the user presses Enter. */
export async function offerInstall(packageName: string): Promise<void> {
  const osRelease = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const terminal = window.createTerminal({ name: l10n.t('Install {0}', packageName) });
  terminal.show();
  terminal.sendText(installCommand(osRelease, packageName, process.getuid?.() === 0), false);
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
