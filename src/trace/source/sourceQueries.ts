/**
 * Answers what needs source lines about one trace: stacks come from the trace (whose worker adds up events), their lines from the
 * symbols, and each stack is led to its lines once.
 */

import type { CallSites, CallStack, EventFilter } from '../api.js';
import { flameGraph } from './flameGraph.js';
import { callsBySource, type SourceCalls } from './lineCalls.js';
import type { FlameGraph, SourceFilter, SourceRange, SourceSummary, SourceTrouble } from './sourceApi.js';
import { matchingStacks, shortNames } from './sourceFilter.js';
import { groupSites, type SourceGrouping } from './sourceSummary.js';
import type { ResolvedStack } from './stackResolver.js';

/** More different places of calls than anybody looks at; the heaviest are kept. */
const mostSites = 20_000;

type Awaitable<T> = T | Promise<T>;

/** The part of a trace that is needed. */
export interface StackedTrace {
  callStacks(from: number): Awaitable<CallStack[]>;
  callSites(query: Omit<SourceRange, 'filter'> & { filter: EventFilter | null; limit: number }): Awaitable<CallSites>;
}

const whole: SourceRange = { startNs: 0, endNs: Number.MAX_SAFE_INTEGER, lanes: null, filter: null };

export class SourceQueries {
  private stacks: ResolvedStack[] = [];
  private names = new Map<string, string>();
  private reading: Promise<void> | undefined;

  constructor(
    private readonly trace: StackedTrace,
    private readonly resolve: (stack: CallStack) => Promise<ResolvedStack>,
  ) {}

  /** The filter as the trace understands it: conditions on lines become lists of stacks. */
  async plain(filter: SourceFilter | null): Promise<EventFilter | null> {
    if (!filter?.source) return filter;
    await this.read();
    const { source, ...rest } = filter;
    return { ...rest, stacks: matchingStacks(this.stacks, source) };
  }

  async summarize(query: SourceRange, by: SourceGrouping): Promise<SourceSummary> {
    const sites = await this.sites(query);
    const groups = groupSites(sites, this.stacks, by, this.names);
    return { recorded: sites.recorded, groups, trouble: this.trouble() };
  }

  async flame(query: SourceRange): Promise<FlameGraph> {
    const sites = await this.sites(query);
    return { recorded: sites.recorded, ...flameGraph(sites, this.stacks, this.names), trouble: this.trouble() };
  }

  /** The calls of every line and function of the whole trace. */
  async bySource(): Promise<SourceCalls> {
    const sites = await this.sites(whole);
    return callsBySource(sites, this.stacks, this.names);
  }

  private async sites(query: SourceRange): Promise<CallSites> {
    const filter = await this.plain(query.filter);
    const sites = await this.trace.callSites({ ...query, filter, limit: mostSites });
    // After the sites: whatever stack they name is there.
    await this.read();
    return sites;
  }

  /** Reads the stacks that the trace has got meanwhile. One at a time: each is read once. */
  private async read(): Promise<void> {
    while (this.reading) await this.reading;
    this.reading = this.readNew();
    try {
      await this.reading;
    } finally {
      this.reading = undefined;
    }
  }

  private async readNew(): Promise<void> {
    const found = await this.trace.callStacks(this.stacks.length);
    if (found.length === 0) return;
    const resolved = await Promise.all(found.map(stack => this.resolve(stack)));
    for (const stack of resolved) this.stacks.push(stack);
    const paths = this.stacks.flatMap(({ frames }) => frames.flatMap(({ place }) => (place ? [place.path] : [])));
    this.names = shortNames(paths);
  }

  private trouble(): SourceTrouble {
    const all = (of: (stack: ResolvedStack) => string[]): string[] => [...new Set(this.stacks.flatMap(of))];
    const anyLine = this.stacks.some(({ frames }) => frames.some(({ place }) => place));
    return {
      rebuilt: all(stack => stack.rebuilt),
      unreliable: all(stack => stack.unreliable),
      // A library that is not there is no loss while the program's own lines are known.
      failure: anyLine ? null : (this.stacks.find(stack => stack.failure !== undefined)?.failure ?? null),
    };
  }
}
