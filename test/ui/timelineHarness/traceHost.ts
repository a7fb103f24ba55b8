/** The harness's host over a real Trace: the same questions as the extension's bridge answers, without a worker between. */

import type { Trace } from '../../../src/trace/trace.js';
import type { HostMethods, SourceFilter, StateQuery, TimelineTrace } from '../../../src/views/timeline/protocol.js';
import { SourceQueries } from '../../../src/trace/source/sourceQueries.js';
import { StackResolver } from '../../../src/trace/source/stackResolver.js';
import { eventWords } from '../../../src/words/eventWords.js';
import { statePage } from '../../../src/words/pages/statePage.js';
import { pageSource } from '../../support/pageSource.js';
import { plainTranslate } from '../../../src/words/translate.js';

import type { HarnessHost } from './server.js';

type Answers = {
  [M in keyof HostMethods]: (
    argument: Parameters<HostMethods[M]>[0],
  ) => ReturnType<HostMethods[M]> | Promise<ReturnType<HostMethods[M]>>;
};

export function traceHost(trace: Trace, shown: TimelineTrace): HarnessHost {
  const resolver = new StackResolver({ backend: 'unknown', tracedAtMs: null, sourceMap: {} });
  const source = new SourceQueries(trace, stack => resolver.resolve(stack));
  const plain = async <Q extends { filter: SourceFilter | null }>(query: Q) => ({
    ...query,
    filter: await source.plain(query.filter),
  });
  const answers: Answers = {
    lanes: query => trace.lanes(query),
    laneIndex: ({ thread, folded, root }) => trace.laneIndex(thread, { folded, root }),
    window: async query => trace.window(await plain(query)),
    overview: ({ columns }) => trace.overview(columns),
    event: ({ row }) => {
      const detail = trace.event(row);
      return detail && { detail, words: eventWords(detail, plainTranslate, trace.kernel.context(row)) };
    },
    neighbour: query => trace.neighbour(query),
    eventAt: query => trace.eventAt(query),
    nextMatch: async ({ filter, ...query }) =>
      trace.nextMatch({ ...query, filter: (await source.plain(filter)) ?? {} }),
    countMatches: async ({ filter }) => trace.countMatches((await source.plain(filter)) ?? {}),
    events: async query => trace.events(await plain(query)),
    summarize: async query => trace.summarize(await plain(query)),
    summarizeSource: ({ by, ...query }) => source.summarize(query, by),
    flame: query => source.flame(query),
    descriptors: query => {
      const { id, pid, atNs } = stateOf(trace, query);
      const use = trace.accounts.descriptorUse({ process: id, atNs });
      return { pid, descriptors: trace.kernel.descriptors({ process: id, atNs }), use };
    },
    memory: query => {
      const { id, pid, atNs } = stateOf(trace, query);
      return { pid, map: trace.kernel.memory({ process: id, atNs }) };
    },
    transfers: async query => trace.kernel.transfers(await plain(query)),
    page: query => statePage(pageSource(trace), query, plainTranslate),
  };
  return {
    answer: (method, argument) => (answers[method] as (argument: unknown) => unknown)(argument),
    trace: () => shown,
    summary: () => trace.summary(),
  };
}

function stateOf(trace: Trace, { thread, atNs }: StateQuery): { id: number; pid: number; atNs: number | null } {
  const { id, pid, endNs } = trace.processOf(thread)!;
  return { id, pid, atNs: endNs === null ? atNs : Math.min(atNs ?? Infinity, endNs - 1) };
}
