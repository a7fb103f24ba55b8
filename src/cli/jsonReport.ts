/** The report for programs: one object a log. The shape is documented, and versioned, in docs/report.md; change them together. */

import type { ProcessInfo } from '../trace/api.js';
import type { Trace } from '../trace/trace.js';
import { allProcesses } from './allProcesses.js';
import { listedFindings } from './listedFindings.js';

const reportVersion = 1;

export interface JsonReport {
  file: string;
  version: typeof reportVersion;
  lines: number;
  /** Lines not understood: the program's own output, as a rule. */
  textLines: number;
  /** Completed system calls. */
  events: number;
  /** In order of birth. */
  processes: ReportedProcess[];
  findings: ReportedFinding[];
}

interface ReportedProcess {
  pid: number;
  /** null when the trace does not show it: the root, and what was attached to. */
  parentPid: number | null;
  /** Thread ids, the leader's (the pid) first. */
  threads: number[];
  /** null when the trace does not show it. */
  image: string | null;
  argv: string[];
  startNs: number;
  /** null while it lives. */
  endNs: number | null;
  /** Parents after the one at birth, oldest first; `pid` null: outside the trace. */
  adoptedBy: { pid: number | null; atNs: number }[];
  exit: { code: number } | { signal: string } | null;
  reapedBy: number | null;
  zombieNs: number;
}

interface ReportedFinding {
  rule: string;
  severity: string;
  pid: number;
  message: string;
  lines: number[];
}

export function jsonReport(file: string, trace: Trace): JsonReport {
  const { lines, textLines, events } = trace.summary();
  const processes = allProcesses(trace).map(({ process, tids }) => reported(process, tids));
  const findings = listedFindings(trace).map(({ finding: { rule, severity, pid }, words: { message }, steps }) => ({
    ...{ rule, severity, pid, message },
    lines: steps.map(step => step.line),
  }));
  return { file, version: reportVersion, lines, textLines, events, processes, findings };
}

function reported(process: ProcessInfo, tids: number[]): ReportedProcess {
  const { exit } = process;
  return {
    pid: process.pid,
    parentPid: process.parentPid,
    threads: tids,
    image: process.image === '' ? null : process.image,
    argv: process.argv,
    startNs: Math.round(process.startNs),
    endNs: process.endNs === null ? null : Math.round(process.endNs),
    adoptedBy: process.adoptions.map(({ pid, atNs }) => ({ pid, atNs: Math.round(atNs) })),
    exit: exit && ('code' in exit ? { code: exit.code } : { signal: exit.signal }),
    reapedBy: process.reapedBy?.pid ?? null,
    zombieNs: Math.round(process.zombieNs),
  };
}
