/** The flame graph and the sums by line over a real Trace with stacks, by keys and clicks; and what is said when there are no stacks. */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { ToHost } from '../../../src/views/timeline/protocol.js';
import { makeSources, stack, stackedTrace } from '../../unit/source/stackedTrace.js';
import { launchBrowser } from '../../vscode-host/browser.mjs';
import { eventually } from '../support/eventually.js';
import { serveTimeline, type HarnessServer } from './server.js';
import type { ThemeName } from './themes.js';
import { traceHost } from './traceHost.js';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const artefacts = path.join(root, 'test', 'artefacts', 'timeline');

/** A server that waits, answers and logs, over and over. */
function serverLog(folder: string): string {
  let ms = 0;
  const call = (text: string, tookMs: number, wrapper: string, ...frames: string[]): string => {
    const line = `7 1700000000.${String(ms).padStart(3, '0')}000 ${text} <${(tookMs / 1000).toFixed(6)}>\n`;
    ms += tookMs + 1;
    return line + stack(folder, wrapper, ...frames, 'serve server.c:70', 'main main.c:44');
  };
  const round = (): string =>
    [
      call('epoll_wait(4, [], 64, -1) = 1', 12, 'epoll_wait'),
      call('read(5, "GET /", 4096) = 5', 4, 'read', 'take io.c:52', 'handle server.c:88'),
      call(
        'read(5, 0x7ff, 4096) = -1 EAGAIN (Resource temporarily unavailable)',
        1,
        'read',
        'take io.c:52',
        'handle server.c:88',
      ),
      call('sendfile(5, 9, NULL, 4096) = 4096', 6, 'sendfile', 'answer io.c:80', 'handle server.c:92'),
      call('write(1, "GET / 200", 9) = 9', 2, 'write', '_IO_file_write', 'puts', 'note log.c:9', 'handle server.c:95'),
    ].join('');
  const rounds = Array.from({ length: 8 }, round).join('');
  return `${rounds}7 1700000000.${String(ms).padStart(3, '0')}000 exit_group(0) = ?\n`;
}

describe('lines of C in the timeline’s page', () => {
  let browser: Browser;
  let folder: string;
  let page: Page;
  const servers: HarnessServer[] = [];
  const pageErrors: string[] = [];

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'syscape-source-'));
    makeSources(folder, 'server.c', 'main.c', 'io.c', 'log.c');
    mkdirSync(artefacts, { recursive: true });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    for (const server of servers) await server.close();
    rmSync(folder, { recursive: true });
  });
  afterEach(async () => {
    await page?.close();
    assert.deepEqual(pageErrors.splice(0), []);
  });

  async function open(log: string, tab: string, theme: ThemeName = 'dark'): Promise<void> {
    const { trace, grow } = stackedTrace(log);
    grow('', true);
    const shown = { id: 's', title: 's', phase: 'ended', saved: false, canTraceAgain: true, notice: null } as const;
    const server = await serveTimeline(traceHost(trace, shown), path.join(root, 'dist'));
    servers.push(server);
    page = await browser.newPage({ viewport: { width: 1200, height: 720 } });
    page.on('pageerror', error => pageErrors.push(String(error.stack)));
    // tsx marks functions with a helper that the page does not have.
    await page.addInitScript('globalThis.__name = value => value');
    await page.goto(server.url(theme));
    await page.locator('.lane-row').first().waitFor();
    await page.locator('.lanes-canvas').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: tab, exact: true }).click();
  }

  const box = (name: string) => page.getByRole('treeitem', { name: new RegExp(`^${name},`) });
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  const widest = () => page.locator('.flame-box[aria-current]').innerText();
  const filter = () => page.locator('.filter-input').inputValue();

  it('make a graph that keys walk through, a box at a time', async () => {
    await open(serverLog(folder), 'Flame');
    await box('serve').waitFor();
    await page.locator('.flame-box[tabindex="0"]').focus();
    for (const name of ['main', 'serve', 'handle']) {
      await page.keyboard.press('ArrowDown');
      assert.equal(await focused(), name);
    }
    await page.keyboard.press('ArrowRight');
    assert.equal(await focused(), 'epoll_wait');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    assert.equal(await widest(), 'handle');
    assert.equal(await focused(), 'handle');
    assert.match(await page.locator('.flame-foot').innerText(), /handle[^]*32 calls[^]*8 failed/);
    await page.keyboard.press('g');
    const sent = await page.evaluate(() => (window as unknown as { sentToHost: ToHost[] }).sentToHost);
    assert.equal(sent.at(-1)?.type, 'goToSource');
    await page.keyboard.press('Escape');
    assert.equal(await widest(), 'serve');
    await page.keyboard.press('Home');
    assert.equal(await focused(), 'All calls');
  });

  it('are found in the graph by name, and lead to their calls', async () => {
    await open(serverLog(folder), 'Flame', 'light');
    await box('serve').waitFor();
    await page.getByPlaceholder('Find functions').fill('take');
    await eventually(
      'what was found',
      () => page.locator('.flame-found').innerText(),
      text => /^1 found, 20\s%/.test(text),
    );
    await page.screenshot({ path: path.join(artefacts, 'flame-found.png') });
    await box('take').click();
    await page.getByRole('button', { name: 'Show in timeline' }).click();
    await eventually('the filter', filter, text => text === 'under:main/serve/handle/take');
    await eventually(
      'the number of matches',
      () => page.locator('.filter-count').innerText(),
      text => text === '16 of 41',
    );
  });

  it('are what the summary adds up, and filters by', async () => {
    await open(serverLog(folder), 'Summary');
    await page.getByRole('radio', { name: 'By function' }).click();
    const rows = () => page.locator('table.summary tbody tr').allInnerTexts();
    await eventually('functions', rows, texts => texts.some(text => /^take\s*io\.c/.test(text)));
    await page.locator('table.summary tbody tr', { hasText: 'take' }).press('Enter');
    await eventually('the filter', filter, text => text === 'fn:take src:io.c');
    await eventually('what it leaves', rows, texts => texts.length === 1);
  });

  it('are offered where there are none', async () => {
    await open('7 1700000000.000000 close(3) = 0 <0.000010>\n', 'Flame');
    await page.getByRole('button', { name: 'Trace Again with Source Lines' }).click();
    const sent = await page.evaluate(() => (window as unknown as { sentToHost: ToHost[] }).sentToHost);
    assert.deepEqual(sent.at(-1), { type: 'command', command: 'traceAgainWithSourceLines' });
  });
});
