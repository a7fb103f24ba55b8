/**
 * Locate in source under the real strace: a run without stacks, and a second one with the stacks of a few calls only. Each call of the first
 * gets the line that the program's own text names, or a reason.
 */

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { straceArguments } from '../../src/trace/capture/commandLine.js';
import { probeStrace } from '../../src/trace/capture/probe.js';
import type { StraceBuild } from '../../src/trace/capture/straceVersion.js';
import { syscallInfo } from '../../src/trace/knowledge/syscalls.js';
import { guidingCalls } from '../../src/trace/source/runPosition.js';
import { StackResolver } from '../../src/trace/source/stackResolver.js';
import type { Trace } from '../../src/trace/trace.js';
import { SourceMarks } from '../support/sourceMarks.js';
import { readTrace } from '../support/tracedLines.js';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

describe('a second run', function () {
  this.timeout(240_000);
  let folder: string;
  let build: StraceBuild;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'syscape-locate-'));
    build = await probeStrace('strace');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const trace = async (name: string, run: string, stacksOf?: readonly string[]): Promise<Trace> => {
    const logPath = join(folder, `${name}.${run}`);
    const syscalls = stacksOf === undefined ? ('focus' as const) : [...stacksOf, ...guidingCalls];
    const command = { logPath, program: join(folder, name), args: [], environment: {}, stringLimit: 64, syscalls };
    const stacks = stacksOf !== undefined;
    await execa('strace', straceArguments(build.version, { ...command, stacks }), { cwd: folder, reject: false });
    return readTrace(logPath);
  };

  /** Lines of all calls of these names in the program's own code, as `process call line`. */
  const located = async (name: string, calls: readonly string[]): Promise<string[]> => {
    assert.ok(build.stackBackend !== 'none');
    const source = join(examples, `${name}.c`);
    await execa('gcc', ['-g', '-pthread', '-o', join(folder, name), source]);
    const first = await trace(name, 'first');
    const second = await trace(name, 'second', calls);
    const marks = new SourceMarks(await readFile(source, 'utf8'), call => syscallInfo(call) !== undefined);
    const resolver = new StackResolver({ backend: build.stackBackend, tracedAtMs: null, sourceMap: {} });
    const found: string[] = [];
    for (let row = 0; row < first.summary().rows; row++) {
      const event = first.event(row);
      if (event?.kind !== 'call' || !calls.includes(event.name)) continue;
      assert.deepEqual(event.stack, []);
      const position = first.positionOf(row);
      assert.ok(position, event.rawLines[0]?.text ?? '');
      const match = second.callAt(position);
      assert.equal(match.kind, 'found', `${event.rawLines[0]?.text ?? ''}: ${JSON.stringify(match)}`);
      const other = match.kind === 'found' ? second.event(match.row) : null;
      const place = (await resolver.resolve(other?.stack ?? [])).frames.find(
        frame => frame.place?.path === source,
      )?.place;
      if (!place) continue; // the loader's
      assert.ok(marks.makes(place.line, event.name, false), `${event.name} is not made by line ${place.line}`);
      found.push(`${position.thread.join('.')} ${event.name} ${place.line}`);
    }
    resolver.dispose();
    return found;
  };

  const cases: [name: string, calls: string[], least: number][] = [
    ['pipeline', ['pipe2', 'dup2', 'close', 'wait4'], 12],
    ['threads', ['prctl', 'clock_nanosleep'], 12],
    ['vfork', ['vfork', 'wait4'], 3],
    ['zombie', ['clone', 'wait4'], 2],
    ['fd-passing', ['memfd_create', 'sendmsg', 'recvmsg', 'lseek'], 4],
    ['session', ['setpgid', 'setsid', 'kill', 'wait4'], 5],
  ];
  for (const [name, calls, least] of cases)
    it(`finds ${calls.join(', ')} of ${name}`, async () => {
      const found = await located(name, calls);
      assert.ok(found.length >= least, found.join('; '));
    });

  it('that is another program’s finds nothing, and says so', async () => {
    await execa('gcc', ['-g', '-o', join(folder, 'orphan'), join(examples, 'orphan.c')]);
    await execa('gcc', ['-g', '-o', join(folder, 'wait'), join(examples, 'wait.c')]);
    const first = await trace('wait', 'first');
    const second = await trace('orphan', 'second', ['wait4']);
    const waits = first.events({ startNs: 0, endNs: Infinity, lanes: null, filter: { syscalls: ['wait4'] }, offset: 0, limit: 99 }); // prettier-ignore
    assert.ok(waits.total > 3);
    for (const { row } of waits.items) {
      const position = first.positionOf(row) ?? assert.fail('it has a position');
      assert.notEqual(second.callAt(position).kind, 'found');
    }
  });
});
