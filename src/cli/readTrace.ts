/** Reads a whole log (a file, or the folder of a `-ff` set) into a Trace. */

import { openLog } from '../trace/capture/openLog.js';
import { Trace } from '../trace/trace.js';

const sliceBytes = 1 << 20;

/** `use` gets the complete trace; the log is open until it returns. Throws a TraceError when the log cannot be read. */
export function readTrace<Result>(path: string, use: (trace: Trace) => Result): Result {
  const log = openLog(path);
  try {
    const trace = new Trace({ log });
    const room = new Uint8Array(sliceBytes);
    for (let chunk = log.next(room); chunk.length > 0; chunk = log.next(room)) trace.ingest(chunk);
    trace.end();
    return use(trace);
  } finally {
    log.close();
  }
}
