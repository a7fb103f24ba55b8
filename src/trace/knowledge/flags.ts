/**
 * What a flag or constant means in an argument, by the name that strace prints. Few names mean different things in different
 * calls; those stand in `meaningsByCall`. Texts are English and original; a view translates them with the text as the key.
 */

import { fileFlags } from './flags/files.js';
import { memoryFlags } from './flags/memory.js';
import { networkFlags } from './flags/network.js';
import { processFlags } from './flags/processes.js';
import { signalFlags } from './flags/signals.js';
import { signalInfo } from './signals.js';
import { syscallInfo } from './syscalls.js';

const everywhere: Record<string, string> = {
  ...fileFlags,
  ...memoryFlags,
  ...processFlags,
  ...signalFlags,
  ...networkFlags,
};

const newNamespaces = Object.keys(processFlags).filter(name => name.startsWith('CLONE_NEW'));

const meaningsByCall: Record<string, Record<string, string>> = {
  pipe2: { O_DIRECT: 'Keeps each write a packet of its own.' },
  unshare: {
    CLONE_FS: 'Takes a private copy of root, working directory and umask.',
    CLONE_FILES: 'Takes a private copy of the descriptor table.',
    CLONE_SYSVSEM: 'Takes an empty list of System V semaphore undos.',
    CLONE_NEWPID: 'Gives later children, not the caller, a new pid namespace: the first of them is process 1 there.',
    CLONE_NEWTIME: 'Gives later children, not the caller, a new time namespace.',
  },
  setns: Object.fromEntries(
    newNamespaces.map(name => [name, 'Checks that the descriptor is a namespace of this kind.']),
  ),
  mq_open: { O_NONBLOCK: 'Makes sending and receiving fail with EAGAIN instead of waiting.' },
  open: { O_NONBLOCK: 'Neither waits in this open (as for a FIFO) nor in later reads and writes.' },
};
meaningsByCall.openat = meaningsByCall.open ?? {};

/**
 * What `flag` means in an argument of `syscall`; undefined when it is not known. Signals (`SIGCHLD` in clone's flags) are
 * known too, and FUTEX_WAIT_PRIVATE is FUTEX_WAIT.
 */
export function flagMeaning(syscall: string, flag: string): string | undefined {
  const call = syscallInfo(syscall)?.variant?.of ?? syscall;
  const special = Object.hasOwn(meaningsByCall, call) ? meaningsByCall[call] : undefined;
  if (special !== undefined && Object.hasOwn(special, flag)) return special[flag];
  if (Object.hasOwn(everywhere, flag)) return everywhere[flag];
  if (flag.startsWith('FUTEX_') && flag.endsWith('_PRIVATE'))
    return flagMeaning(syscall, flag.slice(0, -'_PRIVATE'.length));
  return signalInfo(flag)?.meaning;
}

/** Every flag name in the tables. */
export function flagNames(): string[] {
  return Object.keys(everywhere);
}

/** What becomes of a part of the parent's state in its child. */
type Inheritance = 'shared' | 'copied' | 'new';

export interface CloneSharing {
  /** The part of the state. */
  part: 'memory' | 'files' | 'fs' | 'signalHandlers' | 'threadGroup' | 'semaphoreUndo' | 'ioContext';
  /** The flag that decides. */
  flag: string;
  child: Inheritance;
}

const sharedParts: readonly [CloneSharing['part'], string, without: Inheritance][] = [
  ['memory', 'CLONE_VM', 'copied'],
  ['files', 'CLONE_FILES', 'copied'],
  ['fs', 'CLONE_FS', 'copied'],
  ['signalHandlers', 'CLONE_SIGHAND', 'copied'],
  ['threadGroup', 'CLONE_THREAD', 'new'],
  ['semaphoreUndo', 'CLONE_SYSVSEM', 'new'],
  ['ioContext', 'CLONE_IO', 'new'],
];

/** What a child made with these CLONE_ flags shares with its creator and what it gets as a copy or new (clone(2)). fork has none of the flags. */
export function cloneSharing(flags: readonly string[]): CloneSharing[] {
  return sharedParts.map(([part, flag, without]) => ({ part, flag, child: flags.includes(flag) ? 'shared' : without }));
}
