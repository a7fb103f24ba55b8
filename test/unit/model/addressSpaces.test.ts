/** Address spaces in the corners of brk(2), mremap(2), madvise(2), mprotect(2) and shmop(2), as /proc/PID/maps would show them. */

import assert from 'node:assert/strict';
import { handMade } from './modelFixture.js';

type Log = ReturnType<typeof handMade>;

const map = (log: Log, pid: number, line?: number) =>
  log.trace.kernel.memory({
    process: log.process(pid),
    atNs: line === undefined ? null : log.trace.event(log.row(line))!.startNs + 500_000,
  });
const regions = (log: Log, pid: number, line?: number): string[] =>
  map(log, pid, line).regions.map(r => `${r.start.toString(16)}-${r.end.toString(16)} ${r.protection} ${r.kind}`);
const anonymous = (at: string, pages: number, protection = 'PROT_READ|PROT_WRITE', flags = ''): string =>
  `mmap(NULL, ${pages * 4096}, ${protection}, MAP_PRIVATE|MAP_ANONYMOUS${flags}, -1, 0) = ${at} <0.000010>`;

describe('address spaces', () => {
  it('the break is a byte, memory a page; growing leaves the rights of what was there', () => {
    const log = handMade(`
      10 brk(NULL) = 0x10000 <0.000010>
      10 brk(0x10064) = 0x10064 <0.000010>
      10 brk(0x13ff0) = 0x13ff0 <0.000010>
      10 mprotect(0x13000, 4096, PROT_READ) = 0 <0.000010>
      10 brk(0x15001) = 0x15001 <0.000010>
      10 brk(0x11001) = 0x11001 <0.000010>`);
    assert.deepEqual(regions(log, 10, 2), ['10000-11000 rw- heap']);
    assert.deepEqual(regions(log, 10, 3), ['10000-14000 rw- heap']);
    assert.deepEqual(regions(log, 10, 5), ['10000-13000 rw- heap', '13000-14000 r-- heap', '14000-16000 rw- heap']);
    assert.deepEqual(regions(log, 10), ['10000-12000 rw- heap']);
    assert.deepEqual(
      [map(log, 10, 1).breakEnd, map(log, 10, 3).breakEnd, map(log, 10).breakEnd],
      [0x10000, 0x13ff0, 0x11001],
    );
  });

  it('a second look at shared memory begins where it was asked to', () => {
    const log = handMade(`
      10 mmap(NULL, 16384, PROT_READ, MAP_SHARED, 3</f>, 4096) = 0x10000 <0.000010>
      10 mremap(0x11000, 0, 8192, MREMAP_MAYMOVE) = 0x20000 <0.000010>`);
    assert.deepEqual(
      map(log, 10).regions.map(r => [r.start, r.fileOffset]),
      [
        [0x10000, 4096],
        [0x20000, 8192],
      ],
    );
  });

  it('mprotect that meets a hole has changed what is before it', () => {
    const log = handMade(`
      10 ${anonymous('0x10000', 4)}
      10 munmap(0x12000, 4096) = 0 <0.000010>
      10 mprotect(0x11000, 12288, PROT_READ) = -1 ENOMEM (Cannot allocate memory) <0.000010>`);
    assert.deepEqual(regions(log, 10), [
      '10000-11000 rw- anonymous',
      '11000-12000 r-- anonymous',
      '13000-14000 rw- anonymous',
    ]);
  });

  it('a child has not what madvise kept from fork, and zeros of its own for what is wiped', () => {
    const log = handMade(`
      10 ${anonymous('0x10000', 4)}
      10 madvise(0x11000, 4096, MADV_DONTFORK) = 0 <0.000010>
      10 madvise(0x13000, 4096, MADV_WIPEONFORK) = 0 <0.000010>
      10 clone(child_stack=NULL, flags=SIGCHLD) = 11 <0.000100>
      11 getpid() = 11 <0.000010>
      10 madvise(0x11000, 4096, MADV_DOFORK) = 0 <0.000010>
      10 clone(child_stack=NULL, flags=SIGCHLD) = 12 <0.000100>
      12 getpid() = 12 <0.000010>`);
    assert.deepEqual(
      map(log, 11, 5).regions.map(r => [r.start, r.sharedWith.length > 0]),
      [
        [0x10000, true],
        [0x12000, true],
        [0x13000, false],
      ],
    );
    assert.deepEqual(
      map(log, 12, 8).regions.map(r => r.start),
      [0x10000, 0x11000, 0x12000, 0x13000],
    );
  });

  it('a segment is as large as it was made, however it is opened again; shmdt takes all its pieces', () => {
    const log = handMade(`
      10 shmget(0x5359, 12288, IPC_CREAT|IPC_EXCL|0600) = 7 <0.000010>
      10 shmget(0x5359, 0, 000) = 7 <0.000010>
      10 shmat(7, NULL, SHM_RDONLY) = 0x10000 <0.000010>
      10 shmat(7, NULL, SHM_EXEC) = 0x20000 <0.000010>
      10 mprotect(0x21000, 4096, PROT_READ) = 0 <0.000010>
      10 shmdt(0x20000) = 0 <0.000010>`);
    assert.deepEqual(regions(log, 10, 4), ['10000-13000 r-- sharedMemory', '20000-23000 rwx sharedMemory']);
    assert.deepEqual(regions(log, 10), ['10000-13000 r-- sharedMemory']);
  });

  it('a segment that was there before has the size that shmctl tells', () => {
    const log = handMade(`
      10 shmctl(7, IPC_STAT, {shm_perm={uid=0, gid=0, mode=0600, key=0, cuid=0, cgid=0}, shm_segsz=8000, shm_cpid=1, shm_lpid=0, shm_nattch=0, shm_atime=0, shm_dtime=0, shm_ctime=1}) = 0 <0.000010>
      10 shmat(7, NULL, 0) = 0x10000 <0.000010>`);
    assert.deepEqual(regions(log, 10), ['10000-12000 rw- sharedMemory']);
  });

  it('a fault in the guard of a thread’s stack is one', () => {
    const log = handMade(`
      10 ${anonymous('0x7f0000000000', 8, 'PROT_NONE', '|MAP_STACK')}
      10 mprotect(0x7f0000001000, 28672, PROT_READ|PROT_WRITE) = 0 <0.000010>
      10 --- SIGSEGV {si_signo=SIGSEGV, si_code=SEGV_ACCERR, si_addr=0x7f0000000ff8} ---`);
    assert.deepEqual(
      map(log, 10).faults.map(f => [f.region, f.near]),
      [[0, 'stackGuard']],
    );
  });
});
