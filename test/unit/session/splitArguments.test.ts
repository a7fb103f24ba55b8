/** The argument box splits as a shell would, and expands nothing. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { joinArguments, splitArguments } from '../../../src/session/splitArguments.js';

const table: [string, string[]][] = [
  ['', []],
  ['   ', []],
  ['a  b\tc', ['a', 'b', 'c']],
  [`'a b' "c d"`, ['a b', 'c d']],
  [`a'b c'"d e"f`, ['ab cd ef']],
  [`'' ""`, ['', '']],
  [String.raw`a\ b \"`, ['a b', '"']],
  [String.raw`"\"\\\$\n"`, [String.raw`"\$\n`]],
  [String.raw`'\'`, ['\\']],
  ['$HOME *.c ~', ['$HOME', '*.c', '~']],
];

describe('splitting arguments', () => {
  for (const [line, args] of table) {
    it(`makes ${JSON.stringify(args)} of ${JSON.stringify(line)}`, () =>
      assert.deepEqual(splitArguments(line), { args }));
  }

  it('refuses a line that is not finished', () => {
    assert.deepEqual(splitArguments(`a "b`), { error: 'unclosedQuote' });
    assert.deepEqual(splitArguments(`a 'b`), { error: 'unclosedQuote' });
    assert.deepEqual(splitArguments('a \\'), { error: 'trailingBackslash' });
    assert.deepEqual(splitArguments('"a\\'), { error: 'trailingBackslash' });
  });

  it('gives back what was joined', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), args => {
        assert.deepEqual(splitArguments(joinArguments(args)), { args });
      }),
    );
  });

  it('agrees with a shell on lines without expansions', () => {
    const lines = fc.string({ unit: fc.constantFrom('a', ' ', "'", '"', '\\', '-', '\t'), maxLength: 20 });
    fc.assert(
      fc.property(lines, line => {
        const split = splitArguments(line);
        if ('error' in split) return;
        const printed = execFileSync('/bin/sh', ['-c', `for a in ${line}; do printf '%s\\0' "$a"; done`], {
          encoding: 'utf8',
        });
        assert.deepEqual(split.args, printed.split('\0').slice(0, -1));
      }),
      { numRuns: 150 },
    );
  });
});
