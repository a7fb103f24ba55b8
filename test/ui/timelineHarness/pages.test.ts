/** The tabs about processes, channels and waiting, in the real page over recorded traces. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { readTrace } from '../../support/tracedLines.js';
import { launchBrowser } from '../../vscode-host/browser.mjs';
import { eventually } from '../support/eventually.js';
import { serveTimeline, type HarnessServer } from './server.js';
import type { ThemeName } from './themes.js';
import { traceHost } from './traceHost.js';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const artefacts = path.join(root, 'test', 'artefacts', 'timeline');

describe('the pages of the drawer', function () {
  this.timeout(60_000);
  let browser: Browser;
  let page: Page;
  let server: HarnessServer | undefined;

  before(async () => {
    mkdirSync(artefacts, { recursive: true });
    browser = await launchBrowser();
  });
  after(() => browser?.close());
  afterEach(async () => {
    await page?.close();
    await server?.close();
    server = undefined;
  });

  /** Opens a recorded trace; `lane`: row of the names to select. */
  async function open(golden: string, lane: number, size = { width: 1400, height: 900 }, theme: ThemeName = 'dark') {
    const trace = await readTrace(path.join(root, 'test', 'golden', golden, 'trace.strace'));
    const shown = {
      id: golden,
      title: golden,
      phase: 'ended',
      saved: true,
      canTraceAgain: false,
      notice: null,
    } as const;
    server = await serveTimeline(traceHost(trace, shown), path.join(root, 'dist'));
    page = await browser.newPage({ viewport: size });
    await page.addInitScript('globalThis.__name = value => value');
    await page.goto(server.url(theme));
    await page.locator('.lane-row:not([hidden])').nth(lane).click();
  }

  const tab = (name: string) => page.getByRole('tab', { name }).click();
  const panel = (id: string) => page.locator(`#panel-${id}`);
  const shoot = (name: string) => page.screenshot({ path: path.join(artefacts, `${name}.png`) });

  it('shows who a process is, what it did with its time, and each step of becoming a daemon at its call', async () => {
    await open('daemon', 2);
    await tab('Process');
    const steps = panel('process').locator('.page-steps li');
    await steps.first().waitFor();
    await shoot('tab-process');
    const done = await steps.evaluateAll(items => items.map(item => item.className));
    assert.deepEqual(done, ['done', 'done', 'done', 'done', 'done', 'missed']);
    await steps.nth(1).getByRole('button').click();
    await tab('Details');
    await eventually(
      'the event of the step',
      () => page.locator('#panel-details .call').innerText(),
      text => text.startsWith('setsid()'),
    );
  });

  it('shows channels with their ends and bytes, as they were at the time on the axis', async () => {
    await open('model-tcp-echo', 0);
    await tab('Channels');
    const rows = () => panel('channels').locator('tbody tr').allInnerTexts();
    await eventually('the connection', rows, texts => texts.some(text => /TCP/.test(text)));
    await shoot('tab-channels');
    const axis = page.locator('.axis-canvas');
    await axis.click({ position: { x: 3, y: 8 } });
    await eventually(
      'nothing yet',
      () => panel('channels').innerText(),
      text => /No pipe, socket/.test(text),
    );
  });

  it('shows who waits for what, and each ready descriptor with the calls that served it', async () => {
    await open('model-et-bad', 0);
    await tab('Waiting & locks');
    await eventually(
      'readiness',
      () => panel('waiting').innerText(),
      text => /not drained/.test(text),
    );
    await shoot('tab-waiting');
    assert.match(await panel('waiting').innerText(), /Interest lists|epoll/);
  });

  it('shows where the time of the selected range went, under the calls', async () => {
    await open('daemon', 2);
    await tab('Summary');
    const times = panel('summary').locator('.page-table tbody tr');
    await times.first().waitFor();
    await shoot('tab-summary');
    assert.match(await times.first().innerText(), /waits for others/);
    assert.match(await panel('summary').innerText(), /Tracing takes about/);
  });

  for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] as const) {
    it(`keeps all tabs within reach in a side bar, in the theme ${theme}`, async () => {
      await open('model-et-bad', 0, { width: 340, height: 900 }, theme);
      await page.getByRole('button', { name: 'All tabs' }).click();
      await page.locator('.tab-item', { hasText: 'Waiting' }).click();
      await panel('waiting').locator('tbody tr').first().waitFor();
      const tabBox = await page.getByRole('tab', { name: 'Waiting' }).boundingBox();
      assert.ok(tabBox && tabBox.x >= 0 && tabBox.x + tabBox.width <= 340, 'the chosen tab is in view');
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wider <= 0, `${wider} px too wide`);
      await shoot(`page-${theme}`);
    });
  }
});
