/** The thread that reads and parses a complete log, batch by batch, for a trace's worker. */

import type { MessagePort } from 'node:worker_threads';
import { BatchWriter, type RecordBatch } from 'strace-parser/batch';
import { LogFile } from '../capture/followLog.js';
import { TraceError } from '../traceErrors.js';
import { BATCH_BYTES, type FromParser, type ToParser } from './protocol.js';

const LF = 0x0a;
/** The first batch is small, and each up to full size twice as large: something is to be seen soon. */
const FIRST_BYTES = 1 << 16;

/** Fills the batches that it is sent, until the log ends or cannot be read any further. */
export function parseAhead(port: MessagePort, path: string): void {
  let parser: ParserThread | undefined;
  let done = false;
  port.on('message', (batch: ToParser) => {
    const send = (message: FromParser): void => port.postMessage(message);
    if (done) return;
    try {
      parser ??= new ParserThread(LogFile.open(path));
      done = parser.fill(batch);
      send({ type: 'batch', batch, last: done });
    } catch (error) {
      done = true;
      const code = error instanceof TraceError ? error.code : 'failed';
      send({ type: 'failed', code, message: error instanceof Error ? error.message : String(error) });
    }
  });
}

class ParserThread {
  private readonly writer = new BatchWriter();
  /** The beginning of a line whose end is in the next batch: a line in two batches would be copied by the parser. */
  private rest = new Uint8Array(0);
  private batchBytes = FIRST_BYTES;

  constructor(private readonly log: LogFile) {}

  /** Returns true when the log has been read to its end. */
  fill(batch: RecordBatch): boolean {
    const { bytes } = batch;
    const { batchBytes } = this;
    this.batchBytes = Math.min(BATCH_BYTES, 2 * batchBytes);
    bytes.set(this.rest);
    let length = this.rest.length;
    let read = -1;
    while (length < batchBytes && read !== 0) {
      read = this.log.next(bytes.subarray(length, batchBytes)).length;
      length += read;
    }
    const last = read === 0;
    const lineEnd = last ? length : bytes.subarray(0, length).lastIndexOf(LF) + 1;
    // A line that is longer than a batch goes to the parser in pieces.
    const whole = lineEnd === 0 ? length : lineEnd;
    this.rest = bytes.slice(whole, length);
    this.writer.write(batch, whole, last);
    return last;
  }
}
