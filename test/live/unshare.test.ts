/** A thread that unshared its descriptors, under the real strace: what the trace says is open is what /proc said. */

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
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_barrier_t turn;
static pid_t worker;

static void *work(void *unused)
{
    worker = gettid();
    if (unshare(CLONE_FILES) == -1)
        exit(1);
    close(0);
    if (memfd_create("own", 0) != 0)
        exit(1);
    memfd_create("own-too", 0);
    pthread_barrier_wait(&turn); /* both have opened theirs */
    pthread_barrier_wait(&turn); /* they have been listed */
    return unused;
}

static void list(const char *who, pid_t tid)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/task/%d/fd", (int)tid);
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.' && !(tid == getpid() && atoi(entry->d_name) == dirfd(folder)))
            printf("%s %s\\n", who, entry->d_name);
    closedir(folder);
}

int main(void)
{
    pthread_t thread;
    syscall(SYS_close_range, 3, ~0U, 0); /* what was handed down */
    pthread_barrier_init(&turn, NULL, 2);
    memfd_create("shared", 0);
    pthread_create(&thread, NULL, work, NULL);
    for (int i = 0; i < 3; i++)
        memfd_create("main", 0);
    pthread_barrier_wait(&turn);
    list("process", getpid());
    list("thread", worker);
    fflush(stdout);
    umask(022); /* marks the moment */
    pthread_barrier_wait(&turn);
    pthread_join(thread, NULL);
    return 0;
}
`;

describe('a thread with descriptors of its own', function () {
  this.timeout(240_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'syscape-unshare-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('has those that /proc lists, and its process has its own', async () => {
    await writeFile(join(folder, 'unshare.c'), program);
    await execa('gcc', ['-g', '-pthread', '-o', join(folder, 'unshare'), join(folder, 'unshare.c')]);
    const { version } = await probeStrace('strace');
    const logPath = join(folder, 'log');
    const command = { logPath, program: join(folder, 'unshare'), args: [], environment: {}, stringLimit: 32, syscalls: 'focus' } as const; // prettier-ignore
    const { stdout } = await execa('strace', straceArguments(version, command), { input: '' });
    const listed = stdout.split('\n').sort();
    assert.ok(listed.length >= 10, stdout);
    const trace = await readTrace(logPath);
    const moment = trace.events({ startNs: 0, endNs: Infinity, lanes: null, filter: { syscalls: ['umask'] }, offset: 0, limit: 1 }).items[0]; // prettier-ignore
    assert.ok(moment);
    const process = trace.processOf(moment.thread)?.id ?? -1;
    const open = trace.kernel.descriptors({ process, atNs: moment.startNs });
    const said = open.map(({ ownTid, fd }) => `${ownTid === null ? 'process' : 'thread'} ${fd}`);
    // The first three are in the log only where a call used them.
    const opened = (line: string): boolean => said.includes(line) || Number(line.split(' ')[1]) <= 2;
    assert.deepEqual(listed.filter(line => !opened(line)), []); // prettier-ignore
    assert.deepEqual(said.filter(line => !listed.includes(line)), []); // prettier-ignore
    const own = open.filter(({ ownTid }) => ownTid !== null).map(({ fd, name }) => `${fd} ${name}`);
    assert.match(own.join('\n'), /^0 .*own/m);
    assert.deepEqual(trace.findings(), []);
  });
});
