/** Logs written by hand, asked by line number: what a model says of line 3 is what it says of the third line. */

import assert from 'node:assert/strict';
import type { EventLink, ProcessId } from '../../../src/trace/api.js';
import type { Trace } from '../../../src/trace/trace.js';
import { traceOf } from '../trace/traceFixture.js';

export interface HandMade {
  trace: Trace;
  /** Row whose line (the last of its lines) has that number, from 1. */
  row(line: number): number;
  line(row: number): number;
  /** `cause data 4`: the links of a line, the other event given by its line. */
  links(line: number): string[];
  process(pid: number): ProcessId;
}

/** `text`: `PID rest` lines; each gets a time a millisecond after the one before. */
export function handMade(text: string, options?: Parameters<typeof traceOf>[1]): HandMade {
  const lines = text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
    .map((line, i) => line.replace(/^(\d+) /, (_, pid: string) => `${pid} ${(1_700_000_000 + i / 1000).toFixed(6)} `));
  const trace = traceOf(lines.join('\n') + '\n', options);
  const byLine = new Map<number, number>();
  const lineOf = new Map<number, number>();
  for (let row = 0; row < trace.summary().rows; row++) {
    for (const raw of trace.event(row)!.rawLines) byLine.set(raw.line + 1, row);
    lineOf.set(row, (trace.event(row)!.rawLines.at(-1)?.line ?? -1) + 1);
  }
  const row = (line: number): number => {
    const found = byLine.get(line);
    assert.ok(found !== undefined, `line ${line} is an event`);
    return found;
  };
  const text1 = (l: EventLink): string => `${l.relation} ${l.kind} ${lineOf.get(l.row)}`;
  return {
    trace,
    row,
    line: r => lineOf.get(r) ?? -1,
    links: line => trace.kernel.links(row(line)).map(text1),
    process: pid => {
      for (let id = 0; id < trace.summary().rows; id++) if (trace.process(id)?.pid === pid) return id;
      return assert.fail(`no process ${pid}`);
    },
  };
}

export const fork = 'clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x1)';
