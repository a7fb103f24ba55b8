import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  fill,
  formatBytes,
  formatCount,
  formatDuration,
  formatMoment,
  formatShare,
} from '../../../src/views/timeline/webview/format.js';
import { roundStep, ticksFor } from '../../../src/views/timeline/webview/ticks.js';

/** Thin and no-break spaces as plain ones, to be able to read the expectations. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('ticks of the axis', () => {
  it('are 1, 2 or 5 times a power of ten and never closer than asked', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e12, noNaN: true }),
        fc.double({ min: 200, max: 1e12, noNaN: true }),
        (startNs, span) => {
          const { stepNs, atNs } = ticksFor({ startNs, endNs: startNs + span }, 1000, 96);
          const mantissa = stepNs / 10 ** Math.floor(Math.log10(stepNs) + 1e-9);
          assert.ok(
            [1, 2, 5].some(factor => Math.abs(mantissa - factor) < 1e-6),
            String(stepNs),
          );
          assert.ok(stepNs === 1 || (stepNs / span) * 1000 >= 96 * 0.999);
          assert.ok(atNs.length <= 1000 / 96 + 2);
        },
      ),
    );
  });

  it('start at zero, not before the trace', () => {
    assert.equal(ticksFor({ startNs: -100, endNs: 900 }, 1000, 100).atNs[0], 0);
  });

  it('step over from 5 to 10', () => {
    assert.equal(roundStep(5.1), 10);
    assert.equal(roundStep(0.2), 1);
    assert.equal(roundStep(1000), 1000);
  });

  it('have none in a view without width', () => {
    assert.deepEqual(ticksFor({ startNs: 0, endNs: 10 }, 0, 96).atNs, []);
  });
});

describe('numbers and times as text', () => {
  it('choose the unit and keep three digits', () => {
    const cases: [ns: number, text: string][] = [
      [0, '0 ns'], [7, '7 ns'], [950, '950 ns'], [31_000, '31 µs'], [1_234_000, '1.23 ms'], [264e6, '264 ms'],
      [999_900, '1 ms'], [1.9e9, '1.9 s'], [59.9e9, '59.9 s'], [187e9, '3 min 07 s'], [7_380e9, '2 h 03 min'], [-5e6, '−5 ms'],
    ]; // prettier-ignore
    for (const [ns, text] of cases) assert.equal(plain(formatDuration(ns)), text);
  });

  it('give a moment the digits that tell it from its neighbours', () => {
    assert.equal(plain(formatMoment(168_212_000, 1000)), '168.212 ms');
    assert.equal(plain(formatMoment(200e6, 50e6)), '200 ms');
    assert.equal(plain(formatMoment(1_500_000_000, 500e6)), '1.5 s');
    assert.equal(plain(formatMoment(0, 50e6)), '0 ms');
    assert.equal(plain(formatMoment(12_345e9, 1e9)), '12 345 s');
    assert.equal(plain(formatMoment(-20e6, 10e6)), '−20 ms');
    assert.equal(plain(formatMoment(252_000, 1000, 585e6)), '0.252 ms');
  });

  it('tell every two ticks of an axis apart', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e11, noNaN: true }),
        fc.double({ min: 1000, max: 1e11, noNaN: true }),
        (startNs, span) => {
          const { stepNs, atNs } = ticksFor({ startNs, endNs: startNs + span }, 1000, 96);
          const labels = atNs.map(ns => formatMoment(ns, stepNs));
          assert.equal(new Set(labels).size, labels.length, labels.join());
        },
      ),
    );
  });

  it('group thousands and shorten bytes', () => {
    assert.equal(plain(formatCount(12431)), '12 431');
    assert.equal(plain(formatCount(999)), '999');
    assert.equal(plain(formatBytes(512)), '512 B');
    assert.equal(plain(formatBytes(4_100_000)), '4.1 MB');
  });

  it('say a share that is too small to round', () => {
    assert.equal(plain(formatShare(1, 1e6)), '<0.1 %');
    assert.equal(plain(formatShare(0, 10)), '0 %');
    assert.equal(plain(formatShare(1, 0)), '0 %');
    assert.equal(plain(formatShare(1, 8)), '13 %');
  });

  it('fill the places of a text and leave unknown ones', () => {
    assert.equal(fill('{1} of {0} {2}', ['a', 2]), '2 of a {2}');
  });
});
