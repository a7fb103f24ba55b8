import assert from 'node:assert/strict';
import type { HandlerMark } from '../../../src/trace/api.js';
import { handlerTopPx, laneHeightPx } from '../../../src/views/timeline/webview/lanes/geometry.js';
import { brackets, namePlace } from '../../../src/views/timeline/webview/lanes/handlers.js';
import { hitTest } from '../../../src/views/timeline/webview/lanes/hitTest.js';
import { TimeScale } from '../../../src/views/timeline/webview/viewport.js';
import { windowSlices } from './slices.js';

/** 1 ns is 1 px. */
const scale = new TimeScale({ startNs: 0, endNs: 1000 }, 1000);
const mark = (startNs: number, endNs: number, more: Partial<HandlerMark> = {}): HandlerMark => ({
  thread: 10,
  row: startNs,
  signal: 'SIGALRM',
  startNs,
  endNs,
  running: false,
  count: 1,
  interrupted: null,
  ...more,
});
const topOf = (thread: number) => (thread === 10 ? 68 : undefined);

describe('brackets of handlers', () => {
  it('reach from the signal to the return, under the slices of their lane', () => {
    const [bracket] = brackets([mark(100, 250)], scale, topOf);
    assert.deepEqual({ ...bracket, mark: undefined }, {
      mark: undefined, startPx: 100, endPx: 250, topPx: 68 + handlerTopPx, startTick: true, endTick: true,
    }); // prettier-ignore
  });

  it('are open where they go on: beyond the view, and while the handler runs', () => {
    const [beyond, running] = brackets([mark(-50, 1200), mark(900, 1000, { running: true })], scale, topOf);
    assert.deepEqual([beyond?.startPx, beyond?.endPx, beyond?.startTick, beyond?.endTick], [0, 1000, false, false]);
    assert.deepEqual([running?.startTick, running?.endTick], [true, false]);
  });

  it('are wide enough to be seen, and left out where nobody sees them', () => {
    const found = brackets([mark(5, 5.1), mark(1100, 1200), mark(10, 20, { thread: 11 })], scale, topOf);
    assert.deepEqual(found.map(({ startPx, endPx }) => [startPx, endPx]), [[5, 7]]); // prettier-ignore
  });

  it('carry a name only where it fits and covers no other', () => {
    const [bracket] = brackets([mark(100, 200)], scale, topOf);
    assert.ok(bracket);
    const at = namePlace(bracket, 50, 0);
    assert.ok(at !== undefined && at > 100 && at + 50 < 200);
    assert.equal(namePlace(bracket, 90, 0), undefined);
    assert.equal(namePlace(bracket, 50, 150), undefined);
  });
});

describe('a handler under the pointer', () => {
  const slices = { ...windowSlices([[{ startNs: 0, endNs: 1000 }]]), handlers: [mark(100, 900), mark(300, 400)] };
  const lanes = [{ index: 0, column: 0, topPx: 0 }];
  const at = (xPx: number, yPx: number) => {
    const hit = hitTest(slices, lanes, scale, { xPx, yPx }, new Set());
    return hit?.kind === 'handler' ? hit.handler.row : hit?.kind;
  };

  it('is the innermost one, at the height of its bracket', () => {
    assert.equal(at(200, laneHeightPx - 2), 100);
    assert.equal(at(350, laneHeightPx - 2), 300);
    assert.equal(at(350, 20), 'slice');
    assert.equal(at(950, laneHeightPx - 2), 'lane');
  });
});
