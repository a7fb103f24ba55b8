/**
 * A trace that follows its log: reads it in slices, tells of its growth a bounded number of times a second, and ends when the log is
 * complete (a saved one at its end, a live one when `finish` was asked for and the last byte is read).
 */

import type { TraceSummary } from './api.js';
import type { MeasuredOverhead } from './capture/calibration.js';
import { FollowPace } from './capture/followPace.js';
import type { LogFile } from './capture/followLog.js';
import type { ReadAhead } from './readAhead/readAhead.js';
import { Trace } from './trace.js';

/** About 10 ms of work. */
const SLICE_BYTES = 1 << 20;
/** Least time between two reports of growth: at most 30 a second. */
const REPORT_MS = 33;
/** Looks at a still log between two looks at its name. */
const READS_A_CHECK = 10;

export interface FollowListener {
  changed(summary: TraceSummary): void;
}

type Finisher = (result: () => TraceSummary) => void;

export class FollowedTrace {
  readonly trace: Trace;
  private readonly pace: FollowPace;
  private readonly room = new Uint8Array(SLICE_BYTES);
  private readonly finishers: Finisher[] = [];
  private draining: boolean;
  private failure: { error: unknown } | undefined;
  private stillReads = 0;
  private reported = -1;
  private reportedMs = -Infinity;
  private reportTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly log: LogFile,
    private readonly live: boolean,
    private readonly listener: FollowListener,
    overhead?: MeasuredOverhead,
    /** Who parses the log, when not this thread: of a log that is complete. */
    private readonly ahead?: ReadAhead,
  ) {
    this.trace = new Trace({ log, overhead });
    this.trace.logSize = log.size();
    this.draining = !live;
    ahead?.onReady(() => this.read());
    this.pace = new FollowPace(log.path, () => this.read());
    setImmediate(() => this.read());
  }

  /** Reads to the log's last byte, then tells the final summary (a function that throws when reading failed). */
  finish(done: Finisher): void {
    this.finishers.push(done);
    const reading = this.draining;
    this.draining = true;
    if (this.trace.summary().complete || this.failure !== undefined) {
      this.settle();
      return;
    }
    if (reading) return;
    this.pace.stop();
    setImmediate(() => this.read());
  }

  private read(): void {
    if (this.failure !== undefined || this.trace.summary().complete) return;
    let grew: boolean;
    try {
      const step = this.ahead?.take(batch => this.trace.ingestParsed(batch));
      if (step === 'waiting') return; // it will call again
      grew = step === undefined ? this.readSlice() : step === 'taken';
    } catch (error) {
      this.fail(error);
      return;
    }
    if (!grew && this.draining) {
      this.trace.end();
      this.report();
      this.settle();
      return;
    }
    this.reportSoon();
    const behind = grew && this.log.bytesRead < this.trace.logSize;
    if (behind || this.draining) setImmediate(() => this.read());
    else this.pace.wait(grew);
  }

  private readSlice(): boolean {
    const { trace, log } = this;
    const chunk = log.next(this.room);
    trace.logSize = Math.max(trace.logSize, log.size());
    trace.ingest(chunk);
    if (chunk.length > 0) {
      this.stillReads = 0;
      return true;
    }
    if (this.live && (this.draining || this.stillReads % READS_A_CHECK === READS_A_CHECK - 1)) log.checkIdentity();
    if (this.live && !this.draining) {
      if (this.stillReads++ === 0) trace.showPartial();
      this.tick();
    }
    return false;
  }

  /** Lets open calls grow while nothing is logged. */
  private tick(): void {
    if (this.trace.summary().liveProcesses > 0) this.trace.tick(BigInt(Date.now()) * 1_000_000n);
  }

  /** The log cannot be read any further: what was read stays, and `finish` will say why. */
  private fail(error: unknown): void {
    this.failure = { error };
    this.pace.stop();
    this.settle();
  }

  private settle(): void {
    const { failure } = this;
    for (const done of this.finishers.splice(0)) {
      done(() => {
        if (failure !== undefined) throw failure.error;
        return this.trace.summary();
      });
    }
  }

  /** Reports at once when the last report is long ago, else when it will be: a timer that finds nothing new would wake for nothing. */
  private reportSoon(): void {
    if (this.reportTimer !== undefined || this.trace.revision === this.reported) return;
    const waitMs = this.reportedMs + REPORT_MS - performance.now();
    if (waitMs <= 0) {
      this.report();
      return;
    }
    this.reportTimer = setTimeout(() => {
      this.reportTimer = undefined;
      if (this.failure === undefined && !this.trace.summary().complete) this.report();
    }, waitMs);
  }

  private report(): void {
    if (this.trace.revision === this.reported) return;
    this.reported = this.trace.revision;
    this.reportedMs = performance.now();
    this.listener.changed(this.trace.summary());
  }
}
