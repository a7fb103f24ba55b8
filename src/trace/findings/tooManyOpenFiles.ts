/** A descriptor could not be made: the process (EMFILE), or the system (ENFILE), has as many as it may have. */

import { evidence } from './evidence.js';
import type { Rule } from './rule.js';

export const tooManyOpenFiles: Rule = {
  id: 'too-many-open-files',
  severity: 'warning',
  concept: 'limits',
  manPages: ['open(2)', 'getrlimit(2)', 'proc(5)'],
  blames: 'refused',
  snippet: 'sys-setrlimit',
  check: ({ observed, kernel }) =>
    observed.failedMakers.exhausted.map(({ process, thread, row, name, errno, atNs }) => {
      const open = kernel.descriptorModel.openOf(process, atNs);
      const newest = open.reduce<(typeof open)[number] | undefined>(
        (a, b) => (a && a.openNs > b.openNs ? a : b),
        undefined,
      );
      return {
        cause: errno,
        process,
        thread,
        atNs,
        evidence: evidence(['last', newest?.birthRow], ['refused', row]),
        values: { case: errno, call: name, open: open.length, errno },
      };
    }),
};
