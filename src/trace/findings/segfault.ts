/** A process was killed by SIGSEGV; where the address lies says most of the cause. */

import type { FindingContext } from './context.js';
import { evidence } from './evidence.js';
import { followsFailedMap } from './mmapFailedUsed.js';
import type { Fault } from './observers/faults.js';
import type { Rule } from './rule.js';

/** An index that ran past the end of the heap stops at its first page without memory, or jumps a little further. */
const nearHeapBytes = 1 << 20;

export const segfault: Rule = {
  id: 'segfault',
  severity: 'error',
  concept: 'addressSpace',
  manPages: ['signal(7)', 'sigaction(2)', 'core(5)'],
  check: context =>
    context.processes.flatMap(process => {
      const fault = context.observed.faults.last.get(process.id);
      const killed = process.exit && 'signal' in process.exit && process.exit.signal === 'SIGSEGV';
      if (!fault || !killed || followsFailedMap(fault)) return [];
      const { where, path, rights, row } = placeOf(fault, context);
      return {
        cause: 'fault',
        process: process.id,
        thread: fault.thread,
        atNs: fault.atNs,
        evidence: evidence(['mapped', row], ['fault', fault.row], ['exit', context.family.exitRow(process.id)]),
        values: { case: where, address: fault.address, path, rights },
      };
    }),
};

interface FaultPlace {
  where: string;
  path: string;
  rights: string;
  /** The call that mapped what is, or was, there. */
  row: number | null;
}

function placeOf({ process, address, code, row, atNs }: Fault, { kernel }: FindingContext): FaultPlace {
  const { memoryModel } = kernel;
  const unmapped = (where: string): FaultPlace => ({ where, path: '', rights: '', row: null });
  if (code === 'SI_KERNEL') return unmapped('noAddress');
  const near = memoryModel.faultAt(row)?.near;
  if (near === 'null') return unmapped('null');
  const region = memoryModel.regionAt(process, address, atNs);
  if (region) {
    const where = region.protection === '---' ? 'guard' : region.path === '' ? 'memory' : 'file';
    return { where, path: region.path, rights: region.protection, row: region.bornRow };
  }
  if (code === 'SEGV_ACCERR') return unmapped('protected');
  const space = memoryModel.spaceOf(process);
  const [heapStart, heapEnd] = [space.heapStart, space.breakAt(atNs)];
  if (heapStart !== undefined && heapEnd !== undefined && heapEnd > heapStart)
    if (address >= heapEnd && address < heapEnd + nearHeapBytes) return unmapped('pastHeap');
  const before = memoryModel.pastRegionAt(process, address, atNs);
  if (before) return { ...unmapped('afterMunmap'), row: before.bornRow };
  return unmapped(near === 'stackGuard' ? 'stack' : 'unmapped');
}
