/** Capture with the real strace and gcc: the program notices nothing, a blocked call is seen at once, Stop leaves nothing behind. */

import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { compile, type CompileResult } from '../../src/trace/capture/compile.js';
import { straceArguments } from '../../src/trace/capture/commandLine.js';
import { RunningRecords } from '../../src/trace/capture/leftovers.js';
import { diagnoseStrace, probeStrace } from '../../src/trace/capture/probe.js';
import { identify, isAlive, traceesOf, type ProcessIdentity } from '../../src/trace/capture/procfs.js';
import { stopTracees } from '../../src/trace/capture/stop.js';
import type { StraceBuild } from '../../src/trace/capture/straceVersion.js';

const never = new AbortController().signal;

describe('capture', function () {
  this.timeout(120_000);
  let folder: string;
  let build: StraceBuild;
  const started: ChildProcess[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'syscape-capture-'));
    build = await probeStrace('strace').catch((cause: unknown) => {
      throw new Error('These tests need strace, gcc and g++: sudo apt-get install strace gcc g++', { cause });
    });
  });
  afterEach(async () => {
    for (const child of started.splice(0)) {
      for (const pid of child.pid === undefined ? [] : traceesOf(child.pid)) process.kill(pid, 'SIGKILL');
      child.kill('SIGKILL');
    }
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const compiled = async (
    name: string,
    source: string,
    flags: string[] = [],
  ): Promise<CompileResult & { path: string }> => {
    const sourcePath = join(folder, `${name}.c`);
    const path = join(folder, name);
    await writeFile(sourcePath, source);
    const result = await compile(
      'gcc',
      { sourcePath, outputPath: path, flags: ['-g', '-Wall', ...flags], libraries: [] },
      never,
    );
    return { ...result, path };
  };
  const program = async (name: string, source: string): Promise<string> => {
    const { ok, output, path } = await compiled(name, source);
    assert.ok(ok, output);
    return path;
  };
  const argumentsFor = (
    path: string,
    args: string[],
    logPath: string,
    environment: Record<string, string> = {},
  ): string[] =>
    straceArguments(build.version, { logPath, program: path, args, environment, syscalls: 'focus', stringLimit: 64 });

  /** Starts it under strace; resolves when the program has written a line, with that line. */
  const start = async (path: string): Promise<{ tracer: ProcessIdentity; strace: ChildProcess; logPath: string }> => {
    const logPath = `${path}.strace`;
    const strace = spawn('strace', argumentsFor(path, [], logPath), { stdio: ['pipe', 'pipe', 'inherit'] });
    started.push(strace);
    await new Promise<void>((resolve, reject) => {
      strace.stdout?.once('data', () => resolve());
      strace.once('exit', code => reject(new Error(`ended with ${code} before it said that it was ready`)));
    });
    const tracer = identify(strace.pid ?? 0);
    assert.ok(tracer, 'strace has no identity');
    return { tracer, strace, logPath };
  };

  it('leaves output, input, environment and exit code as they are without it', async () => {
    const path = await program(
      'plain',
      `#include <stdio.h>
#include <stdlib.h>
int main(int argc, char **argv) {
  char line[100] = "";
  if (!fgets(line, sizeof line, stdin)) return 1;
  printf("%d [%s] [%s] %s", argc, argv[1], getenv("SYSCAPE_CAPTURE_TEST"), line);
  fprintf(stderr, "to stderr\\n");
  return 42;
}`,
    );
    const options = { input: 'typed\n', reject: false, env: { SYSCAPE_CAPTURE_TEST: 'a b' } } as const;
    const bare = await execa(path, ['two words'], options);
    const traced = await execa('strace', argumentsFor(path, ['two words'], `${path}.strace`), options);
    assert.equal(bare.exitCode, 42);
    assert.deepEqual([traced.exitCode, traced.stdout, traced.stderr], [bare.exitCode, bare.stdout, bare.stderr]);
  });

  it('passes a death by signal on', async () => {
    const path = await program('aborts', '#include <stdlib.h>\nint main(void) { abort(); }');
    const traced = await execa('strace', argumentsFor(path, [], `${path}.strace`), { reject: false });
    assert.equal(traced.signal, 'SIGABRT');
    assert.match(await readFile(`${path}.strace`, 'utf8'), /\+\+\+ killed by SIGABRT/);
  });

  it('gives variables to the program and not to strace', async () => {
    const path = await program(
      'variable',
      '#include <stdio.h>\n#include <stdlib.h>\nint main(void) { return puts(getenv("LD_DEBUG_OUTPUT")) < 0; }',
    );
    const args = argumentsFor(path, [], `${path}.strace`, { LD_DEBUG_OUTPUT: 'x=1, y' });
    assert.equal((await execa('strace', args)).stdout, 'x=1, y');
  });

  it('shows a blocked call in the log before it returns', async () => {
    const path = await program(
      'blocks',
      '#include <stdio.h>\n#include <unistd.h>\nint main(void) { char c; puts("ready"); fflush(stdout); return (int)read(0, &c, 1); }',
    );
    const { strace, logPath } = await start(path);
    const deadlineMs = performance.now() + 60_000;
    let log = '';
    while (!/read\(0<[^>]*>, $/.test(log)) {
      assert.ok(performance.now() < deadlineMs, `no open read at the end of:\n${log.slice(-300)}`);
      await sleep(5);
      log = await readFile(logPath, 'utf8');
    }
    strace.stdin?.end();
    await new Promise(resolve => strace.once('exit', resolve));
    assert.match(await readFile(logPath, 'utf8'), /read\(0<[^>]*>, "", 1\) += 0[^]*\+\+\+ exited with 0 \+\+\+\n$/);
  });

  /** A parent and its child and grandchild, all deaf to SIGTERM, the last in a session of its own. */
  const stubborn = `#include <signal.h>
#include <stdio.h>
#include <unistd.h>
int main(void) {
  signal(SIGTERM, SIG_IGN);
  signal(SIGHUP, SIG_IGN);
  if (fork() == 0 && fork() == 0) { setsid(); puts("ready"); fflush(stdout); }
  for (;;) pause();
}`;

  it('is stopped politely where that is enough', async () => {
    const path = await program('polite', stubborn.replace('signal(SIGTERM, SIG_IGN);', ''));
    const { tracer, logPath } = await start(path);
    assert.equal(traceesOf(tracer.pid).length, 3);
    assert.deepEqual(await stopTracees(tracer, 60_000), { asked: 3, killed: 0, ended: true });
    assert.equal((await readFile(logPath, 'utf8')).match(/\+\+\+ killed by SIGTERM \+\+\+/g)?.length, 3);
  });

  it('ends a family that ignores SIGTERM, with a log that is whole', async () => {
    const path = await program('stubborn', stubborn);
    const { tracer, logPath } = await start(path);
    const family = traceesOf(tracer.pid).flatMap(pid => identify(pid) ?? []);
    assert.equal(family.length, 3);
    assert.deepEqual(await stopTracees(tracer, 200), { asked: 3, killed: 3, ended: true });
    assert.deepEqual(family.filter(isAlive), []);
    assert.equal(isAlive(tracer), false);
    const log = await readFile(logPath, 'utf8');
    assert.equal(log.match(/\+\+\+ killed by SIGKILL \+\+\+\n/g)?.length, 3);
    assert.ok(log.endsWith('+++\n'));
  });

  it('ends a stopped program', async () => {
    const path = await program(
      'stopped',
      '#include <signal.h>\n#include <stdio.h>\nint main(void) { puts("ready"); fflush(stdout); raise(SIGSTOP); return 0; }',
    );
    const { tracer } = await start(path);
    assert.equal((await stopTracees(tracer, 60_000)).ended, true);
  });

  it('ends what a dead host left running, and only that', async () => {
    const records = new RunningRecords(join(folder, 'running'));
    const left = await start(await program('left', stubborn));
    const ours = await start(await program('ours', stubborn));
    await records.add('ours', ours.tracer.pid, folder);
    await mkdir(join(folder, 'running'), { recursive: true });
    // As a host would have written it that has died since: its pid is another process's now.
    const host = { pid: process.pid, startTicks: 1 };
    await writeFile(join(folder, 'running', 'left.json'), JSON.stringify({ tracer: left.tracer, host, folder }));
    await writeFile(join(folder, 'running', 'torn.json'), '{"tracer": {"pid"');

    assert.deepEqual(await records.endLeftovers(100), [{ asked: 3, killed: 3, ended: true }]);
    assert.equal(isAlive(left.tracer), false);
    assert.equal(isAlive(ours.tracer), true);
    assert.deepEqual(await records.endLeftovers(100), []);
    await stopTracees(ours.tracer, 0);
  });

  it('does not mistake a process with a reused pid for a tracer', async () => {
    const records = new RunningRecords(join(folder, 'reused'));
    await mkdir(join(folder, 'reused'));
    const { tracer } = await start(await program('innocent', stubborn));
    const record = { tracer: { ...tracer, startTicks: 1 }, host: { pid: process.pid, startTicks: 1 }, folder };
    await writeFile(join(folder, 'reused', 'x.json'), JSON.stringify(record));
    assert.deepEqual(await records.endLeftovers(100), []);
    assert.equal(isAlive(tracer), true);
    await stopTracees(tracer, 0);
  });

  it('has nothing to complain of where strace works', async () => {
    assert.equal(await diagnoseStrace('strace'), undefined);
  });

  it('names a refused ptrace', async () => {
    // Refused here because another strace traces already; that one's filter makes sure of it.
    const refusing = join(folder, 'refusing');
    await writeFile(
      refusing,
      '#!/bin/sh\nexec strace -f -o /dev/null -e trace=ptrace -e inject=ptrace:error=EPERM strace "$@"\n',
      { mode: 0o755 },
    );
    const fault = (await diagnoseStrace(refusing))?.fault;
    assert.equal(fault?.kind, 'ptraceRefused', JSON.stringify(fault));
  });

  it('compiles with warnings that say where they are', async () => {
    const { ok, messages } = await compiled('warns', 'int main(void) {\n\tint é = 1; int unused;\n\treturn é;\n}\n');
    assert.ok(ok);
    assert.deepEqual(
      messages.map(({ severity, option, location }) => [severity, option, location?.line, location?.startByteColumn]),
      [['warning', '-Wunused-variable', 2, 18]],
    );
  });

  it('does not compile what has errors, by any compiler’s words', async () => {
    const sourcePath = join(folder, 'wrong.c');
    await writeFile(sourcePath, 'int main(void) { return nowhere; }\n');
    for (const compiler of ['gcc', 'g++']) {
      const request = { sourcePath, outputPath: join(folder, 'wrong'), flags: [], libraries: [] };
      const { ok, messages } = await compile(compiler, request, never);
      assert.equal(ok, false);
      assert.deepEqual(
        messages.map(({ severity, location }) => [severity, location?.file, location?.line, location?.startByteColumn]),
        [['error', sourcePath, 1, 25]],
      );
    }
  });

  it('says which line calls what the linker does not find', async () => {
    const { ok, messages } = await compiled(
      'unlinked',
      'int nowhere(void);\nint main(void) {\n  return nowhere();\n}\n',
    );
    assert.equal(ok, false);
    assert.deepEqual(
      messages.map(({ severity, location }) => [severity, location?.line]),
      [['error', 3]],
    );
  });

  it('ends the compiler and its children when it is cancelled', async () => {
    const slow = join(folder, 'slow-cc');
    const nap = `sleep 987.${process.pid}`; // nobody else's
    await writeFile(slow, `#!/bin/sh\n[ "$1" = --version ] && exit 0\n${nap} & ${nap}\n`, { mode: 0o755 });
    const cancel = new AbortController();
    const request = { sourcePath: join(folder, 'x.c'), outputPath: join(folder, 'x'), flags: [], libraries: [] };
    const running = compile(slow, request, cancel.signal);
    const sleepers = async (): Promise<string[]> =>
      (await execa('pgrep', ['-f', `^${nap}`], { reject: false, lines: true })).stdout;
    while ((await sleepers()).length < 2) await sleep(10);
    cancel.abort(new Error('cancelled'));
    await assert.rejects(running, /cancelled/);
    while ((await sleepers()).length > 0) await sleep(10);
  });
});
