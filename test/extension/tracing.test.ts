/** Runs, saved traces and the process tree through the extension's own API, inside a real VS Code. */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { SyscapeApi } from '../../src/extension.js';
import type { TraceSession } from '../../src/session/session.js';

describe('tracing', () => {
  let api: SyscapeApi;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'syscape-tracing-'));
    const extension = vscode.extensions.getExtension<SyscapeApi>('syscape.syscape');
    assert.ok(extension);
    api = await extension.activate();
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(folder, { recursive: true, force: true });
  });

  const source = (name: string, text: string): vscode.Uri => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return vscode.Uri.file(file);
  };
  /** Polls, because what is waited for is told by several events. */
  const until = async <T>(
    what: string,
    look: () => T | undefined | false | Promise<T | undefined | false>,
  ): Promise<T> => {
    const deadlineMs = Date.now() + 60_000;
    for (;;) {
      const seen = await look();
      if (seen !== undefined && seen !== false) return seen;
      if (Date.now() > deadlineMs) throw new Error(`Not within 60 s: ${what}`);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  };
  const trace = async (uri: vscode.Uri): Promise<TraceSession> => {
    const before = api.sessions.active;
    await vscode.commands.executeCommand('syscape.traceActiveFile', uri);
    const session = api.sessions.active;
    assert.ok(session && session !== before, 'no new session');
    return session;
  };
  const ended = (session: TraceSession) => until(`${session.title} ends`, () => session.phase === 'ended');
  const waits = (session: TraceSession, syscall: string) =>
    until(`${session.title} waits in ${syscall}`, async () => {
      const page = await session.trace?.processes({ parent: null, offset: 0, limit: 1 });
      const main = page?.processes[0];
      return main?.state.kind === 'waiting' && main.state.syscall === syscall ? main : undefined;
    });
  const isAlive = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  it('goes from a C file to its processes, and tells the exit code', async () => {
    const uri = source(
      'family.c',
      '#include <sys/wait.h>\n#include <unistd.h>\nint main(void) { int s; if (fork() == 0) _exit(7); wait(&s); return WEXITSTATUS(s) + 1; }\n',
    );
    const session = await trace(uri);
    assert.deepEqual([session.title, session.saved, session.sourcePath], ['family', false, uri.fsPath]);
    await ended(session);
    assert.deepEqual(session.exit, { code: 8 });
    assert.equal(session.notice, undefined);
    assert.equal(session.trace?.latest.complete, true);
    const [parent, child, ...others] = await api.processOutline();
    assert.match(parent ?? '', /^family \d+ · exited 8/);
    assert.match(child ?? '', /^ {2}family \d+ · exited 7, reaped by \d+/);
    assert.deepEqual(others, []);
  });

  it('leaves nothing in the folder of the source', async () => {
    assert.deepEqual(
      (await readdir(folder)).filter(name => !name.endsWith('.c')),
      [],
    );
  });

  it('repeats the last run as a session of its own', async () => {
    const first = api.sessions.active;
    await vscode.commands.executeCommand('syscape.traceAgain');
    const second = api.sessions.active;
    assert.ok(second && second !== first);
    assert.equal(second.title, 'family');
    assert.notEqual(second.logPath, first?.logPath);
    await ended(second);
    assert.deepEqual(second.exit, { code: 8 });
  });

  it('records the lines of a C file, and goes without them once somebody says so', async () => {
    const uri = source('lines.c', '#include <unistd.h>\nint main(void) { return close(-1) + 1; }\n');
    const withLines = await trace(uri);
    await ended(withLines);
    assert.notEqual(withLines.stackBackend, undefined);
    assert.equal(withLines.notice, undefined);
    await vscode.commands.executeCommand('syscape.traceAgainWithoutSourceLines');
    await ended(api.sessions.active!);
    const after = await trace(uri);
    await ended(after);
    assert.equal(after.stackBackend, undefined);
  });

  it('says what lines cost when that hurts, and leaves them out the next time', async () => {
    const uri = source(
      'many.c',
      '#include <unistd.h>\nint main(void) { for (int i = 0; i < 5000; i++) close(-1); return 0; }\n',
    );
    const session = await trace(uri);
    await ended(session);
    assert.match(session.notice ?? '', /Recording source lines slowed this program by roughly [\d.]+ s/);
    const next = await trace(uri);
    await ended(next);
    assert.deepEqual([next.stackBackend, next.notice], [undefined, undefined]);
  });

  it('puts compiler errors on their line and column in Problems, and starts nothing', async () => {
    const shownBefore = api.sessions.active;
    const uri = source('broken.c', 'int main(void) {\n\treturn "é", nowhere;\n}\n');
    await vscode.commands.executeCommand('syscape.traceActiveFile', uri);
    const problems = await until('problems', () => {
      const found = vscode.languages.getDiagnostics(uri).filter(({ source: from }) => from === 'Syscape');
      return found.length > 0 && found;
    });
    const error = problems.find(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
    assert.match(error?.message ?? '', /nowhere/);
    assert.deepEqual(error?.range, new vscode.Range(1, 13, 1, 20));
    await until('the view goes back', () => api.sessions.active === shownBefore);
  });

  it('clears the problems when they are gone, and does not stop for warnings', async () => {
    const uri = source('broken.c', 'int main(void) { int unused; return 0; }\n');
    const session = await trace(uri);
    await ended(session);
    const severities = vscode.languages.getDiagnostics(uri).map(({ severity }) => severity);
    assert.deepEqual(severities, [vscode.DiagnosticSeverity.Warning]);
  });

  it('saves the file first', async () => {
    const uri = source('edited.c', 'int main(void) { return 1; }\n');
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit(edit => edit.replace(new vscode.Range(0, 24, 0, 25), '5'));
    assert.ok(document.isDirty);
    const session = await trace(uri);
    await ended(session);
    assert.deepEqual(session.exit, { code: 5 });
  });

  it('tells a death by signal', async () => {
    const session = await trace(source('crash.c', '#include <signal.h>\nint main(void) { raise(SIGSEGV); }\n'));
    await ended(session);
    assert.deepEqual(session.exit, { signal: 'SIGSEGV' });
    assert.match((await api.processOutline()).join(), /killed by SIGSEGV/);
  });

  const deaf =
    '#include <signal.h>\n#include <unistd.h>\nint main(void) { signal(SIGTERM, SIG_IGN); signal(SIGHUP, SIG_IGN); for (;;) pause(); }\n';

  it('shows what a live program waits in, and Stop ends it', async () => {
    const session = await trace(source('deaf.c', deaf));
    const { pid } = await waits(session, 'pause');
    assert.equal(session.phase, 'live');
    assert.match((await api.processOutline()).join(), new RegExp(`^deaf ${pid} · waiting in pause`));
    await vscode.workspace.getConfiguration('syscape').update('stopGraceMs', 200, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('syscape.stop');
    await ended(session);
    assert.deepEqual(session.exit, { signal: 'SIGKILL' });
    assert.ok(!isAlive(pid));
  });

  it('ends the program when its terminal is closed', async () => {
    const session = await trace(source('deaf.c', deaf));
    const { pid } = await waits(session, 'pause');
    const terminal = await until('its terminal', async () => {
      for (const each of vscode.window.terminals) if (each.name.includes('deaf') && !each.exitStatus) return each;
      return undefined;
    });
    terminal.dispose();
    await ended(session);
    assert.ok(!isAlive(pid));
  });

  it('ends a program before it is traced again', async () => {
    const first = await trace(source('deaf.c', deaf));
    const { pid } = await waits(first, 'pause');
    await vscode.commands.executeCommand('syscape.traceAgain');
    assert.equal(first.phase, 'ended');
    assert.ok(!isAlive(pid));
    const second = api.sessions.active;
    assert.ok(second && second !== first);
    await waits(second, 'pause');
    await second.stop();
    assert.equal(second.phase, 'ended');
  });

  it('traces two programs at a time, each in a terminal of its own', async () => {
    const first = await trace(source('deaf.c', deaf));
    await waits(first, 'pause');
    const second = await trace(source('deaf.c', deaf));
    await waits(second, 'pause');
    assert.equal(first.phase, 'live');
    await Promise.all([first.stop(), second.stop()]);
    assert.deepEqual([first.phase, second.phase], ['ended', 'ended']);
  });

  it('says of a strace that dies that it did, and ends the program', async () => {
    const session = await trace(source('deaf.c', deaf));
    const { pid } = await waits(session, 'pause');
    const tracer = Number(/^TracerPid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
    process.kill(tracer, 'SIGKILL');
    await ended(session);
    assert.match(session.notice ?? '', /strace ended before the program/);
    await until('the program is gone', () => !isAlive(pid));
  });

  it('shows a saved log in the editor and in the tree, and forgets it with its editor', async () => {
    const log = source('old.strace', savedLog(3));
    await vscode.commands.executeCommand('vscode.open', log);
    const session = await until('the saved session', () =>
      api.sessions.sessions.find(each => each.logPath === log.fsPath),
    );
    await ended(session);
    assert.equal(session.saved, true);
    assert.equal(api.sessions.active, session);
    assert.equal((await api.processOutline()).length, 4);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await until('it is forgotten', () => !api.sessions.sessions.includes(session));
  });

  it('keeps a tree of 12 000 processes short', async () => {
    const log = source('bomb.strace', savedLog(12_000));
    await vscode.commands.executeCommand('vscode.open', log);
    const session = await until('the saved session', () =>
      api.sessions.sessions.find(each => each.logPath === log.fsPath),
    );
    await ended(session);
    assert.equal(session.trace?.latest.processes, 12_001);
    const outline = await api.processOutline();
    assert.match(outline[1] ?? '', /^ {2}bomb 12\s?000 processes$/);
    const ranges = outline.filter(line => line.startsWith('    ') && !line.startsWith('     '));
    assert.equal(ranges.length, 60);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });
});

/** A parent that forks `children` children, which exit, and reaps them all. */
function savedLog(children: number): string {
  let timeUs = 1_700_000_000_000_000;
  const lines: string[] = [];
  const log = (pid: number, text: string): void => {
    timeUs += 10;
    lines.push(`${pid} ${(timeUs / 1e6).toFixed(6)} ${text}\n`);
  };
  log(100, 'execve("/bin/bomb", ["bomb"], 0x7ffe /* 3 vars */) = 0 <0.000100>');
  for (let pid = 101; pid <= 100 + children; pid++) log(100, `fork() = ${pid} <0.000005>`);
  for (let pid = 101; pid <= 100 + children; pid++) log(pid, '+++ exited with 0 +++');
  for (let pid = 101; pid <= 100 + children; pid++) {
    log(100, `wait4(-1, [{WIFEXITED(s) && WEXITSTATUS(s) == 0}], 0, NULL) = ${pid} <0.000005>`);
  }
  log(100, '+++ exited with 0 +++');
  return lines.join('');
}
