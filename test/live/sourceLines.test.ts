/**
 * Lines of C under the real gcc, strace and addr2line: the truth is in comments of the program itself. `call: a b` on a line says that the
 * calls a and b are made there and nowhere else in the user's code.
 */

import assert from 'node:assert/strict';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { probeStrace } from '../../src/trace/capture/probe.js';
import type { StraceBuild } from '../../src/trace/capture/straceVersion.js';
import { tracedLines, type TracedLinesOptions } from '../support/tracedLines.js';

const program = `#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

static int ends[2];
static volatile sig_atomic_t seen;

static void on_signal(int number)
{
    if (dup(0) >= 0) seen = number; /* call: dup */
}

static int read_some(const char *path, int depth)
{
    char bytes[16];
    if (depth > 0) {
        int sum = read_some(path, depth - 1);
        return sum + depth;
    }
    int fd = open(path, O_RDONLY); /* call: openat */
    int size = (int)read(fd, bytes, sizeof bytes); /* call: read */
    fsync(fd); /* call: fsync */
    return size;
}

static void *worker(void *argument)
{
    if (write(ends[1], argument, 1) != 1) return argument; /* call: write */
    return NULL;
}

int main(void)
{
    pthread_t thread;
    int status;
    if (pipe2(ends, O_CLOEXEC) < 0) return 1; /* call: pipe2 */
    read_some("/etc/passwd", 3);
    if (pthread_create(&thread, NULL, worker, "x") != 0) return 1; /* call: clone3 clone mmap munmap mprotect brk getrandom rt_sigprocmask rt_sigaction */
    usleep(100000); /* call: clock_nanosleep nanosleep */
    pid_t child = vfork(); /* call: vfork */
    if (child == 0) {
        eventfd(0, 0); /* call: eventfd2 */
        _exit(3); /* call: exit_group */
    }
    if (waitpid(child, &status, 0) != child) return 1; /* call: wait4 */
    signal(SIGUSR1, on_signal); /* call: rt_sigaction */
    kill(getpid(), SIGUSR1); /* call: getpid kill rt_sigreturn */
    if (chdir("/nowhere") == 0) return 1; /* call: chdir */
    close(ends[0]); /* call: close */
    return seen == 0;
}
`;

/** `call line` of every pair in the comments. */
const table = program
  .split('\n')
  .flatMap((text, i) => (/call: ([\w ]+) \*\//.exec(text)?.[1]?.split(' ') ?? []).map(name => `${name} ${i + 1}`));
/** Each must be found; by which of the others a library function is done depends on the C library. */
const always = 'dup openat read fsync write pipe2 vfork eventfd2 exit_group wait4 kill chdir close'.split(' ');

describe('lines of C', function () {
  this.timeout(240_000);
  let folder: string;
  let build: StraceBuild;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'syscape-lines-'));
    await writeFile(join(folder, 'tour.c'), program);
    try {
      build = await probeStrace('strace');
      await execa('addr2line', ['--version']);
      await execa('gcc', ['--version']);
    } catch (cause) {
      throw new Error('These tests need strace, gcc and binutils: sudo apt-get install strace gcc binutils', { cause });
    }
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** `call line` of every event whose stack leads into tour.c, once each; and what the resolver says of the program. */
  const linesUnder = async (
    flags: string[],
    options: Pick<TracedLinesOptions, 'unknownBackend' | 'afterTrace'> = {},
  ): Promise<{ found: string[]; rebuilt: string[]; unreliable: string[] }> => {
    const program = join(folder, 'tour');
    const source = join(folder, 'tour.c');
    await execa('gcc', ['-g', '-pthread', ...flags, '-o', program, source]);
    const traced = await tracedLines({ ...options, build, program, source, logPath: join(folder, 'tour.strace') });
    return { ...traced, found: [...new Set(traced.calls.map(({ name, line }) => `${name} ${line}`))] };
  };

  const assertTable = (found: string[]): void => {
    assert.deepEqual(
      found.filter(each => !table.includes(each)),
      [],
      'calls on lines where they are not made',
    );
    assert.deepEqual(
      table.filter(each => always.includes(each.split(' ')[0] ?? '') && !found.includes(each)),
      [],
      `calls without their line; found: ${found.join(', ')}`,
    );
  };

  const ways = [
    ['-O0'],
    ['-O2'],
    ['-O0', '-no-pie'],
    ['-O2', '-no-pie'],
    ['-O0', '-static-pie'],
    ['-O2', '-static-pie'],
  ];
  for (const flags of ways) {
    it(`are those of the program’s own comments with ${flags.join(' ')}`, async () => {
      assertTable((await linesUnder(flags)).found);
    });
  }

  for (const flags of [['-O0'], ['-O0', '-no-pie']]) {
    it(`are the same with ${flags.join(' ')} where nobody knows what unwound the stacks`, async () => {
      assertTable((await linesUnder(flags, { unknownBackend: true })).found);
    });
  }

  it('are not told of a static program whose callers libunwind skips', async () => {
    const { found, unreliable } = await linesUnder(['-O0', '-static']);
    if (build.stackBackend === 'libdw') return assertTable(found);
    assert.deepEqual(found, []);
    assert.deepEqual(unreliable, [join(folder, 'tour')]);
  });

  it('are not told of a program that was built again after its trace', async () => {
    const rebuild = () => utimes(join(folder, 'tour'), new Date(), new Date());
    const { found, rebuilt } = await linesUnder(['-O0'], { afterTrace: rebuild });
    assert.deepEqual(found, []);
    assert.deepEqual(rebuilt, [join(folder, 'tour')]);
  });
});
