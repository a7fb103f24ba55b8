/**
 * Calls that the kernel interrupts and starts again, under the real strace: one run of a program whose waits are interrupted, one whose
 * waits are not. Each wait of either is found in the other, at its line.
 */

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { straceArguments } from '../../src/trace/capture/commandLine.js';
import { probeStrace } from '../../src/trace/capture/probe.js';
import { guidingCalls } from '../../src/trace/source/runPosition.js';
import { StackResolver } from '../../src/trace/source/stackResolver.js';
import type { Trace } from '../../src/trace/trace.js';
import { readTrace } from '../support/tracedLines.js';

const program = `
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void until_parent_sleeps(void)
{
    char path[64], state = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)getppid());
    while (state != 'S') {
        FILE *stat = fopen(path, "r");
        if (stat == NULL || fscanf(stat, "%*d (%*[^)]) %c", &state) != 1)
            exit(1);
        fclose(stat);
        usleep(1000);
    }
}

static void interrupt_and_write(int out, int signal)
{
    until_parent_sleeps();
    if (getenv("INTERRUPT")) {
        kill(getppid(), signal);
        until_parent_sleeps();
    }
    if (write(out, "x", 1) != 1)
        exit(1);
}

static void handler(int signal)
{
    (void)signal;
}

int main(void)
{
    char byte;
    int data[2];
    struct sigaction restarting = {.sa_handler = handler, .sa_flags = SA_RESTART};
    if (pipe(data) == -1 || sigaction(SIGUSR1, &restarting, NULL) == -1)
        return 1;
    if (fork() == 0) {
        for (int i = 0; i < 2; i++)
            interrupt_and_write(data[1], SIGWINCH);
        interrupt_and_write(data[1], SIGUSR1);
        _exit(0);
    }
    struct pollfd wanted = {.fd = data[0], .events = POLLIN};
    if (read(data[0], &byte, 1) != 1) // ignored
        return 1;
    if (poll(&wanted, 1, 3600 * 1000) != 1) // resumed
        return 1;
    if (read(data[0], &byte, 1) != 1) // at once
        return 1;
    if (read(data[0], &byte, 1) != 1) // handled
        return 1;
    return wait(NULL) > 0 ? 0 : 1;
}
`;
/** Calls and the ends of their lines. */
const waits = ['read ignored', 'poll resumed', 'read at once', 'read handled'];

describe('a call that the kernel started again', function () {
  this.timeout(240_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'syscape-restarts-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('is found where it was not interrupted, and the other way round', async () => {
    const source = join(folder, 'restarts.c');
    await writeFile(source, program);
    await execa('gcc', ['-g', '-o', join(folder, 'restarts'), source]);
    const build = await probeStrace('strace');
    const backend = build.stackBackend;
    assert.ok(backend !== 'none');
    const trace = async (name: string, environment: Record<string, string>, stacks: boolean): Promise<Trace> => {
      const logPath = join(folder, name);
      const syscalls = stacks ? ['read', 'poll', ...guidingCalls] : ('focus' as const);
      const run = { logPath, program: join(folder, 'restarts'), args: [], environment, stringLimit: 32 };
      await execa('strace', straceArguments(build.version, { ...run, syscalls, stacks }), { cwd: folder });
      return readTrace(logPath);
    };
    const resolver = new StackResolver({ backend, tracedAtMs: null, sourceMap: {} });
    const lines = program.split('\n');
    const interrupt = { INTERRUPT: 'yes' };
    for (const [name, one, other] of [
      ['first', interrupt, {}],
      ['second', {}, interrupt],
    ] as const) {
      const first = await trace(`${name}-1`, one, false);
      const second = await trace(`${name}-2`, other, true);
      const [interrupted, plain] = one === interrupt ? [first, second] : [second, first];
      assert.deepEqual(restartsOf(interrupted), ['ERESTARTSYS', 'ERESTART_RESTARTBLOCK', 'ERESTARTSYS']);
      assert.deepEqual(restartsOf(plain), []);
      const found: string[] = [];
      const filter = { syscalls: ['read', 'poll', 'restart_syscall'] };
      const lanes = [first.lanes({ offset: 0, limit: 1, folded: [], root: null }).lanes[0]?.thread ?? -1];
      for (const { row } of first.events({ startNs: 0, endNs: Infinity, lanes, filter, offset: 0, limit: 99 }).items) {
        const position = first.positionOf(row) ?? assert.fail('it has a position');
        const match = second.callAt(position);
        assert.equal(match.kind, 'found', JSON.stringify([first.event(row)?.rawLines, match]));
        const stack = match.kind === 'found' ? (second.event(match.row)?.stack ?? []) : [];
        const place = (await resolver.resolve(stack)).frames.find(frame => frame.place?.path === source)?.place;
        if (place) found.push(`${position.name} ${lines[place.line - 1]?.split('// ')[1] ?? ''}`);
      }
      assert.deepEqual([...new Set(found)], waits);
      assert.equal(found.length, one === interrupt ? waits.length + 3 : waits.length);
    }
    resolver.dispose();
  });
});

function restartsOf(trace: Trace): string[] {
  const filter = { errnos: ['ERESTARTSYS', 'ERESTART_RESTARTBLOCK', 'ERESTARTNOHAND', 'ERESTARTNOINTR'], syscalls: ['read', 'poll'] }; // prettier-ignore
  const found = trace.events({ startNs: 0, endNs: Infinity, lanes: null, filter, offset: 0, limit: 99 });
  return found.items.map(({ errno }) => errno);
}
