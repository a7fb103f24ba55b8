/** execve by a thread under the real strace: what the new program says of itself is what the trace says of its process. */

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { straceArguments } from '../../src/trace/capture/commandLine.js';
import { probeStrace } from '../../src/trace/capture/probe.js';
import { readTrace } from '../support/tracedLines.js';

const program = `
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

static void *idle(void *unused)
{
    pause();
    return unused;
}

static void *replace(void *unused)
{
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGUSR2);
    pthread_sigmask(SIG_BLOCK, &blocked, NULL);
    prctl(PR_SET_NAME, "replacer");
    execl("/bin/grep", "grep", "-E", "^(Pid|SigBlk):", "/proc/self/status", NULL);
    return unused;
}

int main(int argc, char **argv)
{
    (void)argv;
    int file = open("/dev/null", O_RDONLY | O_CLOEXEC);
    fcntl(file, F_DUPFD_CLOEXEC, 50);
    fcntl(file, F_DUPFD, 60);
    pthread_t thread;
    pthread_create(&thread, NULL, idle, NULL);
    pthread_create(&thread, NULL, replace, NULL);
    if (argc > 1)
        pthread_exit(NULL);
    pthread_join(thread, NULL);
    return 1;
}
`;

describe('an execve by a thread', function () {
  this.timeout(60_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'syscape-thread-exec-'));
    await writeFile(join(folder, 'replace.c'), program);
    await execa('gcc', ['-pthread', '-o', join(folder, 'replace'), join(folder, 'replace.c')]);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const [title, args] of [
    ['while the leader waits', []],
    ['after the leader has ended', ['exit']],
  ] as const)
    it(`leaves one thread with the leader’s number, and what is not close-on-exec, ${title}`, async () => {
      const { version } = await probeStrace('strace');
      const logPath = join(folder, 'log');
      const command = { logPath, program: join(folder, 'replace'), args, environment: {}, stringLimit: 64, syscalls: 'focus' } as const; // prettier-ignore
      const { stdout } = await execa('strace', straceArguments(version, command));
      const [pid = '', mask = ''] = stdout.split('\n').map(line => line.split(/\s+/)[1] ?? '');
      assert.equal(parseInt(mask, 16), 0x800, 'SIGUSR2 is blocked');

      const trace = await readTrace(logPath);
      const { processes, threads } = trace.lanes({ offset: 0, limit: 3, folded: [], root: null });
      const process = processes[0] ?? assert.fail('it has a process');
      assert.deepEqual([process.pid, process.name, process.exit], [Number(pid), 'grep', { code: 0 }]);
      assert.deepEqual(
        threads.map(({ leader, name }) => [leader, name]),
        [
          [true, ''],
          [false, ''],
          [false, 'replacer'],
        ],
      );
      const execs = trace.events({ startNs: 0, endNs: Infinity, lanes: [threads[2]?.id ?? -1], filter: { syscalls: ['execve'] }, offset: 0, limit: 9 }).items; // prettier-ignore
      assert.equal(execs.length, 1);
      const afterNs = (execs[0]?.startNs ?? NaN) + (execs[0]?.durationNs ?? NaN);
      const open = trace.kernel.descriptors({ process: process.id, atNs: afterNs + 1 }).map(({ fd }) => fd);
      assert.ok(open.includes(60) && !open.includes(50), open.join());
      assert.deepEqual(trace.kernel.signals({ thread: threads[0]?.id ?? -1, atNs: afterNs + 1 }).blocked, ['SIGUSR2']);
      assert.deepEqual(trace.findings(), []);
    });
});
