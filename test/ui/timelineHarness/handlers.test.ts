/** Signal handlers under the lanes of the timeline's page, in every theme. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { traceOf } from '../../unit/trace/traceFixture.js';
import { laneHeightPx } from '../../../src/views/timeline/webview/lanes/geometry.js';
import { launchBrowser } from '../../vscode-host/browser.mjs';
import { eventually } from '../support/eventually.js';
import { serveTimeline, type HarnessServer } from './server.js';
import { themeKinds, type ThemeName } from './themes.js';
import { traceHost } from './traceHost.js';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const artefacts = path.join(root, 'test', 'artefacts', 'timeline');
const endMs = 56.1;

/** A read that is started again after a handler, and a pause that fails after one that another interrupted. */
const log = `\
200 1700000000.000000 execve("./timer", ["./timer"], 0x7ffd1 /* 3 vars */) = 0 <0.000400>
200 1700000000.001000 rt_sigaction(SIGALRM, {sa_handler=0x401136, sa_mask=[], sa_flags=SA_RESTORER|SA_RESTART, sa_restorer=0x7f1}, NULL, 8) = 0 <0.000010>
200 1700000000.001100 rt_sigaction(SIGUSR1, {sa_handler=0x401150, sa_mask=[], sa_flags=SA_RESTORER, sa_restorer=0x7f1}, NULL, 8) = 0 <0.000010>
200 1700000000.002000 read(0</dev/pts/0>, 0x7ffd2, 1024) = ? ERESTARTSYS (To be restarted if SA_RESTART is set) <0.010000>
200 1700000000.012100 --- SIGALRM {si_signo=SIGALRM, si_code=SI_KERNEL} ---
200 1700000000.014000 write(1</dev/pts/0>, "tick\\n", 5) = 5 <0.000200>
200 1700000000.020000 rt_sigreturn({mask=[]}) = 0 <0.000010>
200 1700000000.020100 read(0</dev/pts/0>, "x", 1024) = 1 <0.004000>
200 1700000000.030000 pause() = ? ERESTARTNOHAND (To be restarted if no handler) <0.005000>
200 1700000000.035100 --- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=1, si_uid=0} ---
200 1700000000.037000 write(1</dev/pts/0>, "usr1\\n", 5) = 5 <0.000200>
200 1700000000.040000 --- SIGALRM {si_signo=SIGALRM, si_code=SI_KERNEL} ---
200 1700000000.041000 write(1</dev/pts/0>, "tick\\n", 5) = 5 <0.000200>
200 1700000000.046000 rt_sigreturn({mask=[USR1]}) = 0 <0.000010>
200 1700000000.055000 rt_sigreturn({mask=[]}) = -1 EINTR (Interrupted system call) <0.000010>
200 1700000000.056000 exit_group(0) = ?
200 1700000000.056100 +++ exited with 0 +++
`;

describe('handlers in the timeline’s page', function () {
  this.timeout(60_000);
  let browser: Browser;
  let server: HarnessServer;
  let page: Page;

  before(async () => {
    mkdirSync(artefacts, { recursive: true });
    const trace = traceOf(log);
    browser = await launchBrowser();
    server = await serveTimeline(
      traceHost(trace, { id: 'h', title: 'timer', phase: 'ended', saved: true, canTraceAgain: false, notice: null }),
      path.join(root, 'dist'),
    );
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  afterEach(async () => {
    await page?.close();
  });

  async function open(theme: ThemeName): Promise<void> {
    page = await browser.newPage({ viewport: { width: 1200, height: 520 } });
    // tsx marks functions with a helper that the page does not have.
    await page.addInitScript('globalThis.__name = value => value');
    await page.goto(server.url(theme));
    await page.getByText('exited 0').first().waitFor();
  }

  /** A place under the slices at a time of the whole trace. */
  async function under(ms: number): Promise<{ x: number; y: number }> {
    const box = (await page.locator('.lanes-canvas').boundingBox())!;
    return { x: ((ms / endMs + 0.02) / 1.04) * box.width, y: laneHeightPx - 2 };
  }

  /** Colours that the lane has on a line across it. */
  const colours = (yPx: number) =>
    page.evaluate(y => {
      const canvas = document.querySelector<HTMLCanvasElement>('.lanes-canvas')!;
      const { data } = canvas.getContext('2d')!.getImageData(0, y, canvas.width, 1);
      return new Set(new Uint32Array(data.buffer)).size;
    }, yPx);

  for (const theme of Object.keys(themeKinds) as ThemeName[]) {
    it(`are drawn from the signal to the return in the theme ${theme}`, async () => {
      await open(theme);
      // Ground, grid line and bracket; without brackets there would be two.
      await eventually('brackets', () => colours(laneHeightPx - 2), count => count >= 3); // prettier-ignore
      await page.screenshot({ path: path.join(artefacts, `handlers-${theme}.png`) });
    });
  }

  it('say how long they ran and what they interrupted, the innermost first, and lead to their signal', async () => {
    await open('dark');
    const canvas = page.locator('.lanes-canvas');
    const tip = page.locator('.tooltip:not([hidden])');
    const says = async (ms: number, words: RegExp) => {
      await eventually(`${words}`, async () => {
        await canvas.hover({ position: await under(ms - 0.1) });
        await canvas.hover({ position: await under(ms) });
        return (await tip.count()) > 0 ? tip.innerText() : '';
      }, text => words.test(text)); // prettier-ignore
    };
    await says(17, /the handler of SIGALRM ran for 7\.9\sms[^]*the call that it interrupted then starts again/);
    await says(50, /the handler of SIGUSR1 ran for 19\.9\sms[^]*the call that it interrupted then fails with EINTR/);
    await says(43, /the handler of SIGALRM ran for 6\sms/);
    await canvas.click({ position: await under(50) });
    await eventually(
      'the signal’s details',
      () => page.locator('#panel-details').innerText(),
      text => /SIGUSR1/.test(text),
    );
    assert.match(await page.locator('#panel-details').innerText(), /SI_USER/);
  });
});
