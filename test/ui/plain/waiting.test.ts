/** What the views show while the program runs: waiting calls that grow, a zombie that nobody has reaped yet, the live edge. */

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from '../support/eventually.js';
import { inWindow } from '../support/inWindow.js';
import { startTrace } from '../support/traceRun.js';

/** A child that nobody reaps, and one that makes a call every 20 ms. */
const waiter = `
#include <stdio.h>
#include <unistd.h>
#include <sys/wait.h>
int main(void)
{
    pid_t zombie = fork();
    if (zombie == 0) _exit(5);
    pid_t busy = fork();
    if (busy == 0) for (;;) usleep(20000);
    pause();
}
`;

describe('a running trace', () => {
  const window = inWindow({
    openFile: 'waiter.c',
    prepare: folder => writeFileSync(path.join(folder, 'waiter.c'), waiter.trimStart()),
  });
  const timeline = () => window().timeline;
  const endOf = (text: string) => text.split(' to ')[1];
  let parent: number;

  it('says in the tree who waits where and who is a zombie', async () => {
    await window().processes.open();
    ({ pid: parent } = await startTrace(window(), () => window().editorAction('Trace Active C File').click()));
    const texts = await eventually(
      'the zombie, and the parent at rest',
      () => window().processes.texts(),
      rows => rows.some(row => /zombie/.test(row)) && /waiting/.test(rows[0] ?? ''),
    );
    assert.match(texts[0] ?? '', new RegExp(`^waiter ${parent} · waiting in pause`));
    assert.match(texts.find(row => /zombie/.test(row)) ?? '', /exited 5, zombie [\d.]+/);
    await window().screenshot('live');
  });

  it('says live, and follows the edge', async () => {
    assert.equal(await timeline().phase.innerText(), 'live');
    const first = await timeline().windowText();
    await eventually(
      'a later edge',
      () => timeline().windowText(),
      text => endOf(text) !== endOf(first),
    );
    assert.equal(await timeline().jumpToLive.isVisible(), false);
  });

  it('draws a call that has not returned, and how long it has waited', async () => {
    await timeline().findSlice(parent, /^pause\(\)\nhas not returned yet: [\d.]+\s(ms|s) so far/);
  });

  it('stays where the user moves it, and comes back with Jump to live', async () => {
    await timeline().focus();
    await window().page.keyboard.press('w');
    await window().page.keyboard.press('a');
    await timeline().jumpToLive.waitFor();
    // What the keys did is shown a moment later; from then on nothing moves, however the trace grows.
    let settled = '';
    await eventually(
      'rest',
      async () => {
        const before = await timeline().windowText();
        await window().page.waitForTimeout(1000);
        settled = await timeline().windowText();
        return settled === before;
      },
      atRest => atRest,
    );
    await window().page.waitForTimeout(1000);
    assert.equal(await timeline().windowText(), settled, 'moved by itself');
    await window().screenshot('live-moved-away');
    await timeline().jumpToLive.click();
    await eventually(
      'the live edge',
      () => timeline().windowText(),
      text => endOf(text) !== endOf(settled),
    );
    await timeline().jumpToLive.waitFor({ state: 'hidden' });
  });

  it('leaves nothing running when the window is closed', async () => {
    process.kill(parent, 0); // throws when it does not run any more
    assert.deepEqual(await window().close(), []);
    assert.throws(() => process.kill(parent, 0), { code: 'ESRCH' });
  });
});
