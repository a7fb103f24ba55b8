/** The tables against the C headers of the machine that the tests run on. */

import assert from 'node:assert/strict';
import { errnoInfo, errnoNames } from '../../../src/trace/knowledge/errnos.js';
import { flagNames } from '../../../src/trace/knowledge/flags.js';
import { signalInfo, standardSignals } from '../../../src/trace/knowledge/signals.js';
import { syscallByNumber } from '../../../src/trace/knowledge/syscallNumbers.js';
import { syscallInfo } from '../../../src/trace/knowledge/syscalls.js';
import { macroNumbers, undeclared } from './cHeaders.js';

const flagHeaders = [
  ...['fcntl.h', 'unistd.h', 'signal.h', 'poll.h', 'sched.h', 'time.h', 'netdb.h'],
  ...[
    'mman',
    'wait',
    'stat',
    'file',
    'socket',
    'epoll',
    'eventfd',
    'timerfd',
    'signalfd',
    'inotify',
    'prctl',
    'ipc',
    'shm',
  ]
    .concat(['msg', 'sem', 'time', 'resource', 'random', 'ioctl', 'uio', 'un'])
    .map(name => `sys/${name}.h`),
  ...['netinet/in.h', 'netinet/tcp.h', 'asm/prctl.h', 'bits/types.h'],
  ...['futex', 'openat2', 'close_range', 'seccomp', 'falloc', 'fs', 'sched', 'memfd'].map(name => `linux/${name}.h`),
];

/** Names that strace prints and the headers above need not declare: of the kernel's inside, or newer than 2022. */
const maybeUndeclared = new Set([
  ...['IPC_64', 'CLONE_DETACHED', 'FUTEX_FD', 'RLIM64_INFINITY', 'EPOLLMSG', 'SIGEV_THREAD_ID', 'FUTEX_32'],
  ...[
    'MADV_SOFT_OFFLINE',
    'MFD_NOEXEC_SEAL',
    'MFD_EXEC',
    'MADV_COLLAPSE',
    'SS_AUTODISARM',
    'SA_RESTORER',
    'SI_SIGIO',
    'SYS_SECCOMP',
  ],
  // Of sys/mount.h, which does not go together with linux/fs.h in some C libraries.
  ...['MNT_FORCE', 'MNT_DETACH', 'MNT_EXPIRE', 'UMOUNT_NOFOLLOW'],
]);

describe('the tables against the C headers', function () {
  this.timeout(20_000);

  it('give every error number its name, and no other', async () => {
    const header = await macroNumbers(['errno.h'], /^E[A-Z0-9]+$/);
    assert.ok(header.size >= 130, `only ${header.size} errors in the headers`);
    assert.deepEqual(
      errnoNames()
        .map(name => errnoInfo(name))
        .filter(info => info?.restart === false)
        .map(info => [info?.name, info?.number])
        .sort(),
      [...header].sort(),
    );
  });

  it('give signals 1 to 31 their numbers', async () => {
    const header = await macroNumbers(['signal.h'], /^SIG[A-Z0-9]+$/);
    const names = [...header].filter(([, number]) => number >= 1 && number <= 31).map(([name]) => name);
    assert.ok(names.length >= 31, `only ${names.length} signals in the headers`);
    for (const name of names) assert.equal(signalInfo(name)?.number, header.get(name), name);
    for (const name of standardSignals()) assert.equal(header.get(name), signalInfo(name)?.number, name);
  });

  it('know every system call that the headers number', async () => {
    const files = process.arch === 'x64' ? ['asm/unistd_64.h', 'asm/unistd_32.h'] : ['sys/syscall.h'];
    for (const file of files) {
      const header = await macroNumbers([file], /^__NR_[a-z0-9_]+$/);
      assert.ok(header.size >= 250, `only ${header.size} calls in ${file}`);
      const names = [...header.keys()].map(name => name.slice('__NR_'.length));
      const own = names.filter(name => !/^(syscalls|arch_specific_syscall)$/.test(name));
      assert.deepEqual(
        own.filter(name => syscallInfo(name) === undefined),
        [],
      );
    }
  });

  it('give the newer system calls their numbers', async () => {
    const architecture = process.arch === 'x64' ? 'x86-64' : 'arm64';
    const header = await macroNumbers(['sys/syscall.h'], /^__NR_[a-z0-9_]+$/);
    let compared = 0;
    for (const [macro, number] of header) {
      const known = syscallByNumber(number, architecture);
      if (known === undefined) continue;
      assert.equal(known, macro.slice('__NR_'.length), `number ${number}`);
      compared++;
    }
    assert.ok(compared >= 40, `only ${compared} numbers compared`);
  });

  it('name no flag that does not exist', async () => {
    const names = flagNames();
    const missing = await undeclared(flagHeaders, [...names, 'NO_SUCH_FLAG']);
    assert.ok(missing.includes('NO_SUCH_FLAG'), 'the compiler was not asked');
    const foreign = process.arch === 'x64' ? /^$/ : /^(ARCH_|MAP_32BIT$)/;
    const unexplained = missing.filter(name => !maybeUndeclared.has(name) && !foreign.test(name));
    assert.deepEqual(unexplained, ['NO_SUCH_FLAG']);
  });
});
