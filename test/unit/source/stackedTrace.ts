/** A trace with stacks whose frames say their own lines (as under `strace -kk`), and what can be asked of its source. */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { SourceQueries } from '../../../src/trace/source/sourceQueries.js';
import { StackResolver } from '../../../src/trace/source/stackResolver.js';
import { MemoryLog } from '../../../src/trace/store/logReader.js';
import { Trace } from '../../../src/trace/trace.js';

/** Makes the files that the frames of `stack` speak of: a place is known only where a file is. */
export function makeSources(folder: string, ...names: string[]): void {
  for (const name of names) writeFileSync(path.join(folder, name), '');
}

/** `main server.c:10`, `handle net/io.c:4` … from the innermost out, under libc's wrapper of the call. */
export function stack(folder: string, call: string, ...frames: string[]): string {
  const own = frames.map((frame, i) => {
    const [symbol, place] = frame.split(' ');
    return place === undefined
      ? ` > /lib/libc.so.6(${symbol}+0x${i}1) [0x${i}1]\n`
      : ` > /p/server(${symbol}+0x${i}1) [0x${i}1] ${path.join(folder, place)}\n`;
  });
  return ` > /lib/libc.so.6(__${call}+0x10) [0x${call.length}${call.charCodeAt(0)}]\n${own.join('')} > /lib/libc.so.6(__libc_start_main@@GLIBC_2.34+0x80) [0x80]\n > /p/server(_start+0x21) [0x21]\n`;
}

/** The whole log at once, or as `pieces` that arrive one after the other (`grow`). */
export function stackedTrace(log: string): {
  trace: Trace;
  source: SourceQueries;
  grow(more: string, end?: boolean): void;
} {
  const memory = new MemoryLog();
  const trace = new Trace({ log: memory });
  const grow = (more: string, end = false): void => {
    const bytes = new TextEncoder().encode(more);
    memory.append(bytes);
    trace.ingest(bytes);
    if (end) trace.end();
  };
  grow(log);
  const resolver = new StackResolver({ backend: 'unknown', tracedAtMs: null, sourceMap: {} });
  return { trace, source: new SourceQueries(trace, frames => resolver.resolve(frames)), grow };
}
