import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SliceFlag } from '../../../src/trace/api.js';
import { MatchIndex } from '../../../src/trace/store/matchIndex.js';
import { stateIndex } from '../../../src/trace/store/stateStrip.js';
import { buildLane, draw, plainCall, type BuiltCall } from './laneFixture.js';

const lanes = fc.record({
  calls: fc.array(plainCall, { minLength: 1, maxLength: 700, size: 'max' }),
  lastOpen: fc.boolean(),
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  to: fc.double({ min: 0, max: 1, noNaN: true }),
  widthPx: fc.integer({ min: 1, max: 300 }),
});

type Scene = ReturnType<typeof buildLane> & {
  window: { startNs: number; endNs: number; widthPx: number };
  inside: BuiltCall[];
};

/** Builds a lane, chooses a window in it and lists, the naive way, the calls that the window shows. */
function scene(shape: {
  calls: Parameters<typeof buildLane>[0];
  lastOpen: boolean;
  from: number;
  to: number;
  widthPx: number;
}): Scene {
  const lane = buildLane(shape.calls, shape.lastOpen);
  const [a, b] = [shape.from * lane.nowNs, shape.to * lane.nowNs].sort((x, y) => x - y) as [number, number];
  const window = { startNs: Math.floor(a), endNs: Math.ceil(b) + 1, widthPx: shape.widthPx };
  const inside = lane.built.filter(
    call => call.startNs < window.endNs && (call.endNs > window.startNs || call.startNs >= window.startNs),
  );
  return { ...lane, window, inside };
}

const check = (property: (s: Scene) => void): void =>
  fc.assert(
    fc.property(lanes, shape => property(scene(shape))),
    { numRuns: 300 },
  );

describe('slices of a lane', () => {
  it('stand for every call of the window exactly once, in order', () => {
    check(s => {
      const { slices } = draw(s, s.window);
      let next = 0;
      for (const slice of slices) {
        const calls = s.inside.slice(next, next + slice.count);
        next += slice.count;
        assert.equal(slice.row, calls[0]?.row);
        assert.equal(slice.startNs, calls[0]?.startNs);
        assert.equal(slice.endNs, calls.at(-1)?.endNs);
      }
      assert.equal(next, s.inside.length);
    });
  });

  it('never overlap and are at most about two a pixel', () => {
    check(s => {
      const { slices } = draw(s, s.window);
      for (let i = 1; i < slices.length; i++) assert.ok(slices[i]!.startNs >= slices[i - 1]!.endNs);
      assert.ok(slices.length <= 2 * s.window.widthPx + 2, `${slices.length} slices on ${s.window.widthPx} px`);
    });
  });

  it('show a call that is wider than a pixel alone, with its own class', () => {
    check(s => {
      const pixelNs = (s.window.endNs - s.window.startNs) / s.window.widthPx;
      const drawn = new Map(draw(s, s.window).slices.map(slice => [slice.row, slice]));
      for (const call of s.inside) {
        if (call.endNs - call.startNs <= pixelNs) continue;
        assert.equal(drawn.get(call.row)?.count, 1);
        assert.equal(drawn.get(call.row)?.class, call.class);
      }
    });
  });

  it('carry the flags of any call they stand for, and the class of most of the time of few', () => {
    check(s => {
      let next = 0;
      for (const slice of draw(s, s.window).slices) {
        const calls = s.inside.slice(next, (next += slice.count));
        const any = calls.reduce((flags, call) => flags | call.flags, 0) | (calls.length > 1 ? SliceFlag.Merged : 0);
        assert.equal(slice.flags, any);
        // Summed exactly while no node of nodes can be in it.
        if (calls.length >= 4) continue;
        const time = new Map<number, number>();
        for (const call of calls) time.set(call.class, (time.get(call.class) ?? 0) + call.endNs - call.startNs + 1);
        assert.equal(time.get(slice.class), Math.max(...time.values()));
      }
    });
  });

  it('match when any call they stand for matches', () => {
    fc.assert(
      fc.property(lanes, fc.integer({ min: 2, max: 40 }), (shape, every) => {
        const s = scene(shape);
        const matches = new MatchIndex(
          s.store,
          row => row % every === 0,
          () => false,
        );
        matches.update();
        let next = 0;
        for (const slice of draw(s, s.window, matches).slices) {
          const calls = s.inside.slice(next, (next += slice.count));
          const expected = calls.some(call => call.row % every === 0);
          assert.equal((slice.flags & SliceFlag.Match) !== 0, expected);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('state strip of a lane', () => {
  it('covers the window up to the trace end without gaps, in at most about two pieces a pixel', () => {
    check(s => {
      const { pieces } = draw(s, s.window);
      const endNs = Math.min(s.window.endNs, s.nowNs);
      if (endNs <= s.window.startNs) return;
      assert.equal(pieces[0]?.startNs, s.window.startNs);
      assert.equal(pieces.at(-1)?.endNs, endNs);
      for (let i = 1; i < pieces.length; i++) assert.equal(pieces[i]!.startNs, pieces[i - 1]!.endNs);
      assert.ok(pieces.length <= 2 * s.window.widthPx + 2);
    });
  });

  it('tells time in calls, blocked and running exactly where a pixel is a nanosecond', () => {
    const short = fc.array(
      plainCall.filter(call => call.durationNs < 60 && call.gapNs < 60),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(short, calls => {
        const lane = buildLane(calls);
        const { pieces } = draw(lane, { startNs: 0, endNs: lane.nowNs + 1, widthPx: lane.nowNs + 1 });
        const timeIn = (state: number): number =>
          pieces.filter(piece => piece.state === state).reduce((sum, piece) => sum + piece.endNs - piece.startNs, 0);
        const blocked = lane.built.filter(call => (call.flags & SliceFlag.Blocked) !== 0);
        const length = (all: BuiltCall[]): number => all.reduce((sum, call) => sum + call.endNs - call.startNs, 0);
        assert.equal(timeIn(stateIndex.blocked), length(blocked));
        assert.equal(timeIn(stateIndex.inCall), length(lane.built) - length(blocked));
      }),
    );
  });
});
