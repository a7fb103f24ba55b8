/** A line's or a function's calls in a few words. */

import type { PlaceCalls } from '../../trace/source/lineCalls.js';
import { countText, durationText } from '../../words/quantities.js';

const mostNames = 3;

interface Localizer {
  t(message: string, ...values: (string | number)[]): string;
}

/** At the end of a line: `3 × read, close · 1.2 ms · 1 failed`. */
export function lineText(calls: PlaceCalls['calls'], l10n: Localizer): string {
  const names = calls
    .slice(0, mostNames)
    .map(({ name, calls: times }) => (times > 1 ? `${countText(times)} × ${name}` : name));
  const more = calls.length - names.length;
  return [names.join(', ') + (more > 0 ? ` ${l10n.t('and {0} more', more)}` : ''), ...sums(calls, l10n)].join(' · ');
}

/** Above a function: `12 calls, 3.4 ms, 1 failed`. */
export function sumText(calls: PlaceCalls['calls'], l10n: Localizer): string {
  const times = calls.reduce((sum, call) => sum + call.calls, 0);
  const count = times === 1 ? l10n.t('1 call') : l10n.t('{0} calls', countText(times));
  return [count, ...sums(calls, l10n)].join(', ');
}

function sums(calls: PlaceCalls['calls'], l10n: Localizer): string[] {
  const sum = (of: 'totalNs' | 'errors'): number => calls.reduce((total, call) => total + call[of], 0);
  const errors = sum('errors');
  return [durationText(sum('totalNs')), ...(errors > 0 ? [l10n.t('{0} failed', countText(errors))] : [])];
}
