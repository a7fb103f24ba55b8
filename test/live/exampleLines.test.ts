/**
 * Every call of every example leads to the line that makes it: traced with stacks, and compared with what the example's own text says
 * (test/support/sourceMarks.ts). Compiled with and without optimisation; some in other forms, too. Without, all calls are recorded; in the
 * other ways those that the program's own code was seen to make: the stacks of the loader's calls would take half of the time.
 */

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { probeStrace } from '../../src/trace/capture/probe.js';
import type { StraceBuild } from '../../src/trace/capture/straceVersion.js';
import { syscallInfo } from '../../src/trace/knowledge/syscalls.js';
import { StackResolver } from '../../src/trace/source/stackResolver.js';
import { compiledExample, exampleNames, exampleSource, exampleText } from '../support/compiled.js';
import { removeLeftIpc } from '../support/leftIpc.js';
import { isSameCall, SourceMarks } from '../support/sourceMarks.js';
import { tracedLines } from '../support/tracedLines.js';

/** They mostly sleep. */
const atOnce = 6;

/** Every example is compiled in these ways … */
const ways: Readonly<Record<string, readonly string[]>> = { '-O0': ['-O0'], '-O2': ['-O2'] };
/** … and these in more of them: processes, vfork and exec, threads, signals, an event loop. */
const someInOtherWays = ['first-look', 'vfork', 'locks', 'signals', 'epoll-echo'];
const otherWays: Readonly<Record<string, readonly string[]>> = {
  '-no-pie': ['-O0', '-no-pie'],
  '-static-pie': ['-O0', '-static-pie'],
};

interface Outcome {
  /** Calls of lines that do not say so. */
  unsaid: string[];
  /** Calls that a line says it makes, and that were not seen. */
  unseen: string[];
  /** Names of the calls that lines make. */
  made: string[];
}

describe('lines of every example', function () {
  this.timeout(240_000);
  let folder: string;
  let resolver: StackResolver;
  let build: StraceBuild;
  const outcomes = new Map<string, Promise<Outcome>>();
  const runs = exampleNames.flatMap(name => {
    const all = someInOtherWays.includes(name) ? { ...ways, ...otherWays } : ways;
    return Object.entries(all).map(([way, flags]) => ({ name, way, flags, key: `${name} ${way}` }));
  });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'syscape-example-lines-'));
    build = await probeStrace('strace');
    assert.ok(build.stackBackend !== 'none', 'this strace prints no stacks');
    // One for all: their C library is the same. Programs that were built again are sourceLines.test.ts.
    const lines = new StackResolver({ backend: build.stackBackend, tracedAtMs: null, sourceMap: {} });
    resolver = lines;
    const free: Promise<unknown>[] = Array.from({ length: atOnce }, () => Promise.resolve());
    runs.forEach(({ name, flags, key }, i) => {
      const first = outcomes.get(`${name} -O0`)?.then(({ made }) => made);
      const own = join(folder, key.replace(' ', ''));
      const outcome = free[i % atOnce]!.then(async () => run(name, flags, own, build, lines, await first));
      free[i % atOnce] = outcome.catch(() => undefined); // its own test tells
      outcomes.set(key, outcome);
    });
  });
  after(async () => {
    await Promise.allSettled(outcomes.values());
    resolver.dispose();
    await rm(folder, { recursive: true, force: true });
    removeLeftIpc();
  });

  for (const { name, way, flags, key } of runs)
    it(`${name} with ${way}`, async () => {
      const own = join(folder, `${key.replace(' ', '')} again`);
      const { unsaid, unseen } = await (outcomes.get(key) ?? run(name, flags, own, build, resolver));
      // A second try is one: the program runs again.
      if (unsaid.length + unseen.length > 0) outcomes.delete(key);
      assert.deepEqual(unsaid, [], 'A line makes a call that it does not name: write /* → CALL */ behind it');
      assert.deepEqual(unseen, [], 'A line does not make its call: mark it → CALL? (sometimes) or “not reached”');
    });
});

async function run(
  name: string,
  flags: readonly string[],
  folder: string,
  build: StraceBuild,
  resolver: StackResolver,
  syscalls: readonly string[] | 'all' = 'all',
): Promise<Outcome> {
  const source = exampleSource(name);
  await mkdir(folder);
  const inThisWay = flags.length > 1 ? someInOtherWays : exampleNames;
  const program = await compiledExample(name, 'gcc', ['-g', ...flags], inThisWay);
  const logPath = join(folder, 'log');
  const { calls } = await tracedLines({ build, program, source, resolver, syscalls, logPath, cwd: folder });
  const text = exampleText(name);
  const marks = new SourceMarks(text, call => syscallInfo(call) !== undefined);
  const lines = text.split('\n');
  const optimised = flags.includes('-O2');
  const place = (line: number): string => `${name}.c:${line} ${lines[line - 1]?.trim() ?? ''}`;
  return {
    made: [...new Set(calls.map(call => call.name))],
    unsaid: calls
      .filter(call => !marks.makes(call.line, call.name, optimised))
      .map(call => `${call.name} by ${place(call.line)}`),
    unseen: optimised
      ? []
      : marks
          .certain()
          .filter(({ line, name: made }) => !calls.some(call => call.line === line && isSameCall(call.name, made)))
          .map(({ line, name: made }) => `${made} by ${place(line)}`),
  };
}
