/** The extension as VS Code sees it: loaded from the manifest, active when a C file is looked at. */

import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const extensionId = 'syscape.syscape';

describe('the extension', () => {
  it('is found under its id', () => {
    assert.ok(vscode.extensions.getExtension(extensionId), `no extension ${extensionId} among the loaded ones`);
  });

  it('contributes every command of its manifest once it is active', async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    await extension?.activate();
    const known = new Set(await vscode.commands.getCommands(true));
    const declared: { command: string }[] = extension?.packageJSON.contributes.commands;
    assert.deepEqual(
      declared.map(({ command }) => command).filter(command => !known.has(command)),
      [],
    );
  });
});
