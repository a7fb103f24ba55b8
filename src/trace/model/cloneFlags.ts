/**
 * What a fork, vfork, clone or clone3 call asks for, read from the call's text: its entry part is enough (flags are printed
 * on entry by every strace since 4.26; clone(2), clone3(2), strace's clone.c).
 */

import type { CallRecord } from 'strace-parser';

export interface CloneFlags {
  call: 'fork' | 'vfork' | 'clone' | 'clone3';
  /** As printed, CLONE_* only. */
  names: readonly string[];
  thread: boolean;
  vfork: boolean;
  /** CLONE_PARENT: the child becomes a sibling of its creator. */
  sibling: boolean;
  newPidNamespace: boolean;
  sharesFiles: boolean;
  /** CLONE_FS: working and root directory and umask are one for both. */
  sharesFolders: boolean;
  sharesMemory: boolean;
  sharesSignalHandlers: boolean;
  clearsSignalHandlers: boolean;
  /** Signal sent to the parent at the child's death: `SIGCHLD`; '' when there is none. */
  exitSignal: string;
}

const creators: ReadonlySet<string> = new Set(['fork', 'vfork', 'clone', 'clone3']);

/** Bits of clone(2) that matter here, for strace versions that print a number where they know no name. */
const bits: readonly (readonly [number, string])[] = [
  [0x100, 'CLONE_VM'],
  [0x200, 'CLONE_FS'],
  [0x400, 'CLONE_FILES'],
  [0x800, 'CLONE_SIGHAND'],
  [0x4000, 'CLONE_VFORK'],
  [0x8000, 'CLONE_PARENT'],
  [0x10000, 'CLONE_THREAD'],
  [0x20000000, 'CLONE_NEWPID'],
];

export function createsTask(name: string): name is CloneFlags['call'] {
  return creators.has(name);
}

/** null for other calls, and when the entry part, where flags are printed, is not in the log. */
export function cloneFlagsOf(record: Pick<CallRecord, 'name' | 'text'>): CloneFlags | null {
  const call = record.name;
  if (!createsTask(call)) return null;
  const plain = call === 'fork' || call === 'vfork';
  const text = plain ? '' : record.text();
  const printed = /\bflags=([^,})\s]+)/.exec(text)?.[1];
  if (printed === undefined && !plain) return null;
  const words = (printed ?? '').split('|');
  const names = words.filter(word => word.startsWith('CLONE_'));
  for (const word of words) {
    if (!/^0x[0-9a-f]+$/.test(word)) continue;
    const number = Number(word);
    for (const [bit, name] of bits) if (Math.floor(number / bit) % 2 === 1 && !names.includes(name)) names.push(name);
  }
  const has = (name: string): boolean => names.includes(name);
  const exitSignal = plain
    ? 'SIGCHLD'
    : (words.find(word => word.startsWith('SIG')) ?? /\bexit_signal=(SIG\w+)/.exec(text)?.[1] ?? '');
  return {
    call,
    names,
    thread: has('CLONE_THREAD'),
    vfork: call === 'vfork' || has('CLONE_VFORK'),
    sibling: has('CLONE_PARENT'),
    newPidNamespace: has('CLONE_NEWPID'),
    sharesFiles: has('CLONE_FILES'),
    sharesFolders: has('CLONE_FS'),
    sharesMemory: call === 'vfork' || has('CLONE_VM'),
    sharesSignalHandlers: has('CLONE_SIGHAND'),
    clearsSignalHandlers: has('CLONE_CLEAR_SIGHAND'),
    exitSignal,
  };
}
