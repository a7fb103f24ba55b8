/** The table of declarations, held against the C library: what it says of a header is what a compiler finds there. */

import assert from 'node:assert/strict';
import { execa } from 'execa';
import { declarations } from '../../src/views/snippets/declarations.js';
import { AtMost } from './atMost.js';

const limit = new AtMost();

/** Does not compile when the name is not declared. A macro that takes arguments is no expression; a tag must be complete. */
function use(name: string): string {
  const identifier = `use_${name.replace(' ', '_')}`;
  if (name.includes(' ')) return `extern char ${identifier}[sizeof(${name})];\n`;
  return `#ifndef ${name}\nextern __typeof__(${name}) *${identifier};\n#endif\n`;
}

/** The names that a header does not declare. */
async function undeclared(header: string, names: readonly string[], options: readonly string[]): Promise<string[]> {
  const input = `#include ${header}\n${names.map(name => `#line 1 "${name}"\n${use(name)}`).join('')}`;
  const { stderr } = await limit.run(() =>
    execa('gcc', ['-std=gnu11', '-fsyntax-only', '-fmax-errors=0', ...options, '-x', 'c', '-'], {
      input,
      reject: false,
    }),
  );
  return names.filter(name => new RegExp(`^${name}:[12]:.*error`, 'm').test(stderr));
}

describe('the headers of the table', function () {
  this.timeout(240_000);
  const byHeader = new Map<string, string[]>();
  for (const [name, { headers }] of declarations)
    for (const header of headers) byHeader.set(header, [...(byHeader.get(header) ?? []), name]);

  for (const [header, names] of byHeader) {
    it(`${header} declares what is said of it, and what is said to need _GNU_SOURCE only with that`, async () => {
      assert.deepEqual(await undeclared(header, names, ['-D_GNU_SOURCE']), [], 'with _GNU_SOURCE');
      const gnuOnly = names.filter(name => declarations.get(name)?.gnuOnly);
      assert.deepEqual((await undeclared(header, names, [])).sort(), gnuOnly.sort(), 'without it');
    });
  }
});
