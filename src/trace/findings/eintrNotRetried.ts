/**
 * A call that a handled signal interrupted was taken for a failure. Signals that ask a program to stop, or to reread its
 * configuration, interrupt on purpose; an alarm may be a time limit, so that one is info.
 */

import { evidence } from './evidence.js';
import type { Rule } from './rule.js';

const stops = /^SIG(INT|TERM|QUIT|HUP|ABRT)$/;

export const eintrNotRetried: Rule = {
  id: 'eintr-not-retried',
  severity: 'warning',
  concept: 'errors',
  manPages: ['signal(7)', 'sigaction(2)'],
  snippet: 'sys-readn',
  check: ({ observed }) =>
    observed.interruptions.all
      .filter(i => i.fate === 'abandoned' && !stops.test(i.signal))
      .map(i => ({
        cause: `${i.name} ${i.fd}`,
        severity: i.signal === 'SIGALRM' ? 'info' : 'warning',
        process: i.process,
        thread: i.thread,
        atNs: i.atNs,
        evidence: evidence(['cut', i.row], ['signal', i.signalRow], ['eintr', i.returnRow], ['instead', i.fateRow]),
        values: { call: i.name, fd: i.fd, signal: i.signal },
      })),
};
