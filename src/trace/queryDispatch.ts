/** Calls a query by its name. */

import type { AllQueries, QueryMethod } from './messages.js';
import type { Trace } from './trace.js';

/** The arguments come from the client, whose methods have the types of the queries themselves. */
export function answerQuery(trace: Trace, method: QueryMethod, args: readonly unknown[]): unknown {
  const answerer = method in trace ? trace : method in trace.kernel ? trace.kernel : trace.accounts;
  const asked = answerer as Partial<AllQueries> as AllQueries;
  const query = asked[method] as (this: AllQueries, ...args: readonly unknown[]) => unknown;
  return query.apply(asked, [...args]);
}
