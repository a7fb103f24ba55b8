/** What the rules about signals say. */

import type { FindingTexts } from './findingText.js';

export const signalTexts: FindingTexts = {
  'lost-sigchld': {
    title: 'Lost SIGCHLD',
    message: 'child {0} ended, and the SIGCHLD handler did not reap it',
    values: ['child'],
    explanation:
      'Standard signals do not queue: while one SIGCHLD is pending, further ones are merged into it. So one signal can stand for several children, and a handler that waits once reaps only one of them. Call waitpid(-1, &status, WNOHANG) in a loop until it returns 0 or -1.',
    steps: {
      exit: 'the child ends',
      signal: 'SIGCHLD arrives, perhaps for several children',
      wait: 'the handler waits once',
      handlerEnd: 'it returns without asking for more',
    },
  },
  'sigpipe-death': {
    title: 'Killed by SIGPIPE',
    message: 'killed in {0} on descriptor {1}: nobody reads there any more',
    values: ['call', 'fd'],
    explanation:
      'Writing to a pipe without readers, or to a connection that the peer has closed, raises SIGPIPE, and its default action is to end the process. A server should not end because a client leaves: ignore SIGPIPE, or send with MSG_NOSIGNAL, and handle EPIPE.',
    steps: { write: 'the write finds no reader', signal: 'SIGPIPE is delivered', exit: 'the process is killed' },
  },
  'epipe-ignored': {
    title: 'EPIPE ignored',
    message: '{0} on descriptor {1} failed {2} times with EPIPE: nobody reads there any more',
    values: ['call', 'fd', 'failures'],
    explanation:
      'A pipe without readers, or a connection that was shut down, takes no more bytes, and will not in the future. With SIGPIPE ignored the write fails with EPIPE and the program goes on; all that it writes from then on is lost. Take EPIPE for the end: close the descriptor, and stop making what nobody gets.',
    steps: { first: 'the first write that finds no reader', second: 'the program tries again', last: 'and again' },
  },
  'eintr-not-retried': {
    title: 'Interrupted call not made again',
    message: '{0} on descriptor {1} was interrupted by {2} and not made again',
    values: ['call', 'fd', 'signal'],
    explanation:
      'A signal whose handler was installed without SA_RESTART makes a blocked call fail with EINTR. Nothing was transferred and nothing is lost; the call only has to be made again. Retry in a loop while errno is EINTR, or install the handler with SA_RESTART.',
    steps: {
      cut: 'the call is interrupted',
      signal: 'by this signal',
      eintr: 'the handler returns, and the call fails with EINTR',
      instead: 'the program gives up',
    },
  },
  'unsafe-signal-handler-call': {
    title: 'Unsafe call in a signal handler',
    message: 'the handler of {0} called a function that is not async-signal-safe',
    cases: {
      malloc: 'the handler of {0} allocated memory: the heap grew in it',
      stdio: 'the handler of {0} printed with stdio: a stream was made in it',
      zone: 'the handler of {0} turned a time into local time',
      lock: 'the handler of {0} waited for a lock',
    },
    values: ['signal'],
    explanation:
      'A signal can come while the program is in the middle of malloc or printf, with their locks held and their data half changed. If the handler calls such a function as well, it waits for a lock that its own thread holds, or breaks what it finds. Only the functions of signal-safety(7) may be called there, write and _exit among them. Set a flag, or write a byte into a pipe, and do the work outside.',
    steps: {
      signal: 'the signal arrives, and the handler begins',
      unsafe: 'only an unsafe function makes this call',
      handlerEnd: 'the handler returns',
    },
  },
  'signal-storm': {
    title: 'Signal storm',
    message: '{0} arrived {1} times within {2}',
    values: ['signal', 'times', 'lastedNs'],
    explanation:
      'Each signal interrupts the program, saves its state, runs the handler and restores it; and ordinary signals that come faster than they are handled are merged, so they cannot be counted. To pass on many small events use a pipe, an eventfd or a queue, or read signals in a batch with signalfd.',
    steps: { sent: 'who sends the first', first: 'the first of them', last: 'the last one within a second' },
  },
};
