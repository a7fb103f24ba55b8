/** A saved log of very many processes. */

import assert from 'node:assert/strict';
import path from 'node:path';
import { eventually } from '../support/eventually.js';
import { forkBombLog } from '../support/forkBombLog.js';
import { inWindow } from '../support/inWindow.js';

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
