/** Findings while a program runs, inside a real VS Code: they come, go when they are disproved, and follow the settings at once. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { SyscapeApi } from '../../src/extension.js';

/** The parent opens a FIFO that nobody reads until `go` is there, and reaps the child only when `end` is there. */
const program = `#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void until(const char *file)
{
    while (access(file, F_OK) == -1)
        usleep(200 * 1000);
}

int main(void)
{
    if (mkfifo("fifo", 0600) == -1)
        return 1;
    if (fork() == 0) {
        until("go");
        return open("fifo", O_RDONLY | O_CLOEXEC) == -1;
    }
    int fd = open("fifo", O_WRONLY | O_CLOEXEC); /* waits */
    until("end");
    return fd == -1;
}
`;

describe('findings of a running program', () => {
  let api: SyscapeApi;
  let folder: string;
  let uri: vscode.Uri;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'syscape-live-findings-'));
    uri = vscode.Uri.file(path.join(folder, 'live.c'));
    writeFileSync(uri.fsPath, program);
    const extension = vscode.extensions.getExtension<SyscapeApi>('syscape.syscape');
    assert.ok(extension);
    api = await extension.activate();
  });
  after(async () => {
    await choose('zombieMs', undefined);
    await choose('severity', undefined);
    await api.sessions.active?.stop();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    rmSync(folder, { recursive: true, force: true });
  });

  const choose = (setting: string, value: unknown) =>
    vscode.workspace.getConfiguration('syscape.findings').update(setting, value, vscode.ConfigurationTarget.Global);
  const touch = (name: string) => writeFileSync(path.join(folder, name), '');
  const problems = () =>
    vscode.languages
      .getDiagnostics(uri)
      .map(({ code, severity, range }) => [
        typeof code === 'object' ? code.value : code,
        vscode.DiagnosticSeverity[severity],
        range.start.line + 1,
      ]);
  const until = async (what: string, holds: () => boolean): Promise<void> => {
    const deadlineMs = Date.now() + 60_000;
    while (!holds()) {
      if (Date.now() > deadlineMs)
        throw new Error(`Not within 60 s: ${what}; now: ${api.findingsOutline().join(' / ')}`);
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  };
  const tells = (text: string) => api.findingsOutline().some(line => line.includes(text));

  it('come with their line, and go when a later event disproves them', async () => {
    await vscode.commands.executeCommand('syscape.traceActiveFile', uri);
    await until('the FIFO waits', () => tells('FIFO opened by one side only'));
    assert.equal(api.sessions.active?.phase, 'live');
    touch('go');
    await until('the FIFO is open', () => !tells('FIFO'));
    assert.equal(api.sessions.active?.phase, 'live');
  });

  it('stand in Problems as gravely as the settings say, at once', async () => {
    await until('the zombie', () => problems().length > 0);
    assert.deepEqual(problems(), [['zombie', 'Warning', 16]]);
    await choose('severity', { zombie: 'error' });
    await until('an error', () => problems()[0]?.[1] === 'Error');
    await choose('zombieMs', 600_000);
    await until('no zombie', () => !tells('Zombie'));
    assert.deepEqual(problems(), []);
    await choose('zombieMs', undefined);
    await until('the zombie again', () => tells('Zombie'));
    await choose('severity', { zombie: 'off' });
    await until('a rule that is off', () => tells('1 rule is off'));
    assert.equal(api.sessions.active?.phase, 'live');
    await choose('severity', undefined);
  });

  it('offer their snippet, with its includes once', async () => {
    await until('the zombie', () => problems().length > 0);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const { range } = vscode.languages.getDiagnostics(uri)[0]!;
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      range,
    );
    const insert = actions.find(({ title }) => title.startsWith('Insert snippet'));
    assert.ok(insert?.edit, actions.map(({ title }) => title).join());
    assert.ok(await vscode.workspace.applyEdit(insert.edit));
    await until('the includes', () => document.getText().includes('#include <sys/wait.h>'));
    const lines = document.getText().split('\n');
    assert.equal(lines.filter(line => line === '#include <sys/wait.h>').length, 1);
    assert.equal(lines.filter(line => line === '#include <errno.h>').length, 1);
    const before = lines[lines.indexOf('int main(void)') - 2];
    assert.equal(before, '}', 'the function stands before main');
    // The line has moved, and is still known.
    const moved = lines.findIndex(line => line.includes('if (fork() == 0)')) + 1;
    await until('the line that moved', () => problems()[0]?.[2] === moved);
    touch('end');
    await until('the end', () => api.sessions.active?.phase === 'ended');
  });
});
