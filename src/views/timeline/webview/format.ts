/**
 * Numbers and times as text: tabular, with thin spaces between thousands, and units that keep three or four significant digits.
 * Pure; the units are SI and not translated.
 */

/** Narrow no-break space. */
const thin = '\u202f';
/** No-break space between a number and its unit. */
const nbsp = '\u00a0';

const units: readonly [name: string, ns: number][] = [
  ['s', 1e9],
  ['ms', 1e6],
  ['µs', 1e3],
  ['ns', 1],
];

/** 12431 → `12 431`. */
export function formatCount(n: number): string {
  const [whole = '0', fraction] = String(n).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thin);
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A length of time in the unit that suits it: `31 µs`, `1.2 ms`, `264 ms`, `1.94 s`, `3 min 07 s`. */
export function formatDuration(ns: number): string {
  if (!Number.isFinite(ns)) return '';
  if (ns < 0) return `−${formatDuration(-ns)}`;
  if (ns >= 60e9) return formatMinutes(ns);
  for (const [name, size] of units) {
    // 999.6 µs would round to "1000 µs": the next unit says it better.
    if (ns >= size * 0.9995 || name === 'ns') return `${significant(ns / size, 3)}${nbsp}${name}`;
  }
  return '';
}

function formatMinutes(ns: number): string {
  const seconds = Math.round(ns / 1e9);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const two = (n: number) => String(n).padStart(2, '0');
  if (hours > 0) return `${formatCount(hours)}${nbsp}h${nbsp}${two(minutes)}${nbsp}min`;
  return `${minutes}${nbsp}min${nbsp}${two(seconds % 60)}${nbsp}s`;
}

function significant(value: number, digits: number): string {
  if (value === 0) return '0';
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(value)));
  const text = value.toFixed(Math.min(decimals, 9));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : formatCount(Number(text));
}

/**
 * A moment of the trace with the precision that neighbours `stepNs` apart need: `168.212 ms`. In a list, all moments take the unit of
 * the largest (`largestNs`), so that their points stand below each other.
 */
export function formatMoment(ns: number, stepNs: number, largestNs = ns): string {
  const size = largestNs === 0 && stepNs < 1e9 ? stepNs : Math.max(Math.abs(largestNs), stepNs);
  const [name, unitNs] = units.find(unit => size >= unit[1] * 0.9995) ?? (['ns', 1] as const);
  const decimals = Math.min(9, Math.max(0, Math.ceil(-Math.log10(stepNs / unitNs) - 1e-9)));
  const fixed = (ns / unitNs).toFixed(decimals);
  const [whole = '0', fraction] = (Number(fixed) === 0 ? fixed.replace('-', '') : fixed).split('.');
  const sign = whole.startsWith('-') ? '−' : '';
  const grouped = whole.replace('-', '').replace(/\B(?=(\d{3})+$)/g, thin);
  return `${sign}${grouped}${fraction === undefined ? '' : `.${fraction}`}${nbsp}${name}`;
}

/** Bytes: `512 B`, `1.2 kB`, `4.1 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes}${nbsp}B`;
  for (const [name, size] of [
    ['GB', 1e9],
    ['MB', 1e6],
    ['kB', 1e3],
  ] as const) {
    if (bytes >= size * 0.9995) return `${significant(bytes / size, 3)}${nbsp}${name}`;
  }
  return '';
}

/** A part of a whole in per cent: `<0.1 %`, `12 %`. */
export function formatShare(part: number, whole: number): string {
  if (whole <= 0 || part <= 0) return `0${nbsp}%`;
  const percent = (part / whole) * 100;
  if (percent < 0.1) return `<0.1${nbsp}%`;
  return `${percent < 10 ? percent.toFixed(1) : Math.round(percent)}${nbsp}%`;
}

/** Fills `{0}`, `{1}` … of a translated text. */
export function fill(template: string, values: readonly (string | number)[]): string {
  return template.replace(/\{(\d+)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));
}
