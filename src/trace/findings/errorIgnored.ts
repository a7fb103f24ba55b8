/**
 * -1 was used as a descriptor. Cleaning up with close(-1) is untidy at most: information, and only right where the call failed. So is
 * a use whose failed call the log does not show. kill of -1 after a fork that failed is a signal to every process that may get one.
 */

import type { FindingContext } from './context.js';
import { evidence } from './evidence.js';
import type { MinusOneUse } from './observers/failedMakers.js';
import type { Rule } from './rule.js';

export const errorIgnored: Rule = {
  id: 'error-ignored',
  severity: 'warning',
  concept: 'errors',
  manPages: ['errno(3)', 'open(2)', 'socket(2)'],
  blames: 'failed',
  check: context =>
    context.observed.failedMakers.minusOnes.flatMap(use => {
      const { maker, name } = use;
      if (name === 'close' && !follows(use, context)) return [];
      return {
        cause: `${maker?.row ?? name}`,
        severity: name === 'kill' ? 'error' : name === 'close' || !maker ? 'info' : 'warning',
        process: use.process,
        thread: use.thread,
        atNs: use.atNs,
        evidence: evidence(['failed', maker?.row], ['used', use.row]),
        values: {
          call: name,
          maker: maker?.name ?? '',
          errno: maker?.errno ?? '',
          case: name === 'kill' ? 'kill' : maker ? 'maker' : 'unknown',
        },
      };
    }),
};

/** The failed call is the last one of the thread, but for a message about it. */
function follows({ maker, row }: MinusOneUse, { events }: FindingContext): boolean {
  let before = events.previous(row);
  if (before !== null && before !== maker?.row && events.name(before) === 'write') before = events.previous(before);
  return maker !== undefined && before === maker.row;
}
