import assert from 'node:assert/strict';
import { stackCostMs } from '../../../src/trace/capture/stackCost.js';

describe('the cost of stacks', () => {
  it('grows with the calls under libunwind, however many threads make them', () => {
    assert.equal(stackCostMs('libunwind', 10_000, 1), 3000);
    assert.equal(stackCostMs('libunwind', 10_000, 500), 3000);
  });

  it('is mostly that of new processes under libdw', () => {
    assert.ok(stackCostMs('libdw', 1000, 100) > stackCostMs('libdw', 10_000, 1));
  });
});
