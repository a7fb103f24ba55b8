/** Errors that cross the worker's border as `{ code, message }`. */

/** `code`: `missing`, `directory`, `notTraces`, `unreadable`, `truncated`, `closed`, `crashed`, `failed`. Views make words of it. */
export type TraceErrorCode =
  'missing' | 'directory' | 'notTraces' | 'unreadable' | 'truncated' | 'closed' | 'crashed' | 'failed';

export class TraceError extends Error {
  override readonly name: string = 'TraceError';

  constructor(
    readonly code: TraceErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The trace was closed while (or before) somebody asked it something. */
export class TraceClosedError extends TraceError {
  override readonly name = 'TraceClosedError';

  constructor() {
    super('closed', 'the trace is closed');
  }
}
