/** What a thread has for itself after unshare(2), and what its process keeps. */

import assert from 'node:assert/strict';
import type { HandMade } from './modelFixture.js';
import { fork, handMade } from './modelFixture.js';

const clone3 =
  'clone3({flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD|CLONE_SYSVSEM, child_tid=0x1}, 88)';
/** Process 10 with the threads 11 and 12 and one open file. */
const threads = `
  10 openat(AT_FDCWD, "/one", O_RDONLY|O_CLOEXEC) = 3 <0.0001>
  10 ${clone3} = 11 <0.0001>
  10 ${clone3} = 12 <0.0001>`;
/** `fd name`, and whose own table it is in, of all that is open at the end or after a line. */
const open = ({ trace, process, row }: HandMade, pid: number, line?: number): string[] => {
  const atNs = line === undefined ? null : (trace.event(row(line))?.startNs ?? NaN) + 500_000;
  return trace.kernel
    .descriptors({ process: process(pid), atNs })
    .map(d => `${d.fd} ${d.name}${d.ownTid === null ? '' : ` of ${d.ownTid}`}`)
    .sort();
};
/** What the descriptor of a line was called. */
const used = ({ trace, row }: HandMade, line: number): string | undefined =>
  trace.kernel.context(row(line))?.descriptor?.name;

describe('a thread that unshared its descriptors', () => {
  for (const [title, call] of [
    ['unshare(CLONE_FILES)', 'unshare(CLONE_FILES)'],
    ['close_range(CLOSE_RANGE_UNSHARE)', 'close_range(900, 999, CLOSE_RANGE_UNSHARE)'],
  ])
    it(`opens and closes for itself alone (${title})`, () => {
      const log = handMade(
        `${threads}
        11 ${call} = 0 <0.0001>
        11 close(3) = 0 <0.0001>
        11 openat(AT_FDCWD, "/two", O_RDONLY) = 3 <0.0001>
        11 read(3, "x", 1) = 1 <0.0001>
        12 read(3, "x", 1) = 1 <0.0001>
        12 openat(AT_FDCWD, "/three", O_RDONLY) = 4 <0.0001>
        11 read(4, 0x7f, 1) = -1 EBADF (Bad file descriptor) <0.0001>`,
        { end: false },
      );
      assert.deepEqual(open(log, 10), ['3 /one', '3 /two of 11', '4 /three']);
      assert.deepEqual(open(log, 10, 4), ['3 /one', '3 /one of 11']);
      assert.equal(used(log, 7), '/two');
      assert.equal(used(log, 8), '/one');
      assert.deepEqual(log.trace.findings().map(f => f.rule), []); // prettier-ignore
    });

  it('shares them with the threads that it makes, and they end with the last of these', () => {
    const log = handMade(
      `${threads}
      11 unshare(CLONE_FILES) = 0 <0.0001>
      11 ${clone3} = 13 <0.0001>
      13 openat(AT_FDCWD, "/two", O_RDONLY) = 4 <0.0001>
      11 read(4, "x", 1) = 1 <0.0001>
      11 +++ exited with 0 +++
      13 close(3) = 0 <0.0001>
      13 +++ exited with 0 +++
      12 getpid() = 10 <0.0001>`,
      { end: false },
    );
    assert.equal(used(log, 7), '/two');
    assert.deepEqual(open(log, 10, 8), ['3 /one', '3 /one of 11', '4 /two of 11']);
    assert.deepEqual(open(log, 10), ['3 /one']);
  });

  it('hands its own to a child', () => {
    const log = handMade(
      `${threads}
      11 unshare(CLONE_FILES) = 0 <0.0001>
      11 openat(AT_FDCWD, "/two", O_RDONLY) = 4 <0.0001>
      11 ${fork} = 20 <0.0001>
      12 ${fork} = 21 <0.0001>
      20 getpid() = 20 <0.0001>`,
      { end: false },
    );
    assert.deepEqual(open(log, 20), ['3 /one', '4 /two']);
    assert.deepEqual(open(log, 21), ['3 /one']);
  });

  it('takes them into a new program', () => {
    const log = handMade(
      `${threads}
      12 openat(AT_FDCWD, "/twelve", O_RDONLY) = 4 <0.0001>
      11 unshare(CLONE_FILES) = 0 <0.0001>
      11 openat(AT_FDCWD, "/two", O_RDONLY) = 5 <0.0001>
      12 openat(AT_FDCWD, "/late", O_RDONLY) = 6 <0.0001>
      11 execve("/bin/true", ["true"], 0x7f /* 1 var */ <unfinished ...>
      12 +++ exited with 0 +++
      10 +++ superseded by execve in pid 11 +++
      10 <... execve resumed>) = 0 <0.0001>
      10 getpid() = 10 <0.0001>`,
      { end: false },
    );
    assert.deepEqual(open(log, 10), ['4 /twelve', '5 /two']);
  });

  it('has nothing new when it is the only thread', () => {
    const log = handMade(
      `10 openat(AT_FDCWD, "/one", O_RDONLY) = 3 <0.0001>
      10 unshare(CLONE_FILES) = 0 <0.0001>
      10 close(3) = 0 <0.0001>`,
      { end: false },
    );
    assert.deepEqual(open(log, 10), []);
    assert.equal(log.trace.kernel.descriptorHistory({ process: log.process(10) }).length, 1);
  });
});

describe('a thread that unshared its directories', () => {
  const folder = ({ trace, process }: HandMade, pid: number): string | undefined =>
    trace.accounts.environment({ process: process(pid), atNs: null }).cwd?.value;

  for (const flag of ['CLONE_FS', 'CLONE_NEWNS'])
    it(`moves alone (${flag})`, () => {
      const log = handMade(`${threads}
        10 chdir("/start") = 0 <0.0001>
        11 unshare(${flag}) = 0 <0.0001>
        11 chdir("/own") = 0 <0.0001>
        11 ${fork} = 20 <0.0001>
        12 ${fork} = 21 <0.0001>
        20 chdir("below") = 0 <0.0001>
        21 chdir("below") = 0 <0.0001>`);
      assert.equal(folder(log, 10), '/start');
      assert.equal(folder(log, 20), '/own/below');
      assert.equal(folder(log, 21), '/start/below');
    });
});
