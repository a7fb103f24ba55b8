/** What every session has: a phase and an event when anything of it changes. Nothing is told after disposal. */

import { EventEmitter } from 'vscode';
import type { StartedProgram } from '../trace/source/startedProgram.js';
import type { TraceSource } from '../trace/traceSource.js';
import type { SessionPhase, TraceSession } from './session.js';

export abstract class BaseSession implements TraceSession {
  abstract readonly id: string;
  abstract readonly title: string;
  abstract readonly saved: boolean;
  abstract readonly logPath: string;
  readonly startedAt = new Date();
  readonly sourcePath: string | undefined = undefined;
  stackBackend: TraceSession['stackBackend'];
  started: StartedProgram | undefined;
  stopAsked = false;

  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #phase: SessionPhase;
  #trace: TraceSource | undefined;
  #exit: TraceSession['exit'];
  #notice: string | undefined;
  #closed = false;

  constructor(phase: SessionPhase) {
    this.#phase = phase;
  }

  get phase(): SessionPhase {
    return this.#phase;
  }
  get trace(): TraceSource | undefined {
    return this.#trace;
  }
  get exit(): TraceSession['exit'] {
    return this.#exit;
  }
  get notice(): string | undefined {
    return this.#notice;
  }
  protected get closed(): boolean {
    return this.#closed;
  }

  abstract stop(): Promise<void>;

  /** Ends what it runs and its worker. Called once, by the list. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.stop();
    await this.#trace?.dispose();
    this.#changed.dispose();
  }

  protected update(change: {
    phase?: SessionPhase;
    trace?: TraceSource;
    exit?: NonNullable<TraceSession['exit']>;
    notice?: string;
  }): void {
    if (change.phase) this.#phase = change.phase;
    if (change.trace) this.#trace = change.trace;
    if (change.exit) this.#exit = change.exit;
    if (change.notice !== undefined) this.#notice = change.notice;
    if (!this.#closed) this.#changed.fire();
  }
}
