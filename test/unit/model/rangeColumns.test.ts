/** Columns of ranges against a plain array that does the same with splice. */

import assert from 'node:assert/strict';
import { RangeColumns } from '../../../src/trace/model/memory/rangeColumns.js';
import { randomFrom } from '../support/seededRandom.js';

type Range = [start: number, end: number, number: number];

function held(columns: RangeColumns): Range[] {
  return Array.from({ length: columns.length }, (_, i) => [columns.start(i), columns.end(i), columns.number(i)]);
}

describe('columns of ranges', () => {
  it('hold what an array would, however many are replaced by however many', () => {
    const random = randomFrom(7);
    const below = (limit: number): number => Math.floor(random() * limit);
    const columns = new RangeColumns();
    const expected: Range[] = [];
    for (let turn = 0; turn < 1000; turn++) {
      const at = below(expected.length + 1);
      const removed = Math.min(below(3), expected.length - at);
      const placed = Array.from({ length: below(4) }, (_, i): Range => [turn * 10 + i, turn * 10 + i + 1, turn]);
      columns.resize(at, removed, placed.length);
      for (const [i, range] of placed.entries()) columns.set(at + i, ...range);
      expected.splice(at, removed, ...placed);
    }
    assert.ok(expected.length > 200);
    assert.deepEqual(held(columns), expected);
  });

  it('find the first that ends after an address', () => {
    const columns = new RangeColumns();
    columns.resize(0, 0, 3);
    for (const index of [0, 1, 2]) columns.set(index, index * 20 + 10, index * 20 + 20, index);
    assert.deepEqual(
      [0, 10, 19, 20, 39, 40, 59, 60].map(address => columns.indexAt(address)),
      [0, 0, 0, 1, 1, 2, 2, 3],
    );
  });
});
