/** What the rules about sockets say. */

import type { FindingTexts } from './findingText.js';

export const socketTexts: FindingTexts = {
  'addr-in-use': {
    title: 'Address already in use',
    message: 'bind to {0} failed: the address is in use',
    values: ['address'],
    explanation:
      'The name of a UNIX socket stays in the file system when the socket is closed: unlink it before bind. A TCP port stays taken for about a minute after its server closed a connection first (TIME_WAIT): set SO_REUSEADDR before bind. If another server really listens there, this one must not start.',
    steps: { earlierBind: 'the address was bound before', bind: 'and cannot be bound again' },
  },
  'not-connected': {
    title: 'Socket not connected',
    message: '{0} on descriptor {1}, a stream socket that was never connected',
    values: ['call', 'fd'],
    explanation:
      'A stream socket carries data only when connect has succeeded on it, or when accept returned it. A server reads and writes the descriptor that accept returns; the listening socket itself never becomes a connection. Receiving on such a socket fails with ENOTCONN, sending with ENOTCONN or EPIPE.',
    steps: { opened: 'the socket is made, and nobody connects it', used: 'and is used like a connection' },
  },
  'connect-error-ignored': {
    title: 'Failed connect ignored',
    message: 'connect to {0} failed with {1}, and {2} was called on descriptor {3} all the same',
    values: ['address', 'errno', 'call', 'fd'],
    explanation:
      'After a connect that failed the socket is not connected, and everything sent is lost: sending fails, by default with SIGPIPE, and reading fails or looks like the end of the connection. Look at what connect returns, and with a non-blocking socket at SO_ERROR. To try again, close the socket and make a new one, since its state after a failure is unspecified.',
    steps: { failed: 'connecting fails', used: 'the socket is used as if it had worked' },
  },
  'fd-setsize': {
    title: 'Descriptor too large for select',
    message: 'descriptor {0} was given to select, whose sets hold 0 to 1023',
    values: ['fd'],
    explanation:
      'An fd_set has room for FD_SETSIZE descriptors, 1024 with glibc, however high the limit of open files is. FD_SET with a larger number writes behind the set: its behaviour is undefined, and it changes what lies there. poll and epoll have no such limit.',
    steps: { opened: 'the descriptor with a large number', select: 'a set that has no room for it' },
  },
  'missing-privilege': {
    title: 'Not permitted: a privilege is missing',
    message: '{0} was refused: it needs {1}',
    values: ['call', 'capability'],
    explanation:
      'The process is not root and does not have the capability that the call needs here. Do what needs it before privileges are given up, start with just that capability, or do without. A set-user-ID program that somebody traces runs without its privileges, and in a container root lacks some of them.',
    steps: { refused: 'the call is not permitted', exit: 'the program gives up' },
  },
};
