/**
 * A trace in a process of its own, as sessions and views hold it.
 *
 * Invariant: every promise settles. A query that the worker cannot answer any more (it was closed, it crashed) is rejected, at once or
 * when that happens.
 */

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { TraceSummary } from './api.js';
import type { AllQueries, FromWorker, QueryMethod, ToWorker } from './messages.js';
import { TraceClosedError, TraceError } from './traceErrors.js';
import type { OpenOptions, TraceSource } from './traceSource.js';
import { workerProcess } from './workerProcess.js';

export { TraceClosedError, TraceError } from './traceErrors.js';

const MOST_LAST_WORDS = 4096;

interface Pending {
  resolve(value: never): void;
  reject(error: Error): void;
}

const nothingYet: TraceSummary = {
  revision: -1,
  originEpochNs: null,
  endNs: 0,
  lines: 0,
  textLines: 0,
  events: 0,
  rows: 0,
  threads: 0,
  processes: 0,
  liveProcesses: 0,
  failedEvents: 0,
  logBytes: 0,
  logSize: 0,
  complete: false,
};

type Query<M extends QueryMethod> = (...args: Parameters<AllQueries[M]>) => Promise<ReturnType<AllQueries[M]>>;

export class TraceClient implements TraceSource {
  private readonly worker: ChildProcess;
  /** The end of what it said on stderr: why it crashed. */
  private lastWords = '';
  private readonly pending = new Map<number, Pending>();
  private readonly changeListeners = new Set<(summary: TraceSummary) => void>();
  private seq = 0;
  private newest = nothingYet;
  /** Why no query can be answered any more. */
  private ended: TraceError | undefined;

  /** `workerPath`: the bundled worker.ts. A log that cannot be opened makes every query reject with a TraceError that says why. */
  constructor(workerPath: string, options: OpenOptions) {
    this.worker = fork(workerPath, [], workerProcess(options.live));
    const { worker } = this;
    worker.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.lastWords = (this.lastWords + text).slice(-MOST_LAST_WORDS);
    });
    worker.on('message', (message: FromWorker) => this.receive(message));
    worker.on('error', error =>
      this.end(new TraceError('crashed', `the trace's process failed: ${error.message}`, { cause: error })),
    );
    // After `exit`, when stderr has been read to its end.
    worker.on('close', (code, signal) =>
      this.end(
        new TraceError(
          'crashed',
          `the trace's process ended unexpectedly (${signal ?? code})\n${this.lastWords}`.trim(),
        ),
      ),
    );
    this.send({ type: 'open', options });
  }

  /** Of the process that holds the trace; undefined when it could not be started. */
  get pid(): number | undefined {
    return this.worker.pid;
  }

  get latest(): TraceSummary {
    return this.newest;
  }

  readonly summary = this.query('summary');
  readonly processes = this.query('processes');
  readonly process = this.query('process');
  readonly processOf = this.query('processOf');
  readonly lanes = this.query('lanes');
  readonly laneIndex = this.query('laneIndex');
  readonly window = this.query('window');
  readonly overview = this.query('overview');
  readonly event = this.query('event');
  readonly neighbour = this.query('neighbour');
  readonly eventAt = this.query('eventAt');
  readonly nextMatch = this.query('nextMatch');
  readonly countMatches = this.query('countMatches');
  readonly events = this.query('events');
  readonly summarize = this.query('summarize');
  readonly callStacks = this.query('callStacks');
  readonly callSites = this.query('callSites');
  readonly positionOf = this.query('positionOf');
  readonly callAt = this.query('callAt');
  readonly context = this.query('context');
  readonly identity = this.query('identity');
  readonly descriptors = this.query('descriptors');
  readonly descriptorHistory = this.query('descriptorHistory');
  readonly channels = this.query('channels');
  readonly channel = this.query('channel');
  readonly interest = this.query('interest');
  readonly readiness = this.query('readiness');
  readonly memory = this.query('memory');
  readonly signals = this.query('signals');
  readonly handlers = this.query('handlers');
  readonly locks = this.query('locks');
  readonly futexes = this.query('futexes');
  readonly transfers = this.query('transfers');
  readonly time = this.query('time');
  readonly overhead = this.query('overhead');
  readonly whyBlocked = this.query('whyBlocked');
  readonly links = this.query('links');
  readonly waitingAt = this.query('waitingAt');
  readonly blockedOn = this.query('blockedOn');
  readonly processTimes = this.query('processTimes');
  readonly descriptorUse = this.query('descriptorUse');
  readonly multiplexing = this.query('multiplexing');
  readonly wakeUps = this.query('wakeUps');
  readonly deliveries = this.query('deliveries');
  readonly environment = this.query('environment');
  readonly daemon = this.query('daemon');
  readonly sockets = this.query('sockets');
  readonly findings = this.query('findings');

  onChange(listener: (summary: TraceSummary) => void): () => void {
    this.changeListeners.add(listener);
    return () => void this.changeListeners.delete(listener);
  }

  finish(): Promise<TraceSummary> {
    return this.ask<TraceSummary>(seq => ({ type: 'finish', seq }));
  }

  async dispose(): Promise<void> {
    this.changeListeners.clear();
    this.end(new TraceClosedError());
    const { worker } = this;
    if (worker.pid === undefined || worker.exitCode !== null || worker.signalCode !== null) return;
    const ended = once(worker, 'exit');
    // It has nothing that could be lost.
    worker.kill('SIGKILL');
    await ended;
  }

  private query<M extends QueryMethod>(method: M): Query<M> {
    return (...args) => this.ask<ReturnType<AllQueries[M]>>(seq => ({ type: 'query', seq, method, args }));
  }

  private ask<T>(message: (seq: number) => ToWorker): Promise<T> {
    if (this.ended !== undefined) return Promise.reject(this.ended);
    const seq = this.seq++;
    return new Promise<T>((resolve, reject) => {
      this.pending.set(seq, { resolve, reject });
      this.send(message(seq));
    });
  }

  private send(message: ToWorker): void {
    // A process that is gone is told by its end.
    this.worker.send(message, () => undefined);
  }

  private receive(message: FromWorker): void {
    switch (message.type) {
      case 'changed':
        this.newest = message.summary;
        for (const listener of [...this.changeListeners]) listener(message.summary);
        return;
      case 'cannotOpen':
        this.end(new TraceError(message.error.code, message.error.message));
        return;
      case 'answer': {
        const waiting = this.pending.get(message.seq);
        this.pending.delete(message.seq);
        if (waiting === undefined) return;
        if ('ok' in message.result) waiting.resolve(message.result.ok as never);
        else waiting.reject(new TraceError(message.result.err.code, message.result.err.message));
        return;
      }
    }
  }

  /** No query is answered from now on. */
  private end(error: TraceError): void {
    if (this.ended !== undefined) return;
    this.ended = error;
    for (const { reject } of [...this.pending.values()]) reject(error);
    this.pending.clear();
  }
}
