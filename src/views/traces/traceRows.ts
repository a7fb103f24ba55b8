/** The rows of the Traces view: what this window traced or opened, and what is on disk from before. Pure. */

import { basename, dirname } from 'node:path';
import type { TraceSession } from '../../session/session.js';
import type { StoredTrace } from '../../session/traceLibrary.js';

export interface TraceRow {
  logPath: string;
  label: string;
  /** On disk in our storage: it can be renamed, deleted and exported. */
  stored: StoredTrace | undefined;
  /** Open in this window. */
  session: TraceSession | undefined;
  /** When it was recorded or, for somebody else's log, opened. */
  at: Date;
}

/** The newest first; a trace that is open and on disk is one row. */
export function traceRows(sessions: readonly TraceSession[], stored: readonly StoredTrace[]): TraceRow[] {
  const byPath = new Map(sessions.map(session => [session.logPath, session]));
  const known = new Set(stored.map(({ logPath }) => logPath));
  const rows: TraceRow[] = stored.map(trace => ({
    logPath: trace.logPath,
    label: trace.name ?? trace.program,
    stored: trace,
    session: byPath.get(trace.logPath),
    at: trace.recordedAt,
  }));
  for (const session of sessions) {
    // A run that is still compiling, or a log from elsewhere.
    if (known.has(session.logPath)) continue;
    const label = session.saved ? `${session.title} — ${basename(dirname(session.logPath))}` : session.title;
    rows.push({ logPath: session.logPath, label, stored: undefined, session, at: session.startedAt });
  }
  return rows.sort((a, b) => b.at.getTime() - a.at.getTime());
}

/** Whether something still writes to it, so that it can't be deleted. */
export function isBusy({ session }: TraceRow): boolean {
  return session !== undefined && !['ended', 'failed', 'loading'].includes(session.phase);
}

/** What menus go by. */
export function contextValueOf(row: TraceRow): 'trace.stored' | 'trace.busy' | 'trace.opened' {
  if (isBusy(row)) return 'trace.busy';
  return row.stored ? 'trace.stored' : 'trace.opened';
}
