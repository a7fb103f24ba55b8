/** One line of C's calls in a few words: `3 × read, close · 1.2 ms · 1 failed`. */

import type { LineCalls } from '../../trace/source/lineCalls.js';
import { durationText } from '../../words/quantities.js';

const mostNames = 3;

interface Localizer {
  t(message: string, ...values: (string | number)[]): string;
}

export function lineText(calls: LineCalls['calls'], l10n: Localizer): string {
  const names = calls.slice(0, mostNames).map(({ name, calls: times }) => (times > 1 ? `${times} × ${name}` : name));
  const more = calls.length - names.length;
  const sum = (of: 'totalNs' | 'errors'): number => calls.reduce((total, call) => total + call[of], 0);
  const errors = sum('errors');
  return [
    names.join(', ') + (more > 0 ? ` ${l10n.t('and {0} more', more)}` : ''),
    durationText(sum('totalNs')),
    ...(errors > 0 ? [l10n.t('{0} failed', errors)] : []),
  ].join(' · ');
}
