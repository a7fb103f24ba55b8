/** open of a FIFO waits for the other end, which nobody opened for long: info while it waits, a warning when it died waiting. */

import { evidence } from './evidence.js';
import type { Rule } from './rule.js';

export const fifoOpenBlocked: Rule = {
  id: 'fifo-open-blocked',
  severity: 'warning',
  concept: 'fifo',
  manPages: ['fifo(7)', 'open(2)'],
  snippet: 'sys-fifo-reader',
  check: ({ observed, kernel, process: byId, family, nowNs, settings }) =>
    observed.openWaits.all().flatMap(wait => {
      const process = byId(wait.process);
      if (!process || !kernel.descriptorModel.channels.isFifo(wait.path)) return [];
      const waitedNs = (wait.endNs ?? process.endNs ?? nowNs) - wait.startNs;
      const killed = process.exit !== null && 'signal' in process.exit;
      if (waitedNs < settings.stuckMs * 1e6 || (process.endNs !== null && !killed)) return [];
      return {
        cause: wait.path,
        severity: killed ? 'warning' : 'info',
        process: wait.process,
        thread: wait.thread,
        atNs: wait.startNs,
        evidence: evidence(['open', wait.row], ['exit', family.exitRow(wait.process)]),
        values: { path: wait.path, access: wait.access, waitedNs },
      };
    }),
};
