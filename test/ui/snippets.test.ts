/** Snippets as people use them: typed by their prefix, chosen in the view, traced as an example, and their includes. */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expandSnippet, stopsInReadingOrder } from '../../src/views/snippets/expandSnippet.js';
import { missingIncludes } from '../../src/views/snippets/includeLines.js';
import { snippets } from '../snippets/snippetFiles.js';
import { eventually } from './support/eventually.js';
import { inWindow } from './support/inWindow.js';
import { SnippetsPane } from './support/snippetsPane.js';

/** One of every topic at least; whether the snippet goes into a function, and how its file is indented. */
const typed: [prefix: string, place: 'function' | 'file', indentation: string][] = [
  ['sys-waitpid-loop', 'function', '\t'],
  ['sys-daemon', 'file', '    '],
  ['sys-sigaction', 'file', '\t'],
  ['sys-sigmask', 'function', '  '],
  ['sys-pipe', 'function', '    '],
  ['sys-mmap-shared', 'function', '\t'],
  ['sys-reuseaddr', 'function', '    '],
  ['sys-epoll-et-read', 'file', '  '],
  ['sys-setrlimit', 'function', '\t'],
  ['sys-trylock', 'file', '    '],
];

const topicOf = (prefix: string): string | undefined => snippetOf(prefix).name.split(':')[0];

function snippetOf(prefix: string): (typeof snippets)[number] {
  const found = snippets.find(snippet => snippet.prefix === prefix);
  assert.ok(found, prefix);
  return found;
}

/** A file whose indentation VS Code recognises, with a line for the snippet. */
function template(place: 'function' | 'file', indentation: string): string {
  const user = `static int own(int x)\n{\n${indentation}if (x)\n${indentation}${indentation}return 1;\n${indentation}return 0;\n}\n`;
  const main = `\nint main(void)\n{\n${indentation}@\n${indentation}return own(0);\n}\n`;
  return place === 'function' ? user + main : `${user}\n@\n${main.replace(`${indentation}@\n`, '')}`;
}

/** What the file has to be afterwards. */
function expected(prefix: string, place: 'function' | 'file', indentation: string): string {
  const { body } = snippetOf(prefix);
  const code = expandSnippet(body, new Map()).replaceAll('\t', indentation);
  const indented = place === 'function' ? code.replaceAll('\n', `\n${indentation}`) : code;
  const source = template(place, indentation).replace('@', () => indented);
  const lines = source.split('\n');
  for (const { line, text } of missingIncludes(source, code, 'c').reverse())
    lines.splice(line, 0, ...text.split('\n').slice(0, -1));
  return lines.join('\n');
}

const fileOf = (prefix: string): string => `typed-${prefix}.c`;
const trimLines = (text: string): string => text.replace(/[ \t]+$/gm, '');

describe('snippets', () => {
  const window = inWindow({
    settings: { 'workbench.colorTheme': 'Default Dark Modern' },
    prepare: folder => {
      for (const [prefix, place, indentation] of typed)
        writeFileSync(path.join(folder, fileOf(prefix)), template(place, indentation));
      writeFileSync(path.join(folder, 'empty.c'), '');
      writeFileSync(path.join(folder, 'lacking.c'), 'int main(void)\n{\n\treturn waitpid(-1, 0, WNOHANG);\n}\n');
    },
  });
  const page = () => window().page;
  const press = (key: string) => page().keyboard.press(key);
  const read = (file: string) => readFileSync(path.join(window().folder, file), 'utf8');
  const pane = () => new SnippetsPane(page());

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
      [...new Set(typed.map(([prefix]) => topicOf(prefix)))].sort(),
      [...new Set(snippets.map(({ prefix }) => topicOf(prefix)))].sort(),
    );
  });

  for (const [prefix, place, indentation] of typed) {
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
      // A choice of options opens a list: Tab takes the first one, as everywhere else it takes the default.
      const stops = stopsInReadingOrder(snippetOf(prefix).body).filter(stop => stop !== 0);
      for (let i = 0; i < stops.length; i++) await press('Tab');
      await saved(file, expected(prefix, place, indentation));
    });
  }
});
