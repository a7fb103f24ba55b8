/** Many siblings of one image become one row. */

import assert from 'node:assert/strict';
import { arrange, groupAbove } from '../../../src/views/processTree/arrange.js';

const siblings = (...runs: [string, number][]) =>
  runs.flatMap(([name, count]) => Array.from({ length: count }, () => ({ name })));

describe('siblings in the process tree', () => {
  it('stay rows of their own, in order of birth, while they are few', () => {
    assert.deepEqual(arrange(siblings(['sh', 1], ['ls', 2])), [
      { kind: 'single', index: 0 },
      { kind: 'single', index: 1 },
      { kind: 'single', index: 2 },
    ]);
    assert.equal(arrange(siblings(['w', groupAbove])).length, groupAbove);
  });

  it('of one image become a group where the eldest would stand', () => {
    const rows = arrange(siblings(['logger', 1], ['w', groupAbove + 1], ['last', 1]));
    assert.deepEqual(
      rows.map(row => (row.kind === 'group' ? row.name : row.index)),
      [0, 'w', groupAbove + 2],
    );
  });

  it('are all in exactly one row, in ranges that can be read, when there are 12 000', () => {
    const rows = arrange(siblings(['w', 11_950], ['x', 50]));
    const group = rows.find(row => row.kind === 'group');
    assert.equal(rows.length, 51);
    assert.ok(group?.kind === 'group' && group.ranges.every(range => range.length <= groupAbove));
    const members = rows.flatMap(row => (row.kind === 'group' ? row.ranges.flat() : [row.index]));
    assert.deepEqual(
      members.sort((a, b) => a - b),
      Array.from({ length: 12_000 }, (_, index) => index),
    );
  });
});
