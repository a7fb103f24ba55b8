/** The rules that tell of a mmap or munmap the kernel refused differ in what was refused only. */

import { evidence } from './evidence.js';
import type { MapFailure } from './observers/mapFailures.js';
import type { Rule } from './rule.js';

export function mapFailureRule(id: string, kind: MapFailure['kind']): Rule {
  return {
    id,
    severity: 'error',
    concept: 'mmap',
    manPages: [kind === 'unmap' ? 'munmap(2)' : 'mmap(2)'],
    blames: 'refused',
    snippet: 'sys-mmap-file',
    check: ({ observed, kernel }) =>
      observed.mapFailures.failures
        .filter(failure => failure.kind === kind)
        .map(failure => {
          const file =
            failure.fd < 0 ? undefined : kernel.descriptorModel.find(failure.process, failure.fd, failure.atNs);
          return {
            cause: `${kind} ${failure.fd}`,
            process: failure.process,
            thread: failure.thread,
            atNs: failure.atNs,
            evidence: evidence(['opened', file?.birthRow], ['refused', failure.row]),
            values: {
              fd: failure.fd,
              path: file?.description.name ?? '',
              access: file?.description.access ?? '',
              protection: failure.protection,
              flags: failure.flags,
              length: failure.length,
              offset: failure.offset,
              address: failure.address,
            },
          };
        }),
  };
}
