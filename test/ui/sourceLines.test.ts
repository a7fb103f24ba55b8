/** From a call to its line of C: what is said when a trace has no lines, tracing again with them, and the ways to the editor. */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from './support/eventually.js';
import { inWindow } from './support/inWindow.js';
import { traceToEnd } from './support/traceRun.js';

const program = `#include <unistd.h>

static void rest(useconds_t microseconds)
{
    usleep(microseconds); /* here */
}

int main(void)
{
    rest(300000); /* from here */
    return 0;
}
`;
const lineOf = (mark: string) => program.slice(0, program.indexOf(mark)).split('\n').length;
const sleepLine = lineOf('/* here */');
const callerLine = lineOf('/* from here */');

describe('source lines', () => {
  const window = inWindow({
    openFile: 'rest.c',
    settings: { 'syscape.sourceLines': 'off' },
    prepare: folder => writeFileSync(path.join(folder, 'rest.c'), program),
  });
  const timeline = () => window().timeline;
  const press = async (key: string) => {
    await timeline().focus();
    await window().page.keyboard.press(key);
  };
  const sleep = /^clock_nanosleep\(/;
  let pid: number;

  it('are offered where a trace has none', async () => {
    ({ pid } = await traceToEnd(window(), () => window().editorAction('Trace Active C File').click()));
    await window().runCommand('View: Toggle Maximized Panel');
    await timeline().select(pid, sleep);
    await press('g');
    const offer = window().page.locator('.notifications-toasts').getByRole('button', {
      name: 'Trace Again with Source Lines',
    });
    ({ pid } = await traceToEnd(window(), () => offer.click()));
  });

  it('stand with the event, with the functions that led there', async () => {
    const details = await timeline().select(pid, sleep);
    assert.match(details['Source'] ?? '', new RegExp(`^\\s*rest\\.c:${sleepLine}\\s+rest ‹ main\\s*$`));
    assert.match(details['Stack'] ?? '', /libc\.so\.6[^]*rest rest\.c:\d+[^]*main rest\.c:\d+/);
    await window().screenshot('source-lines-details');
  });

  it('open in the editor with G, and a frame of the stack by its link', async () => {
    await press('g');
    await window().statusSays(`Ln ${sleepLine}, Col 1`);
    await timeline()
      .frame.locator('.stack')
      .getByRole('button', { name: `rest.c:${callerLine}` })
      .click();
    await window().statusSays(`Ln ${callerLine}, Col 1`);
    await window().screenshot('source-lines-editor');
  });

  it('say at their ends what was called there, and lead back to the timeline', async () => {
    const ends = () =>
      window()
        .page.locator('.editor-instance .view-line')
        .evaluateAll(lines =>
          lines.flatMap(line =>
            [...line.querySelectorAll('span')]
              .map(part => getComputedStyle(part, '::after').content)
              .filter(content => content !== 'none' && content !== '""'),
          ),
        );
    await eventually('the annotation', ends, texts => texts.some(text => /clock_nanosleep · [3-9]\d\d ms/.test(text)));
    await window().screenshot('source-lines-annotations');
    await window().runCommand('Syscape: Show or Hide Calls');
    await eventually('no annotations', ends, texts => texts.length === 0);
    await window().runCommand('Syscape: Show or Hide Calls');
    await eventually('the annotation again', ends, texts => texts.length === 1);
    await press('Escape');
    await timeline().frame.locator('.details-empty').waitFor();
    await window().page.locator('.editor-instance .view-line', { hasText: 'usleep' }).click();
    await window().runCommand('Syscape: Show the First Call of This Line');
    await eventually(
      'the details',
      () => timeline().details(),
      details => sleep.test(details['Call'] ?? ''),
    );
    await window().page.locator('.editor-instance .view-line', { hasText: 'usleep' }).click();
    await window().page.keyboard.press('End');
    await window().page.keyboard.type(' ');
    await eventually('no annotation of edited text', ends, texts => texts.length === 0);
    await window().page.keyboard.press('Control+Z');
  });

  it('stay on for this program until it is traced without them', async () => {
    ({ pid } = await traceToEnd(window(), () => window().runCommand('Syscape: Trace Again without Source Lines')));
    await window().runCommand('View: Toggle Maximized Panel');
    const details = await timeline().select(pid, sleep);
    assert.match(details['Source'] ?? '', /^Locate in Source/);
    assert.equal(details['Stack'], undefined);
  });

  it('lead from a process in the tree to the line that made it', async () => {
    await window().openFile('fork.c');
    await traceToEnd(window(), () => window().editorAction('Trace Active C File').click());
    await traceToEnd(window(), () => window().runCommand('Syscape: Trace Again with Source Lines'));
    await window().processes.open();
    const child = await eventually(
      'the child',
      () => window().processes.rows.all(),
      rows => rows.length === 2,
    );
    await window().chooseFromMenu(child[1]!, 'Go to Its Fork in the Source');
    const text = readFileSync(path.join(window().folder, 'fork.c'), 'utf8');
    await window().statusSays(`Ln ${text.split('\n').findIndex(line => line.includes('= fork()')) + 1}, Col 1`);
  });
});
