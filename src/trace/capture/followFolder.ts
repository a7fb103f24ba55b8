/**
 * Makes one log of a `strace -ff` set: a file for each thread, `NAME.TID`, merged by the times of their lines, each line with its
 * thread's number in front, as `-f -o` would have printed them. The merged log is a temporary file, so everything that reads a log
 * (and reads it back) needs to know nothing of sets.
 *
 * Invariants: every line of every file is in the merged log, and lines of one file keep their order. Lines without a time (stack
 * frames, program output) stay with the line before them.
 */

import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { TraceError } from '../traceErrors.js';
import { LogFile } from './followLog.js';
import { ThreadLines } from './threadLines.js';

const WRITE_BYTES = 1 << 20;
const threadFile = /\.(\d+)$/;

/** Files of the set with the largest number of files, when a folder holds several. Throws a TraceError `notTraces`. */
function filesOf(folder: string): { path: string; tid: string }[] {
  const sets = new Map<string, { path: string; tid: string }[]>();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const tid = threadFile.exec(entry.name)?.[1];
    if (!entry.isFile() || tid === undefined) continue;
    const name = entry.name.slice(0, -tid.length - 1);
    const set = sets.get(name) ?? [];
    set.push({ path: join(folder, entry.name), tid });
    sets.set(name, set);
  }
  const [largest] = [...sets.values()].sort((a, b) => b.length - a.length);
  if (largest === undefined)
    throw new TraceError('notTraces', `${folder} holds no files of a strace -ff run (NAME.PID)`);
  return largest.sort((a, b) => Number(a.tid) - Number(b.tid));
}

/** Merges a folder's set and opens the result, which is deleted when it is closed. */
export function mergeFolder(folder: string): LogFile {
  const threads = filesOf(folder).map(({ path, tid }) => new ThreadLines(path, tid));
  const temporary = mkdtempSync(join(tmpdir(), 'syscape-'));
  const path = join(temporary, `${basename(folder)}.strace`);
  const out = openSync(path, 'w');
  let pending = '';
  const flush = (): void => {
    // Bytes travel as Latin-1 text: one character a byte, whatever their encoding.
    writeSync(out, pending, null, 'latin1');
    pending = '';
  };
  try {
    // Few files are open at a time when threads come and go; a heap would only help with thousands that overlap.
    let open = threads.filter(thread => thread.advance());
    while (open.length > 0) {
      let earliest = open[0] as ThreadLines;
      let runnerUp = Infinity;
      for (const thread of open) {
        if (thread === earliest) continue;
        if (thread.time < earliest.time) {
          runnerUp = earliest.time;
          earliest = thread;
        } else if (thread.time < runnerUp) runnerUp = thread.time;
      }
      let more = true;
      while (more && earliest.time <= runnerUp) {
        pending += earliest.line;
        more = earliest.advance();
        if (pending.length > WRITE_BYTES) flush();
      }
      if (!more) open = open.filter(thread => thread !== earliest);
    }
    flush();
  } finally {
    closeSync(out);
    for (const thread of threads) thread.close();
  }
  try {
    return LogFile.open(path);
  } finally {
    // The open file stays readable; its name is not needed any more.
    rmSync(temporary, { recursive: true, force: true });
  }
}
