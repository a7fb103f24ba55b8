/**
 * A process was killed by SIGPIPE. On its standard output, a pipe, that is how a pipeline is meant to end (`yes | head`): silent.
 */

import { evidence } from './evidence.js';
import type { Rule } from './rule.js';

export const sigpipeDeath: Rule = {
  id: 'sigpipe-death',
  severity: 'error',
  concept: 'sigpipe',
  manPages: ['signal(7)', 'write(2)', 'send(2)'],
  snippet: 'sys-sigpipe-ignore',
  check: ({ processes, family, observed }) =>
    processes.flatMap(process => {
      if (!process.exit || !('signal' in process.exit) || process.exit.signal !== 'SIGPIPE') return [];
      const broken = process.threads.map(t => observed.pipeFailures.last.get(t)).findLast(b => b !== undefined);
      if (!broken) return []; // sent by kill, or the write was not traced
      if (broken.fd === 1 && broken.descriptor?.description.kind !== 'socket') return [];
      return {
        cause: 'death',
        process: process.id,
        thread: broken.thread,
        atNs: process.endNs ?? 0,
        evidence: evidence(['write', broken.row], ['signal', broken.signalRow], ['exit', family.exitRow(process.id)]),
        values: { fd: broken.fd, call: broken.name, what: broken.descriptor?.description.name ?? '' },
      };
    }),
};
