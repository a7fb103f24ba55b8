import assert from 'node:assert/strict';
import { missingCall } from './callSequence.js';
import { choicesIn, expandSnippet, stopsInReadingOrder } from '../../src/views/snippets/expandSnippet.js';
import { parse } from 'strace-parser';

const none = new Map<number, string>();

describe('the expansion of a snippet', () => {
  it('puts a default wherever its tab stop stands, also before the default', () => {
    assert.equal(expandSnippet(['$1 = ${1:fd};', 'close(${1});'], none), 'fd = fd;\nclose(fd);');
  });

  it('puts tab stops inside defaults', () => {
    assert.equal(expandSnippet(['${1:limit} ${2:$1.rlim_max}'], none), 'limit limit.rlim_max');
  });

  it('takes the first option of a choice, or the chosen one, everywhere', () => {
    const body = ['${1|-1,0|} $1 ${2|A,B \\| C,D\\, E|}'];
    assert.equal(expandSnippet(body, none), '-1 -1 A');
    assert.equal(expandSnippet(body, new Map([[1, '0']])), '0 0 A');
    assert.deepEqual(choicesIn(body), [
      { stop: 1, options: ['-1', '0'] },
      { stop: 2, options: ['A', 'B | C', 'D, E'] },
    ]);
  });

  it('leaves a backslash alone unless it escapes a dollar, a brace or a backslash', () => {
    assert.equal(expandSnippet(['"%d\\n" \\$ \\} \\\\'], none), '"%d\\n" $ } \\');
  });

  it('indents every line but the first as the line it is inserted in', () => {
    assert.equal(expandSnippet(['if (x) {', '\ty();', '}'], none, '\t'), 'if (x) {\n\t\ty();\n\t}');
  });

  it('knows the order in which the tab stops are read', () => {
    assert.deepEqual(stopsInReadingOrder(['${2:b} ${1:a} $2 $0']), [2, 1, 0]);
  });

  it('refuses what it does not know', () => {
    assert.throws(() => expandSnippet(['${TM_FILENAME}'], none));
    assert.throws(() => expandSnippet(['${1:open'], none));
  });
});

describe('the search for calls', () => {
  const { calls } = parse(
    '7 read(3, "x", 1) = 1\n8 close(3) = 0\n7 read(3, 0x7f, 1) = -1 EAGAIN (Resource temporarily unavailable)\n',
  );

  it('finds them in one thread, by text, result and error', () => {
    assert.equal(missingCall(calls, ['read("x"&3,)=1', 'read!EAGAIN']), undefined);
  });

  it('does not put two threads together, nor accept another order', () => {
    assert.equal(missingCall(calls, ['read', 'close']), 'close');
    assert.equal(missingCall(calls, ['read!EAGAIN', 'read=1']), 'read=1');
  });
});
