/** Where things can be: the timeline in the secondary side bar, the first steps in the walkthrough. */

import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.js';
import { inWindow } from '../support/inWindow.js';
import { traceToEnd } from '../support/traceRun.js';

describe('places in the window', () => {
  const window = inWindow({ openFile: 'zombie.c' });
  const choose = async (text: string): Promise<void> => {
    await window().quickInput.fill(text);
    await window().page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first().click();
  };

  after(async () => {
    await window().runCommand('View: Reset View Locations');
    await window().runCommand('Syscape: Focus on Timeline View');
  });

  it('the timeline beside the code, in the secondary side bar', async () => {
    const { pid } = await traceToEnd(window(), () => window().editorAction('Trace Active C File').click());
    await window().runCommand('View: Move Panel Views To Secondary Side Bar');
    await window().runCommand('Syscape: Focus on Timeline View');
    await eventually(
      'the timeline in the side bar',
      async () => {
        const bar = await window().page.locator('.part.auxiliarybar').boundingBox();
        const view = await window().page.locator('iframe.webview').filter({ visible: true }).last().boundingBox();
        return bar !== null && view !== null && view.x >= bar.x && view.width > 0;
      },
      beside => beside,
    );
    await window().timeline.waitForLane(lane => lane.pid === pid);
    await window().screenshot('secondary-side-bar');
  });

  it('the walkthrough, whose first step traces', async () => {
    await window().runCommand('Welcome: Open Walkthrough');
    await choose('Get started with Syscape');
    const page = window().page.locator('.gettingStartedContainer');
    await page.getByText('Trace a C program').first().waitFor();
    const steps = await eventually(
      'its steps',
      () => page.locator('.step-title').allInnerTexts(),
      found => found.length >= 5,
    );
    assert.deepEqual(steps.slice(0, 5), [
      'Trace a C program',
      'Read the timeline',
      'See what is wrong',
      'Go to the line of C',
      'Insert what is right',
    ]);
    for (const key of ['Control+B', 'Control+Alt+B']) await window().page.keyboard.press(key); // room for its picture
    const media = window().page.locator('iframe.webview').filter({ visible: true }).last();
    await media.contentFrame().frameLocator('iframe#active-frame').locator('svg').first().waitFor();
    await window().screenshot('walkthrough');
  });
});
