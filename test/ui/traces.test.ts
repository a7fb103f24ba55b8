/** The Traces view: this window's traces and those on disk, shown, named and deleted. */

import assert from 'node:assert/strict';
import { eventually } from './support/eventually.js';
import { inWindow } from './support/inWindow.js';
import { traceToEnd } from './support/traceRun.js';

describe('the traces that were recorded', () => {
  const window = inWindow({ openFile: 'hello.c' });
  const view = () => window().processes.viewBeside('Traces');
  const rows = () => view().locator('.monaco-list-row');
  const texts = () => rows().allInnerTexts();

  it('are listed, the newest first, with how they ended', async () => {
    await window().processes.open();
    await traceToEnd(window(), () => window().editorAction('Trace Active C File').click());
    await window().openFile('fork.c');
    await traceToEnd(window(), () => window().editorAction('Trace Active C File').click());
    await view().locator('.pane-header').click();
    const listed = await eventually('two traces', texts, found => found.length === 2 && !/running/.test(found.join()));
    assert.match(listed[0]!, /^fork.*exited 0/s);
    assert.match(listed[1]!, /^hello.*exited 0/s);
  });

  it('are shown by a click', async () => {
    const before = (await window().timeline.lanes())[0]?.pid;
    await rows().filter({ hasText: 'hello' }).click();
    await eventually(
      'the other trace',
      async () => (await window().timeline.lanes())[0]?.pid,
      pid => pid !== undefined && pid !== before,
    );
  });

  it('take a name, by key', async () => {
    await rows().filter({ hasText: 'hello' }).click();
    await window().page.keyboard.press('F2');
    await window().quickInput.fill('before the fix');
    await window().page.keyboard.press('Enter');
    await rows().filter({ hasText: 'before the fix' }).waitFor();
    await window().screenshot('traces');
  });

  it('are deleted once that is confirmed', async () => {
    await window().chooseFromMenu(rows().filter({ hasText: 'fork' }), 'Delete Trace');
    const dialog = window().page.locator('.monaco-dialog-box');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    const left = await eventually('one trace less', texts, found => found.length === 1);
    assert.match(left[0]!, /before the fix/);
  });
});
