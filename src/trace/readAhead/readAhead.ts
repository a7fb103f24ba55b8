/**
 * A complete log, parsed ahead in a thread of its own, while the trace's thread takes what was parsed.
 *
 * Invariants: batches come in order, and no more than a few are under way, however far ahead the parser could be.
 */

import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { newBatch, type RecordBatch } from 'strace-parser/batch';
import type { LogFile } from '../capture/followLog.js';
import { TraceError } from '../traceErrors.js';
import { BATCH_BYTES, type FromParser, type ParserStart, type ToParser } from './protocol.js';

/** One that is parsed, one that is read, and what evens out their pace. */
const BATCHES = 4;
/** Below this a log is read before another thread has begun to. */
const LEAST_BYTES = 8 << 20;

/** A large log whose name leads to it: a set of logs that was merged has none. */
export function worthReadingAhead(log: LogFile): boolean {
  return log.size() >= LEAST_BYTES && availableParallelism() > 1 && existsSync(log.path);
}

export class ReadAhead {
  private readonly worker: Worker;
  private readonly ready: { batch: RecordBatch; last: boolean }[] = [];
  private failure: TraceError | undefined;
  private whenReady: () => void = () => undefined;
  /** Somebody came for a batch and went without. */
  private wanted = false;

  /** `workerPath`: the trace worker's own file, which also is the parser's. */
  constructor(workerPath: string, logPath: string) {
    const workerData: ParserStart = { parseAhead: logPath };
    this.worker = new Worker(workerPath, { workerData, name: 'syscape parser' });
    this.worker.on('message', (message: FromParser) => {
      if (message.type === 'batch') this.ready.push(message);
      else this.failure = new TraceError(message.code, message.message);
      this.tell();
    });
    this.worker.on('error', error => {
      this.failure = new TraceError('failed', `the thread that parses ended: ${String(error)}`, { cause: error });
      this.tell();
    });
    for (let i = 0; i < BATCHES; i++) this.give(newBatch(BATCH_BYTES));
  }

  /** Calls `whenReady` once for each time that `take` said `waiting`, when it is worth another try. */
  onReady(whenReady: () => void): void {
    this.whenReady = whenReady;
  }

  /**
   * Hands the next batch to `use`, if one is ready. Returns whether it was there, and whether it was the log's last.
   * @throws {TraceError} when the log cannot be read any further
   */
  take(use: (batch: RecordBatch) => void): 'waiting' | 'taken' | 'last' {
    const next = this.ready.shift();
    if (next === undefined) {
      if (this.failure !== undefined) {
        void this.worker.terminate();
        throw this.failure;
      }
      this.wanted = true;
      return 'waiting';
    }
    use(next.batch);
    if (next.last) void this.worker.terminate();
    else this.give(next.batch);
    return next.last ? 'last' : 'taken';
  }

  private tell(): void {
    if (!this.wanted) return;
    this.wanted = false;
    this.whenReady();
  }

  private give(batch: RecordBatch): void {
    this.worker.postMessage(batch satisfies ToParser);
  }
}
