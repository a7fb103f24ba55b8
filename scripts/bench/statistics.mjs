/** What the bench says about a list of measurements. */

import { randomFrom } from './random.mjs';

const RESAMPLES = 4000;

const sorted = values => [...values].sort((a, b) => a - b);
const mean = values => values.reduce((sum, value) => sum + value, 0) / values.length;

export const median = values => sorted(values)[values.length >> 1];

/** The value that 95 of 100 do not exceed. */
export const p95 = values => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * 0.95))];

export const round = (value, digits = 2) => Number(value.toFixed(digits));

/** Mean of the middle half: outliers do not move it, and of two humps it does not take now one, now the other, as the median does. */
function middleMean(values) {
  const quarter = values.length >> 2;
  return mean(sorted(values).slice(quarter, values.length - quarter));
}

/**
 * The usual ratio, with the interval in which it lies in 95 of 100 cases: `{ low, ratio, high }`.
 *
 * `rounds`: an array of ratios for each round. They are averaged as logarithms: x and 1/x are then equally far from 1, so noise that falls
 * on either side of a ratio falls out. The interval is a bootstrap's over whole rounds, because the ratios of one share a measurement.
 */
export function ratioOf(rounds) {
  const logs = rounds.map(ratios => ratios.map(Math.log));
  const random = randomFrom(1);
  const drawn = sorted(
    Array.from({ length: RESAMPLES }, () => middleMean(logs.flatMap(() => logs[Math.floor(random() * logs.length)]))),
  );
  return {
    low: Math.exp(drawn[Math.floor(RESAMPLES * 0.025)]),
    ratio: Math.exp(middleMean(logs.flat())),
    high: Math.exp(drawn[Math.ceil(RESAMPLES * 0.975) - 1]),
  };
}

/** `1.012 × (95 %: 0.99–1.03)` */
export const ratioText = ({ low, ratio, high }) => `${ratio.toFixed(3)} × (95 %: ${low.toFixed(3)}–${high.toFixed(3)})`;

/** Whether a ratio keeps below a limit: true, false, or 'undecided' when its interval holds the limit. */
export const isWithin = ({ low, high }, limit) => (high <= limit ? true : low > limit ? false : 'undecided');
