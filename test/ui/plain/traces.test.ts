/** The Traces view: this window's traces and those on disk, shown, named, exported and deleted. */

import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syntheticLog } from '../../../scripts/bench/syntheticLog.mjs';
import { eventually } from '../support/eventually.js';
import { inWindow } from '../support/inWindow.js';
import { traceToEnd } from '../support/traceRun.js';

describe('the traces that were recorded', () => {
  const window = inWindow({ openFile: 'hello.c' });
  const view = () => window().processes.viewBeside('Traces');
  const rows = () => view().locator('.monaco-list-row');
  /** The newest of that name. */
  const row = (name: string) => rows().filter({ hasText: name }).first();
  const texts = () => rows().allInnerTexts();

  it('are listed, the newest first, with how they ended', async () => {
    await window().processes.open();
    await view().locator('.pane-header').click();
    await traceToEnd(window(), () => window().editorAction('Trace Active C File').click());
    await window().openFile('fork.c');
    await traceToEnd(window(), () => window().editorAction('Trace Active C File').click());
    await eventually(
      'both traces',
      texts,
      ([fork = '', hello = '']) => /^fork(?!-).*exited 0/s.test(fork) && /^hello.*exited 0/s.test(hello),
    );
  });

  it('are shown by a click', async () => {
    const before = (await window().timeline.lanes())[0]?.pid;
    await row('hello').click();
    await eventually(
      'the other trace',
      async () => (await window().timeline.lanes())[0]?.pid,
      pid => pid !== undefined && pid !== before,
    );
  });

  it('take a name, by key', async () => {
    await row('hello').click();
    await window().page.keyboard.press('F2');
    await window().quickInput.fill('before the fix');
    await window().page.keyboard.press('Enter');
    await rows().filter({ hasText: 'before the fix' }).waitFor();
    await window().screenshot('traces');
  });

  it('are exported for other tools', async () => {
    const path = join(window().folder, 'exported.json');
    await window().chooseFromMenu(row('before the fix'), 'Export Trace…');
    await window().quickInput.fill('Perfetto');
    await window().screenshot('traces-export');
    await window().page.keyboard.press('Enter');
    await eventually(
      'the question for a file',
      () => window().quickInput.inputValue(),
      value => value.endsWith('before-the-fix.json'),
    );
    await window().quickInput.fill(path);
    await window().page.keyboard.press('Enter');
    const text = await eventually('the exported trace', () => readFile(path, 'utf8').catch(() => ''), Boolean);
    const { traceEvents } = JSON.parse(text) as { traceEvents: { name: string }[] };
    assert.ok(traceEvents.some(({ name }) => name === 'write'));
  });

  it('say how far a long export is, and stop it when told to', async () => {
    const runFolder = dirname(window().folder);
    const logs = readdirSync(runFolder, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.strace') && name.includes('hello'))
      .map(name => join(runFolder, name));
    // The window has others of that name, from before.
    const newest = logs.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
    assert.ok(newest);
    for (const piece of syntheticLog({ events: 300_000, threads: 8 })) appendFileSync(newest, piece);

    const path = join(window().folder, 'stopped.jsonl');
    await window().chooseFromMenu(row('before the fix'), 'Export Trace…');
    await window().quickInput.fill('JSON lines');
    await window().page.keyboard.press('Enter');
    await eventually(
      'the question for a file',
      () => window().quickInput.inputValue(),
      value => value.endsWith('.jsonl'),
    );
    await window().quickInput.fill(path);
    await window().page.keyboard.press('Enter');
    const progress = window().notifications.filter({ hasText: /[1-9]\d+ of 300\d+ events/ });
    await progress.waitFor();
    await window().screenshot('traces-export-progress');
    await progress.getByRole('button', { name: 'Cancel' }).click();
    await progress.waitFor({ state: 'detached' });
    const left = () => readdirSync(window().folder).filter(name => name.startsWith('stopped'));
    await eventually(
      'nothing left of it',
      () => Promise.resolve(left()),
      names => names.length === 0,
    );
  });

  it('are deleted once that is confirmed', async () => {
    await window().chooseFromMenu(row('fork'), 'Delete Trace');
    const dialog = window().page.locator('.monaco-dialog-box');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await eventually('one trace less', texts, ([newest = '']) => newest.startsWith('before the fix'));
  });
});
