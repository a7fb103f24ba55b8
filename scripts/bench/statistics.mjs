/** What the bench says about a list of measurements. */

const sorted = values => [...values].sort((a, b) => a - b);

export const median = values => sorted(values)[values.length >> 1];

/** The value that 95 of 100 do not exceed. */
export const p95 = values => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * 0.95))];

export const round = (value, digits = 2) => Number(value.toFixed(digits));
