/**
 * What a caller of `parseFile` writes: a module that says what is done with the records. It is loaded in every worker.
 */

import type { RecordSink } from '../records.js';

/** One part of the log in the hands of one worker. */
export interface FilePart<Result> {
  /** Gets the part's records, in order, as it would from a `StraceParser`. Ids (`nameId`, `errnoId`) count within the part. */
  sink: RecordSink;
  /** Called after the last record; what it returns is copied to the caller (structured clone). */
  result(): Result;
}

/** The module's export `createPart`. May be called again for the same part: keep nothing outside what it returns. */
export type CreatePart<Result> = (data: unknown) => FilePart<Result>;
