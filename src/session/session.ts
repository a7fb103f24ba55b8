/**
 * What a trace session is to the views. Implemented in this folder (`runSession.ts` for a program being traced, `savedSession.ts`
 * for an opened log); the views see only these types.
 */

import type { Event } from 'vscode';
import type { StartedProgram } from '../trace/source/startedProgram.js';
import type { TraceSource } from '../trace/traceSource.js';

export type SessionPhase = 'compiling' | 'live' | 'ending' | 'loading' | 'ended' | 'failed';

export interface TraceSession {
  readonly id: string;
  /** Program's or log's name. */
  readonly title: string;
  readonly phase: SessionPhase;
  /** Opened from a file, not recorded. */
  readonly saved: boolean;
  /** The log on disk: the only truth. */
  readonly logPath: string;
  /** undefined while compiling or when it failed before strace started. */
  readonly trace: TraceSource | undefined;
  /** Source file the program was compiled from, when it was. */
  readonly sourcePath: string | undefined;
  /** How its program was started; undefined before that, and when (of a saved log) nobody knows. */
  readonly started: StartedProgram | undefined;
  /** The user asked for its end: then a death by signal is no news. */
  readonly stopAsked: boolean;
  /** Whose stacks the log has; undefined: none were recorded, or (a saved log) nobody knows. */
  readonly stackBackend: 'libunwind' | 'libdw' | undefined;
  /** Exit status of the traced program's main process, once known. */
  readonly exit: { code: number } | { signal: string } | undefined;
  /** Something the user must know about this trace (in words), else undefined. */
  readonly notice: string | undefined;
  readonly startedAt: Date;
  /** Phase, exit or notice changed. (Growth of the trace is told by `trace.onChange`.) */
  readonly onDidChange: Event<void>;
  stop(): Promise<void>;
}

/** All sessions of this window, and which one the views show. */
export interface SessionList {
  readonly sessions: readonly TraceSession[];
  readonly active: TraceSession | undefined;
  activate(session: TraceSession): void;
  /** The session that records or shows this log, else a new one that loads it (a file, or the folder of a `-ff` set). */
  open(logPath: string): TraceSession;
  /** Forgets a session: ends what it runs and its worker. The log stays on disk. */
  close(session: TraceSession): Promise<void>;
  readonly onDidChangeActive: Event<TraceSession | undefined>;
  /** A session was added, removed or changed phase. */
  readonly onDidChange: Event<void>;
}
