import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rules } from '../../src/trace/findings/rules.js';
import { readmeTable, snippetsPage } from './page.js';
import { snippets } from './snippetFiles.js';

const file = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const updates = process.env.UPDATE_GOLDEN === '1';

/** The tables without the column of findings: a new finding does not make the list of snippets wrong. */
const withoutFindings = (page: string): string => page.replace(/ [^|\n]* \|$/gm, '');

describe('the list of snippets (UPDATE_GOLDEN=1 writes it anew)', () => {
  const page = snippetsPage(snippets);
  if (updates) writeFileSync(file('docs/snippets.md'), page);
  const shown = readFileSync(file('docs/snippets.md'), 'utf8');

  it('is docs/snippets.md, by topic', () => assert.equal(withoutFindings(shown), withoutFindings(page)));

  it('links only to findings that name the snippet, and to pages that exist', () => {
    const links = [...shown.matchAll(/^\| `([\w-]+)`.*$/gm)].flatMap(([row, prefix = '']) =>
      [...row.matchAll(/\[([\w-]+)\]\((findings\/[\w-]+\.md)\)/g)].map(([, id = '', path = '']) => ({
        prefix,
        id,
        path,
      })),
    );
    assert.ok(links.length > 0);
    assert.deepEqual(
      links.filter(({ prefix, id, path }) => {
        const isNamed = rules.some(rule => rule.id === id && rule.snippet === prefix);
        return !isNamed || !existsSync(file(`docs/${path}`));
      }),
      [],
    );
  });

  it('is the table of the README', () => {
    const readme = readFileSync(file('README.md'), 'utf8');
    const table = /(?<=<!-- snippets -->\n)[^]*?(?=<!-- \/snippets -->)/;
    assert.match(readme, table);
    const complete = readme.replace(table, () => readmeTable(snippets));
    if (updates) writeFileSync(file('README.md'), complete);
    assert.equal(readFileSync(file('README.md'), 'utf8'), complete);
  });
});
