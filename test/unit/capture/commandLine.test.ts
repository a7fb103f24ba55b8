/** strace's arguments by version: what an older one does not know must not be in them. */

import assert from 'node:assert/strict';
import { straceArguments, survivorsAreBroken, type TraceCommand } from '../../../src/trace/capture/commandLine.js';
import { focusCalls } from '../../../src/trace/capture/focusCalls.js';

const command: TraceCommand = {
  logPath: '/s/a b.strace',
  program: '/bin/prog',
  args: ['-x', '--', 'two words'],
  environment: {},
  syscalls: 'focus',
  stringLimit: 64,
};
const version = (text: string) => {
  const [major = 0, minor = 0] = text.split('.').map(Number);
  return { major, minor };
};
const argumentsFor = (text: string, change: Partial<TraceCommand> = {}): string[] =>
  straceArguments(version(text), { ...command, ...change });

const table = [
  { strace: '4.26', seccomp: false, descriptors: '-y' },
  { strace: '5.2', seccomp: false, descriptors: '-y' },
  { strace: '5.3', seccomp: true, descriptors: '-y' },
  { strace: '5.5', seccomp: true, descriptors: '-y' },
  { strace: '5.6', seccomp: true, descriptors: 'decode-fds=path,dev,pidfd' },
  { strace: '6.1', seccomp: true, descriptors: 'decode-fds=path,dev,pidfd' },
  { strace: '6.3', seccomp: true, descriptors: 'decode-fds=path,dev,pidfd,signalfd' },
  { strace: '6.10', seccomp: true, descriptors: 'decode-fds=path,dev,pidfd,signalfd,eventfd' },
  { strace: '7.2', seccomp: true, descriptors: 'decode-fds=path,dev,pidfd,signalfd,eventfd' },
];

describe('the command line of strace', () => {
  for (const { strace, seccomp, descriptors } of table) {
    it(`asks strace ${strace} for what it knows`, () => {
      const args = argumentsFor(strace);
      assert.equal(args.includes('--seccomp-bpf'), seccomp);
      assert.ok(args.includes(descriptors), args.join(' '));
      assert.equal(args.includes('-y'), descriptors === '-y');
      assert.equal(args.includes('quiet=attach'), descriptors !== '-y');
    });
  }

  it('ends with the log, then the program and its arguments untouched', () => {
    assert.deepEqual(argumentsFor('6.1').slice(-7), [
      '-o',
      '/s/a b.strace',
      '--',
      '/bin/prog',
      '-x',
      '--',
      'two words',
    ]);
  });

  it('marks every call as one that may be unknown', () => {
    const list =
      argumentsFor('6.1')
        .find(argument => argument.startsWith('trace='))
        ?.slice('trace='.length) ?? '';
    assert.equal(list.split(',').length, focusCalls.length);
    assert.ok(list.split(',').every(name => /^\?\w+$/.test(name)));
  });

  it('names no call twice', () => {
    assert.equal(new Set(focusCalls).size, focusCalls.length);
  });

  it('records everything, without a filter in the kernel, when asked to', () => {
    const args = argumentsFor('6.1', { syscalls: 'all' });
    assert.ok(!args.some(argument => argument.startsWith('trace=')));
    assert.ok(!args.includes('--seccomp-bpf'));
  });

  it('sets the environment of the program, not of strace', () => {
    const args = argumentsFor('6.1', { environment: { A: 'x y', B: null } });
    assert.deepEqual(args.slice(args.indexOf('-E'), args.indexOf('-o')), ['-E', 'A=x y', '-E', 'B']);
  });

  it('never detaches strace, prints the environment or silences exits', () => {
    for (const { strace } of table) {
      for (const syscalls of ['focus', 'all'] as const) {
        const forbidden = ['-D', '-v', '-qq', '-ff', '-z', '-Z'];
        assert.deepEqual(
          argumentsFor(strace, { syscalls }).filter(argument => forbidden.includes(argument)),
          [],
        );
      }
    }
  });

  it('knows which survivors of a dead strace are broken', () => {
    assert.equal(survivorsAreBroken(version('6.1'), { syscalls: 'focus' }), true);
    assert.equal(survivorsAreBroken(version('6.1'), { syscalls: 'all' }), false);
    assert.equal(survivorsAreBroken(version('6.6'), { syscalls: 'focus' }), false);
    assert.equal(survivorsAreBroken(version('5.2'), { syscalls: 'focus' }), false);
  });
});
