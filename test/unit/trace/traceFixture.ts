/** Traces made of text. */

import { Trace } from '../../../src/trace/trace.js';
import { MemoryLog } from '../../../src/trace/store/logReader.js';

const encoder = new TextEncoder();

/** A trace of a whole log, in chunks of at most `chunkBytes`. */
export function traceOf(text: string, { chunkBytes = Infinity, end = true } = {}): Trace {
  const bytes = encoder.encode(text);
  const log = new MemoryLog();
  const trace = new Trace({ log });
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const chunk = bytes.subarray(at, Math.min(bytes.length, at + chunkBytes));
    log.append(chunk);
    trace.ingest(chunk);
    if (chunkBytes === Infinity) break;
  }
  if (end) trace.end();
  return trace;
}

/** Time of a line, in microseconds after the trace's first. */
export const at = (us: number): string => (1_700_000_000 + us / 1e6).toFixed(6);

export const everything = { startNs: 0, endNs: Infinity, lanes: null, filter: null };
