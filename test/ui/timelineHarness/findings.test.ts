/** Findings in the timeline's page: their list, marks and pages, by mouse and by keyboard, and in every theme. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Trace } from '../../../src/trace/trace.js';
import { traceOf } from '../../unit/trace/traceFixture.js';
import type { TimelineFinding, ToHost } from '../../../src/views/timeline/protocol.js';
import { findingWords } from '../../../src/words/findingWords.js';
import { plainTranslate } from '../../../src/words/translate.js';
import { launchBrowser } from '../../vscode-host/browser.mjs';
import { eventually } from '../support/eventually.js';
import { serveTimeline, type HarnessServer } from './server.js';
import type { ThemeName } from './themes.js';
import { traceHost } from './traceHost.js';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const artefacts = path.join(root, 'test', 'artefacts', 'timeline');

/** An error, a warning and a remark, each in a lane of its own or at its own time. */
const log = `10 1700000000.000000 execve("/bin/family", ["family"], 0x7ffd /* 9 vars */) = 0 <0.002000>
10 1700000000.100000 clone(child_stack=NULL, flags=SIGCHLD) = 11 <0.000300>
11 1700000000.150000 getpid() = 11 <0.000010>
11 1700000000.200000 +++ exited with 0 +++
10 1700000000.300000 openat(AT_FDCWD, "/tmp/empty", O_RDONLY|O_CLOEXEC) = 3 <0.000020>
10 1700000000.320000 mmap(NULL, 0, PROT_READ, MAP_PRIVATE, 3, 0) = -1 EINVAL (Invalid argument) <0.000010>
10 1700000000.400000 clone(child_stack=NULL, flags=SIGCHLD) = 12 <0.000300>
12 1700000000.450000 clone(child_stack=NULL, flags=SIGCHLD) = 13 <0.000300>
13 1700000000.460000 getppid() = 12 <0.000010>
12 1700000000.600000 +++ exited with 0 +++
10 1700000000.601000 wait4(12, [{WIFEXITED(s) && WEXITSTATUS(s) == 0}], 0, NULL) = 12 <0.000020>
10 1700000001.200000 wait4(11, [{WIFEXITED(s) && WEXITSTATUS(s) == 0}], 0, NULL) = 11 <0.000020>
10 1700000001.250000 +++ exited with 0 +++
13 1700000001.600000 getppid() = 1 <0.000010>
13 1700000001.700000 +++ exited with 0 +++
`;

describe('findings in the timeline’s page', function () {
  this.timeout(60_000);
  let browser: Browser;
  let server: HarnessServer;
  let page: Page;
  let findings: TimelineFinding[];
  const pageErrors: string[] = [];

  before(async () => {
    mkdirSync(artefacts, { recursive: true });
    const trace = traceOf(log);
    findings = timelineFindings(trace);
    browser = await launchBrowser();
    const shown = {
      id: 'f',
      title: 'family',
      phase: 'ended',
      saved: true,
      canTraceAgain: false,
      notice: null,
    } as const;
    server = await serveTimeline(traceHost(trace, shown), path.join(root, 'dist'));
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  afterEach(async () => {
    await page?.close();
    assert.deepEqual(pageErrors.splice(0), []);
  });

  const tell = (told: readonly TimelineFinding[]) =>
    page.evaluate(
      list => window.dispatchEvent(new MessageEvent('message', { data: { type: 'findings', findings: list } })),
      told,
    );
  async function open(theme: ThemeName = 'dark', size = { width: 1300, height: 620 }): Promise<void> {
    page = await browser.newPage({ viewport: size });
    page.on('pageerror', error => pageErrors.push(String(error.stack)));
    // tsx marks functions with a helper that the page does not have.
    await page.addInitScript('globalThis.__name = value => value');
    await page.goto(server.url(theme));
    await page.locator('.lane-row:not(.waiting)').nth(3).waitFor();
    await tell(findings);
  }
  const title = () => page.locator('.finding-head').innerText();
  const titled = (text: string) => eventually(`the page of ${text}`, title, shown => shown === text);
  const sent = () => page.evaluate(() => (window as unknown as { sentToHost: ToHost[] }).sentToHost);

  it('are listed beside the filter, the gravest first, and lead to their pages', async () => {
    await open();
    await page.getByRole('button', { name: '3 findings' }).click();
    const rows = page.locator('.finding-menu .finding-row');
    assert.deepEqual(await rows.locator('.finding-title').allInnerTexts(), ['mmap of length 0', 'Zombie', 'Orphan']);
    assert.deepEqual(
      await rows.locator('.severity').evaluateAll(marks => marks.map(mark => mark.getAttribute('aria-label'))),
      ['error', 'warning', 'info'],
    );
    await page.screenshot({ path: path.join(artefacts, 'findings-menu.png') });
    await rows.nth(1).click();
    await titled('Zombie');
    await page.locator('.finding-step', { hasText: 'it is reaped, late' }).click();
    await page.locator('.finding-step[aria-current=step]', { hasText: 'it is reaped, late' }).waitFor();
    await page.getByRole('tab', { name: 'Details' }).click();
    await page.locator('.facts .cited .link', { hasText: 'Zombie' }).click();
    await titled('Zombie');
    await page.getByRole('button', { name: 'Fix…' }).click();
    await page.getByRole('button', { name: 'Explain with examples' }).click();
    const asked = (await sent()).flatMap(message =>
      message.type === 'finding' ? [[message.action, message.key]] : [],
    );
    assert.deepEqual(asked, [
      ['fix', findings[1]?.key],
      ['explain', findings[1]?.key],
    ]);
  });

  it('follow each other with F8, and a page goes when its finding is withdrawn', async () => {
    await open();
    await page.locator('.lanes-canvas').focus();
    for (const [key, text] of [
      ['F8', 'mmap of length 0'],
      ['F8', 'Zombie'],
      ['F8', 'Orphan'],
      ['F8', 'mmap of length 0'],
      ['Shift+F8', 'Orphan'],
    ] as const) {
      await page.keyboard.press(key);
      await titled(text);
    }
    await tell(findings.filter(({ rule }) => rule !== 'orphan'));
    await eventually(
      'the list',
      () => page.locator('.finding-list .finding-title').allInnerTexts(),
      titles => titles.join() === 'mmap of length 0,Zombie',
    );
    await tell([]);
    await page.getByText('Nothing wrong was found in this trace.').waitFor();
    assert.equal(await page.locator('.finding-button').isVisible(), false);
  });

  it('have marks on the lanes that say what they are and open on a click', async () => {
    await open();
    const canvas = (await page.locator('.lanes-canvas').boundingBox())!;
    const lane = (await page.locator('.lane-row').first().boundingBox())!;
    // Marks hang 26 px below the lane's top.
    const y = lane.y + 26;
    const tip = page.locator('.tooltip:not([hidden])', { hasText: 'warning: Zombie' });
    let x = canvas.x;
    while ((await tip.count()) === 0 && x < canvas.x + canvas.width) await page.mouse.move((x += 3), y);
    await page.mouse.click(x, y);
    await titled('Zombie');
  });

  it('have their tab in sight in a drawer beside the lanes', async () => {
    await open('dark', { width: 1000, height: 300 });
    await page.keyboard.press('F8');
    await titled('mmap of length 0');
    const strip = (await page.locator('.tabs').boundingBox())!;
    const tab = (await page.getByRole('tab', { name: 'Findings' }).boundingBox())!;
    assert.ok(tab.x >= strip.x - 1 && tab.x + tab.width <= strip.x + strip.width + 1, JSON.stringify([strip, tab]));
    await page.screenshot({ path: path.join(artefacts, 'findings-beside.png') });
  });

  for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] as const)
    it(`are told apart without their colours in the theme ${theme}`, async () => {
      await open(theme);
      await page.getByRole('tab', { name: 'Findings' }).click();
      const shapes = page.locator('.finding-list .severity path');
      await shapes.nth(2).waitFor();
      const drawn = await shapes.evaluateAll(paths => paths.map(each => each.getAttribute('d')));
      assert.equal(new Set(drawn).size, 3);
      await page.locator('.finding-row', { hasText: 'Zombie' }).click();
      await titled('Zombie');
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wider <= 0, `${wider} px too wide`);
      await page.screenshot({ path: path.join(artefacts, `findings-${theme}.png`) });
    });
});

/** As the extension's host tells them. */
function timelineFindings(trace: Trace): TimelineFinding[] {
  return trace.findings().map(finding => {
    const words = findingWords(finding, plainTranslate);
    const { rule, severity, pid } = finding;
    const steps = finding.evidence.map(({ row }, i) => {
      const event = trace.event(row)!;
      return {
        row,
        text: words.steps[i]!,
        thread: event.thread,
        atNs: event.startNs,
        place: i === 0 ? 'family.c:12' : '',
      };
    });
    const { thread, atNs } = steps[0]!;
    return {
      key: `${rule}/${pid}`, rule, severity, severityText: severity, ...words, pid, thread, atNs, steps, main: 0,
      place: 'family.c:12', canFix: true, canLocate: false,
    }; // prettier-ignore
  });
}
