/** Findings where people look: the tree, Problems and the gutter, the hover, the timeline's page; and the way from there to the fix. */

import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { eventually } from './support/eventually.js';
import { inWindow } from './support/inWindow.js';
import { traceToEnd } from './support/traceRun.js';

describe('findings of a traced example', () => {
  const window = inWindow({ openFile: 'cloexec-bad.c', settings: { 'syscape.sourceLines': 'on' } });
  const page = () => window().page;
  const finding = (text: string | RegExp): Locator => window().processes.findings.filter({ hasText: text }).first();
  const { trace, problems, squiggles, goToProblem, quickFix } = actions(window);

  it('stand in the tree and in Problems, and open as a page whose steps play on the timeline', async () => {
    await window().processes.open();
    await trace();
    await finding('was still open').click();
    const { frame } = window().timeline;
    await frame.locator('.finding-head', { hasText: 'Descriptor leaked into another program' }).waitFor();
    const steps = frame.locator('.finding-step');
    assert.match(
      (await steps.first().innerText()).replace(/\s+/g, ' '),
      /1 .* opened without close-on-exec cloexec-bad\.c:17/,
    );
    await steps.last().click();
    await frame.locator('.finding-step[aria-current=step]', { hasText: 'the new program still has it' }).waitFor();
    await window().screenshot('finding-page');
    await frame.getByRole('tab', { name: 'Details' }).click();
    const details = await window().timeline.details();
    assert.match(details['Call'] ?? '', /^execve\(/);
    assert.match(details['Findings'] ?? '', /Descriptor leaked into another program/);
    assert.match((await problems()).join(), /Descriptor leaked into another program: [^]*missing-cloexec/);
    await window().screenshot('finding-problems');
  });

  it('are told on their line, with the way to their explanation', async () => {
    await goToProblem();
    await window().statusSays('Ln 17, Col 5');
    await page().keyboard.press('Escape');
    await window().runCommand('Show or Focus Hover');
    const hover = page().locator('.monaco-hover:visible', { hasText: 'Show in Timeline' });
    await hover.waitFor();
    await window().screenshot('finding-hover');
    await hover.getByText('Explain', { exact: true }).click();
    await window().editorTab('Preview missing-cloexec.md').waitFor();
    await eventually(
      'the page of the rule',
      () =>
        Promise.all(
          page()
            .frames()
            .map(frame =>
              frame
                .locator('body')
                .innerText()
                .catch(() => ''),
            ),
        ),
      texts => texts.some(text => text.includes('Done right')),
    );
    await window().screenshot('finding-explained');
  });

  for (const [file, title, fix] of [
    ['cloexec-bad.c', 'Descriptor leaked into another program', 'Open it close-on-exec (O_CLOEXEC)'],
    ['eintr-bad.c', 'Interrupted call not made again', 'Make the call again after EINTR'],
    ['reuseaddr-bad.c', 'Address already in use', 'Set SO_REUSEADDR before bind'],
    ['sigpipe-bad.c', 'Killed by SIGPIPE', 'Ignore SIGPIPE at the start of main'],
  ] as const)
    it(`are gone when their fix was applied and the program is traced again: ${file}`, async () => {
      await window().openFile(file);
      if (file !== 'cloexec-bad.c') await trace();
      await finding(title).waitFor();
      await goToProblem();
      await quickFix(fix, file === 'cloexec-bad.c' ? 'finding-fixes' : undefined);
      await traceToEnd(window(), () => window().runCommand('Syscape: Trace Again'));
      await eventually(
        'nothing found',
        () => window().processes.findings.allInnerTexts(),
        rows => !rows.some(row => row.includes(title)),
      );
      assert.equal(await squiggles(), 0);
    });

  it('can be ignored with a comment or as a rule, and the tree says what it does not tell', async () => {
    await window().openFile('zombie.c');
    await trace();
    await finding('Zombie').waitFor();
    await goToProblem();
    await quickFix('Ignore here with a comment');
    await finding('1 hidden by a comment').waitFor();
    await eventually('no squiggle', squiggles, count => count === 0);
    await window().screenshot('finding-ignored');
    await page().keyboard.press('Control+Z');
    await goToProblem();
    await quickFix('Ignore “zombie” in this workspace');
    await finding('1 rule is off').waitFor();
    await eventually('no squiggle', squiggles, count => count === 0);
    await window().notifications.getByRole('button', { name: 'Undo' }).click();
    await finding('before anybody waited for it').waitFor();
  });
});

function actions(window: ReturnType<typeof inWindow>) {
  const page = () => window().page;
  return {
    /** Traces the file of the editor. */
    trace: () => traceToEnd(window(), () => window().editorAction('Trace Active C File').click()),
    /** Rows of Problems that are Syscape's findings. */
    async problems(): Promise<string[]> {
      await window().runCommand('View: Focus Problems');
      const rows = page().locator('.markers-panel .monaco-list-row').filter({ hasText: 'Syscape' });
      const texts = await rows.allInnerTexts();
      await window().runCommand('Syscape: Focus on Timeline View');
      return texts;
    },
    squiggles: () => page().locator('.editor-instance [class*=squiggly-]').filter({ visible: true }).count(),
    /** Puts the cursor on the line of the only finding. */
    async goToProblem(): Promise<void> {
      await page().keyboard.press('Control+1'); // the keyboard to the editor
      await page().keyboard.press('Control+Home');
      const peek = page().locator('.marker-widget');
      // Asked before the finding has come back to Problems, there is nowhere to go.
      await eventually(
        'the problem',
        async () => {
          await page().keyboard.press('F8');
          return peek.waitFor({ timeout: 3000 }).then(
            () => true,
            () => false,
          );
        },
        shown => shown,
      );
    },
    /** Chooses from the lightbulb's menu. */
    async quickFix(title: string, screenshot?: string): Promise<void> {
      const entry = page().locator('.action-widget .monaco-list-row', { hasText: title });
      await page().keyboard.press('Escape');
      // Asked in the moment in which the finding comes, the menu has nothing to show.
      await eventually(
        'the menu of fixes',
        async () => {
          await page().keyboard.press('Control+.');
          return entry.waitFor({ timeout: 3000 }).then(
            () => true,
            () => false,
          );
        },
        open => open,
      );
      if (screenshot) await window().screenshot(screenshot);
      await entry.click();
    },
  };
}
