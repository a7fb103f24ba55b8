/** What a program gets is what was typed, though VS Code would replace `${file}` in it. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { withoutTaskVariables } from '../../../src/session/taskArguments.js';

const printed = (args: string[]): string[] => {
  const command = withoutTaskVariables({ command: '/usr/bin/printf', args: ['%s\\0', ...args] });
  assert.ok(![command.command, ...command.args].some(word => word.includes('${')));
  return execFileSync(command.command, command.args, { encoding: 'utf8' }).split('\0').slice(0, -1);
};

describe('arguments of a task', () => {
  it('are left alone when there is no variable in them', () => {
    const plain = { command: 'strace', args: ['-o', "a 'b'", '$HOME', '{x}'] };
    assert.deepEqual(withoutTaskVariables(plain), plain);
  });

  it('arrive with their variables unresolved', () => {
    const args = ['${file}', '$${env:HOME}${', "it's ${x}", 'a\\${b}\\', '', ' ', '#${c}', '-S', 'A=${d}'];
    assert.deepEqual(printed(args), args);
  });

  it('arrive as they are, whatever they are', () => {
    const words = fc.string({
      unit: fc.constantFrom('$', '{', '}', "'", '"', '\\', ' ', 'a', '\n', '#', 'é'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.array(words, { minLength: 1 }), args =>
        assert.deepEqual(printed(['${x}', ...args]), ['${x}', ...args]),
      ),
      { numRuns: 150 },
    );
  });
});
