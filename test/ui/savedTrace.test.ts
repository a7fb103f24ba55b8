/** Saved logs: opened from the explorer, in a workspace that is not trusted, and big ones. */

import assert from 'node:assert/strict';
import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from './support/eventually.js';
import { forkBombLog } from './support/forkBombLog.js';
import { inWindow } from './support/inWindow.js';
import { startTrace } from './support/traceRun.js';
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

describe('a saved trace of 12 000 processes', () => {
  const processes = 12_000;
  const window = inWindow({ prepare: folder => forkBombLog(path.join(folder, 'a-bomb.strace'), processes) });

  it('opens, with few elements for many lanes', async () => {
    await window().openLog('a-bomb.strace');
    await window().timeline.waitForEnd();
    const lanes = await eventually(
      'lanes',
      () => window().timeline.lanes(),
      found => found.length > 5,
    );
    assert.ok(lanes.length < 100, `${lanes.length} rows`);
    await window().screenshot('fork-bomb-saved');
  });

  it('groups the children in the tree', async () => {
    await window().processes.open();
    await window().processes.rows.first().locator('.monaco-tl-twistie').click();
    const rows = await eventually(
      'groups',
      () => window().processes.texts(),
      texts => texts.length > 1,
    );
    assert.ok(rows.length < 300, `${rows.length} rows`);
    assert.match(rows.join('\n'), /processes/);
    await window().screenshot('fork-bomb-tree');
  });

  it('answers keys and the wheel', async () => {
    const { timeline, page } = window();
    const whole = await timeline.windowText();
    await timeline.focus();
    await page.keyboard.press('w');
    await eventually(
      'a zoom',
      () => timeline.windowText(),
      text => text !== whole,
    );
    const first = (await timeline.lanes())[0]?.pid;
    const box = await timeline.canvas.boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + 300, box.y + 50);
    await page.mouse.wheel(0, 100_000);
    await eventually(
      'other lanes',
      () => timeline.lanes(),
      lanes => lanes[0] !== undefined && lanes[0].pid !== first,
    );
    await window().screenshot('fork-bomb-scrolled');
  });
});

describe('a running program that makes 2 000 processes', () => {
  const bomb = `
#include <sys/wait.h>
#include <unistd.h>
int main(void)
{
    for (int i = 0; i < 2000; i++)
        if (fork() == 0) _exit(0);
    while (wait(NULL) > 0) {}
    pause();
}
`;
  const window = inWindow({
    openFile: 'bomb.c',
    settings: { 'syscape.sourceLines': 'off' }, // two thousand stacks of two thousand processes
    prepare: folder => writeFileSync(path.join(folder, 'bomb.c'), bomb.trimStart()),
  });

  it('is shown while it runs, and stops when it is told to', async () => {
    await window().processes.open();
    await startTrace(window(), () => window().editorAction('Trace Active C File').click());
    await eventually(
      'the end of its work',
      () => window().timeline.lanes(),
      lanes => /pause/.test(lanes[0]?.state ?? ''),
      60_000,
    );
    await window().screenshot('fork-bomb-live');
    await window().runCommand('Syscape: Stop');
    await window().timeline.waitForEnd();
    assert.match((await window().timeline.lanes())[0]?.state ?? '', /^killed by SIGTERM/);
  });
});
