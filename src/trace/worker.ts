/**
 * The process of one trace: opens its log, follows it and answers queries. Bundled to dist/worker.cjs. In a worker thread the same file
 * parses a large saved log ahead (readAhead/).
 *
 * The log is read in slices with a turn of the event loop between them, so a query waits for one slice at most, however large the
 * log is.
 */

import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import type { TraceSummary } from './api.js';
import { openLog } from './capture/openLog.js';
import { standAside } from './capture/standAside.js';
import { FollowedTrace } from './followedTrace.js';
import type { ErrorMessage, FromWorker, ToWorker } from './messages.js';
import { answerQuery } from './queryDispatch.js';
import { parseAhead } from './readAhead/parserThread.js';
import { isParserStart } from './readAhead/protocol.js';
import { ReadAhead, worthReadingAhead } from './readAhead/readAhead.js';
import { measuredOverhead } from './source/captureFacts.js';
import { TraceError } from './traceErrors.js';
import type { OpenOptions } from './traceSource.js';

const send = (message: FromWorker): void => void process.send?.(message);

function errorMessage(error: unknown): ErrorMessage {
  if (error instanceof TraceError) return { code: error.code, message: error.message };
  return { code: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

function follow({ path, live }: OpenOptions): FollowedTrace {
  const listener = { changed: (summary: TraceSummary) => send({ type: 'changed', summary }) };
  const log = openLog(path);
  const ahead = !live && worthReadingAhead(log) ? new ReadAhead(__filename, log.path) : undefined;
  return new FollowedTrace(log, live, listener, measuredOverhead(path), ahead);
}

function answer(seq: number, make: () => unknown): void {
  try {
    send({ type: 'answer', seq, result: { ok: make() } });
  } catch (error) {
    send({ type: 'answer', seq, result: { err: errorMessage(error) } });
  }
}

function serve(): void {
  let followed: FollowedTrace | undefined;
  let stepBack = (): void => undefined;
  process.on('message', (message: ToWorker) => {
    if (message.type === 'open') {
      if (message.options.live) stepBack = standAside();
      try {
        followed = follow(message.options);
      } catch (error) {
        send({ type: 'cannotOpen', error: errorMessage(error) });
      }
      return;
    }
    // What was asked of a log that could not be opened has been answered by that.
    if (followed === undefined) return;
    const { trace } = followed;
    if (message.type === 'query') {
      answer(message.seq, () => answerQuery(trace, message.method, message.args));
      return;
    }
    stepBack();
    followed.finish(result => answer(message.seq, result));
  });
  // Whoever asked is gone.
  process.on('disconnect', () => process.exit());
}

if (isMainThread) serve();
else if (parentPort !== null && isParserStart(workerData)) parseAhead(parentPort, workerData.parseAhead);
