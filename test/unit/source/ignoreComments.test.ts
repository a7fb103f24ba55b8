/** Comments by which the author of a program says that a finding is meant so. */

import assert from 'node:assert/strict';
import { ignoredRules } from '../../../src/trace/source/ignoreComments.js';

/** Line → rules, for lines joined by line ends. */
const ignored = (...lines: string[]) =>
  Object.fromEntries([...ignoredRules(lines.join('\n'))].map(([line, rules]) => [line, [...rules]]));

describe('comments that ignore findings', () => {
  it('are about their own line when code stands there', () => {
    assert.deepEqual(ignored('fork(); // syscape-ignore: zombie', 'fork();'), { 1: ['zombie'] });
    assert.deepEqual(ignored('x();', 'fork(); /* syscape-ignore: zombie */'), { 2: ['zombie'] });
  });

  it('are about the next line of code when they stand alone', () => {
    assert.deepEqual(ignored('  // syscape-ignore: orphan', '', '  // why', '  fork();', '  fork();'), {
      4: ['orphan'],
    });
    assert.deepEqual(ignored('/* syscape-ignore: orphan', ' * because */', 'fork();'), { 3: ['orphan'] });
  });

  it('name several rules, and may give a reason', () => {
    assert.deepEqual(ignored('f(); // syscape-ignore: fd-leak, missing-cloexec -- kept on purpose'), {
      1: ['fd-leak', 'missing-cloexec'],
    });
    assert.deepEqual(ignored('// syscape-ignore: a', '// syscape-ignore: b', 'f();'), { 3: ['a', 'b'] });
  });

  it('are comments, not text in literals, and name rules', () => {
    assert.deepEqual(ignored('puts("// syscape-ignore: zombie");', `c = '"'; // syscape-ignore: zombie`), {
      2: ['zombie'],
    });
    assert.deepEqual(
      ignored('f(); // syscape-ignore:', 'f(); // syscape-ignore', 'f(); /* not-syscape-ignored */'),
      {},
    );
  });
});
