/** What an event costs. */

import assert from 'node:assert/strict';
import { EventStore } from '../../../src/trace/store/eventStore.js';

const LANES = 7;

/** Calls of 20 ns in turns, one every 50 ns. */
function filled(rows: number): EventStore {
  const store = new EventStore();
  for (let i = 0; i < rows; i++) {
    const lane = store.lane(i % LANES);
    store.addCall(i % LANES, lane, i * 50, i * 100, i % 300, 1, 0);
    lane.endLast(i * 50 + 20, 0);
  }
  return store;
}

function told(store: EventStore): number[] {
  const facts: number[] = [];
  for (let row = 0; row < store.length; row += 1013)
    facts.push(row, store.startNs(row), store.durationNs(row), store.nameId(row), store.thread(row));
  for (const lane of store.lanes)
    for (const [depth, level] of lane?.levels.entries() ?? [])
      facts.push(level.length, lane?.nodeEndNs(depth, level.length - 1) ?? -1, level.packed.at(level.length - 1));
  return facts;
}

describe('the size of the store', () => {
  it('is at most 48 bytes an event once no more will come, and nothing is lost by that', () => {
    const store = filled(3 * 32_768);
    const before = told(store);
    store.trim();
    assert.ok(store.byteLength / store.length <= 48, `${store.byteLength / store.length} bytes an event`);
    assert.deepEqual(told(store), before);
  });

  it('can grow again', () => {
    const store = filled(1000);
    store.trim();
    for (let i = 0; i < 1000; i++) {
      store.addCall(0, store.lane(0), 1e6 + i, 1e6 + i, 5, 1, 0);
      store.lane(0).endLast(1e6 + i, 0);
    }
    assert.equal(store.length, 2000);
    assert.deepEqual([store.startNs(1999), store.nameId(1999), store.startNs(999)], [1e6 + 999, 5, 999 * 50]);
  });
});
