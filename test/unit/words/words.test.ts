/** Sentences about quantities, processes and events. */

import assert from 'node:assert/strict';
import type { EventDetail, ProcessInfo } from '../../../src/trace/api.js';
import { eventWords } from '../../../src/words/eventWords.js';
import { adoptionWords, exitWords, processWords, reapWords, stateWords } from '../../../src/words/processWords.js';
import { bytesText, countText, durationText } from '../../../src/words/quantities.js';
import { plainTranslate as t } from '../../../src/words/translate.js';

describe('quantities', () => {
  it('say durations with the digits that matter', () => {
    const said = [
      0,
      1,
      999,
      1000,
      1250,
      35_400,
      999_499,
      999_500,
      1_200_000_000,
      59_990_000_000,
      125e9,
      3_720e9,
      NaN,
    ].map(durationText);
    const wanted = [
      '0 ns',
      '1 ns',
      '999 ns',
      '1 µs',
      '1.25 µs',
      '35.4 µs',
      '999 µs',
      '1 ms',
      '1.2 s',
      '1 min 0 s',
      '2 min 5 s',
      '1 h 2 min',
      '?',
    ];
    assert.deepEqual(said, wanted);
  });
  it('say bytes in binary units', () => {
    assert.deepEqual([0, 1023, 1024, 4096, 1_268_777, 2 ** 40].map(bytesText), [
      '0 B',
      '1023 B',
      '1 KiB',
      '4 KiB',
      '1.21 MiB',
      '1 TiB',
    ]);
  });
  it('group digits by three from five digits on', () => {
    assert.deepEqual([0, 9999, 12431, 1234567, -12345].map(countText), [
      '0',
      '9999',
      '12\u202f431',
      '1\u202f234\u202f567',
      '-12\u202f345',
    ]);
  });
});

const process: ProcessInfo = {
  id: 1,
  pid: 2011,
  parent: 0,
  parentPid: 2010,
  reparented: null,
  adoptions: [],
  image: '/bin/true',
  argv: ['true'],
  name: 'true',
  state: { kind: 'dead' },
  startNs: 0,
  endNs: 1e9,
  exit: { code: 0 },
  reapedBy: null,
  zombieNs: 0,
  autoReaped: false,
  threads: [1],
  children: [],
  createdByRow: null,
  createdBy: 'fork',
  time: { runningNs: 0, inCallNs: 0, blockedNs: 0 },
  calls: 0,
  errors: 0,
};

describe('process words', () => {
  it('say the state', () => {
    const say = (state: ProcessInfo['state']): string => stateWords({ state, exit: { code: 3 } }, 2.2e9, t, () => 7);
    assert.equal(say({ kind: 'waiting', syscall: 'epoll_wait', fd: 5, row: 0 }), 'waiting in epoll_wait on 5');
    assert.equal(say({ kind: 'waiting', syscall: 'pause', fd: null, row: 0 }), 'waiting in pause');
    assert.equal(say({ kind: 'zombie', sinceNs: 1e9 }), 'zombie 1.2 s');
    assert.equal(say({ kind: 'vforkSuspended', child: 1 }), 'suspended by its vfork child 7');
    assert.equal(say({ kind: 'stopped', signal: 'SIGTSTP' }), 'stopped by SIGTSTP');
    assert.equal(say({ kind: 'dead' }), 'exited 3');
  });
  it('say how it ended', () => {
    assert.equal(exitWords({ signal: 'SIGSEGV', coreDumped: true }, t), 'killed by SIGSEGV (core dumped)');
    assert.equal(exitWords({ signal: 'SIGPIPE', coreDumped: false }, t), 'killed by SIGPIPE');
  });
  it('say who reaped it, and how late', () => {
    const reapedBy = { process: 0, pid: 2010, atNs: 1e9, row: 3 };
    assert.equal(reapWords({ ...process, reapedBy, zombieNs: 30_000 }, t), 'reaped by 2010');
    assert.equal(reapWords({ ...process, reapedBy, zombieNs: 150e6 }, t), 'reaped by 2010 after 150 ms as a zombie');
    assert.equal(reapWords({ ...process, autoReaped: true }, t), 'reaped by the kernel: its parent ignores SIGCHLD');
    assert.equal(reapWords({ ...process, endNs: null }, t), '');
  });
  it('say who adopted it', () => {
    assert.equal(
      adoptionWords({ ...process, reparented: { atNs: 1, to: null, pid: null } }, t),
      'orphan, adopted outside the trace (init)',
    );
    assert.equal(
      processWords({ ...process, reparented: { atNs: 1, to: 5, pid: 9 } }, 2e9, t),
      'exited 0, orphan, adopted by 9',
    );
  });
});

const call: EventDetail = {
  row: 4,
  kind: 'call',
  thread: 0,
  process: 0,
  tid: 2010,
  pid: 2010,
  name: 'read',
  class: 'file',
  startNs: 1_500_000,
  endNs: 1_535_000,
  flags: 0,
  args: [
    { name: 'fd', text: '7</tmp/a "b">' },
    { name: 'buf', text: '"GET \\"/\\" 12"...' },
    { name: 'count', text: '4096' },
  ],
  returnText: '12',
  returnValue: 12,
  errno: '',
  rawLines: [],
  facts: [],
  links: [],
  stack: [],
};
const row = (detail: EventDetail, label: string): string | undefined =>
  eventWords(detail, t).rows.find(found => found.label === label)?.text;

describe('event words', () => {
  it('colour the call without changing it', () => {
    const { call: parts } = eventWords(call, t);
    assert.equal(parts.map(part => part.text).join(''), 'read(7</tmp/a "b">, "GET \\"/\\" 12"..., 4096) = 12');
    assert.deepEqual(
      parts.filter(part => part.role === 'number').map(part => part.text),
      ['7', '4096', '12'],
    );
  });
  it('say what a result means', () => {
    assert.equal(row(call, 'Result'), '12 bytes of the 4096 asked for');
    assert.equal(row({ ...call, returnValue: 0, returnText: '0' }, 'Result'), '0 bytes: end of file');
    assert.equal(
      row({ ...call, name: 'epoll_wait', returnValue: 0, returnText: '0', args: [] }, 'Result'),
      'nothing became ready before the timeout',
    );
    assert.equal(
      row({ ...call, name: 'clone', returnValue: 31, returnText: '31', args: [] }, 'Result'),
      'the child is 31',
    );
  });
  it('say what an error means, likely causes, and what to do', () => {
    const failed = {
      ...call,
      errno: 'EAGAIN',
      returnValue: -1,
      returnText: '-1 EAGAIN (Resource temporarily unavailable)',
    };
    assert.equal(row(failed, 'Result'), 'failed with EAGAIN: Resource temporarily unavailable');
    for (const label of ['EAGAIN', 'Likely cause', 'What to do']) assert.ok(row(failed, label), label);
    assert.equal(eventWords(failed, t).call.at(-1)?.text, 'EAGAIN (Resource temporarily unavailable)');
  });
  it('tell a restart from a failure', () => {
    const restarted = {
      ...call,
      errno: 'ERESTARTSYS',
      returnValue: null,
      returnText: '? ERESTARTSYS (To be restarted if SA_RESTART is set)',
    };
    assert.match(row(restarted, 'Result') ?? '', /SA_RESTART/);
    assert.equal(row(restarted, 'ERESTARTSYS'), undefined);
  });
  it('say who was reaped, and link what caused the event', () => {
    const reaped = {
      kind: 'reaped',
      process: 1,
      pid: 2011,
      status: { signal: 'SIGKILL', coreDumped: false },
      zombieNs: 1.2e9,
    } as const;
    assert.equal(row({ ...call, facts: [reaped] }, 'Reaped'), '2011: killed by SIGKILL, a zombie for 1.2 s');
    const link = {
      relation: 'cause',
      kind: 'exit',
      row: 2,
      thread: 1,
      atNs: 1_000_000,
      name: 'exit_group',
      pid: 2011,
    } as const;
    const linked = eventWords({ ...call, links: [link] }, t).rows.at(-1);
    assert.deepEqual(linked, { label: 'Caused by', text: 'exit_group in 2011 (exit), 500 µs before', row: 2 });
  });
  it('explain flags one by one, but not what stands in strings and paths', () => {
    const open = {
      ...call,
      name: 'openat',
      args: [
        { name: 'flags', text: 'O_RDONLY|O_CLOEXEC' },
        { name: 'x', text: '"O_APPEND"' },
        { name: 'y', text: '3</O_TRUNC>' },
      ],
    };
    assert.deepEqual(
      eventWords(open, t)
        .rows.map(found => found.label)
        .filter(label => label.startsWith('O_')),
      ['O_RDONLY', 'O_CLOEXEC'],
    );
  });
  it('say what a thread shares with its creator', () => {
    const flags = ['CLONE_VM', 'CLONE_FS', 'CLONE_FILES', 'CLONE_SIGHAND', 'CLONE_THREAD', 'CLONE_SYSVSEM'];
    const clone: EventDetail = {
      ...call,
      name: 'clone3',
      args: [],
      returnValue: 5,
      returnText: '5',
      facts: [{ kind: 'cloneFlags', flags }],
    };
    assert.equal(
      row(clone, 'Shared'),
      'memory, descriptors, working directory and umask, signal handlers, thread group, semaphore undo list',
    );
    assert.equal(
      row({ ...clone, name: 'fork', facts: [] }, 'Copied'),
      'memory, descriptors, working directory and umask, signal handlers',
    );
  });
  it('say what a signal does when nothing is done about it', () => {
    assert.match(
      row({ ...call, kind: 'signal', name: 'SIGPIPE' }, 'Meaning') ?? '',
      /By default it ends the process\.$/,
    );
  });
});
