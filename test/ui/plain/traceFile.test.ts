/** Open a C file, press one button, see tree and timeline. Every way to press it, and what the views then answer. */

import assert from 'node:assert/strict';
import { inWindow } from '../support/inWindow.js';
import { eventually } from '../support/eventually.js';
import { traceToEnd } from '../support/traceRun.js';

describe('a traced C file', () => {
  const window = inWindow({ openFile: 'fork-wait.c' });
  let parent: number;
  let child: number;

  it('is traced from the button in the editor title', async () => {
    const lane = await traceToEnd(window(), () => window().editorAction('Trace Active C File').click());
    assert.equal(lane.name, 'fork-wait');
    assert.match(lane.state, /^exited 0/);
    parent = lane.pid;
  });

  it('fills the process tree: who forked whom, how each ended, who reaped it', async () => {
    await window().processes.open();
    const texts = await eventually(
      'both processes',
      () => window().processes.texts(),
      found => found.length === 2 && /exited/.test(found[0] ?? '') && /reaped/.test(found[1] ?? ''),
    );
    assert.equal(texts[0], `fork-wait ${parent} · exited 0`);
    assert.match(
      texts[1] ?? '',
      new RegExp(`^fork-wait \\d+ · exited 7, reaped by ${parent}( after .* as a zombie)?$`),
    );
    child = Number(/\d+/.exec(texts[1] ?? '')?.[0]);
    await window().screenshot('traced-from-editor-title');
  });

  it('has a lane for each process on the timeline, the child below its parent', async () => {
    const lanes = await window().timeline.lanes();
    assert.deepEqual(
      lanes.map(({ pid }) => pid),
      [parent, child],
    );
  });

  it('tells everything about a call that is clicked: arguments, result in words, the raw line', async () => {
    const details = await window().timeline.select(parent, /^wait4\(/);
    assert.match(details['Call'] ?? '', new RegExp(`^wait4\\(.*${child}.*WEXITSTATUS\\(s\\) == 7.*= ${child}`));
    const raw = Object.entries(details).find(([label]) => label.startsWith('Log line'));
    assert.match(raw?.[1] ?? '', /wait4\(/);
    assert.match(Object.values(details).join('\n'), new RegExp(`${child} exited 7|child ${child}`));
    await window().screenshot('details-of-a-call');
  });

  it('selects the lane of a row that is clicked in the tree', async () => {
    await window().processes.row(String(child)).click();
    await window().timeline.waitForLane(lane => lane.pid === child && lane.selected);
  });

  it('is traced from the code lens above main', async () => {
    // Code lenses are there for the part of the file that is on the screen.
    await window().page.locator('.editor-instance .view-lines').click();
    await window().page.keyboard.press('Control+Home');
    const lens = window().page.locator('.codelens-decoration a', { hasText: 'Trace syscalls' });
    await lens.waitFor();
    const lane = await traceToEnd(window(), () => lens.click());
    assert.equal(lane.name, 'fork-wait');
  });

  it('is traced from the command palette', async () => {
    const lane = await traceToEnd(window(), () => window().runCommand('Syscape: Trace Active C File'));
    assert.equal(lane.name, 'fork-wait');
  });

  it('is traced again by the command of that name', async () => {
    const lane = await traceToEnd(window(), () => window().runCommand('Syscape: Trace Again'));
    assert.equal(lane.name, 'fork-wait');
    await window().statusSays('fork-wait exited with 0');
  });

  it('is traced from the context menu of the explorer, without being open', async () => {
    await window().page.keyboard.press('Control+Shift+E');
    const lane = await traceToEnd(window(), () =>
      window().chooseFromMenu(window().explorerItem('hello.c'), 'Trace C File'),
    );
    assert.equal(lane.name, 'hello');
  });
});
