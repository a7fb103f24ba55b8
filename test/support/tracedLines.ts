/** The lines of C that made a traced program's calls, as the extension finds them: gcc, strace -k, the trace, the resolver. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { straceArguments } from '../../src/trace/capture/commandLine.js';
import type { StraceBuild } from '../../src/trace/capture/straceVersion.js';
import { StackResolver } from '../../src/trace/source/stackResolver.js';
import { MemoryLog } from '../../src/trace/store/logReader.js';
import { Trace } from '../../src/trace/trace.js';

/** A call made from a line. */
interface LineCall {
  name: string;
  line: number;
  /** The function that this line called, as strace names it; '' when the line made the call itself. */
  callee: string;
}

interface TracedLines {
  /** Calls whose stack leads into the source; each combination once. */
  calls: LineCall[];
  rebuilt: string[];
  unreliable: string[];
}

export interface TracedLinesOptions {
  build: StraceBuild;
  /** Name or path of strace. */
  strace?: string;
  program: string;
  source: string;
  logPath: string;
  cwd?: string;
  /** Those that are recorded; all unless given. */
  syscalls?: readonly string[] | 'all';
  /** Reads the stacks as if nobody knew what unwound them. */
  unknownBackend?: boolean;
  /** Finds the lines, and may have found others before; one of its own unless given. */
  resolver?: StackResolver;
  /** What happens between the trace and the look at its lines. */
  afterTrace?: () => Promise<void>;
}

/** The whole trace of a log. */
export async function readTrace(logPath: string): Promise<Trace> {
  const bytes = await readFile(logPath);
  const log = new MemoryLog();
  log.append(bytes);
  const trace = new Trace({ log });
  trace.ingest(bytes);
  trace.end();
  return trace;
}

/** The C library, its loader, the kernel's page. */
const libraries = /^(?:\[.*\]|(?:\/usr)?\/lib.*\.so[.\d]*)$/;

export async function tracedLines(options: TracedLinesOptions): Promise<TracedLines> {
  const { build, program, source, logPath, cwd, syscalls = 'all' } = options;
  assert.ok(build.stackBackend !== 'none', 'this strace prints no stacks');
  const command = { logPath, program, args: [], environment: {}, syscalls, stringLimit: 64 };
  await execa(options.strace ?? 'strace', straceArguments(build.version, { ...command, stacks: true }), {
    reject: false,
    stdin: 'ignore',
    timeout: 120_000,
    // What the program makes for the time being goes with the test's folder.
    ...(cwd === undefined ? {} : { cwd, env: { TMPDIR: cwd } }),
  });
  await options.afterTrace?.();
  const trace = await readTrace(logPath);
  const own = new StackResolver({
    backend: options.unknownBackend === true ? 'unknown' : build.stackBackend,
    tracedAtMs: Number(BigInt(trace.summary().originEpochNs ?? 0) / 1_000_000n),
    sourceMap: {},
  });
  const resolver = options.resolver ?? own;
  const calls = new Map<string, LineCall>();
  const rebuilt = new Set<string>();
  const unreliable = new Set<string>();
  const seen = new Set<string>();
  for (let row = 0; row < trace.summary().rows; row++) {
    const event = trace.event(row);
    if (event?.kind !== 'call') continue;
    // What came from the same place before, and the loader's: nothing of the program called them.
    const from = `${event.name} ${event.stack.map(frame => `${frame.object} ${frame.address}`).join()}`;
    if (seen.has(from) || !event.stack.some(frame => !libraries.test(frame.object))) continue;
    seen.add(from);
    const stack = await resolver.resolve(event.stack);
    assert.equal(stack.failure, undefined);
    stack.rebuilt.forEach(object => rebuilt.add(object));
    stack.unreliable.forEach(object => unreliable.add(object));
    const at = stack.frames.findIndex(frame => frame.place?.path === source);
    const line = stack.frames[at]?.place?.line;
    if (line === undefined) continue;
    const call = { name: event.name, line, callee: stack.frames[at - 1]?.symbol ?? '' };
    calls.set(JSON.stringify(call), call);
  }
  own.dispose();
  return { calls: [...calls.values()], rebuilt: [...rebuilt], unreliable: [...unreliable] };
}
