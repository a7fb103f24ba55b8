/**
 * One large log on several cores: cut at line ends, each part parsed by a worker that is told which calls are in progress
 * where its part begins.
 *
 * Invariant: the records are those of one parser over the whole file. The first part is right by itself; each next one was
 * read from a guess of what the one before it ends with, and is read again when the guess turns out to be wrong. A log that
 * cannot be read from its middle (times of another kind than -ttt, a terminal's `[pid N]`, tables) is read by one worker.
 */

import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { StraceParser } from '../parser.js';
import type { TimeOrigin } from '../records.js';
import { cutAtLineEnds, readRange, type EntryLine, type Glance } from './fileParts.js';
import type { PartEnd } from './fileWorker.js';
import { WorkerPool } from './workerPool.js';

export interface ParseFileOptions {
  /** The module that exports `createPart`, as a file URL or a path (`new URL('./count.js', import.meta.url)`). */
  task: URL | string;
  /** Handed to `createPart`; copied to each worker. */
  data?: unknown;
  /** Workers; as many as there are cores unless given. */
  threads?: number;
  /** Parts; as many as there are workers unless given. */
  parts?: number;
}

export interface ParsedFile<Result> {
  /** What each part's `result()` returned, in the order of the log. */
  results: Result[];
  origin: TimeOrigin;
  lines: number;
  /** Parts that were read again because the guess about their beginning was wrong. */
  readAgain: number;
}

/** Enough lines to see what the times count from. */
const headBytes = 1 << 16;

/**
 * Parses a file with several workers.
 * @throws what reading the file, loading the task or the task itself throws
 */
export async function parseFile<Result>(path: string, options: ParseFileOptions): Promise<ParsedFile<Result>> {
  const threads = Math.max(1, options.threads ?? availableParallelism());
  const ends = cutAtLineEnds(path, Math.max(1, options.parts ?? threads));
  const pool = new WorkerPool(Math.min(threads, ends.length));
  try {
    const parts = new PartReader(pool, path, ends, options);
    const origin = originOf(path, ends);
    const read = ends.length > 1 && origin.kind === 'epoch' ? await parts.readAll(origin) : undefined;
    const whole = read ?? { ends: [await parts.readWhole()], readAgain: 0 };
    return {
      results: whole.ends.map(end => end.result as Result),
      origin: (whole.ends[0] as PartEnd).origin,
      lines: (whole.ends.at(-1) as PartEnd).lines,
      readAgain: whole.readAgain,
    };
  } finally {
    await pool.close();
  }
}

function originOf(path: string, ends: readonly number[]): TimeOrigin {
  const parser = new StraceParser({});
  readRange(path, 0, Math.min(headBytes, ends[0] ?? 0), chunk => parser.push(chunk));
  return parser.origin;
}

/** What is known where a part begins. */
interface Before {
  line: number;
  entries: EntryLine[];
}

class PartReader {
  private readonly taskUrl: string;

  constructor(
    private readonly pool: WorkerPool,
    private readonly path: string,
    private readonly ends: readonly number[],
    private readonly options: ParseFileOptions,
  ) {
    const { task } = options;
    this.taskUrl = task instanceof URL ? task.href : pathToFileURL(task).href;
  }

  readWhole(): Promise<PartEnd> {
    return this.read(0, this.ends.at(-1) as number, undefined);
  }

  /** Undefined when the log cannot be read in parts. */
  async readAll(origin: TimeOrigin): Promise<{ ends: PartEnd[]; readAgain: number } | undefined> {
    const { ends } = this;
    const glances = await Promise.all(ends.slice(0, -1).map((_, part) => this.glance(part)));
    const before: Before[] = [{ line: 0, entries: [] }];
    for (const [part, seen] of glances.entries()) before.push(after(before[part] as Before, seen));
    const read = await Promise.all(
      before.map((known, part) =>
        this.read(this.startOf(part), ends[part] as number, part > 0 ? { origin, ...known } : undefined),
      ),
    );
    let readAgain = 0;
    for (let part = 1; part < ends.length; part++) {
      const end = read[part - 1] as PartEnd;
      const entries = end.inProgress;
      if (!entries || end.origin.ns !== origin.ns || entries.some(entry => entry.pid !== entry.entryPid))
        return undefined;
      const truth = { line: end.lines, entries };
      if (same(before[part] as Before, truth)) continue;
      readAgain++;
      read[part] = await this.read(this.startOf(part), ends[part] as number, { origin, ...truth });
    }
    return { ends: read, readAgain };
  }

  private startOf(part: number): number {
    return part === 0 ? 0 : (this.ends[part - 1] as number);
  }

  private async glance(part: number): Promise<Glance> {
    const { path } = this;
    const answer = await this.pool.run({
      kind: 'glance',
      path,
      start: this.startOf(part),
      end: this.ends[part] as number,
    });
    if (!('glance' in answer)) throw new Error('strace-parser: a worker answered something else than it was asked');
    return answer.glance;
  }

  private async read(start: number, end: number, before: (Before & { origin: TimeOrigin }) | undefined) {
    const { path, taskUrl } = this;
    const last = end === this.ends.at(-1);
    const { data } = this.options;
    const answer = await this.pool.run({ kind: 'read', path, start, end, taskUrl, data, before, last });
    if (!('end' in answer)) throw new Error('strace-parser: a worker answered something else than it was asked');
    return answer.end;
  }
}

/** What is known after a part, from what was known before it. */
function after(before: Before, seen: Glance): Before {
  const gone = new Set(seen.threads);
  return {
    line: before.line + seen.lines,
    entries: [
      ...before.entries.filter(entry => !gone.has(entry.pid)),
      ...seen.entered.map(entry => ({ ...entry, line: entry.line + before.line })),
    ].sort((a, b) => a.line - b.line),
  };
}

function same(guess: Before, truth: Before): boolean {
  return (
    guess.line === truth.line &&
    guess.entries.length === truth.entries.length &&
    guess.entries.every((entry, i) => entry.byteStart === truth.entries[i]?.byteStart)
  );
}
