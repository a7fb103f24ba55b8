/** The rules that tell of what is still there after everybody has ended differ in its kind only. */

import type { FindingContext } from './context.js';
import { evidence } from './evidence.js';
import type { Leftover } from './observers/leftovers.js';
import type { Rule } from './rule.js';

/** `severityOf`: a name can be meant to last. */
export function leftBehindRule(
  rule: Omit<Rule, 'check' | 'blames'>,
  kind: Leftover['kind'],
  severityOf: (left: Leftover) => Rule['severity'],
): Rule {
  return {
    ...rule,
    blames: 'made',
    check: context => {
      if (!everybodyEnded(context)) return [];
      return [...context.observed.leftovers.all()].flatMap(left => {
        if (left.kind !== kind) return [];
        return {
          // One habit leaves many files.
          cause: kind === 'file' ? 'files' : `${kind} of row ${left.row}`,
          severity: severityOf(left),
          process: left.process,
          thread: left.thread,
          atNs: left.atNs,
          evidence: evidence(['made', left.row], ['exit', context.family.exitRow(left.process)]),
          values: { name: left.name },
        };
      });
    },
  };
}

/** Nobody of this trace can remove it any more. */
function everybodyEnded({ complete, processes }: FindingContext): boolean {
  return complete && processes.every(process => process.exit !== null);
}
