/** A file of its own: who shows a severity need not load what findings say. */

import type { Severity } from '../trace/findings/finding.js';
import type { Translate } from './translate.js';

export function severityWord(severity: Severity, t: Translate): string {
  switch (severity) {
    case 'error':
      return t('error');
    case 'warning':
      return t('warning');
    case 'info':
      return t('info');
  }
}
