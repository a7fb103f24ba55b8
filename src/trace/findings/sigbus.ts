/** A mapping was touched past the end of its file (mmap(2), "Errors": SIGBUS). */

import { evidence } from './evidence.js';
import type { Rule } from './rule.js';

export const sigbus: Rule = {
  id: 'sigbus',
  severity: 'error',
  concept: 'mmap',
  manPages: ['mmap(2)', 'ftruncate(2)'],
  snippet: 'sys-mmap-file',
  check: ({ observed, kernel }) =>
    observed.mapFailures.busErrors.flatMap(bus => {
      const fault = kernel.memoryModel.faultAt(bus.row);
      const region = fault && kernel.memoryModel.regionAt(bus.process, fault.address, bus.atNs);
      if (!region || region.path === '') return [];
      return {
        cause: region.path,
        process: bus.process,
        thread: bus.thread,
        atNs: bus.atNs,
        evidence: evidence(['mapped', region.bornRow], ['fault', bus.row]),
        values: { path: region.path, at: fault.address - region.start, length: region.end - region.start },
      };
    }),
};
