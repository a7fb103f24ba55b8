import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { HandlerMark } from '../../../src/trace/api.js';
import { HandlerSpans } from '../../../src/trace/model/signals/handlerSpans.js';
import type { HandlerSpan } from '../../../src/trace/modelApi.js';

const thread = 7;
const begin = (startNs: number, deliveredRow: number): HandlerSpan => ({
  thread,
  signal: 'SIGALRM',
  startNs,
  endNs: null,
  deliveredRow,
  returnRow: null,
  interruptedRow: null,
  restarted: null,
});

/** Handlers of one thread, made by steps in time: a signal, or a return. */
function run(steps: readonly { waitNs: number; returns: boolean }[]): {
  spans: HandlerSpans;
  all: HandlerSpan[];
  nowNs: number;
  deepest: number;
} {
  const spans = new HandlerSpans();
  const all: HandlerSpan[] = [];
  let nowNs = 0;
  let depth = 0;
  let deepest = 0;
  for (const { waitNs, returns } of steps) {
    nowNs += waitNs;
    if (returns) {
      const span = spans.end(thread);
      if (span) span.endNs = nowNs;
      depth = Math.max(0, depth - 1);
    } else {
      const span = begin(nowNs, all.length);
      all.push(span);
      deepest = Math.max(deepest, ++depth);
      spans.begin(span);
    }
  }
  return { spans, all, nowNs: nowNs + 1, deepest };
}

const marksOf = (spans: HandlerSpans, startNs: number, endNs: number, leastNs: number, nowNs: number): HandlerMark[] =>
  spans.marks({ startNs, endNs, lanes: [thread, 8] }, leastNs, nowNs, () => null);

const steps = fc.array(fc.record({ waitNs: fc.integer({ min: 1, max: 50 }), returns: fc.boolean() }), {
  maxLength: 400,
  size: 'max',
});
/** A window has no room for more. */
const mostMarks = 1500;
const part = fc.double({ min: 0, max: 1, noNaN: true });

describe('handlers of a window', () => {
  it('are each told when there is room for them, those that began before it too', () => {
    fc.assert(
      fc.property(steps, part, part, (shape, a, b) => {
        const { spans, all, nowNs } = run(shape);
        const [startNs, endNs] = [a * nowNs, b * nowNs].sort((x, y) => x - y) as [number, number];
        const expected = all.filter(s => s.startNs < endNs && (s.endNs ?? nowNs) > startNs).map(s => s.deliveredRow);
        // Narrower than the shortest handler.
        const told = marksOf(spans, startNs, endNs, 0.5, nowNs);
        // A window of a few nanoseconds may gather nothing, however many marks it may have.
        if (endNs - startNs > 1000) return;
        assert.deepEqual(told.map(mark => mark.row), expected); // prettier-ignore
        assert.ok(told.every(mark => mark.count === 1));
      }),
    );
  });

  it('stand for all of them however few are told, and long ones for themselves', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 400 }), (shape, leastNs) => {
        const { spans, all, nowNs, deepest } = run(shape);
        const told = marksOf(spans, 0, nowNs, leastNs, nowNs);
        assert.equal(told.reduce((sum, mark) => sum + mark.count, 0), all.length); // prettier-ignore
        const single = new Set(told.filter(mark => mark.count === 1).map(mark => mark.row));
        for (const span of all)
          if ((span.endNs ?? nowNs) - span.startNs > Math.max(leastNs, nowNs / mostMarks))
            assert.ok(single.has(span.deliveredRow));
        assert.ok(told.length <= (nowNs / leastNs + 1) * (1 + deepest));
      }),
    );
  });

  it('end with their thread and run no more', () => {
    const { spans } = run([{ waitNs: 10, returns: false }]);
    const [mark] = spans.marks({ startNs: 0, endNs: 100, lanes: [thread] }, 1, 100, () => 30);
    assert.deepEqual([mark?.endNs, mark?.running], [30, false]);
    assert.equal(marksOf(spans, 0, 100, 1, 100)[0]?.running, true);
  });
});
