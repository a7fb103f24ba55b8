/** Errors, flags, signals and concepts: well-formed, and right where the study notes or common belief are not. */

import assert from 'node:assert/strict';
import { concept, concepts } from '../../../src/trace/knowledge/concepts.js';
import { readCauseTable } from '../../../src/trace/knowledge/errnos/causeTable.js';
import { allCauses, errnoInfo, errnoNames, likelyCause } from '../../../src/trace/knowledge/errnos.js';
import { cloneSharing, flagMeaning, flagNames } from '../../../src/trace/knowledge/flags.js';
import { signalInfo, standardSignals } from '../../../src/trace/knowledge/signals.js';
import { syscallInfo } from '../../../src/trace/knowledge/syscalls.js';

const sentence = /^[A-Z].*[\w)"]\.$/;

describe('errors', () => {
  it('have each one sentence of at most 120 characters', () => {
    assert.equal(errnoNames().length, 134 + 4);
    for (const name of errnoNames()) {
      const info = errnoInfo(name);
      assert.match(info?.meaning ?? '', sentence, name);
      assert.ok((info?.meaning.length ?? 0) <= 120, name);
    }
  });

  it('tell restarts from errors that reach the program', () => {
    const restarts = errnoNames().filter(name => errnoInfo(name)?.restart);
    assert.deepEqual(restarts, ['ERESTARTSYS', 'ERESTARTNOINTR', 'ERESTARTNOHAND', 'ERESTART_RESTARTBLOCK']);
    assert.deepEqual(
      restarts.map(name => errnoInfo(name)?.number),
      [512, 513, 514, 516],
    );
    assert.match(errnoInfo('ERESTARTNOHAND')?.meaning ?? '', /becomes EINTR if a handler runs/);
  });

  it('have causes only for errors and calls that exist, short enough for a hover', () => {
    for (const [errno, call, { cause, whatToDo }] of allCauses()) {
      assert.ok(errnoInfo(errno), errno);
      if (call !== 'any') assert.ok(syscallInfo(call), call);
      for (const text of [cause, whatToDo]) {
        assert.match(text, sentence, `${errno} ${call}`);
        assert.ok(text.length <= 140, `${errno} ${call}: ${text.length} characters`);
      }
    }
  });

  it('have causes for every error of the study notes', () => {
    const errors =
      'EAGAIN EWOULDBLOCK EPIPE EINTR ETIMEDOUT EADDRINUSE ENOTCONN ECONNREFUSED ECONNRESET EBADF EMFILE ENFILE EACCES EPERM ' +
      'ENOENT EINVAL ENOMEM EFAULT EEXIST ESRCH EINPROGRESS EALREADY EISCONN ENOSYS ENOTSOCK EDEADLK ENOSPC EROFS ESPIPE ENXIO ' +
      'EIDRM ENOMSG';
    for (const errno of errors.split(' ')) assert.ok(likelyCause('no_such_call', errno), errno);
    assert.ok(likelyCause('wait4', 'ECHILD'));
    assert.equal(likelyCause('read', 'ENOSUCH'), undefined);
  });

  it('speak of the call that failed', () => {
    const cases: [string, string, RegExp, RegExp][] = [
      ['fork', 'EAGAIN', /limit on the number of processes/, /[Rr]eap/],
      ['read', 'EAGAIN', /non-blocking.*SO_RCVTIMEO/, /poll or epoll/],
      ['futex', 'EAGAIN', /expected value/, /Nothing/],
      ['accept', 'EAGAIN', /another worker/, /epoll/],
      ['epoll_wait', 'EINTR', /not even with SA_RESTART/, /again/],
      ['read', 'EINTR', /without SA_RESTART/, /SA_RESTART/],
      ['connect', 'EINTR', /in the background/, /SO_ERROR/],
      ['close', 'EINTR', /closed nevertheless/, /Don't close it again/],
      ['write', 'EPIPE', /SIGPIPE/, /Ignore SIGPIPE/],
      ['sendto', 'EPIPE', /MSG_NOSIGNAL/, /MSG_NOSIGNAL/],
      ['mmap', 'EINVAL', /length is 0.*page size/, /page/],
      ['mmap', 'EACCES', /not open for reading/, /O_RDWR/],
      ['mmap', 'ENODEV', /cannot be mapped/, /Read it/],
      ['epoll_ctl', 'EEXIST', /already/, /EPOLL_CTL_MOD/],
      ['epoll_ctl', 'EPERM', /regular files/, /directly/],
      ['bind', 'EADDRINUSE', /TIME_WAIT.*UNIX path/, /SO_REUSEADDR.*unlink/],
      ['wait4', 'ECHILD', /SIGCHLD is ignored/, /SIG_IGN/],
      ['mq_timedsend_time64', 'EAGAIN', /O_NONBLOCK/, /poll/],
      ['getpid', 'EFAULT', /pointer/, /-fsanitize=address/],
    ];
    for (const [call, errno, cause, advice] of cases) {
      assert.match(likelyCause(call, errno)?.cause ?? '', cause, `${call} ${errno}`);
      assert.match(likelyCause(call, errno)?.whatToDo ?? '', advice, `${call} ${errno}`);
    }
  });

  it('are refused when a call is explained twice or a paragraph is not whole', () => {
    assert.throws(() => readCauseTable('EPIPE: writes write\nWhy.\n> Do.', new Map()), /EPIPE has write twice/);
    assert.throws(() => readCauseTable('EPIPE: write\nWhy.', new Map()), /cannot read/);
    assert.throws(() => readCauseTable('EPIPE\nWhy.\n> Do.', new Map()), /cannot read/);
  });
});

describe('flags', () => {
  it('have each one sentence of at most 120 characters', () => {
    for (const name of flagNames()) {
      const meaning = flagMeaning('', name) ?? '';
      assert.match(meaning, sentence, name);
      assert.ok(meaning.length <= 120, `${name}: ${meaning.length} characters`);
    }
  });

  it('mean what they mean in the call', () => {
    assert.notEqual(flagMeaning('pipe2', 'O_DIRECT'), flagMeaning('open', 'O_DIRECT'));
    assert.match(flagMeaning('unshare', 'CLONE_NEWPID') ?? '', /not the caller/);
    assert.match(flagMeaning('clone', 'CLONE_FILES') ?? '', /without it the child gets a copy/);
    assert.match(flagMeaning('clone', 'SIGCHLD') ?? '', /child/);
    assert.equal(flagMeaning('futex', 'FUTEX_WAIT_BITSET_PRIVATE'), flagMeaning('futex', 'FUTEX_WAIT_BITSET'));
    assert.match(flagMeaning('setns', 'CLONE_NEWNET') ?? '', /Checks/);
    for (const name of ['O_NO_SUCH', 'constructor', '0x8', '']) assert.equal(flagMeaning('open', name), undefined);
  });

  it('say what a child shares with its creator and what it gets as a copy', () => {
    const sharing = (flags: string[]): string =>
      cloneSharing(flags)
        .map(({ part, child }) => `${part} ${child}`)
        .join(', ');
    assert.equal(
      sharing([]),
      'memory copied, files copied, fs copied, signalHandlers copied, threadGroup new, semaphoreUndo new, ioContext new',
    );
    assert.match(sharing(['CLONE_VM', 'CLONE_FILES', 'CLONE_THREAD']), /^memory shared, files shared, fs copied/);
  });
});

describe('signals', () => {
  it('have each one sentence of at most 120 characters', () => {
    assert.equal(standardSignals().length, 31);
    for (const name of [...standardSignals(), 'SIGRTMIN', 'SIGRT_5']) {
      assert.match(signalInfo(name)?.meaning ?? '', sentence, name);
      assert.ok((signalInfo(name)?.meaning.length ?? 0) <= 120, name);
    }
  });

  it('do by default what signal(7) says', () => {
    const by = (action: string): string =>
      standardSignals()
        .filter(name => signalInfo(name)?.action === action)
        .join(' ');
    assert.equal(by('core'), 'SIGQUIT SIGILL SIGTRAP SIGABRT SIGBUS SIGFPE SIGSEGV SIGXCPU SIGXFSZ SIGSYS');
    assert.equal(by('stop'), 'SIGSTOP SIGTSTP SIGTTIN SIGTTOU');
    assert.equal(by('ignore'), 'SIGCHLD SIGURG SIGWINCH');
    assert.equal(by('cont'), 'SIGCONT');
  });

  it('count real-time signals as strace does, from 32, and say what C programs call them', () => {
    const facts = (name: string) => [signalInfo(name)?.number, signalInfo(name)?.glibcName];
    assert.deepEqual(facts('SIGRTMIN'), [32, '']);
    assert.deepEqual(facts('SIGRT_1'), [33, '']);
    assert.deepEqual(facts('SIGRT_2'), [34, 'SIGRTMIN']);
    assert.deepEqual(facts('SIGRT_5'), [37, 'SIGRTMIN+3']);
    assert.deepEqual(facts('SIGRT_32'), [64, 'SIGRTMAX']);
    for (const name of ['SIGRT_33', 'SIGRT_0', 'SIGRT_x', 'SIGNOT', 'constructor']) {
      assert.equal(signalInfo(name), undefined, name);
    }
  });

  it('are known without SIG, as in printed sets', () => {
    assert.equal(signalInfo('CHLD')?.name, 'SIGCHLD');
    assert.equal(signalInfo('RT_2')?.number, 34);
    assert.equal(signalInfo('SIGIOT')?.name, 'SIGABRT');
  });
});

describe('concepts', () => {
  it('are 44, each with a title, two sentences and man pages', () => {
    assert.equal(new Set(concepts.map(({ id }) => id)).size, 44);
    for (const { id, title, explanation, manPages } of concepts) {
      assert.match(id, /^[a-zA-Z]+$/);
      assert.match(title, /^\S.*[^.]$/, id);
      assert.match(explanation, /^\w.*[\w)]\.$/, id);
      assert.equal(explanation.split(/\. /).length, 2, `${id}: two sentences`);
      assert.ok(manPages.length > 0, id);
      for (const page of manPages) assert.match(page, /^[\w.-]+\([1-8]p?\)$/, id);
    }
  });

  it('do not repeat what the notes have wrong', () => {
    const text = (id: string): string => concept(id)?.explanation ?? assert.fail(id);
    assert.match(text('multiplexing'), /1023 on every machine.*array.*copies out/);
    assert.doesNotMatch(text('multiplexing'), /linked list|mmap/);
    assert.match(text('mmap'), /page cache itself/);
    assert.match(text('orphan'), /subreaper, else to the init/);
    assert.match(text('signals'), /34 to 64/);
    assert.match(text('vfork'), /_exit/);
    assert.match(text('addressSpace'), /\.text/);
    assert.match(text('edgeTriggered'), /non-blocking/);
  });
});
