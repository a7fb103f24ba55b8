/** Saved logs: opened from the explorer, in a workspace that is not trusted. */

import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { eventually } from './support/eventually.js';
import { inWindow } from './support/inWindow.js';
import { root } from './support/workbench.js';

describe('a saved trace', () => {
  const window = inWindow({
    workspaceTrust: true,
    settings: { 'security.workspace.trust.startupPrompt': 'never' },
    prepare: folder =>
      cpSync(path.join(root, 'test', 'golden', 'fork-wait', 'trace.strace'), path.join(folder, 'a-saved.strace')),
  });

  it('opens as a timeline when it is clicked in the explorer, in an untrusted workspace too', async () => {
    await window().openLog('a-saved.strace');
    await window().timeline.waitForEnd();
    const lanes = await eventually(
      'all lanes',
      () => window().timeline.lanes(),
      found => found.length === 3,
    );
    assert.deepEqual(
      lanes.map(({ state }) => state),
      ['exited 7', 'exited 3, reaped by 31511', 'exited 0, reaped by 31511'],
    );
    await window().screenshot('saved-trace');
  });

  it('fills the process tree too', async () => {
    await window().processes.open();
    const texts = await eventually(
      'the tree',
      () => window().processes.texts(),
      rows => rows.length === 3,
    );
    assert.equal(texts[1], 'program 31512 · exited 3, reaped by 31511');
  });

  it('is all that works there: nothing is compiled or run', async () => {
    await window().openFile('hello.c');
    assert.equal(await window().editorAction('Trace Active C File').getAttribute('aria-disabled'), 'true');
    await window().screenshot('untrusted');
  });
});
