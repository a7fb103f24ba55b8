import assert from 'node:assert/strict';
import fc from 'fast-check';
import { atLiveEdge, followed, liveEdge } from '../../../src/views/timeline/webview/follow.js';
import {
  around,
  clampWindow,
  minSpanNs,
  panBy,
  showing,
  spanOf,
  TimeScale,
  wholeTrace,
  zoomAt,
} from '../../../src/views/timeline/webview/viewport.js';

const traceEndNs = 1e9;
const arbitraryWindow = fc
  .tuple(fc.double({ min: -1e9, max: 2e9, noNaN: true }), fc.double({ min: 1, max: 3e9, noNaN: true }))
  .map(([startNs, span]) => clampWindow({ startNs, endNs: startNs + span }, traceEndNs));

describe('the window of time', () => {
  it('always has a length and always shows a part of the trace', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e12, max: 1e12, noNaN: true }),
        fc.double({ min: 0, max: 1e12, noNaN: true }),
        fc.double({ min: 0, max: 1e12, noNaN: true }),
        (startNs, span, endNs) => {
          const window = clampWindow({ startNs, endNs: startNs + span }, endNs);
          assert.ok(spanOf(window) >= minSpanNs * 0.999);
          assert.ok(spanOf(window) <= spanOf(wholeTrace(endNs)) * 1.001);
          assert.ok(window.endNs > 0 - 1 && window.startNs < Math.max(endNs, 1000) + 1);
        },
      ),
    );
  });

  it('keeps the moment under the pointer where it is while zooming in', () => {
    fc.assert(
      fc.property(
        arbitraryWindow,
        fc.double({ min: 0.2, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (window, factor, part) => {
          const anchor = window.startNs + spanOf(window) * part;
          fc.pre(anchor >= 0 && anchor <= traceEndNs && spanOf(window) * factor > minSpanNs);
          const zoomed = zoomAt(window, factor, anchor, traceEndNs);
          const before = new TimeScale(window, 1000).toPx(anchor);
          const after = new TimeScale(zoomed, 1000).toPx(anchor);
          // At the ends of the trace the window is pushed back inside.
          const pushed = zoomed.startNs !== anchor - spanOf(zoomed) * part;
          assert.ok(pushed || Math.abs(before - after) < 0.01);
        },
      ),
    );
  });

  it('comes back after zooming in and out at the same place', () => {
    const window = { startNs: 2e8, endNs: 4e8 };
    const back = zoomAt(zoomAt(window, 0.5, 2.5e8, traceEndNs), 2, 2.5e8, traceEndNs);
    assert.ok(Math.abs(back.startNs - window.startNs) < 1 && Math.abs(back.endNs - window.endNs) < 1);
  });

  it('keeps its length while panning, also into the ends', () => {
    for (const delta of [-5e9, -1e8, 1e8, 5e9]) {
      const panned = panBy({ startNs: 2e8, endNs: 4e8 }, delta, traceEndNs);
      assert.ok(Math.abs(spanOf(panned) - 2e8) < 1);
    }
  });

  it('does not move to show what it shows already, and zooms out only for what is longer', () => {
    const window = { startNs: 2e8, endNs: 4e8 };
    assert.equal(showing(window, 2.5e8, 3e8, traceEndNs), window);
    const moved = showing(window, 6e8, 6.1e8, traceEndNs);
    assert.ok(Math.abs(spanOf(moved) - 2e8) < 1 && moved.startNs < 6e8 && moved.endNs > 6.1e8);
    assert.ok(spanOf(showing(window, 1e8, 9e8, traceEndNs)) > 8e8);
  });

  it('gives an event without a length a window all the same', () => {
    assert.ok(spanOf(around(5e8, 5e8, 0.5)) >= minSpanNs);
  });

  it('maps times to pixels and back', () => {
    const scale = new TimeScale({ startNs: 1000, endNs: 3000 }, 500);
    assert.equal(scale.toPx(2000), 250);
    assert.equal(scale.toNs(250), 2000);
    assert.equal(scale.nsPerPx, 4);
  });
});

describe('following a live trace', () => {
  it('shows a short trace as a whole and slides with a long one', () => {
    const short = followed({ startNs: 0, endNs: 1 }, 'all', 2e9, true);
    assert.equal(short.follow, 'all');
    assert.ok(short.window.startNs <= 0 && short.window.endNs >= 2e9);
    const long = followed(short.window, 'all', 60e9, true);
    assert.equal(long.follow, 'edge');
    assert.ok(long.window.startNs > 45e9 && long.window.endNs >= 60e9);
  });

  it('shows a saved trace as a whole however long it is', () => {
    const { follow, window } = followed({ startNs: 0, endNs: 1 }, 'all', 600e9, false);
    assert.equal(follow, 'all');
    assert.ok(window.startNs <= 0 && window.endNs >= 600e9);
  });

  it('keeps the length of the window at the edge', () => {
    const window = liveEdge(1e6, 5e9);
    const later = followed(window, 'edge', 6e9, true);
    assert.ok(Math.abs(spanOf(later.window) - 1e6) < 1);
    assert.ok(atLiveEdge(later.window, 6e9));
  });

  it('moves nothing that the user has moved', () => {
    const window = { startNs: 1, endNs: 2 };
    assert.deepEqual(followed(window, 'none', 9e9, true), { window, follow: 'none' });
  });
});
