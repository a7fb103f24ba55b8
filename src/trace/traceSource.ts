/**
 * The asynchronous face of a Trace: what sessions and views hold. `TraceClient` (client.ts) implements it over a process of its own.
 */

import type { TraceQueries, TraceSummary } from './api.js';
import type { AccountQueries } from './accountsApi.js';
import type { FindingQueries } from './findings/finding.js';
import type { ModelQueries } from './modelApi.js';

type Asynchronous<T> = { [K in keyof T]: T[K] extends (...a: infer A) => infer R ? (...a: A) => Promise<R> : never };

export interface TraceSource extends Asynchronous<TraceQueries & ModelQueries & AccountQueries & FindingQueries> {
  /** The newest summary the source has been told of (cheap, synchronous). */
  readonly latest: TraceSummary;
  /** Called at most about 30 times a second while the trace grows, and once when it is complete. Returns an unsubscribe function. */
  onChange(listener: (summary: TraceSummary) => void): () => void;
  /**
   * The tracer has ended: read the log to its last byte, close what is open, then resolve with the final summary
   * (`complete` is true).
   */
  finish(): Promise<TraceSummary>;
  /** Ends the worker; pending queries reject with a `TraceClosedError`. */
  dispose(): Promise<void>;
}

/** How to open a trace. */
export interface OpenOptions {
  /** Log file, or the folder of a `-ff` set. */
  path: string;
  /** True while strace is still writing to it: follow the file until `finish()`. */
  live: boolean;
}
