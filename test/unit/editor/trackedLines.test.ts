/** Values of lines follow their lines through edits, as an editor would say. */

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TrackedLines, type LineEdit } from '../../../src/views/editor/trackedLines.js';

const tracked = () => new TrackedLines([...'abcde'].map((value, line) => [line, value] as const));
const after = (edit: LineEdit): string => {
  const lines = tracked();
  lines.edit(edit);
  return [...lines].map(([line, value]) => `${value}${line}`).join(' ');
};
const edit = (startLine: number, endLine: number, newLines: number, fromLineStart = true): LineEdit => ({
  startLine,
  endLine,
  newLines,
  fromLineStart,
});

describe('values of lines', () => {
  it('stay through edits inside a line', () => assert.equal(after(edit(1, 1, 0)), 'a0 b1 c2 d3 e4'));
  it('move down with a line that is inserted before theirs', () =>
    assert.equal(after(edit(1, 1, 1)), 'a0 b2 c3 d4 e5'));
  it('stay when their line is broken behind its first word', () =>
    assert.equal(after(edit(1, 1, 2, false)), 'a0 b1 c4 d5 e6'));
  it('go with a line that is deleted', () => assert.equal(after(edit(1, 2, 0)), 'a0 c1 d2 e3'));
  it('stay with the line that a following one is joined to', () =>
    assert.equal(after(edit(1, 3, 0, false)), 'a0 b1 d1 e2'));
  it('go when their lines are replaced', () => assert.equal(after(edit(1, 3, 5)), 'a0 d6 e7'));

  it('are where their text is, whatever whole lines are inserted and deleted', () => {
    const step = fc.record({ at: fc.nat(12), remove: fc.nat(3), insert: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), steps => {
        const text = Array.from({ length: 10 }, (_, i) => `line ${i}`);
        const lines = new TrackedLines(text.map((value, line) => [line, value] as const));
        for (const { at, remove, insert } of steps) {
          const start = Math.min(at, text.length - 1);
          const end = Math.min(start + remove, text.length - 1);
          const before = text.length;
          text.splice(start, end - start, ...Array.from({ length: insert }, () => 'new'));
          const gone = lines.edit(edit(start, end, insert));
          assert.equal(text.length, before + insert - (end - start));
          if (gone) assert.ok(end > start);
        }
        for (const [line, value] of lines) assert.equal(text[line], value);
        assert.equal([...lines].length, text.filter(each => each !== 'new').length);
      }),
    );
  });
});
