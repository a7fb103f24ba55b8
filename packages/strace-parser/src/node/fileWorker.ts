/**
 * A worker thread of `parseFile`: looks through a part, or parses it into what the caller's module makes of the records.
 */

import { parentPort } from 'node:worker_threads';
import { StraceParser, type CallInProgress } from '../parser.js';
import type { RecordSink, TimeOrigin } from '../records.js';
import { glance, readRange, type EntryLine, type Glance } from './fileParts.js';
import type { CreatePart } from './fileTask.js';

export type Job =
  | { kind: 'glance'; path: string; start: number; end: number }
  | {
      kind: 'read';
      path: string;
      start: number;
      end: number;
      taskUrl: string;
      data: unknown;
      /** Undefined for the log's first part: nothing is known before it. */
      before: { origin: TimeOrigin; line: number; entries: EntryLine[] } | undefined;
      last: boolean;
    };

/** What a part that was read ended with. */
export interface PartEnd {
  result: unknown;
  origin: TimeOrigin;
  lines: number;
  /** Undefined when the next part cannot be read by itself. */
  inProgress: CallInProgress[] | undefined;
}

export type Answer = { glance: Glance } | { end: PartEnd } | { error: unknown };

async function read(job: Job & { kind: 'read' }): Promise<PartEnd> {
  const task = (await import(job.taskUrl)) as { createPart: CreatePart<unknown> };
  const part = task.createPart(job.data);
  let remembers = false;
  const sink: RecordSink = {
    ...bound(part.sink),
    note(record) {
      // A table and the threads of a terminal are remembered from line to line.
      if (record.kind === 'summary' || record.kind === 'attached' || record.kind === 'detached') remembers = true;
      part.sink.note?.(record);
    },
  };
  const { before } = job;
  const entries = before?.entries.map(entry => ({ ...entry, bytes: lineOf(job.path, entry) })) ?? [];
  const parser = before
    ? new StraceParser(sink, { origin: before.origin, startAt: { byte: job.start, line: before.line, entries } })
    : new StraceParser(sink);
  readRange(job.path, job.start, job.end, chunk => parser.push(chunk));
  const inProgress = remembers ? undefined : parser.inProgress();
  if (job.last) parser.end();
  return { result: part.result(), origin: parser.origin, lines: parser.lines, inProgress };
}

/** The sink's methods by themselves: a spread leaves out those of a class. */
function bound(sink: RecordSink): RecordSink {
  const methods: RecordSink = {};
  if (sink.call) methods.call = record => sink.call?.(record);
  if (sink.enter) methods.enter = record => sink.enter?.(record);
  if (sink.signal) methods.signal = record => sink.signal?.(record);
  if (sink.exit) methods.exit = record => sink.exit?.(record);
  if (sink.stop) methods.stop = record => sink.stop?.(record);
  if (sink.frame) methods.frame = record => sink.frame?.(record);
  if (sink.text) methods.text = record => sink.text?.(record);
  return methods;
}

function lineOf(path: string, { byteStart, byteEnd }: EntryLine): Uint8Array {
  const line = new Uint8Array(byteEnd - byteStart + 1);
  let length = 0;
  readRange(path, byteStart, byteEnd, chunk => {
    line.set(chunk, length);
    length += chunk.length;
  });
  line[length] = 0x0a;
  return line;
}

parentPort?.on('message', (job: Job) => {
  const answer = async (): Promise<Answer> =>
    job.kind === 'glance' ? { glance: glance(job.path, job.start, job.end) } : { end: await read(job) };
  void answer()
    .catch((error: unknown): Answer => ({ error }))
    .then(message => parentPort?.postMessage(message));
});
