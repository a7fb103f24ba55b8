/** Durations, times and byte counts as people read them. Pure; digits and units only, so there is nothing to translate. */

const thinSpace = '\u202f';

/** `0 ns`, `850 ns`, `35 µs`, `1.25 ms`, `1.2 s`, `2 min 5 s`: two or three digits that matter. */
export function durationText(ns: number): string {
  if (!Number.isFinite(ns)) return '?';
  const size = Math.abs(ns);
  if (size < 999.5) return `${Math.round(ns)} ns`;
  if (size < 999.5e3) return `${threeDigits(ns / 1e3)} µs`;
  if (size < 999.5e6) return `${threeDigits(ns / 1e6)} ms`;
  if (size < 59.95e9) return `${threeDigits(ns / 1e9)} s`;
  const seconds = Math.round(size / 1e9);
  const minutes = Math.floor(seconds / 60);
  const sign = ns < 0 ? '-' : '';
  if (minutes < 60) return `${sign}${minutes} min ${seconds % 60} s`;
  return `${sign}${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function threeDigits(value: number): string {
  const digits = Math.abs(value) < 9.995 ? 2 : Math.abs(value) < 99.95 ? 1 : 0;
  const text = value.toFixed(digits);
  return digits === 0 ? text : text.replace(/\.?0+$/, '');
}

/** Time since the trace's start, to the microsecond, as the timeline's axis has it: `0.035 ms`, `12.500000 s`. */
export function instantText(ns: number): string {
  return Math.abs(ns) < 1e9 ? `${(ns / 1e6).toFixed(3)} ms` : `${(ns / 1e9).toFixed(6)} s`;
}

/** `0 B`, `832 B`, `4.00 KiB`, `1.21 MiB` */
export function bytesText(count: number): string {
  if (Math.abs(count) < 1024) return `${count} B`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let value = count / 1024;
  let unit = 0;
  while (Math.abs(value) >= 1023.995 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${threeDigits(value)} ${units[unit] ?? ''}`;
}

/** `12 431`: groups of three, as the International System writes them. */
export function countText(count: number): string {
  const text = String(Math.round(count));
  return text.replace(/^-/, '').length < 5 ? text : text.replace(/\B(?=(\d{3})+$)/g, thinSpace);
}
