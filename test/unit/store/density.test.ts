/** What a folded lane is told of its hidden subtree. */

import assert from 'node:assert/strict';
import { fork, handMade } from '../model/modelFixture.js';

describe('the density of a folded subtree', () => {
  const { trace } = handMade(`
    10 ${fork} = 11 <0.000100>
    11 ${fork} = 12 <0.000100>
    11 getpid() = 11 <0.000010>
    12 getpid() = 12 <0.000010>
    10 getpid() = 10 <0.000010>
    12 getpid() = 12 <0.000010>
    12 getpid() = 12 <0.000010>
    10 getpid() = 10 <0.000010>`);
  const density = (startNs: number, endNs: number, widthPx: number): number[] => {
    const query = { startNs, endNs, widthPx, lanes: [0], filter: null, folded: [0] };
    const [only, ...others] = trace.window(query).densities;
    assert.deepEqual([only?.thread, others], [0, []]);
    return [...(only?.counts ?? [])];
  };

  it('counts the calls of children and grandchildren in equal bins, and not the lane’s own', () => {
    assert.deepEqual(density(0, 8e6, 24), [0, 1, 1, 1, 0, 1, 1, 0]);
  });

  it('is the same when a bin has many calls', () => {
    assert.deepEqual(density(0, 8e6, 6), [3, 2]);
    assert.deepEqual(density(4e6, 8e6, 3), [2]);
  });

  it('is not told of lanes that nobody folded', () => {
    assert.deepEqual(trace.window({ startNs: 0, endNs: 8e6, widthPx: 24, lanes: [0], filter: null }).densities, []);
  });
});
