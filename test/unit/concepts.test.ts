/** docs/concepts.md promises findings, snippets, examples and tabs: each has to be there. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rules } from '../../src/trace/findings/rules.js';
import { timelineStrings } from '../../src/views/timeline/strings.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Row {
  number: number;
  system: string;
  where: string;
  findings: string[];
  snippets: string[];
  examples: string[];
}

const rows = read('docs/concepts.md')
  .split('\n')
  .filter(line => /^\| \d+ +\|/.test(line))
  .map((line): Row => {
    const [number, system = '', where = '', ...lists] = line.split('|').slice(1, -1).map(cell => cell.trim()); // prettier-ignore
    const [findings = [], snippets = [], examples = []] = lists.map(cell => [...cell.matchAll(/`([^`]+)`/g)].map(m => m[1]!)); // prettier-ignore
    return { number: Number(number), system, where, findings, snippets, examples };
  });

describe('the table of concepts', () => {
  it('has every system once, in order, and says where each is seen', () => {
    assert.deepEqual(rows.map(row => row.number), Array.from({ length: 44 }, (_, i) => i + 1)); // prettier-ignore
    for (const row of rows) assert.ok(row.system !== '' && /Timeline|\*/.test(row.where), `row ${row.number}`);
  });

  it('names findings that there are, and leaves out few', () => {
    const known = new Set(rules.map(rule => rule.id));
    const named = new Set(rows.flatMap(row => row.findings));
    assert.deepEqual([...named].filter(id => !known.has(id)), []); // prettier-ignore
    const left = [...known].filter(id => !named.has(id));
    assert.ok(left.length <= known.size / 10, left.join(' '));
  });

  it('names snippets that there are', () => {
    const known = new Set(
      ['c.json', 'c-only.json', 'cpp.json'].flatMap(file =>
        Object.values(JSON.parse(read(`snippets/${file}`)) as Record<string, { prefix: string }>).map(s => s.prefix),
      ),
    );
    for (const { number, snippets } of rows)
      assert.deepEqual(snippets.filter(prefix => !known.has(prefix)), [], `row ${number}`); // prettier-ignore
  });

  it('names examples that there are', () => {
    for (const { number, examples } of rows)
      for (const file of examples) assert.ok(existsSync(join(root, 'examples', file)), `row ${number}: ${file}`);
  });

  it('names tabs and views by their titles', () => {
    const strings = timelineStrings({ t: message => message });
    const tabs = Object.entries(strings).flatMap(([key, title]) => (/^tab[A-Z]/.test(key) ? [title] : []));
    const nls = JSON.parse(read('package.nls.json')) as Record<string, string>;
    const titles = new Set([...tabs, ...Object.values(nls)]);
    const text = rows.map(row => row.where).join(' ');
    const named = new Set([...text.matchAll(/\*([^*]+)\*/g)].map(m => m[1]!));
    assert.deepEqual([...named].filter(title => !titles.has(title)), []); // prettier-ignore
  });
});
