/** What a trace's worker and the thread that parses ahead of it say to each other. A batch belongs to who was sent it last. */

import type { RecordBatch } from 'strace-parser/batch';
import type { TraceErrorCode } from '../traceErrors.js';

/** Bytes of the log in a batch: about 10 ms of work for who takes its records. */
export const BATCH_BYTES = 1 << 20;

/** How the worker's file is started a second time, to parse. */
export interface ParserStart {
  parseAhead: string;
}

export function isParserStart(data: unknown): data is ParserStart {
  return typeof data === 'object' && data !== null && 'parseAhead' in data && typeof data.parseAhead === 'string';
}

/** To the parser: a batch to fill. */
export type ToParser = RecordBatch;

export type FromParser =
  { type: 'batch'; batch: RecordBatch; last: boolean } | { type: 'failed'; code: TraceErrorCode; message: string };
