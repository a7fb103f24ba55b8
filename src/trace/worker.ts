/**
 * The worker thread of one trace: opens its log, follows it and answers queries. Bundled to dist/worker.cjs. Started by that worker
 * itself it is the thread that parses a large saved log ahead (readAhead/).
 *
 * The log is read in slices with a turn of the event loop between them, so a query waits for one slice at most, however large the
 * log is.
 */

import { parentPort, workerData } from 'node:worker_threads';
import type { TraceSummary } from './api.js';
import { openLog } from './capture/openLog.js';
import { standBack } from './capture/standBack.js';
import { FollowedTrace } from './followedTrace.js';
import type { ErrorMessage, FromWorker, ToWorker, WorkerStart } from './messages.js';
import { answerQuery, transferables } from './queryDispatch.js';
import { parseAhead } from './readAhead/parserThread.js';
import { isParserStart } from './readAhead/protocol.js';
import { ReadAhead, worthReadingAhead } from './readAhead/readAhead.js';
import { measuredOverhead } from './source/captureFacts.js';
import { TraceError } from './traceErrors.js';

const port = parentPort;
if (port === null) throw new Error('worker.ts runs in a worker thread');

const send = (message: FromWorker, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

function errorMessage(error: unknown): ErrorMessage {
  if (error instanceof TraceError) return { code: error.code, message: error.message };
  return { code: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

function start(options: WorkerStart): void {
  if (options.live) standBack();
  let followed: FollowedTrace;
  try {
    const listener = { changed: (summary: TraceSummary) => send({ type: 'changed', summary }) };
    const log = openLog(options.path);
    const ahead = !options.live && worthReadingAhead(log) ? new ReadAhead(options.workerPath, log.path) : undefined;
    followed = new FollowedTrace(log, options.live, listener, measuredOverhead(options.path), ahead);
  } catch (error) {
    send({ type: 'cannotOpen', error: errorMessage(error) });
    return;
  }
  const answer = (seq: number, make: () => unknown): void => {
    try {
      const ok = make();
      send({ type: 'answer', seq, result: { ok } }, transferables(ok));
    } catch (error) {
      send({ type: 'answer', seq, result: { err: errorMessage(error) } });
    }
  };
  port?.on('message', (message: ToWorker) => {
    if (message.type === 'query') {
      answer(message.seq, () => answerQuery(followed.trace, message.method, message.args));
      return;
    }
    followed.finish(result => answer(message.seq, result));
  });
}

if (isParserStart(workerData)) parseAhead(port, workerData.parseAhead);
else start(workerData as WorkerStart);
