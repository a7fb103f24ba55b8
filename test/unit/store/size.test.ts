/** What an event costs. */

import assert from 'node:assert/strict';
import { EventStore } from '../../../src/trace/store/eventStore.js';

const ROWS_A_CHUNK = 32_768;

/** Lanes that fill most of the room which they have grown to, and lanes that do not; in turns, and some much more often than others. */
const stores: { lanes: number; rows: number; next: (i: number) => number }[] = [
  { lanes: 7, rows: 3 * 32_768, next: i => i % 7 },
  { lanes: 16, rows: 16 * 8000, next: i => i % 16 },
  { lanes: 40, rows: 70_000, next: i => (i * i) % 40 },
  { lanes: 3, rows: 100_000, next: i => (i % 1000 === 0 ? i % 3 : 0) },
];

/** Calls of 20 ns, one every 50 ns. */
function filled(rows: number, next: (i: number) => number = i => i % 7): EventStore {
  const store = new EventStore();
  for (let i = 0; i < rows; i++) {
    const lane = store.lane(next(i));
    store.addCall(next(i), lane, i * 50, i * 100, i % 300, 1, 0);
    lane.endLast(i * 50 + 20, 0);
  }
  return store;
}

function told(store: EventStore): number[] {
  const facts: number[] = [];
  for (let row = 0; row < store.length; row += 97)
    facts.push(row, store.startNs(row), store.durationNs(row), store.nameId(row), store.thread(row));
  for (const lane of store.lanes)
    for (const [depth, level] of lane?.levels.entries() ?? [])
      facts.push(
        level.length,
        lane?.nodeEndNs(depth + 1, level.length - 1) ?? -1,
        level.packed[level.length - 1] ?? -1,
      );
  for (const lane of store.lanes) facts.push(...(lane?.calls.nodes.slice(0, (lane.calls.length - 1) >> 2) ?? []));
  return facts;
}

describe('the size of the store', () => {
  for (const { lanes, rows, next } of stores)
    it(`is at most 48 bytes an event once no more will come, and nothing is lost by that: ${rows} in ${lanes} lanes`, () => {
      const store = filled(rows, next);
      const before = told(store);
      store.trim();
      // The last chunk of rows is as large as the others.
      const rest = (Math.ceil(rows / ROWS_A_CHUNK) * ROWS_A_CHUNK - rows) * 24;
      const bytes = (store.byteLength - rest) / store.length;
      assert.ok(bytes <= 48, `${bytes} bytes an event`);
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
