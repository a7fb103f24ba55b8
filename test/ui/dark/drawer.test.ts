/** The drawer's tabs about the kernel's state, in a real window over a program that was just traced: each is looked at as a picture. */

import assert from 'node:assert/strict';
import { inWindow } from '../support/inWindow.js';
import { dark } from '../support/darkWindow.js';
import { eventually } from '../support/eventually.js';
import { traceToEnd } from '../support/traceRun.js';

describe('the drawer of a traced server', () => {
  const window = inWindow({ openFile: 'herd-bad.c', settings: dark });
  const timeline = () => window().timeline;

  /** Opens a tab and waits for its text. */
  async function tab(name: string, panel: string, text: RegExp): Promise<string> {
    await timeline().frame.getByRole('tab', { name, exact: true }).click();
    const shown = await eventually(
      `${name}: ${text}`,
      () => timeline().frame.locator(`#panel-${panel}`).innerText(),
      found => text.test(found),
    );
    await window().screenshot(`drawer-${panel}`);
    return shown;
  }

  before(async () => {
    await traceToEnd(window(), () => window().editorAction('Trace Active C File').click());
    await window().runCommand('View: Toggle Maximized Panel');
    const lanes = await eventually(
      'the workers',
      () => timeline().lanes(),
      found => found.length === 5,
    );
    await timeline()
      .frame.locator('.lane-row:not([hidden])')
      .nth(lanes.length - 1)
      .click();
    // A moment at which everybody waits.
    const axis = timeline().frame.locator('.axis-canvas');
    const box = await axis.boundingBox();
    assert.ok(box);
    await axis.click({ position: { x: box.width * 0.6, y: 8 } });
  });

  it('says who a worker is, how it spent its time, and what ended it', async () => {
    const shown = await tab('Process', 'process', /Identity/);
    assert.match(shown, /Blocked on/);
    assert.match(shown, /SIGTERM/);
    assert.match(shown, /measured with a known loop/);
  });

  it('lists what it has open, with how each is waited for', async () => {
    assert.match(await tab('Descriptors', 'descriptors', /eventpoll/), /multiplexed/);
  });

  it('lists the sockets of all processes', async () => {
    assert.match(await tab('Channels', 'channels', /Sockets/), /listening/);
  });

  it('shows who was woken, who won, and who waits now', async () => {
    const shown = await tab('Waiting & locks', 'waiting', /Workers on/);
    assert.match(shown, /Who waits/);
    assert.match(shown, /(epoll_wait|accept4|clock_nanosleep)\s+for /);
  });

  it('sums the time of each process beside the calls', async () => {
    assert.match(await tab('Summary', 'summary', /Time by process/), /I\/O-bound|waits for others|mixed/);
  });

  it('maps its memory', async () => {
    assert.match(await tab('Memory', 'memory', /mappings of/), /libc/);
  });
});
