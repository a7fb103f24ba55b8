import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readmeTable, snippetsPage } from './page.js';
import { snippets } from './snippetFiles.js';

const file = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Compares the text with the file, or writes it there. */
function isIn(path: string, text: string): void {
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file(path), text);
  assert.equal(readFileSync(file(path), 'utf8'), text);
}

describe('the list of snippets (UPDATE_GOLDEN=1 writes it anew)', () => {
  it('is docs/snippets.md, by topic', () => isIn('docs/snippets.md', snippetsPage(snippets)));

  it('is the table of the README', () => {
    const readme = readFileSync(file('README.md'), 'utf8');
    const table = /(?<=<!-- snippets -->\n)[^]*?(?=<!-- \/snippets -->)/;
    assert.match(readme, table);
    isIn(
      'README.md',
      readme.replace(table, () => readmeTable(snippets)),
    );
  });
});
