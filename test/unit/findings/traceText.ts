/** Short logs as traces. `text`: lines whose times are seconds and tenths: `10 1.5 …` is a second and a half in. */

import type { Finding } from '../../../src/trace/findings/finding.js';
import { MemoryLog } from '../../../src/trace/store/logReader.js';
import { Trace } from '../../../src/trace/trace.js';

const epochSeconds = 1795200000;

export function traceOf(text: string, options: { complete: boolean } = { complete: true }): Trace {
  const log = new MemoryLog();
  const trace = new Trace({ log });
  feed(trace, log, text);
  if (options.complete) trace.end();
  return trace;
}

/** Adds lines to a trace that grows. */
export function feed(trace: Trace, log: MemoryLog, text: string): void {
  const lines = text
    .replace(/^ +/gm, '')
    .replace(/^(\d+) (\d+)\.(\d+)/gm, (_, pid: string, seconds: string, fraction: string) => {
      return `${pid} ${epochSeconds + Number(seconds)}.${fraction.padEnd(6, '0')}`;
    });
  const bytes = new TextEncoder().encode(lines);
  log.append(bytes);
  trace.ingest(bytes);
}

/** Findings that matter, as `severity rule`. */
export function found(text: string): string[] {
  return traceOf(text).findings().map(brief);
}

export function brief({ severity, rule }: Finding): string {
  return `${severity} ${rule}`;
}
