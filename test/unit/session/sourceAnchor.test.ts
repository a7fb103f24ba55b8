/** A traced line while its file is edited: it is followed, and given up as soon as it reads differently. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TextDocumentContentChangeEvent } from 'vscode';
import { SourceAnchor, codeColumns } from '../../../src/session/findings/sourceAnchor.js';

const lines = ['int main(void)', '{', '    fork(); /* why */', '    fork();', '}'];

describe('the place of a traced line', () => {
  let file: string;
  before(() => {
    file = path.join(mkdtempSync(path.join(tmpdir(), 'syscape-anchor-')), 'a.c');
    writeFileSync(file, lines.join('\n'));
  });
  after(() => rmSync(path.dirname(file), { recursive: true, force: true }));

  const anchor = (changed = false) => new SourceAnchor({ path: file, line: 3, changed });
  const edit = (from: [number, number], to: [number, number], text: string) =>
    ({
      range: { start: { line: from[0], character: from[1] }, end: { line: to[0], character: to[1] } },
      text,
    }) as TextDocumentContentChangeEvent;

  it('moves with what is inserted and deleted above it', () => {
    const place = anchor();
    place.edited([edit([0, 0], [0, 0], '#include <a.h>\n\n')]);
    assert.equal(place.lineIn(['#include <a.h>', '', ...lines]), 4);
    place.edited([edit([1, 0], [2, 0], '')]);
    assert.equal(place.lineIn(['#include <a.h>', ...lines]), 3);
    // At the very beginning of its own line, and below it.
    place.edited([edit([4, 0], [4, 0], '\n'), edit([3, 0], [3, 0], '    // syscape-ignore: zombie\n')]);
    const now = ['#include <a.h>', ...lines.slice(0, 2), '    // syscape-ignore: zombie', ...lines.slice(2)];
    assert.equal(place.lineIn(now), 4);
  });

  it('is the same line whatever is said in its comment, and none once its code differs', () => {
    const with_ = (line: string) => anchor().lineIn([...lines.slice(0, 2), line, ...lines.slice(3)]);
    assert.equal(with_('\tfork();  // syscape-ignore: zombie'), 2);
    assert.equal(with_('    vfork(); /* why */'), undefined);
    assert.equal(anchor().lineIn([]), undefined);
  });

  it('is unknown in a file that was edited before anybody looked', () => {
    assert.equal(anchor(true).lineIn(lines), undefined);
  });

  it('is marked from the first character of its code to the last', () => {
    assert.deepEqual(codeColumns('    fork(); /* why */'), [4, 11]);
    assert.deepEqual(codeColumns('\tfork(); // why'), [1, 8]);
    assert.deepEqual(codeColumns('f(/* a */ b);'), [0, 13]);
    assert.deepEqual(codeColumns('  // only'), [0, 9]);
  });
});
