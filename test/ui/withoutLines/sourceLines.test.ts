/** From a call to its line of C: what is said when a trace has no lines, tracing again with them, and the ways to the editor. */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from '../support/eventually.js';
import { inWindow } from '../support/inWindow.js';
import { traceToEnd } from '../support/traceRun.js';

const program = `#include <fcntl.h>
#include <unistd.h>

static void rest(useconds_t microseconds)
{
    usleep(microseconds); /* here */
}

static int look(const char *path)
{
    return open(path, O_RDONLY); /* fails */
}

int main(void)
{
    for (int i = 0; i < 3; i++) {
        look("/nowhere");
    }
    rest(300000); /* from here */
    return 0;
}
`;
const lineOf = (mark: string) => program.slice(0, program.indexOf(mark)).split('\n').length;
const sleepLine = lineOf('/* here */');
const callerLine = lineOf('/* from here */');
const openLine = lineOf('/* fails */');

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

  const filterText = () => timeline().frame.locator('.filter-input').inputValue();
  const matches = () => timeline().frame.locator('.filter-count').innerText();
  const filtersBy = (words: string, count: number) =>
    eventually(
      `the filter ${words}`,
      async () => `${await filterText()} ${await matches()}`,
      text => text.startsWith(`${words} ${count} of `),
    );
  const openTab = (name: string) => timeline().frame.getByRole('tab', { name, exact: true }).click();
  const sourceLine = (text: string) => window().page.locator('.editor-instance .view-line', { hasText: text }).first();
  /** What stands behind the text of lines. */
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
  const endOf = (text: string) => () =>
    sourceLine(text).evaluate(line =>
      [...line.querySelectorAll('span')].map(part => getComputedStyle(part, '::after').content).join(' '),
    );
  const lenses = () => window().page.locator('.editor-instance .codelens-decoration').allInnerTexts();

  it('are offered where a trace has none', async () => {
    ({ pid } = await traceToEnd(window(), () => window().editorAction('Trace Active C File').click()));
    await window().runCommand('View: Toggle Maximized Panel');
    await timeline().select(pid, sleep);
    await openTab('Summary');
    await timeline().frame.getByRole('radio', { name: 'By line' }).click();
    await timeline().frame.getByText('recorded without stacks').waitFor();
    await window().screenshot('source-lines-none');
    await timeline().frame.getByRole('radio', { name: 'By call' }).click();
    await openTab('Details');
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

  it('open by a double click on a slice', async () => {
    await sourceLine('return 0;').click();
    await eventually(
      'another line',
      () => window().page.locator('.statusbar-item', { hasText: 'Ln ' }).innerText(),
      text => !text.includes(`Ln ${sleepLine},`),
    );
    const { x, y } = await timeline().findSlice(pid, sleep);
    await window().page.mouse.dblclick(x, y);
    await window().statusSays(`Ln ${sleepLine}, Col 1`);
  });

  it('say at their ends what was called there, and above functions what these called', async () => {
    await eventually('the annotation', ends, texts => texts.some(text => /clock_nanosleep · [3-9]\d\d ms/.test(text)));
    assert.ok((await ends()).some(text => /3 × openat · .*3 failed/.test(text)));
    await eventually('the lens', lenses, texts => texts.some(text => /^1 call, [3-9]\d\d ms$/.test(text)));
    await window().screenshot('source-lines-annotations');
  });

  it('lead to all their calls: from the menu of a line, a hover and the lens of a function', async () => {
    await sourceLine('return open(').click({ button: 'right' });
    await window()
      .page.getByRole('menuitem', { name: /^Show This Line/ })
      .click();
    await filtersBy(`src:rest.c:${openLine}`, 3);
    await eventually(
      'the first of them',
      () => timeline().details(),
      details => /^openat\(/.test(details['Call'] ?? ''),
    );
    await window().screenshot('source-lines-matches');
    await sourceLine('return open(').click();
    await window().runCommand('Show or Focus Hover');
    const hover = window().page.locator('.monaco-hover:visible', { hasText: 'In the last trace' });
    await hover.waitFor();
    assert.match(await hover.innerText(), /openat[^]*3 ENOENT[^]*First[^]*"\/nowhere"/);
    await window().screenshot('source-lines-hover');
    await window()
      .page.locator('.editor-instance .codelens-decoration', { hasText: /1 call, [3-9]/ })
      .getByRole('button')
      .click();
    await filtersBy('fn:rest src:rest.c', 1);
  });

  it('are words of the filter, and group the summary', async () => {
    await timeline().frame.locator('.filter-input').fill('src:rest.c');
    await filtersBy('src:rest.c', 4);
    await openTab('Summary');
    await timeline().frame.getByRole('radio', { name: 'By line' }).click();
    const row = timeline().frame.locator('#panel-summary tbody tr', { hasText: `rest.c:${openLine}` });
    await row.waitFor();
    await window().screenshot('source-lines-summary');
    await row.getByRole('button').click();
    await window().statusSays(`Ln ${openLine}, Col 1`);
    await row.locator('.colCalls').click();
    await filtersBy(`src:rest.c:${openLine}`, 3);
    await timeline().frame.locator('.filter-input').fill('');
  });

  it('make a flame graph, whose boxes lead back to the calls', async () => {
    await openTab('Flame');
    await timeline().frame.getByRole('radio', { name: 'Calls' }).click();
    const box = (name: string) => timeline().frame.getByRole('treeitem', { name: new RegExp(`^${name},`) });
    await box('main').waitFor();
    await window().screenshot('source-lines-flame');
    await box('look').click();
    await eventually(
      'the box that fills the width',
      () => box('look').getAttribute('aria-current'),
      current => current === 'true',
    );
    await timeline().frame.locator('.flame-foot').getByRole('button', { name: 'Show in timeline' }).click();
    await filtersBy('under:main/look', 3);
    await timeline().frame.locator('.filter-input').fill('');
  });

  it('move with their text, say when it was changed, and can be hidden', async () => {
    await sourceLine('#include <fcntl.h>').click();
    await window().page.keyboard.press('Home');
    await window().page.keyboard.press('Enter');
    await eventually(
      'a word of warning',
      ends,
      texts => texts.length > 0 && texts.every(text => text.includes('older')),
    );
    await eventually('the annotation at its line', endOf('usleep'), text => text.includes('clock_nanosleep'));
    await eventually('a warning above functions', lenses, texts => texts.some(text => /^3 calls.*older/.test(text)));
    await window().screenshot('source-lines-stale');
    await window().page.keyboard.press('Control+Z');
    await eventually('no warning', ends, texts => texts.length > 0 && !texts.some(text => text.includes('older')));
    await window().runCommand('Syscape: Show or Hide Calls in the Source');
    await eventually(
      'nothing',
      async () => [...(await ends()), ...(await lenses())],
      texts => texts.every(text => /Trace/.test(text)),
    );
    await window().runCommand('Syscape: Show or Hide Calls in the Source');
    await eventually('the annotations again', ends, texts => texts.length > 0);
  });

  it('stay on for this program until it is traced without them', async () => {
    ({ pid } = await traceToEnd(window(), () => window().runCommand('Syscape: Trace Again without Source Lines')));
    await window().runCommand('View: Toggle Maximized Panel');
    await openTab('Details');
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
