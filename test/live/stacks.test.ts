/** Stacks that are not those of one plain executable: libraries, stripped programs, handlers, exits, calls that were interrupted, inlining. */

import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { straceArguments } from '../../src/trace/capture/commandLine.js';
import { probeStrace } from '../../src/trace/capture/probe.js';
import type { StraceBuild } from '../../src/trace/capture/straceVersion.js';
import { readElf } from '../../src/trace/source/elf.js';
import { StackResolver, type ResolvedStack } from '../../src/trace/source/stackResolver.js';
import type { Trace } from '../../src/trace/trace.js';
import { readTrace } from '../support/tracedLines.js';

const library = `#include <unistd.h>

int say(const char *text)
{
    return (int)write(1, text, 3); /* said */
}
`;
const caller = `#include <dlfcn.h>
extern int say(const char *);

int main(int argc, char **argv)
{
    if (argc == 1) return say("one") != 3; /* linked */
    void *handle = dlopen(argv[1], RTLD_NOW);
    int (*function)(const char *) = (int (*)(const char *))dlsym(handle, "say");
    return function("two") != 3; /* loaded */
}
`;
const plain = `#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void handle(int number)
{
    dup(number); /* in the handler */
}

static inline __attribute__((always_inline)) void innermost(void)
{
    chdir("/"); /* inlined */
}

static inline __attribute__((always_inline)) void middle(void)
{
    innermost(); /* inlined, too */
}

int main(void)
{
    if (fork() == 0) {
        usleep(100000);
        exit(3); /* the child's end */
    }
    int status;
    wait(&status); /* waits */
    signal(SIGUSR1, handle);
    raise(SIGUSR1); /* raises */
    middle(); /* calls */
    alarm(0);
    _Exit(0); /* the end */
}
`;

describe('a stack', function () {
  this.timeout(240_000);
  let folder: string;
  let build: StraceBuild;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'syscape-stacks-'));
    build = await probeStrace('strace');
    await writeFile(join(folder, 'say.c'), library);
    await writeFile(join(folder, 'caller.c'), caller);
    await writeFile(join(folder, 'plain.c'), plain);
    await execa('gcc', ['-g', '-fPIC', '-shared', '-o', 'libsay.so', join(folder, 'say.c')], { cwd: folder });
    await execa('gcc', ['-g', '-o', 'caller', join(folder, 'caller.c'), '-L.', '-lsay', '-Wl,-rpath,.'], {
      cwd: folder,
    });
    await execa('gcc', ['-g', '-O1', '-o', 'plain', join(folder, 'plain.c')], { cwd: folder });
    await execa('gcc', ['-g', '-s', '-o', 'stripped', join(folder, 'plain.c')], { cwd: folder });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const traced = async (program: string, args: string[] = []): Promise<Trace> => {
    const logPath = join(folder, 'log');
    const command = { logPath, program: join(folder, program), args, environment: {}, stringLimit: 64 };
    const all = straceArguments(build.version, { ...command, syscalls: 'all', stacks: true });
    await execa('strace', all, { cwd: folder, reject: false });
    return readTrace(logPath);
  };
  const resolver = (trace: Trace, objects = {}): StackResolver => {
    assert.ok(build.stackBackend !== 'none');
    const tracedAtMs = Number(BigInt(trace.summary().originEpochNs ?? 0) / 1_000_000n);
    return new StackResolver({ backend: build.stackBackend, tracedAtMs, sourceMap: {}, objects });
  };
  /** Of the last event of that name (and text). */
  const stackOf = async (trace: Trace, name: string, text = '', objects = {}): Promise<ResolvedStack> => {
    for (let row = trace.summary().rows - 1; row >= 0; row--) {
      const event = trace.event(row);
      if (event?.name !== name || event.kind !== 'call' || !event.rawLines.some(line => line.text.includes(text)))
        continue;
      const lines = resolver(trace, objects);
      try {
        return await lines.resolve(event.stack);
      } finally {
        lines.dispose();
      }
    }
    throw new Error(`The trace has no ${name}`);
  };
  /** `symbol:mark` of the frames whose lines are known, the innermost first; the mark is the line's comment. */
  const told = (stack: ResolvedStack): string[] =>
    stack.frames.flatMap(({ symbol, place }) => {
      if (!place) return [];
      const source = place.path.endsWith('say.c') ? library : place.path.endsWith('caller.c') ? caller : plain;
      const mark = /\/\* (.*) \*\//.exec(source.split('\n')[place.line - 1] ?? '')?.[1];
      return [`${symbol}:${mark ?? place.line}`];
    });

  it('leads into a shared library, and from there to who called it', async () => {
    assert.deepEqual(told(await stackOf(await traced('caller'), 'write')), ['say:said', 'main:linked']);
  });

  it('leads into a library that was loaded while the program ran', async () => {
    const trace = await traced('caller', [join(folder, 'libsay.so')]);
    assert.deepEqual(told(await stackOf(trace, 'write')), ['say:said', 'main:loaded']);
  });

  it('of a stripped program has functions of others at most, and no lines', async () => {
    const stack = await stackOf(await traced('stripped'), 'chdir');
    assert.ok(stack.frames.length > 0);
    assert.deepEqual({ lines: told(stack), failure: stack.failure }, { lines: [], failure: undefined });
  });

  it('in a signal handler leads on to what was interrupted', async () => {
    assert.deepEqual(told(await stackOf(await traced('plain'), 'dup')), ['handle:in the handler', 'main:raises']);
  });

  it('names each function that was inlined', async () => {
    assert.deepEqual(told(await stackOf(await traced('plain'), 'chdir')), [
      'innermost:inlined',
      'middle:inlined, too',
      'main:calls',
    ]);
  });

  it('of an exit, which strace prints after the end, is the exit’s own in each process', async () => {
    const trace = await traced('plain');
    assert.deepEqual(told(await stackOf(trace, 'exit_group', '(3)')), ["main:the child's end"]);
    assert.deepEqual(told(await stackOf(trace, 'exit_group', '(0)')), ['main:the end']);
  });

  it('of a call that others interrupted in the log is its own', async () => {
    assert.deepEqual(told(await stackOf(await traced('plain'), 'wait4', 'unfinished')), ['main:waits']);
  });

  describe('of a program whose build was noted', () => {
    it('has lines when the file is the same build, only newer', async () => {
      const trace = await traced('plain');
      const path = join(folder, 'plain');
      const { buildId, modifiedMs } = readElf(path) ?? assert.fail('plain is no ELF file');
      assert.notEqual(buildId, '');
      await utimes(path, new Date(), new Date(Date.now() + 5000));
      const objects = { [path]: { buildId, modifiedMs } };
      assert.deepEqual(told(await stackOf(trace, 'dup', '', objects)), ['handle:in the handler', 'main:raises']);
      assert.deepEqual((await stackOf(trace, 'dup')).rebuilt, [path]); // not noted: its time is all that is known
    });

    it('has none when the file is another build, however old', async () => {
      const trace = await traced('plain');
      const path = join(folder, 'plain');
      const { buildId, modifiedMs } = readElf(path) ?? assert.fail('plain is no ELF file');
      await copyFile(path, `${path}.kept`);
      await execa('gcc', ['-g', '-O0', '-o', path, join(folder, 'plain.c')]);
      await utimes(path, 1000, 1000);
      const stack = await stackOf(trace, 'dup', '', { [path]: { buildId, modifiedMs } });
      assert.deepEqual({ lines: told(stack), rebuilt: stack.rebuilt }, { lines: [], rebuilt: [path] });
      await copyFile(`${path}.kept`, path);
    });
  });
});
