/** Calls a query by its name, and finds what of its answer can be handed over without a copy. */

import type { AllQueries, QueryMethod } from './messages.js';
import type { Trace } from './trace.js';

/** The arguments come from the client, whose methods have the types of the queries themselves. */
export function answerQuery(trace: Trace, method: QueryMethod, args: readonly unknown[]): unknown {
  const answerer = method in trace ? trace : method in trace.kernel ? trace.kernel : trace.accounts;
  const asked = answerer as Partial<AllQueries> as AllQueries;
  const query = asked[method] as (this: AllQueries, ...args: readonly unknown[]) => unknown;
  return query.apply(asked, [...args]);
}

/** The buffers of an answer's columns. */
export function transferables(answer: unknown): ArrayBuffer[] {
  if (typeof answer !== 'object' || answer === null) return [];
  const buffers = new Set<ArrayBuffer>();
  for (const value of Object.values(answer) as unknown[]) {
    if (ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer) buffers.add(value.buffer);
  }
  return [...buffers];
}
