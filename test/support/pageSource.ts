/** A trace without a thread of its own between, as pages ask it. */

import type { QueryMethod } from '../../src/trace/messages.js';
import { answerQuery } from '../../src/trace/queryDispatch.js';
import type { Trace } from '../../src/trace/trace.js';
import type { PageSource } from '../../src/words/pages/page.js';

export function pageSource(trace: Trace): PageSource {
  const answering = {
    get:
      (_: object, method: QueryMethod) =>
      (...args: unknown[]) =>
        answerQuery(trace, method, args),
  };
  return new Proxy({}, answering as ProxyHandler<object>) as PageSource;
}
