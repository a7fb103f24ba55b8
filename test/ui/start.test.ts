/** `npm start`: what a newcomer sees first, and that nothing is left of it after Ctrl-C. */

import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { createConnection } from 'node:net';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../vscode-host/browser.mjs';
import { eventually } from './support/eventually.js';
import { ProcessTree } from './support/processTree.js';
import { Workbench, root } from './support/workbench.js';

describe('npm start -- --no-open', () => {
  let start: ChildProcess;
  let browser: Browser;
  let url = '';
  let output = '';

  before(async () => {
    start = spawn(process.execPath, ['scripts/start.mjs', '--no-open'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [start.stdout, start.stderr])
      stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    browser = await launchBrowser();
  });
  after(async () => {
    await browser.close();
    start.kill('SIGKILL');
  });

  it('prints the address alone on a line', async () => {
    url = await eventually(
      'the address',
      () => /^http:\/\/127\.0\.0\.1:\d+\/\S*$/m.exec(output)?.[0] ?? '',
      found => found !== '',
      60_000,
    );
  });

  it('gives nothing to who does not know the token', async () => {
    assert.equal((await fetch(new URL('/', url))).status, 403);
  });

  it('shows a first example, traced to its end: source, process tree and timeline', async () => {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(url);
    const timeline = Workbench.timelineOf(page);
    await timeline.frame.locator('canvas.lanes-canvas').waitFor({ timeout: 60_000 });
    await timeline.waitForEnd();
    await timeline.waitForLane(lane => lane.name === 'sort');
    await eventually(
      'the process tree',
      () => new ProcessTree(page).texts(),
      rows => rows.some(row => /killed by SIGTERM, reaped by/.test(row)),
    );
    await page.locator('.tabs-container .tab.active').filter({ hasText: 'first-look.c' }).waitFor();
    await Workbench.screenshotOf(page, 'npm-start');
  });

  it('ends on Ctrl-C, with its port', async () => {
    const ended = new Promise(resolve => start.once('exit', resolve));
    start.kill('SIGINT');
    assert.equal(await ended, 0);
    const refused = new Promise((resolve, reject) => {
      const connection = createConnection(Number(new URL(url).port), '127.0.0.1');
      connection.once('error', resolve);
      connection.once('connect', () => reject(new Error('somebody still answers')));
    });
    await refused;
  });
});
