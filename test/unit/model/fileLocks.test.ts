/** Which locks are held when (fcntl_locking(2), flock(2)): ranges, and every way in which a lock is lost. */

import assert from 'node:assert/strict';
import { handMade } from './modelFixture.js';

type Log = ReturnType<typeof handMade>;

const held = (log: Log, line: number): string[] =>
  log.trace.kernel
    .locks({ atNs: log.trace.event(log.row(line))!.startNs + 500_000 })
    .map(l => `${l.kind} ${l.mode} ${l.name}`)
    .sort();
const lock = (type: string, start: number, length: number, command = 'F_SETLK', whence = 'SEEK_SET'): string =>
  `fcntl(3</f>, ${command}, {l_type=${type}, l_whence=${whence}, l_start=${start}, l_len=${length}}) = 0 <0.000010>`;
const file = 'openat(AT_FDCWD</>, "/f", O_RDWR) = 3</f> <0.000010>';
const fork = 'clone(child_stack=NULL, flags=SIGCHLD) = 11 <0.000100>';

describe('file locks', () => {
  it('a part unlocked or taken otherwise in the middle leaves both sides', () => {
    const log = handMade(`
      10 ${file}
      10 ${lock('F_WRLCK', 0, 100)}
      10 ${lock('F_UNLCK', 20, 10)}
      10 ${lock('F_RDLCK', 50, 10)}
      10 ${lock('F_UNLCK', 0, 0)}`);
    assert.deepEqual(held(log, 2), ['posix exclusive /f (l_start=0, l_len=100)']);
    assert.deepEqual(held(log, 3), [
      'posix exclusive /f (l_start=0, l_len=20)',
      'posix exclusive /f (l_start=30, l_len=70)',
    ]);
    assert.deepEqual(held(log, 4), [
      'posix exclusive /f (l_start=0, l_len=20)',
      'posix exclusive /f (l_start=30, l_len=20)',
      'posix exclusive /f (l_start=60, l_len=40)',
      'posix shared /f (l_start=50, l_len=10)',
    ]);
    assert.deepEqual(held(log, 5), []);
  });

  it('a negative length is before the start; a range that counts from the position or the end is not made up', () => {
    const log = handMade(`
      10 ${file}
      10 ${lock('F_WRLCK', 100, -50)}
      10 ${lock('F_UNLCK', 0, 0)}
      10 ${lock('F_WRLCK', 0, 5, 'F_SETLK', 'SEEK_CUR')}
      10 ${lock('F_WRLCK', -10, 0, 'F_SETLK', 'SEEK_END')}
      10 ${lock('F_UNLCK', 0, 5, 'F_SETLK', 'SEEK_CUR')}
      10 ${lock('F_UNLCK', 0, 0)}`);
    assert.deepEqual(held(log, 2), ['posix exclusive /f (l_start=50, l_len=50)']);
    assert.deepEqual(held(log, 5), [
      'posix exclusive /f (l_whence=SEEK_CUR, l_start=0, l_len=5)',
      'posix exclusive /f (l_whence=SEEK_END, l_start=-10, l_len=0)',
    ]);
    assert.deepEqual(held(log, 6), ['posix exclusive /f (l_whence=SEEK_END, l_start=-10, l_len=0)']);
    assert.deepEqual(held(log, 7), []);
  });

  for (const closing of [
    'dup2(0, 4) = 4 <0.000010>',
    'close_range(4, 4, 0) = 0 <0.000010>',
    'close(4</f>) = 0 <0.000010>',
  ])
    it(`a record lock goes with another descriptor of its file: ${closing.split('(')[0]}`, () => {
      const log = handMade(`
        10 ${file}
        10 openat(AT_FDCWD</>, "/f", O_RDONLY) = 4</f> <0.000010>
        10 ${lock('F_WRLCK', 0, 10)}
        10 ${closing}`);
      assert.deepEqual([held(log, 3).length, held(log, 4).length], [1, 0]);
    });

  it('exec releases what it closes', () => {
    const log = handMade(`
      10 openat(AT_FDCWD</>, "/f", O_RDWR|O_CLOEXEC) = 3</f> <0.000010>
      10 openat(AT_FDCWD</>, "/g", O_RDWR) = 4</g> <0.000010>
      10 ${lock('F_WRLCK', 0, 10)}
      10 flock(3</f>, LOCK_EX) = 0 <0.000010>
      10 flock(4</g>, LOCK_EX) = 0 <0.000010>
      10 execve("/bin/true", ["true"], 0x1 /* 0 vars */) = 0 <0.000010>
      10 getpid() = 10 <0.000010>`);
    assert.equal(held(log, 5).length, 3);
    assert.deepEqual(held(log, 7), ['flock exclusive /g']);
  });

  it('flock is held by the description: until the last process that inherited it ends', () => {
    const log = handMade(`
      10 ${file}
      10 flock(3</f>, LOCK_EX) = 0 <0.000010>
      10 ${fork}
      10 exit_group(0) = ?
      10 +++ exited with 0 +++
      11 getpid() = 11 <0.000010>
      11 exit_group(0) = ?
      11 +++ exited with 0 +++
      12 getpid() = 12 <0.000010>`);
    assert.deepEqual([held(log, 6), held(log, 9)], [['flock exclusive /f'], []]);
  });

  it('waits for a lock are those that it stands in the way of', () => {
    const log = handMade(`
      10 ${file}
      10 ${lock('F_WRLCK', 0, 10)}
      10 ${fork}
      11 fcntl(3</f>, F_SETLKW, {l_type=F_WRLCK, l_whence=SEEK_SET, l_start=5, l_len=10} <unfinished ...>
      10 getpid() = 10 <0.000010>
      10 ${lock('F_UNLCK', 0, 10)}
      11 <... fcntl resumed>) = 0 <0.003000>`);
    const [blocking] = log.trace.kernel.locks({ atNs: log.trace.event(log.row(5))!.startNs });
    assert.equal(blocking?.waiters.length, 1);
    assert.deepEqual(log.links(7), ['cause fork 3', 'cause lock 6']);
  });
});
