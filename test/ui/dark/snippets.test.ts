/** Snippets as people use them: typed by their prefix, chosen in the view, traced as an example, and their includes. */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { choicesIn, expandSnippet, stopsInReadingOrder } from '../../../src/views/snippets/expandSnippet.js';
import { missingIncludes } from '../../../src/views/snippets/includeLines.js';
import { variantFor, type Snippet } from '../../../src/views/snippets/catalogue.js';
import { snippets } from '../../snippets/snippetFiles.js';
import { dark } from '../support/darkWindow.js';
import { eventually } from '../support/eventually.js';
import { inWindow } from '../support/inWindow.js';
import { SnippetsPane } from '../support/snippetsPane.js';

interface Typed {
  prefix: string;
  /** Whether the snippet goes into a function. */
  place: 'function' | 'file';
  /** Of the file that it is typed in. */
  indentation: string;
  /** What is typed at a place instead of the default, by the place's number. */
  answers?: Record<number, string>;
  /** A place with a list of options, of which the second is taken. */
  second?: number;
}

/** One of every topic at least. */
const typed: readonly Typed[] = [
  { prefix: 'sys-waitpid-loop', place: 'function', indentation: '\t', answers: { 1: 'ended' }, second: 2 },
  { prefix: 'sys-daemon', place: 'file', indentation: '    ', answers: { 1: 'go_dark', 2: '/srv' } },
  { prefix: 'sys-sigaction', place: 'file', indentation: '\t', answers: { 1: 'caught' } },
  { prefix: 'sys-sigmask', place: 'function', indentation: '  ' },
  { prefix: 'sys-pipe', place: 'function', indentation: '    ' },
  { prefix: 'sys-mmap-shared', place: 'function', indentation: '\t', answers: { 1: 'long', 2: 'counter' } },
  { prefix: 'sys-reuseaddr', place: 'function', indentation: '    ' },
  { prefix: 'sys-epoll-et-read', place: 'file', indentation: '  ' },
  { prefix: 'sys-setrlimit', place: 'function', indentation: '\t' },
  { prefix: 'sys-trylock', place: 'file', indentation: '    ' },
];

const topicOf = (prefix: string): string | undefined => snippetOf(prefix).topic;

function snippetOf(prefix: string): Snippet {
  const found = snippets.find(snippet => snippet.prefix === prefix);
  assert.ok(found, prefix);
  return found;
}

/** A file whose indentation VS Code recognises, with a line for the snippet. */
function template({ place, indentation }: Typed): string {
  const user = `static int own(int x)\n{\n${indentation}if (x)\n${indentation}${indentation}return 1;\n${indentation}return 0;\n}\n`;
  const main = `\nint main(void)\n{\n${indentation}@\n${indentation}return own(0);\n}\n`;
  return place === 'function' ? user + main : `${user}\n@\n${main.replace(`${indentation}@\n`, '')}`;
}

/** What the file has to be afterwards. */
function expected(item: Typed): string {
  const { prefix, place, indentation, answers, second } = item;
  const { body } = variantFor(snippetOf(prefix), 'c');
  const given = Object.entries(answers ?? {}).map(([stop, text]) => [Number(stop), text] as const);
  const chosen = choicesIn(body).flatMap(({ stop, options }) =>
    stop === second ? [[stop, options[1] ?? ''] as const] : [],
  );
  const code = expandSnippet(body, new Map([...given, ...chosen])).replaceAll('\t', indentation);
  const indented = place === 'function' ? code.replaceAll('\n', `\n${indentation}`) : code;
  const source = template(item).replace('@', () => indented);
  const lines = source.split('\n');
  for (const { line, text } of missingIncludes(source, code, 'c').reverse())
    lines.splice(line, 0, ...text.split('\n').slice(0, -1));
  return lines.join('\n');
}

const fileOf = (prefix: string): string => `typed-${prefix}.c`;
const trimLines = (text: string): string => text.replace(/[ \t]+$/gm, '');

describe('snippets', () => {
  const window = inWindow({
    settings: dark,
    prepare: folder => {
      for (const item of typed) writeFileSync(path.join(folder, fileOf(item.prefix)), template(item));
      writeFileSync(path.join(folder, 'empty.c'), '');
      writeFileSync(path.join(folder, 'empty.cpp'), '');
      writeFileSync(path.join(folder, 'lacking.c'), 'int main(void)\n{\n\treturn waitpid(-1, 0, WNOHANG);\n}\n');
    },
  });
  const page = () => window().page;
  const press = (key: string) => page().keyboard.press(key);
  const read = (file: string) => readFileSync(path.join(window().folder, file), 'utf8');
  const pane = () => new SnippetsPane(page());
  /** `Ln 3, Col 5 (4 selected)`, `2 selections (8 characters selected)` */
  const cursor = () => page().locator('[id="status.editor.selection"]').innerText();

  /** Saves and waits until the file is what it has to be. */
  const saved = async (file: string, text: string) => {
    await press('Control+S');
    await eventually(
      file,
      () => trimLines(read(file)),
      found => found === trimLines(text),
    ).catch(() => assert.equal(trimLines(read(file)), trimLines(text)));
  };

  it('of every topic are among those that are typed', () => {
    assert.deepEqual(
      [...new Set(typed.map(({ prefix }) => topicOf(prefix)))].sort(),
      [...new Set(snippets.map(({ prefix }) => topicOf(prefix)))].sort(),
    );
  });

  for (const item of typed) {
    const { prefix, answers, second } = item;
    it(`come in by typing ${prefix}, with their includes, indented as the file is`, async () => {
      const file = fileOf(prefix);
      await window().openFile(file);
      await page().locator('.editor-instance .view-line', { hasText: '@' }).click();
      await press('End');
      await press('Backspace');
      await page().keyboard.type(prefix);
      const choice = page().locator('.suggest-widget .monaco-list-row.focused').filter({ hasText: prefix });
      await press('Control+Space');
      await choice.waitFor();
      if (prefix === 'sys-pipe') await window().screenshot('snippets-suggest');
      await press('Enter');
      await page().locator('.editor-instance .view-line', { hasText: '#include' }).first().waitFor();
      const { body } = variantFor(snippetOf(prefix), 'c');
      const choices = new Set(choicesIn(body).map(({ stop }) => stop));
      for (const stop of stopsInReadingOrder(body).filter(stop => stop !== 0)) {
        const answer = answers?.[stop];
        const place = await cursor();
        // A choice of options opens a list: Tab takes the first one and goes on, as everywhere else it takes the default.
        if (choices.has(stop)) await page().locator('.suggest-widget .monaco-list-row.focused').waitFor();
        if (answer !== undefined) await page().keyboard.type(answer);
        if (stop === second) await press('ArrowDown');
        await press('Tab');
        if (choices.has(stop)) await eventually('the next stop', cursor, now => now !== place);
      }
      await saved(file, expected(item));
    });
  }

  it('show their explanation and code beside the list', async () => {
    await window().openFile('empty.c');
    await page().locator('.editor-instance .view-line').first().click();
    await page().keyboard.type('sys-waitpid-l');
    await press('Control+Space');
    await page().locator('.suggest-widget .monaco-list-row.focused').filter({ hasText: 'sys-waitpid-loop' }).waitFor();
    const details = page().locator('.suggest-details');
    // It stays as the user left it the last time.
    if (!(await details.isVisible())) await press('Control+Space');
    const text = await eventually(
      'the details',
      () => details.innerText(),
      found => found.includes('WEXITSTATUS'),
    );
    assert.match(text, /Reap every child and say how it ended/);
    await window().screenshot('snippets-details');
    await press('Control+Space');
    await press('Escape');
    await press('Control+A');
    await press('Delete');
  });

  it('are listed by topic, and found by what they do and by the calls they make', async () => {
    await pane().open();
    assert.equal(await pane().rows.count(), new Set(snippets.map(({ topic }) => topic)).size);
    await pane().row('Event loops').click();
    await pane().row('sys-reactor').waitFor();
    await pane().row('sys-reactor').hover();
    const tooltip = page().locator('.monaco-hover', { hasText: 'epoll_wait' });
    await tooltip.waitFor();
    await window().screenshot('snippets-view');
    await press('Escape');
    await pane().press('Search Snippets…');
    await window().quickInput.fill('accept4 worker');
    await eventually(
      'the message',
      () => pane().message.innerText(),
      text => /snippets? for “accept4 worker”/.test(text),
    );
    await pane().row('sys-prefork').waitFor();
    assert.equal(await pane().row('sys-fork-exec').count(), 0);
    await window().screenshot('snippets-search');
    await press('Enter');
    await pane().press('Show All Snippets');
    await pane().row('Signals').waitFor();
  });

  it('are inserted where the cursor was by a click in the view, and one Undo takes them and the includes along', async () => {
    await pane().press('Search Snippets…');
    await window().quickInput.fill('sys-waitpid-nohang');
    await press('Enter');
    await pane().row('sys-waitpid-nohang').click();
    const { body } = variantFor(snippetOf('sys-waitpid-nohang'), 'c');
    await page().locator('.editor-instance .view-line', { hasText: '#include' }).first().waitFor();
    const code = expandSnippet(body, new Map());
    await press('Escape');
    await saved('empty.c', `#include <errno.h>\n#include <sys/wait.h>\n\n${code.replaceAll('\t', '    ')}`);
    await press('Control+Z');
    await saved('empty.c', '');
  });

  it('are previewed with highlighting, in a document that cannot be changed', async () => {
    await pane().pressInRow(pane().row('sys-waitpid-nohang'), 'Preview Snippet…');
    await window().editorTab('sys-waitpid-nohang.c').waitFor();
    const lines = page().locator('.editor-instance .view-line');
    await eventually(
      'the code',
      () => lines.allInnerTexts(),
      texts => texts.some(text => /waitpid\(-1/.test(text)),
    );
    const colours = await lines.evaluateAll(
      all =>
        new Set(all.flatMap(line => [...line.querySelectorAll('span[class^=mtk]')].map(span => span.className))).size,
    );
    assert.ok(colours > 3, `${colours} colours`);
    await window().screenshot('snippets-preview');
  });

  it('are opened as a complete program and traced', async () => {
    await pane().pressInRow(pane().row('sys-waitpid-nohang'), 'Open Snippet as Example and Trace…');
    await window().editorTab('sys-waitpid-nohang.c').filter({ hasNotText: 'Preview' }).first().waitFor();
    await window().timeline.waitForLane(({ name }) => name === 'sys-waitpid-nohang', 30_000);
    await window().timeline.waitForEnd();
    await window().screenshot('snippets-example');
  });

  it('are chosen in the palette by what they are for', async () => {
    await window().openFile('empty.c');
    await window().runCommand('Syscape: Insert Snippet');
    await window().quickInput.fill('SIGPIPE');
    await page().locator('.quick-input-list .monaco-list-row', { hasText: 'ignore SIGPIPE' }).waitFor();
    await window().screenshot('snippets-palette');
    await page().locator('.quick-input-list .monaco-list-row', { hasText: 'ignore SIGPIPE' }).click();
    await page().locator('.editor-instance .view-line', { hasText: '#include' }).first().waitFor();
    await page().keyboard.type('return 1');
    await press('Control+S');
    await eventually(
      'the file',
      () => read('empty.c'),
      text => /^#include <signal\.h>\n#include <stdio\.h>[^]*\n(?: {4}|\t)return 1;\n\}/.test(text),
    );
  });

  it('leave no missing include behind: the lightbulb adds it, for code that anybody wrote', async () => {
    await window().openFile('lacking.c');
    await page().locator('.editor-instance .view-line', { hasText: 'waitpid' }).click();
    await press('Control+.');
    const action = page().locator('.action-widget .monaco-list-row', { hasText: 'Add #include <sys/wait.h>' });
    await action.waitFor();
    await window().screenshot('snippets-quick-fix');
    await press('Enter');
    await saved('lacking.c', '#include <sys/wait.h>\n\nint main(void)\n{\n\treturn waitpid(-1, 0, WNOHANG);\n}\n');
  });

  it('are written as C++ in a C++ file, and offered once', async () => {
    await window().openFile('empty.cpp');
    await page().locator('.editor-instance .view-line').first().click();
    await page().keyboard.type('sys-lock-order');
    await press('Control+Space');
    const rows = page().locator('.suggest-widget .monaco-list-row').filter({ hasText: 'sys-lock-order' });
    await rows.first().waitFor();
    assert.equal(await rows.count(), 1);
    await press('Enter');
    await page().locator('.editor-instance .view-line', { hasText: '#include <mutex>' }).waitFor();
    await press('Escape');
    await press('Control+S');
    await eventually(
      'the file',
      () => read('empty.cpp'),
      text => text.includes('std::scoped_lock both(first, second);'),
    );
  });
});
