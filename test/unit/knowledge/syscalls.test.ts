/** The system call tables: well-formed, without doubles, and right where a slip would mislead the models. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StraceParser } from 'strace-parser';
import { syscallClasses } from '../../../src/trace/api.js';
import { readSyscallTable } from '../../../src/trace/knowledge/syscallTable.js';
import { syscallByNumber, syscallName } from '../../../src/trace/knowledge/syscallNumbers.js';
import {
  canWait,
  syscallClass,
  syscallInfo,
  syscallManPage,
  syscallNames,
} from '../../../src/trace/knowledge/syscalls.js';

const known = syscallNames().map(name => {
  const info = syscallInfo(name);
  assert.ok(info);
  return { name, info };
});
const originals = known.filter(({ info }) => info.variant === undefined && info.man !== 'unimplemented(2)');

describe('the system call knowledge base', () => {
  it('knows at least 260 calls apart from their other forms', () => {
    assert.ok(originals.length >= 260, `${originals.length}`);
  });

  it('has for each one sentence of at most 120 characters that starts with a verb in the third person', () => {
    for (const { name, info } of known) {
      assert.match(info.meaning, /^[A-Z][a-z]+s\b.*[\w)]\.$/, name);
      assert.ok(info.meaning.length <= 120, `${name}: ${info.meaning.length} characters`);
    }
  });

  it('says something else of each call', () => {
    const seen = new Map<string, string>();
    for (const { name, info } of originals) {
      const twin = seen.get(info.meaning);
      assert.equal(twin, undefined, `${name} and ${twin} have the same text`);
      seen.set(info.meaning, name);
    }
  });

  it('has argument names like those of C, none twice in a call', () => {
    for (const { name, info } of known) {
      for (const arg of info.args) assert.match(arg, /^[a-z_]\w*$/, name);
      assert.equal(new Set(info.args).size, info.args.length, name);
      assert.ok(info.args.length <= 6, name);
    }
  });

  it('points at a descriptor, and at the one that comes first unless the call acts on another', () => {
    for (const { name, info } of known) {
      if (info.fd === undefined) continue;
      assert.match(info.args[info.fd] ?? '', /fd|mqdes/, name);
      const first = info.args.findIndex(arg => /fd$|^(fd|pidfd|mqdes)/.test(arg));
      assert.ok(info.fd === first || name.startsWith('epoll_ctl'), `${name}: ${info.args.join(', ')}`);
    }
    assert.equal(syscallInfo('mmap')?.fd, 4);
    assert.equal(syscallInfo('epoll_ctl')?.fd, 2);
  });

  it('says which number a count, an id or another number is', () => {
    for (const { name, info } of known) {
      if (['count', 'id', 'value'].includes(info.returns)) assert.ok(info.result, name);
    }
  });

  it('names a man page for each', () => {
    for (const { name } of known) assert.match(syscallManPage(name) ?? '', /^\w+\([23]\)$/, name);
    assert.equal(syscallManPage('epoll_pwait2'), 'epoll_wait(2)');
    assert.equal(syscallManPage('fcntl64'), 'fcntl(2)');
    assert.equal(syscallManPage('exit'), '_exit(2)');
  });

  it('uses every class', () => {
    assert.deepEqual(new Set(known.map(({ info }) => info.class)), new Set(syscallClasses));
  });

  it('puts calls into the class in which people look for them', () => {
    const expected = {
      process: ['clone3', 'wait4', 'execve', 'exit_group', 'prctl', 'setsid', 'vfork'],
      file: ['openat', 'read', 'dup2', 'close', 'sendfile', 'ioctl', 'fcntl'],
      wait: ['poll', 'select', 'epoll_wait', 'epoll_ctl'],
      network: ['socketpair', 'accept4', 'socketcall', 'recvmsg'],
      memory: ['mmap', 'brk', 'memfd_create'],
      signal: ['rt_sigreturn', 'kill', 'signalfd4', 'pause'],
      sync: ['futex', 'semop', 'flock', 'futex_time64'],
      time: ['clock_nanosleep', 'timerfd_settime', 'alarm'],
      ipc: ['pipe2', 'msgrcv', 'mq_timedsend', 'shmat', 'eventfd2'],
      other: ['uname', 'no_such_call'],
    };
    for (const [name, calls] of Object.entries(expected)) {
      for (const call of calls) assert.equal(syscallClass(call), name, call);
    }
  });

  it('knows which calls can wait for something outside the thread', () => {
    const waiting = 'read write open connect accept recvmsg wait4 waitid futex poll epoll_wait nanosleep flock fcntl';
    for (const name of `${waiting} msgrcv semop pause vfork restart_syscall ppoll_time64 waitpid`.split(' ')) {
      assert.equal(canWait(name), true, name);
    }
    const quick = 'getpid brk mmap close fork rt_sigprocmask epoll_ctl pipe2 fstat shutdown kill clone no_such_call';
    for (const name of quick.split(' ')) assert.equal(canWait(name), false, name);
  });

  it('takes another form of a call for the call, but for its own arguments', () => {
    assert.deepEqual(syscallInfo('_llseek'), {
      ...syscallInfo('lseek'),
      man: 'lseek(2)',
      args: ['fd', 'offset_high', 'offset_low', 'result', 'whence'],
      variant: { of: 'lseek', difference: syscallInfo('_llseek')?.variant?.difference },
    });
    assert.equal(syscallInfo('oldselect')?.fd, undefined);
    assert.equal(syscallInfo('mmap2')?.fd, 4);
    for (const { name, info } of known) {
      if (info.variant) assert.ok(syscallInfo(info.variant.of), name);
    }
  });

  it('knows nothing of names that are members of every object', () => {
    for (const name of ['constructor', 'toString', '__proto__', '']) assert.equal(syscallInfo(name), undefined);
  });

  it('refuses a table line that does not read as a call', () => {
    for (const line of ['read fd', 'read(fd) = bites: Reads.', 'read(fd) = bytes', 'read(fd) = bytes, wait: Reads.']) {
      assert.throws(() => readSyscallTable('file', line), /cannot read/, line);
    }
  });

  it('names the calls that an old strace prints by number', () => {
    assert.equal(syscallName('syscall_0x1b3'), 'clone3');
    assert.equal(syscallName('syscall_0x1b9'), 'epoll_pwait2');
    assert.equal(syscallName('syscall_0x14e', 'x86-64'), 'rseq');
    assert.equal(syscallName('syscall_0x125', 'arm64'), 'rseq');
    assert.equal(syscallName('syscall_0x270f'), 'syscall_0x270f');
    assert.equal(syscallName('read'), 'read');
    for (let number = 300; number < 480; number++) {
      const name = syscallByNumber(number);
      if (name !== undefined) assert.ok(syscallInfo(name), name);
    }
  });

  it('knows every call in the traces of all strace versions kept here', () => {
    const golden = fileURLToPath(new URL('../../golden', import.meta.url));
    const names = new Set<string>();
    const parser = new StraceParser({ call: ({ name }) => names.add(name) });
    for (const file of readdirSync(golden, { recursive: true, encoding: 'utf8' })) {
      if (/\.strace$/.test(file)) parser.push(readFileSync(join(golden, file)));
    }
    parser.end();
    assert.ok(names.size >= 40, `only ${names.size} names`);
    assert.deepEqual(
      [...names].filter(name => syscallInfo(syscallName(name)) === undefined),
      [],
    );
  });
});
