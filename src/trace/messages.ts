/** What a trace's worker and its client say to each other. Every query is answered once, by its sequence number. */

import type { TraceQueries, TraceSummary } from './api.js';
import type { AccountQueries } from './accountsApi.js';
import type { FindingQueries } from './findings/finding.js';
import type { ModelQueries } from './modelApi.js';
import type { TraceErrorCode } from './traceErrors.js';
import type { OpenOptions } from './traceSource.js';

/** Everything a trace can be asked. */
export type AllQueries = TraceQueries & ModelQueries & AccountQueries & FindingQueries;

export type QueryMethod = keyof AllQueries;

export interface ErrorMessage {
  code: TraceErrorCode;
  message: string;
}

export type ToWorker =
  /** The first message. */
  | { type: 'open'; options: OpenOptions }
  | { type: 'query'; seq: number; method: QueryMethod; args: readonly unknown[] }
  /** The tracer has ended: answer when the log is read to its last byte. */
  | { type: 'finish'; seq: number };

export type FromWorker =
  | { type: 'answer'; seq: number; result: { ok: unknown } | { err: ErrorMessage } }
  | { type: 'changed'; summary: TraceSummary }
  /** There is no log to follow: nothing will ever be answered. */
  | { type: 'cannotOpen'; error: ErrorMessage };
