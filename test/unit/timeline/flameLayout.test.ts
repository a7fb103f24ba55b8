/** Where the boxes of a flame graph stand, and what is found in it. */

import assert from 'node:assert/strict';
import type { FlameNode } from '../../../src/views/timeline/protocol.js';
import {
  findInFlame,
  flameBoxes,
  flameTree,
  sameNode,
} from '../../../src/views/timeline/webview/drawer/flameLayout.js';

const node = (parent: number, name: string, totalNs: number, calls: number): FlameNode => ({
  parent, name, totalNs, calls, kind: parent === 0 && name === '' ? 'root' : 'own', class: 'file', place: '', words: '', row: 0,
  frame: 0, errors: 0, blockedNs: 0,
}); // prettier-ignore

//  0 all 100 ns
//    1 main 80       2 worker 20
//    3 a 60  4 b 10    5 a 20
const tree = flameTree([
  node(0, '', 100, 10),
  node(0, 'main', 80, 4),
  node(0, 'worker', 20, 6),
  node(1, 'a', 60, 1),
  node(1, 'b', 10, 3),
  node(2, 'a', 20, 6),
]);

const boxes = (zoom: number, weight: 'time' | 'calls' = 'time', least = 0, most = 99) =>
  flameBoxes(tree, zoom, weight, least, most).map(
    ({ node: at, depth, left, width, outside }) =>
      `${at}@${depth} ${left.toFixed(2)}+${width.toFixed(2)}${outside ? ' outside' : ''}`,
  );

describe('a flame graph', () => {
  it('is as wide as the time, the heaviest callee first', () => {
    assert.deepEqual(boxes(0), [
      '0@0 0.00+1.00', '1@1 0.00+0.80', '2@1 0.80+0.20', '3@2 0.00+0.60', '4@2 0.60+0.10', '5@2 0.80+0.20',
    ]); // prettier-ignore
  });

  it('is as wide as the number of calls when it is asked for these', () => {
    assert.deepEqual(boxes(0, 'calls').slice(1, 3), ['2@1 0.00+0.60', '1@1 0.60+0.40']);
  });

  it('gives all the width to the box that was clicked, under its callers', () => {
    assert.deepEqual(boxes(1), ['0@0 0.00+1.00 outside', '1@1 0.00+1.00', '3@2 0.00+0.75', '4@2 0.75+0.13']);
  });

  it('leaves out what is too narrow to be seen, and the deepest when there is too much', () => {
    assert.deepEqual(boxes(0, 'time', 0.15).length, 5);
    assert.ok(!boxes(0, 'time', 0, 3).some(box => box.includes('@2')));
  });

  it('is empty without nodes, and one box without time', () => {
    assert.deepEqual(flameBoxes(flameTree([]), 0, 'time', 0, 9), []);
    assert.equal(flameBoxes(flameTree([node(0, '', 0, 1), node(0, 'main', 0, 1)]), 0, 'time', 0, 9).length, 1);
  });

  it('finds functions by a part of their name, and counts what lies in a found one once', () => {
    const { found, weight } = findInFlame(tree, 'A', 'time');
    assert.deepEqual([...found], [1, 3, 5]);
    assert.equal(weight, 100);
    assert.deepEqual([...findInFlame(tree, 'b', 'calls').found], [4]);
    assert.equal(findInFlame(tree, '', 'time').found.size, 0);
  });

  it('keeps its place in another graph by the names on the way', () => {
    const other = flameTree([node(0, '', 9, 9), node(0, 'worker', 5, 5), node(1, 'a', 5, 5)]);
    assert.equal(sameNode(tree, 5, other), 2);
    assert.equal(sameNode(tree, 3, other), 0);
  });
});
