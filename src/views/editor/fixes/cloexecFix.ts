/** Opens what leaked into another program close-on-exec: the flag in the call, or the sibling call that takes one. */

import { findCall } from './callText.js';
import type { FixMaker, TextChange } from './fix.js';

type Opener =
  /** Adds a flag to an argument. */
  | { argument: number; flag: string }
  /** Calls another function, with the flag as its last argument (`arguments`: how many there are then). */
  | { instead: string; arguments: number; flag: string };

const openers: Readonly<Record<string, Opener>> = {
  open: { argument: 1, flag: 'O_CLOEXEC' },
  openat: { argument: 2, flag: 'O_CLOEXEC' },
  pipe2: { argument: 1, flag: 'O_CLOEXEC' },
  socket: { argument: 1, flag: 'SOCK_CLOEXEC' },
  socketpair: { argument: 1, flag: 'SOCK_CLOEXEC' },
  accept4: { argument: 3, flag: 'SOCK_CLOEXEC' },
  epoll_create1: { argument: 0, flag: 'EPOLL_CLOEXEC' },
  eventfd: { argument: 1, flag: 'EFD_CLOEXEC' },
  timerfd_create: { argument: 1, flag: 'TFD_CLOEXEC' },
  signalfd: { argument: 2, flag: 'SFD_CLOEXEC' },
  inotify_init1: { argument: 0, flag: 'IN_CLOEXEC' },
  memfd_create: { argument: 1, flag: 'MFD_CLOEXEC' },
  pipe: { instead: 'pipe2', arguments: 2, flag: 'O_CLOEXEC' },
  accept: { instead: 'accept4', arguments: 4, flag: 'SOCK_CLOEXEC' },
};

export const cloexecFix: FixMaker = ({ source, code, lineStart, lineEnd }) => {
  const call = findCall(code, Object.keys(openers), lineStart, lineEnd);
  const opener = call && openers[call.name];
  if (!opener) return undefined;
  const { flag } = opener;
  const changes: TextChange[] = [];
  if ('instead' in opener) {
    if (call.arguments.length !== opener.arguments - 1) return undefined;
    changes.push({ start: call.start, end: call.start + call.name.length, text: opener.instead });
    changes.push({ start: call.end - 1, end: call.end - 1, text: `, ${flag}` });
  } else {
    const argument = call.arguments[opener.argument];
    if (!argument || code.slice(call.start, call.end).includes(flag)) return undefined;
    const text = source.slice(argument.start, argument.end);
    const simple = /^[\w\s|]+$/.test(text);
    changes.push({
      ...argument,
      text: text === '0' ? flag : simple ? `${text} | ${flag}` : `(${text}) | ${flag}`,
    });
  }
  return { title: ['Open it close-on-exec ({0})', flag], changes };
};
