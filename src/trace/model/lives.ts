/**
 * The records the process model keeps: one life of a kernel thread, one thread group, and what groups of them share.
 *
 * Plain mutable data, owned by ProcessModel and its helpers alone; everybody else gets copies shaped by api.ts.
 * Times are nanoseconds since the trace's start; NaN is "not yet" or "not known".
 */

import type { ExitStatus, ProcessId, Row, ThreadId } from '../api.js';
import type { CloneFlags } from './cloneFlags.js';

/** What SIGCHLD means to a process: shared between processes by CLONE_SIGHAND, copied by a plain fork. */
interface ChildSignals {
  ignored: boolean;
  noChildWait: boolean;
}

/** A pid namespace below (or equal to) strace's own, of which depth is 0. */
export interface PidNamespace {
  depth: number;
  parent: PidNamespace | null;
  /** The process that is its pid 1; null in strace's own namespace and where it was not seen. */
  init: ProcessId | null;
  /** Entered, not made, by what the trace shows: its init is somebody else. */
  joined: boolean;
}

interface Span {
  startNs: number;
  /** NaN while it lasts. */
  endNs: number;
  state: 'stopped' | 'vforkSuspended' | 'zombie';
  /** The signal that stopped it; '' otherwise. */
  signal: string;
  /** The vfork child that it waits for. */
  child: ProcessId | null;
}

/** A fork, vfork, clone or clone3 in progress, or one that returned and whose child has not been seen. */
export interface Creation {
  creator: ThreadId;
  row: Row;
  /** Line of its entry: a child's first line comes after it. */
  entryLine: number;
  startNs: number;
  /** Time of return; NaN while in progress. */
  endNs: number;
  flags: CloneFlags;
  /** The life taken to be its child; null when none is. */
  child: ThreadId | null;
  /** The return value, once known: the child's number in its creator's pid namespace. */
  returned: number;
}

export interface ThreadLife {
  id: ThreadId;
  tid: number;
  /** Never one that was merged into another. */
  process: ProcessId;
  name: string;
  startNs: number;
  /** NaN while it lives. */
  endNs: number;
  /** Line of its first record; Infinity while only its creator has told of it. */
  firstLine: number;
  rows: number;
  calls: number;
  errors: number;
  inCallNs: number;
  blockedNs: number;
  /** The call whose entry was printed and whose end was not; -1 when there is none. What follows is of the latest one. */
  openRow: Row;
  openName: string;
  openFd: number;
  openSinceNs: number;
  spans: Span[];
  /** What made it; null when that was not seen. */
  creation: Creation | null;
  /** False while the creation is only the likeliest one: the creator's call has not returned yet. */
  certain: boolean;
  /** An earlier life with the same tid. */
  previous: ThreadId | null;
  /** Another thread's execve ended it; its own exit line may come later. */
  endedByExec: boolean;
  /** Lines with its tid are its: it lives, or its exit line may still come. */
  hasTid: boolean;
}

interface Reap {
  process: ProcessId | null;
  thread: ThreadId;
  pid: number;
  atNs: number;
  row: Row;
}

export interface ProcessLife {
  id: ProcessId;
  pid: number;
  /** Set when it turned out to be a thread of that process. */
  mergedInto: ProcessId | null;
  /** Parent at birth: the tree is built of these. */
  parent: ProcessId | null;
  parentPid: number | null;
  /** Parent now, as the kernel has it; null: outside the trace or unknown. */
  currentParent: ProcessId | null;
  /** Each time that its parent died first, oldest first. */
  adoptions: { atNs: number; to: ProcessId | null; pid: number | null }[];
  image: string;
  argv: string[];
  startNs: number;
  /** Time of its death; NaN while it lives. */
  endNs: number;
  exit: ExitStatus | null;
  exitRow: Row | null;
  reap: Reap | null;
  /** End of its time as a zombie when that was not a reap seen in the trace; NaN when there is none. */
  released: number;
  autoReaped: boolean;
  /** Set when the log (or strace's attachment) ended while it lived. */
  lost: boolean;
  threads: ThreadId[];
  /** By birth parent, in order of birth. */
  children: ProcessId[];
  /** Children the kernel would let it wait for: alive or zombie. */
  waitable: Set<ProcessId>;
  creation: Creation | null;
  createdBy: 'fork' | 'vfork' | 'clone' | 'clone3' | 'exec' | null;
  signals: ChildSignals;
  subreaper: boolean;
  namespace: PidNamespace;
  /** Where its next child will live, when that is another namespace (unshare, setns). */
  childNamespace: PidNamespace | null;
  /** Its number in its creator's namespace: what wait returns there. */
  pidForCreator: number;
  /** Its exit_group call, or its only thread's exit. As a namespace's init it reaps everything from then on. */
  exiting: { code: number; atNs: number; row: Row } | null;
}

export function newThread(id: ThreadId, tid: number, process: ProcessId, startNs: number): ThreadLife {
  return {
    id,
    tid,
    process,
    name: '',
    startNs,
    endNs: NaN,
    firstLine: Infinity,
    rows: 0,
    calls: 0,
    errors: 0,
    inCallNs: 0,
    blockedNs: 0,
    openRow: -1,
    openName: '',
    openFd: -1,
    openSinceNs: NaN,
    spans: [],
    creation: null,
    certain: false,
    previous: null,
    endedByExec: false,
    hasTid: true,
  };
}

export function newProcess(id: ProcessId, pid: number, startNs: number, namespace: PidNamespace): ProcessLife {
  return {
    id,
    pid,
    mergedInto: null,
    parent: null,
    parentPid: null,
    currentParent: null,
    adoptions: [],
    image: '',
    argv: [],
    startNs,
    endNs: NaN,
    exit: null,
    exitRow: null,
    reap: null,
    released: NaN,
    autoReaped: false,
    lost: false,
    threads: [],
    children: [],
    waitable: new Set(),
    creation: null,
    createdBy: null,
    signals: { ignored: false, noChildWait: false },
    subreaper: false,
    namespace,
    childNamespace: null,
    pidForCreator: NaN,
    exiting: null,
  };
}

export function newCreation(
  creator: ThreadId,
  flags: CloneFlags,
  row: Row,
  entryLine: number,
  startNs: number,
): Creation {
  return { creator, flags, row, entryLine, startNs, endNs: NaN, child: null, returned: NaN };
}
