/**
 * Records from a stream, as it comes: a Node stream, a web stream, or anything that can be iterated over.
 */

import { keepInto } from './parse.js';
import { StraceParser } from './parser.js';
import type { LineRecord, RecordSink, TimeOrigin } from './records.js';
import { encode } from './utf8.js';

/** The part of a web `ReadableStream` that is used: not every browser's can be iterated over. */
export interface WebStream {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | string | undefined }>;
    cancel(): Promise<void>;
  };
}

/** Chunks of a log: bytes, or text that is encoded as UTF-8. */
export type LogStream = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string> | WebStream;

export interface StreamOptions {
  /** Also yield a call's entry when it is printed (outcome `Entered`); the whole call follows when it returns. */
  entered?: boolean;
  /** Told what the times count from, as soon as the log tells. */
  onOrigin?: (origin: TimeOrigin) => void;
}

/**
 * Yields the records of a stream; each owns its bytes. Leaving the loop early cancels the stream.
 * @throws whatever the stream throws
 */
export async function* parseStream(
  stream: LogStream,
  options: StreamOptions = {},
): AsyncGenerator<LineRecord, void, void> {
  const records: LineRecord[] = [];
  const keep: RecordSink = keepInto(records);
  if (options.entered) keep.enter = record => void records.push(record.keep());
  const parser = new StraceParser(keep);
  let told = false;
  const tell = (): void => {
    if (told || parser.origin.kind === 'unknown') return;
    told = true;
    options.onOrigin?.(parser.origin);
  };
  for await (const chunk of chunksOf(stream)) {
    parser.push(typeof chunk === 'string' ? encode(chunk) : chunk);
    tell();
    yield* records.splice(0);
  }
  parser.end();
  tell();
  yield* records;
}

function chunksOf(stream: LogStream): AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string> {
  return 'getReader' in stream ? readWebStream(stream) : stream;
}

async function* readWebStream(stream: WebStream): AsyncGenerator<Uint8Array | string, void, void> {
  const reader = stream.getReader();
  let done = false;
  try {
    for (;;) {
      const result = await reader.read();
      done = result.done;
      if (done) return;
      if (result.value !== undefined) yield result.value;
    }
  } finally {
    if (!done) await reader.cancel();
  }
}
