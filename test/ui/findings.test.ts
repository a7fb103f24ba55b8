/** The Findings view: what is wrong appears beside the process tree, and its proof leads to the timeline. */

import assert from 'node:assert/strict';
import { eventually } from './support/eventually.js';
import { inWindow } from './support/inWindow.js';
import { traceToEnd } from './support/traceRun.js';

describe('findings of a traced example', () => {
  const window = inWindow({ openFile: 'zombie.c' });

  it('names the zombie, and its evidence selects the event in the timeline', async () => {
    await window().processes.open();
    await traceToEnd(window(), () => window().editorAction('Trace Active C File').click());
    const { findings } = window().processes;
    const rule = findings.filter({ hasText: 'Zombie' }).first();
    await rule.waitFor();
    const finding = findings.filter({ hasText: 'before anybody waited for it' }).first();
    await finding.waitFor();
    await finding.locator('.monaco-tl-twistie').click();
    const texts = await eventually(
      'the evidence',
      () => findings.allInnerTexts(),
      rows => rows.length > 2,
    );
    assert.match(texts.join('\n'), /exit|dead|reap/i);
    await findings.nth(2).click();
    await eventually(
      'the details of the event',
      () => window().timeline.details(),
      details => Object.keys(details).length > 0,
    );
    await window().screenshot('findings');
  });
});
