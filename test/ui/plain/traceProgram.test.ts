/** Tracing a program that was built elsewhere. */

import assert from 'node:assert/strict';
import { inWindow } from '../support/inWindow.js';
import { traceToEnd } from '../support/traceRun.js';

describe('Trace Program', () => {
  const window = inWindow({ openFile: 'hello.c' });

  it('asks for a program and its arguments, and remembers both', async () => {
    const { page } = window();
    await traceToEnd(window(), async () => {
      await window().runCommand('Syscape: Trace Program…');
      await page.locator('.quick-input-title', { hasText: 'Program to trace' }).waitFor();
      await page.locator('.quick-input-list .monaco-list-row').nth(3).waitFor();
      // While the dialog reads a folder it overwrites what is typed and takes no click.
      const asked = page.locator('.quick-input-title', { hasText: 'Arguments of' });
      for (let tries = 0; tries < 10 && !(await asked.isVisible()); tries++) {
        await window().quickInput.fill('/usr/bin/printf');
        await page.waitForTimeout(300);
        await page.getByRole('button', { name: 'Trace', exact: true }).click();
        await asked.waitFor({ timeout: 2000 }).catch(() => {});
      }
      await asked.waitFor();
      await window().quickInput.fill(`'%s|' one "two words"`);
      await page.keyboard.press('Enter');
    });
    const { pid } = (await window().timeline.lanes())[0] ?? { pid: 0 };
    const details = await window().timeline.select(pid, /^execve\(/);
    assert.match(details['Call'] ?? '', /\["\/usr\/bin\/printf", "%s\|", "one", "two words"\]/);

    await window().runCommand('Syscape: Trace Program…');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'printf' }).click();
    await page.locator('.quick-input-title', { hasText: 'Arguments of' }).waitFor();
    assert.equal(await window().quickInput.inputValue(), `'%s|' one 'two words'`);
    await window().screenshot('trace-program');
    await page.keyboard.press('Escape');
  });
});
