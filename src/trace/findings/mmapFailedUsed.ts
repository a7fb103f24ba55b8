/**
 * mmap failed, and what it returned was used: MAP_FAILED is -1, not NULL. A fault at that address, or munmap of it; or a fault near
 * zero right after the failure, when the program went past -1 with an index.
 */

import { evidence } from './evidence.js';
import { isMapFailed, type Fault } from './observers/faults.js';
import type { Rule } from './rule.js';

/** As far as an index goes in the first page: beyond, any other pointer may be meant. */
const firstPage = 4096;

export const mmapFailedUsed: Rule = {
  id: 'mmap-failed-used',
  severity: 'error',
  concept: 'mmap',
  manPages: ['mmap(2)', 'munmap(2)'],
  blames: 'failed',
  snippet: 'sys-mmap-file',
  check: ({ observed, processes, family }) => [
    ...processes.flatMap(process => {
      const fault = observed.faults.last.get(process.id);
      const killed = process.exit && 'signal' in process.exit && process.exit.signal === 'SIGSEGV';
      if (!fault || !killed || !followsFailedMap(fault)) return [];
      return {
        cause: 'used',
        process: process.id,
        thread: fault.thread,
        atNs: fault.atNs,
        evidence: evidence(['failed', fault.failedMap], ['fault', fault.row], ['exit', family.exitRow(process.id)]),
        values: { case: 'fault' },
      };
    }),
    ...observed.faults.failedUnmaps.map(({ process, thread, row, atNs, failedMap }) => ({
      cause: 'unmapped',
      severity: 'warning' as const,
      process,
      thread,
      atNs,
      evidence: evidence(['failed', failedMap], ['unmapped', row]),
      values: { case: 'munmap' },
    })),
  ],
};

export function followsFailedMap({ address, failedMap, before, code }: Fault): boolean {
  if (failedMap === null) return false;
  return isMapFailed(address) || (address < firstPage && code === 'SEGV_MAPERR' && before === failedMap);
}
