import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { snippetsPage } from './page.js';
import { snippets } from './snippetFiles.js';

const pagePath = fileURLToPath(new URL('../../docs/snippets.md', import.meta.url));

describe('docs/snippets.md', () => {
  it('lists every snippet by topic (UPDATE_GOLDEN=1 writes it anew)', () => {
    const page = snippetsPage(snippets);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(pagePath, page);
    assert.equal(readFileSync(pagePath, 'utf8'), page);
  });
});
