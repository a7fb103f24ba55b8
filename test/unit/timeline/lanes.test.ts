import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SliceFlag } from '../../../src/trace/api.js';
import { formatDuration } from '../../../src/views/timeline/webview/format.js';
import { laneHeightPx, signalMiddlePx, sliceTopPx } from '../../../src/views/timeline/webview/lanes/geometry.js';
import { hitTest } from '../../../src/views/timeline/webview/lanes/hitTest.js';
import { sliceLabels } from '../../../src/views/timeline/webview/lanes/labels.js';
import { firstAfter } from '../../../src/views/timeline/webview/lanes/windowData.js';
import { TimeScale } from '../../../src/views/timeline/webview/viewport.js';
import { windowSlices } from './slices.js';

/** 1 ns is 1 px. */
const scale = new TimeScale({ startNs: 0, endNs: 1000 }, 1000);
const lanes = [
  { index: 0, column: 0, topPx: 0 },
  { index: 1, column: 1, topPx: laneHeightPx },
];
const none = new Set<number>();
const onSlice = sliceTopPx + 4;

describe('what is under the pointer', () => {
  const slices = windowSlices(
    [
      [{ startNs: 100, endNs: 200 }, { startNs: 300, endNs: 300.2 }, { startNs: 304, endNs: 400, kind: 3 }],
      [{ startNs: 0, endNs: 1000, row: 77 }],
    ],
    [{ row: 5, thread: 10, atNs: 150, signal: 'SIGCHLD', count: 1, fatal: false }],
  ); // prettier-ignore
  const at = (xPx: number, yPx: number, hidden = none) => hitTest(slices, lanes, scale, { xPx, yPx }, hidden);
  const sliceAt = (xPx: number, yPx = onSlice, hidden = none) => {
    const hit = at(xPx, yPx, hidden);
    return hit?.kind === 'slice' ? hit.slice : hit?.kind;
  };

  it('is the slice that covers the place', () => {
    assert.equal(sliceAt(100), 0);
    assert.equal(sliceAt(199), 0);
    assert.equal(sliceAt(250), 'lane');
  });

  it('is the nearest of slices that are too narrow to be hit', () => {
    assert.equal(sliceAt(298), 1);
    assert.equal(sliceAt(301), 1);
    assert.equal(sliceAt(303.5), 2);
  });

  it('is of the lane at that height, and nothing below the last', () => {
    assert.equal(sliceAt(250, laneHeightPx + onSlice), 3);
    assert.equal(at(250, 2 * laneHeightPx + 1), undefined);
  });

  it('is never a slice of a class that is not shown', () => {
    assert.equal(sliceAt(350, onSlice, new Set([3])), 'lane');
  });

  it('is a signal before the slice that lies under it', () => {
    assert.equal(at(152, signalMiddlePx)?.kind, 'signal');
    assert.equal(at(152, onSlice + 8)?.kind, 'slice');
  });

  it('is the bare lane while its columns are on their way', () => {
    assert.equal(
      hitTest(slices, [{ index: 0, column: -1, topPx: 0 }], scale, { xPx: 150, yPx: onSlice }, none)?.kind,
      'lane',
    );
    assert.equal(hitTest(null, lanes, scale, { xPx: 150, yPx: onSlice }, none)?.kind, 'lane');
  });
});

describe('the search in a column', () => {
  it('finds what a walk from the start finds', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.integer({ min: -1, max: 51 }), (values, wanted) => {
        const column = Float64Array.from(values.sort((a, b) => a - b));
        const walked = values.findIndex(value => value > wanted);
        assert.equal(firstAfter(column, wanted, 0, column.length), walked < 0 ? column.length : walked);
      }),
    );
  });

  it('stays inside of its lane', () => {
    assert.equal(firstAfter(Float64Array.of(1, 2, 3, 4), 0, 2, 3), 2);
    assert.equal(firstAfter(Float64Array.of(1, 2, 3, 4), 9, 1, 3), 3);
  });
});

describe('labels of slices', () => {
  const t = (key: string, ...values: (string | number)[]) => `${key} ${values.join(' ')}`;
  const labels = (slice: Parameters<typeof windowSlices>[0][number][number]) =>
    sliceLabels(windowSlices([[slice]]), 0, t);

  it('go from the whole call to its bare name', () => {
    assert.deepEqual(labels({ startNs: 0, endNs: 10, name: 'read', fd: 5, result: 12 }), [
      'read(5) = 12',
      'read(5)',
      'read',
    ]);
    assert.deepEqual(labels({ startNs: 0, endNs: 10, name: 'fork' }), ['fork()', 'fork']);
  });

  it('say how long a call waits, and what it got', () => {
    const waiting = { startNs: 0, endNs: 264e6, name: 'wait4', flags: SliceFlag.Blocked };
    assert.equal(labels(waiting)[0], `labelWaits wait4() ${formatDuration(264e6)}`);
    assert.equal(labels({ ...waiting, result: 7 })[0], `labelWaited wait4() = 7 ${formatDuration(264e6)}`);
  });

  it('write addresses as such', () => {
    assert.equal(labels({ startNs: 0, endNs: 1, name: 'mmap', result: 0x7f0000000000 })[0], 'mmap() = 0x7f0000000000');
  });

  it('count what is drawn as one', () => {
    assert.equal(labels({ startNs: 0, endNs: 1, count: 37 })[0], 'labelMerged 37');
  });
});
