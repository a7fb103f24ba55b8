/** A process writes again and again where nobody reads any more: SIGPIPE is ignored, and so is the error. */

import { evidence } from './evidence.js';
import type { Rule } from './rule.js';

/** The first tells the program, and a buffer may be flushed on the way out. */
const leastFailures = 3;

export const epipeIgnored: Rule = {
  id: 'epipe-ignored',
  severity: 'warning',
  concept: 'sigpipe',
  manPages: ['write(2)', 'send(2)', 'pipe(7)'],
  blames: 'second',
  snippet: 'sys-writen',
  check: ({ observed }) =>
    [...observed.pipeFailures.repeated.values()].flatMap(failures => {
      const { first, second, last, count } = failures;
      if (count < leastFailures || !second) return [];
      return {
        cause: `fd ${first.fd}`,
        process: first.process,
        thread: first.thread,
        atNs: second.atNs,
        evidence: evidence(['first', first.row], ['second', second.row], ['last', last.row]),
        values: { call: first.name, fd: first.fd, what: first.descriptor?.description.name ?? '', failures: count },
      };
    }),
};
