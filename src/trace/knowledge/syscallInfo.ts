/** Shape of the syscall knowledge base (data in syscalls*.ts). Texts are original and right by the man pages. */

import type { SyscallClass } from '../api.js';

/** What a successful return value is, so that it can be put in words. */
export type ReturnMeaning =
  | 'zero' // 0 on success
  | 'fd' // a new descriptor
  | 'bytes' // a number of bytes, 0 may be end of file
  | 'pid' // a process or thread id
  | 'address' // an address
  | 'count' // a number of things (ready descriptors, woken waiters …)
  | 'flags' // a set of flags
  | 'id' // an identifier (System V ipc, timer, key)
  | 'never' // does not return
  | 'value'; // some other number

export interface SyscallInfo {
  class: SyscallClass;
  /** One line, an original sentence without the name: "Waits until a child changes state and says how." */
  meaning: string;
  /** Argument names in the kernel's order, named as the man page (man-pages 6.03) names them. */
  args: readonly string[];
  returns: ReturnMeaning;
  /** Which number a `value`, `count` or `id` is: "the previous mask". */
  result?: string;
  /** It can wait for something outside the thread (a peer, a child, time, a lock): a long call counts as blocked. */
  waits?: true;
  /** Index of the argument that is the descriptor it works or waits on. */
  fd?: number;
  /** Man page, when it is not `name(2)`: `epoll_wait(2)` for epoll_pwait2. */
  man?: string;
  /** Set on another form of a call, mostly of 32-bit programs: which call it is a form of, and in what it differs. */
  variant?: { of: string; difference: string };
}
