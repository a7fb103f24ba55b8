/** The timeline's page in a real browser over a real Trace: keys, mouse, filter, lists and states, without an editor around it. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { traceOf } from '../../unit/trace/traceFixture.js';
import { readTrace } from '../../support/tracedLines.js';
import type { ToHost } from '../../../src/views/timeline/protocol.js';
import { launchBrowser } from '../../vscode-host/browser.mjs';
import { eventually } from '../support/eventually.js';
import { sampleLog } from './sampleLog.js';
import { serveTimeline, type HarnessHost, type HarnessServer } from './server.js';
import type { ThemeName } from './themes.js';
import { traceHost } from './traceHost.js';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const artefacts = path.join(root, 'test', 'artefacts', 'timeline');

function sampleHost(): HarnessHost {
  return traceHost(traceOf(sampleLog), {
    id: 'sample', title: 'server', phase: 'ended', saved: true, canTraceAgain: false, notice: null,
  }); // prettier-ignore
}

describe('the timeline’s page', function () {
  this.timeout(60_000);
  let browser: Browser;
  let server: HarnessServer;
  let page: Page;
  const pageErrors: string[] = [];

  before(async () => {
    mkdirSync(artefacts, { recursive: true });
    browser = await launchBrowser();
    server = await serveTimeline(sampleHost(), path.join(root, 'dist'));
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  afterEach(async () => {
    await page?.close();
    assert.deepEqual(pageErrors.splice(0), []);
  });

  async function open(size = { width: 1400, height: 620 }, theme: ThemeName = 'dark', address = server): Promise<void> {
    page = await browser.newPage({ viewport: size });
    page.on('pageerror', error => pageErrors.push(String(error.stack)));
    // tsx marks functions with a helper that the page does not have.
    await page.addInitScript('globalThis.__name = value => value');
    await page.goto(address.url(theme));
    await page.locator('.toolbar, .screen').first().waitFor({ state: 'attached' });
  }

  const canvas = (): Locator => page.locator('.lanes-canvas');
  const callText = () => page.locator('#panel-details .call').innerText();
  const windowText = async () => (await page.locator('canvas[role=img]').getAttribute('aria-label')) ?? '';
  const sent = () => page.evaluate(() => (window as unknown as { sentToHost: ToHost[] }).sentToHost);
  const selectedCall = (call: RegExp) => eventually(`the details of ${call}`, callText, text => call.test(text));

  it('shows what a process has open, what it maps and what it copied, at the time of the selection', async () => {
    const trace = await readTrace(path.join(root, 'test', 'golden', 'kernel-tour', 'trace.strace'));
    const tour = await serveTimeline(
      traceHost(trace, { id: 'tour', title: 'tour', phase: 'ended', saved: true, canTraceAgain: false, notice: null }),
      path.join(root, 'dist'),
    );
    try {
      await open({ width: 1400, height: 700 }, 'dark', tour);
      await page.getByText('exited 0').first().waitFor();
      await page.locator('.lane-row').first().click();
      await page.getByRole('tab', { name: 'Descriptors' }).click();
      const rows = page.locator('#panel-descriptors tbody tr');
      await rows.first().waitFor();
      await page.screenshot({ path: path.join(artefacts, 'tab-descriptors.png') });
      const names = () => page.locator('#panel-descriptors tbody .col-name').allInnerTexts();
      assert.ok((await names()).includes('/etc/services'));
      // At the end the parent has closed its pipe; in the middle, while it sleeps, the write end is open.
      const axis = page.locator('.axis-canvas');
      await axis.click({ position: { x: (await axis.boundingBox())!.width / 2, y: 8 } });
      await eventually('the pipe', names, all => all.some(name => name.startsWith('pipe:')));
      await page.screenshot({ path: path.join(artefacts, 'tab-descriptors-earlier.png') });
      await page.getByRole('tab', { name: 'Memory' }).click();
      await page.locator('#panel-memory tbody tr').first().waitFor();
      await page.screenshot({ path: path.join(artefacts, 'tab-memory.png') });
      assert.match(await page.locator('#panel-memory tbody').innerText(), /libc\.so/);
      await page.getByRole('tab', { name: 'Transfers' }).click();
      await page.locator('#panel-transfers tbody tr').first().waitFor();
      await page.screenshot({ path: path.join(artefacts, 'tab-transfers.png') });
      assert.match(await page.locator('#panel-transfers tbody').innerText(), /sendfile/);
    } finally {
      await tour.close();
    }
  });

  it('shows a lane for every thread with its state in words, in tree order', async () => {
    await open();
    await page.getByText('reaped by 100').waitFor();
    const rows = page.locator('.lane-row:not([hidden])');
    assert.deepEqual(await rows.locator('.lane-pid').allInnerTexts(), ['100', '102', '101']);
    assert.match(await rows.nth(2).innerText(), /exited 3, zombie 39\.\d\sms, reaped by 100/);
  });

  it('steps through the events of a lane with the arrow keys and tells the host', async () => {
    await open();
    await page.locator('.lane-row').first().click();
    await canvas().focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    const first = await eventually('a selected event', callText, text => text !== '');
    await page.keyboard.press('ArrowRight');
    await eventually('the next event', callText, text => text !== '' && text !== first);
    await page.keyboard.press('ArrowLeft');
    await eventually('the first event again', callText, text => text === first);
    const rows = (await sent()).flatMap(message =>
      message.type === 'selected' && message.row !== null ? [message.row] : [],
    );
    assert.equal(rows.length, 3);
    assert.equal(rows[0], rows[2]);
  });

  it('goes to the event at the same time in the lane below', async () => {
    await open();
    await page.locator('.lane-row').first().click();
    await canvas().focus();
    await page.keyboard.press('ArrowRight');
    await selectedCall(/^read\(3/);
    await page.keyboard.press('ArrowDown');
    await selectedCall(/^futex\(0x7f5, FUTEX_WAIT/);
    await page.keyboard.press('ArrowDown');
    await selectedCall(/^close\(3/);
  });

  it('zooms, pans and fits with the keys', async () => {
    await open();
    await canvas().focus();
    const whole = await eventually('the window', windowText, text => text.includes('The window shows'));
    await page.keyboard.press('w');
    const zoomed = await eventually('a smaller window', windowText, text => text !== whole);
    await page.waitForTimeout(300);
    await page.keyboard.press('d');
    await eventually('a moved window', windowText, text => text !== zoomed && text !== whole);
    await page.waitForTimeout(300);
    await page.keyboard.press('f');
    await eventually('the whole trace', windowText, text => text === whole);
  });

  it('says what lies under a resting pointer after keys have moved the lanes', async () => {
    await open();
    const box = await canvas().boundingBox();
    assert.ok(box);
    await canvas().focus();
    // In the middle of the first lane's long read.
    await page.mouse.move(box.x + box.width * 0.25, box.y + 18);
    const tooltip = page.locator('.tooltip', { has: page.locator('.tip-call') });
    await eventually('the read', () => tooltip.innerText(), text => text.startsWith('read(3')); // prettier-ignore
    await page.keyboard.press('End');
    for (let i = 0; i < 3; i++) await page.keyboard.press('w');
    await page.keyboard.press('End');
    await eventually('something else, or nothing', async () => ((await tooltip.isVisible()) ? tooltip.innerText() : ''), text => !text.startsWith('read(3')); // prettier-ignore
  });

  it('finds matches of the filter with n and N, and says how many there are', async () => {
    await open();
    await page.keyboard.press('/');
    await page.keyboard.type('futex');
    await eventually(
      'the count',
      () => page.locator('.filter-count').innerText(),
      text => /^2 of \d+$/.test(text),
    );
    await page.keyboard.press('Enter');
    await selectedCall(/FUTEX_WAIT/);
    await canvas().focus();
    await page.keyboard.press('n');
    await selectedCall(/FUTEX_WAKE/);
    await page.keyboard.press('N');
    await selectedCall(/FUTEX_WAIT/);
  });

  it('says what it does not understand of a filter', async () => {
    await open();
    await page.keyboard.press('/');
    await page.keyboard.type('pdi:1');
    await page.getByText('“pdi:” is not a filter').waitFor();
    assert.equal(await page.locator('.filter-input').getAttribute('aria-invalid'), 'true');
  });

  it('lists the events as a grid that follows the selection both ways', async () => {
    await open();
    await page.getByRole('tab', { name: 'Events' }).click();
    const grid = page.getByRole('grid', { name: 'Events' });
    await eventually(
      'rows',
      () => grid.getAttribute('aria-rowcount'),
      count => Number(count) > 10,
    );
    await grid.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    const selected = grid.locator('[aria-selected=true]');
    await eventually(
      'the second row',
      () => selected.innerText(),
      text => text.includes('missing.conf'),
    );
    assert.equal(await grid.getAttribute('aria-activedescendant'), await selected.getAttribute('id'));
    await page.locator('.lane-row').first().click();
    await canvas().focus();
    await page.keyboard.press('ArrowRight');
    await eventually(
      'the next row',
      () => selected.innerText(),
      text => text.includes('pipe2'),
    );
  });

  it('sums the calls of a range that was selected with shift and drag', async () => {
    await open();
    await page.getByRole('tab', { name: 'Summary' }).click();
    const names = () => page.locator('.summary tbody code').allInnerTexts();
    const whole = await eventually('the table', names, found => found.includes('execve'));
    assert.equal(whole[0], 'futex');
    const box = await canvas().boundingBox();
    assert.ok(box);
    await page.keyboard.down('Shift');
    await page.mouse.move(box.x + box.width * 0.6, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.94, box.y + 60, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await eventually('the range’s calls', names, found => !found.includes('execve') && found.includes('wait4'));
    await page.getByText('selected', { exact: false }).first().waitFor();
    await page.keyboard.press('Escape');
    await eventually('all calls again', names, found => found.includes('execve'));
  });

  it('folds a process and shows only a subtree', async () => {
    await open();
    const pids = () => page.locator('.lane-row:not([hidden]) .lane-pid').allInnerTexts();
    await eventually('all lanes', pids, found => found.length === 3);
    await page.locator('.twisty:not([hidden])').first().click();
    await eventually('one lane', pids, found => found.length === 1);
    // What is hidden shows as a density on the lane's lower edge: between the slices and the next lane.
    const inked = () =>
      canvas().evaluate((element: HTMLCanvasElement) => {
        const ratio = devicePixelRatio;
        const pixels = element.getContext('2d')!.getImageData(0, 32 * ratio, element.width, 1).data;
        return new Set(Array.from({ length: element.width }, (_, x) => pixels.slice(4 * x, 4 * x + 3).join())).size;
      });
    await eventually('the density of the children', inked, colours => colours > 2);
    await page.screenshot({ path: path.join(artefacts, 'folded.png') });
    await page.locator('.twisty:not([hidden])').first().click();
    await eventually('all lanes again', pids, found => found.length === 3);
  });

  it('copies the raw line and asks for the source', async () => {
    await open();
    await page.locator('.lane-row').first().click();
    await canvas().focus();
    await page.keyboard.press('ArrowRight');
    await selectedCall(/^read\(3/);
    await page.getByRole('button', { name: 'Copy the log line' }).last().click();
    await canvas().focus();
    await page.keyboard.press('g');
    const messages = await eventually('both messages', sent, found =>
      found.some(message => message.type === 'goToSource'),
    );
    const copied = messages.find(message => message.type === 'command' && message.command === 'copy');
    assert.match((copied?.type === 'command' && copied.text) || '', /read resumed>/);
  });

  it('explains its keys and gives the focus back', async () => {
    await open();
    await canvas().focus();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keys and mouse' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.ok(await canvas().evaluate(element => element === document.activeElement));
  });

  it('says what to do when there is no trace', async () => {
    const empty = await serveTimeline(
      { answer: () => null, trace: () => null, summary: () => null },
      path.join(root, 'dist'),
    );
    try {
      await open({ width: 700, height: 300 }, 'light', empty);
      await page.getByRole('button', { name: 'Trace Active C File' }).click();
      assert.deepEqual(await sent(), [{ type: 'command', command: 'traceActiveFile' }]);
    } finally {
      await page.close();
      await empty.close();
    }
  });

  it('says what went wrong when the host cannot answer, and tries again', async () => {
    let broken = true;
    const host = sampleHost();
    const failing = await serveTimeline(
      {
        ...host,
        answer: (method, argument) => {
          if (broken && method === 'window') throw new Error('the log is gone');
          return host.answer(method, argument);
        },
      },
      path.join(root, 'dist'),
    );
    try {
      await open(undefined, 'dark', failing);
      await page.getByRole('alert').filter({ hasText: 'the log is gone' }).waitFor();
      broken = false;
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('alert').filter({ hasText: 'the log is gone' }).waitFor({ state: 'hidden' });
    } finally {
      await page.close();
      await failing.close();
    }
  });

  for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] as const) {
    it(`fits its texts into narrow and low views in the theme ${theme}`, async () => {
      for (const [width, height] of [
        [1400, 620],
        [1000, 270],
        [700, 700],
        [320, 640],
      ] as const) {
        await open({ width, height }, theme);
        await page.locator('.lane-row:not(.waiting)').first().waitFor();
        await page.waitForTimeout(300);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wider <= 0, `${width} px: ${wider} px too wide`);
        await page.screenshot({ path: path.join(artefacts, `${theme}-${width}x${height}.png`) });
        await page.close();
      }
    });
  }
});
