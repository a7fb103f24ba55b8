/** Snippets and their includes through VS Code's own interfaces: commands, code actions, documents. */

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { SyscapeApi } from '../../src/extension.js';

describe('snippets', () => {
  let api: SyscapeApi;

  before(async () => {
    const extension = vscode.extensions.getExtension<SyscapeApi>('syscape.syscape');
    assert.ok(extension);
    api = await extension.activate();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  const open = async (content: string, language = 'c'): Promise<vscode.TextDocument> => {
    const document = await vscode.workspace.openTextDocument({ content, language });
    await vscode.window.showTextDocument(document);
    return document;
  };
  const actions = async (document: vscode.TextDocument, line: number, kind: vscode.CodeActionKind) =>
    vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(line, 0, line, 0),
      kind.value,
    );

  it('are listed by topic', async () => {
    const rows = await api.snippetsOutline();
    assert.ok(rows.includes('Event loops'));
    assert.ok(rows.includes('  Edge-triggered read loop sys-epoll-et-read'));
  });

  it('open a new C file when there is none to insert into', async () => {
    await vscode.commands.executeCommand('syscape.insertSnippet', 'sys-nonblock');
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'c');
    assert.match(document?.getText() ?? '', /^#include <fcntl\.h>\n\n\/\* Returns 0[^]*set_nonblocking\(int fd\)/);
  });

  it('bring no includes along when the settings say so', async () => {
    const settings = vscode.workspace.getConfiguration('syscape');
    await settings.update('addIncludes', false, vscode.ConfigurationTarget.Global);
    try {
      const document = await open('');
      await vscode.commands.executeCommand('syscape.insertSnippet', 'sys-nonblock');
      assert.doesNotMatch(document.getText(), /#include/);
    } finally {
      await settings.update('addIncludes', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('are shown as a document that says what they answer', async () => {
    await vscode.commands.executeCommand('syscape.previewSnippet', 'sys-epoll-et-read');
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, 'syscape-snippet');
    assert.equal(document?.languageId, 'c');
    assert.match(document?.getText() ?? '', /et-not-drained[^]*#include <unistd\.h>[^]*static int drain\(/);
  });

  it('and all other code get their missing includes by a source action', async () => {
    const document = await open('#include <errno.h>\n\nint f(void)\n{\n\treturn kill(1, SIGTERM) + errno;\n}\n');
    const kind = vscode.CodeActionKind.Source.append('addMissingIncludes');
    const [action, ...others] = await actions(document, 0, kind);
    assert.ok(action?.edit && others.length === 0);
    await vscode.workspace.applyEdit(action.edit);
    assert.match(document.getText(), /^#include <errno\.h>\n#include <signal\.h>\n\nint f/);
    assert.deepEqual(await actions(document, 0, kind), []);
  });

  it('get a quick fix for what the compiler says is not declared, and for nothing that may be declared elsewhere', async () => {
    const document = await open('#include "own.h"\n\nint f(void)\n{\n\treturn pause();\n}\n');
    const titles = async () =>
      (await actions(document, 4, vscode.CodeActionKind.QuickFix))
        .map(({ title }) => title)
        .filter(title => title.startsWith('Add #'));
    const problems = vscode.languages.createDiagnosticCollection('test');
    try {
      const message = 'implicit declaration of function ‘pause’ [-Wimplicit-function-declaration]';
      problems.set(document.uri, [new vscode.Diagnostic(new vscode.Range(4, 8, 4, 13), message)]);
      const deadlineMs = Date.now() + 60_000;
      while ((await titles()).length === 0 && Date.now() < deadlineMs)
        await new Promise(resolve => setTimeout(resolve, 50));
      assert.deepEqual(await titles(), ['Add #include <unistd.h>']);
    } finally {
      problems.dispose();
    }
  });
});
