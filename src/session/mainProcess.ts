/** What became of the traced program's own process, as its trace tells it. */

import type { ExitStatus, ProcessInfo } from '../trace/api.js';
import type { TraceSource } from '../trace/traceSource.js';
import type { TraceSession } from './session.js';

/** The program's first process; undefined before its first line. */
export async function mainProcess(trace: TraceSource): Promise<ProcessInfo | undefined> {
  return (await trace.processes({ parent: null, offset: 0, limit: 1 })).processes[0];
}

export function withoutCore(exit: ExitStatus): NonNullable<TraceSession['exit']> {
  return 'code' in exit ? { code: exit.code } : { signal: exit.signal };
}
