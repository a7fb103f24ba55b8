/** The timeline's own ways: zoom, pan, hover, keys, filter, drawer. */

import assert from 'node:assert/strict';
import { inWindow } from '../support/inWindow.js';
import { eventually } from '../support/eventually.js';
import { traceToEnd } from '../support/traceRun.js';

describe('the timeline of an ended trace', () => {
  const window = inWindow({ openFile: 'first-look.c' });
  const timeline = () => window().timeline;
  let pid: number;
  let whole: string;

  const changed = (from: string) =>
    eventually(
      'another window',
      () => timeline().windowText(),
      text => text !== from,
    );
  const press = async (key: string) => {
    await timeline().focus();
    await window().page.keyboard.press(key);
  };

  before(async () => {
    await window().processes.open();
    ({ pid } = await traceToEnd(window(), () => window().editorAction('Trace Active C File').click()));
    await window().runCommand('View: Toggle Maximized Panel');
    await eventually(
      'all lanes',
      () => timeline().lanes(),
      lanes => lanes.length === 5,
    );
    whole = await timeline().windowText();
  });

  it('shows threads, children and their ends in tree order', async () => {
    const lanes = await timeline().lanes();
    assert.deepEqual(
      lanes.map(({ name }) => name),
      ['first-look', 'thread', 'sort', 'first-look', 'first-look'],
    );
    assert.match(lanes[3]?.state ?? '', /^killed by SIGTERM, zombie .*, reaped by/);
    await window().screenshot('timeline-whole');
  });

  it('names a slice and its duration under the pointer', async () => {
    await timeline().findSlice(pid, /^read\(/);
    assert.match(await timeline().tooltip.innerText(), /(took|waited) [\d.]+\s(µs|ms)/);
    await window().screenshot('timeline-hover');
  });

  it('zooms with W and S, pans with A and D, and fits with F', async () => {
    await press('w');
    const zoomed = await changed(whole);
    await press('d');
    const panned = await changed(zoomed);
    await press('f');
    await eventually(
      'the whole trace',
      () => timeline().windowText(),
      text => text === whole,
    );
    assert.notEqual(panned, whole);
  });

  it('zooms at the pointer with ctrl and the wheel', async () => {
    const { x, y } = await timeline().findSlice(pid, /^read\(/);
    await window().page.mouse.move(x, y);
    await window().page.keyboard.down('Control');
    for (let turn = 0; turn < 5; turn++) await window().page.mouse.wheel(0, -240);
    await window().page.keyboard.up('Control');
    await changed(whole);
    await window().screenshot('timeline-zoomed');
  });

  it('pans by dragging', async () => {
    const before = await timeline().windowText();
    const box = await timeline().canvas.boundingBox();
    assert.ok(box);
    await window().page.mouse.move(box.x + 400, box.y + 60);
    await window().page.mouse.down();
    await window().page.mouse.move(box.x + 250, box.y + 60, { steps: 5 });
    await window().page.mouse.up();
    await changed(before);
    await press('Escape');
    await press('f');
    await eventually(
      'the whole trace',
      () => timeline().windowText(),
      text => text === whole,
    );
  });

  it('steps from event to event with the arrow keys', async () => {
    const first = await timeline().select(pid, /^read\(/);
    await press('ArrowRight');
    const second = await eventually(
      'the next event',
      () => timeline().details(),
      details => details['Call'] !== first['Call'],
    );
    await press('ArrowLeft');
    await eventually(
      'the event before',
      () => timeline().details(),
      details => details['Call'] === first['Call'],
    );
    assert.ok(second['Call']);
  });

  it('lists the events and the counts of each call', async () => {
    await timeline().frame.getByRole('tab', { name: 'Events' }).click();
    await timeline().frame.locator('.grid-row').nth(3).waitFor();
    await window().screenshot('timeline-events');
    await timeline().frame.getByRole('tab', { name: 'Summary' }).click();
    await eventually(
      'read among the counts',
      () => timeline().frame.locator('#panel-summary').innerText(),
      text => /\bread\b/.test(text),
    );
    await window().screenshot('timeline-summary');
  });

  it('counts what a filter matches', async () => {
    await press('/');
    await window().page.keyboard.type('write >1us');
    await window().page.keyboard.press('Enter');
    await eventually(
      'a count',
      () => timeline().frame.locator('.toolbar').innerText(),
      text => /\d+ of \d+/.test(text),
    );
    await window().screenshot('timeline-filter');
  });

  it('lists its keys under the question mark', async () => {
    await timeline().frame.getByRole('button', { name: 'Keys and mouse (?)' }).click();
    await timeline().frame.getByRole('dialog').waitFor();
    await window().screenshot('timeline-keys');
    await window().page.keyboard.press('Escape');
  });
});
