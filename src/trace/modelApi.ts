/**
 * What the models of the kernel's objects answer, beside the timeline's questions of api.ts: descriptors, channels, waiting,
 * memory, signals, locks, transfers, time and causes. Same rules: plain data, ids and numbers, no prose; times in integer
 * nanoseconds since the trace's start; what a trace cannot know (it began before attach, or was filtered) is null or
 * 'unknown', never guessed.
 */

import type { EventLink, ProcessId, RangeQuery, Row, ThreadId } from './api.js';

/** One descriptor number of one table, from its birth to its close: a reused number is another one. */
type DescriptorId = number;
/** One open file description (what dup and fork share: offset and status flags). */
export type DescriptionId = number;
/** A thing that bytes or messages travel through. */
export type ChannelId = number;

export type DescriptorKind =
  | 'file'
  | 'directory'
  | 'symlink'
  | 'char'
  | 'block'
  | 'fifo'
  | 'pipe'
  | 'socket'
  | 'epoll'
  | 'eventfd'
  | 'signalfd'
  | 'timerfd'
  | 'inotify'
  | 'memfd'
  | 'pidfd'
  | 'mqueue'
  | 'ioUring'
  | 'other'
  | 'unknown';

export type DescriptorBirth =
  | 'open'
  | 'dup'
  | 'fork' // inherited
  | 'accept'
  | 'create' // pipe, socket, epoll_create, eventfd …
  | 'received' // SCM_RIGHTS, pidfd_getfd
  | 'unknown'; // open before the trace saw it
export type DescriptorDeath = 'close' | 'exec' | 'exit' | 'replaced' /* dup2 over it */ | 'closeRange';

export interface DescriptorInfo {
  id: DescriptorId;
  /** A process that holds the table (the first, when CLONE_FILES shares it). */
  process: ProcessId;
  fd: number;
  /** The thread whose own table this is (unshare); null: the process's. */
  ownTid: number | null;
  kind: DescriptorKind;
  /** `ls -l` letter of what it names: - d l s p b c, or '?' for what has none (anonymous inodes). */
  letter: '-' | 'd' | 'l' | 's' | 'p' | 'b' | 'c' | '?';
  /** Path, `pipe:[1234]`, `TCP 127.0.0.1:80 → 127.0.0.1:5000`, `[eventpoll]` …; '' when unknown. */
  name: string;
  /** Unlinked while open. */
  deleted: boolean;
  nonBlocking: boolean | null;
  append: boolean | null;
  closeOnExec: boolean | null;
  access: 'read' | 'write' | 'readWrite' | null;
  description: DescriptionId;
  /** Other descriptors of the same open file description (they share the offset), at the query's time. */
  siblings: { process: ProcessId; pid: number; fd: number }[];
  channel: ChannelId | null;
  bytesIn: number;
  bytesOut: number;
  calls: number;
  errors: number;
  birth: DescriptorBirth;
  birthRow: Row | null;
  openNs: number;
  closeNs: number | null;
  death: DescriptorDeath | null;
  deathRow: Row | null;
}

interface ChannelEnd {
  /** `read`/`write` of a pipe or FIFO; `a`/`b` of a pair or connection; `queue`, `segment`, `counter` otherwise. */
  role: string;
  /** `127.0.0.1:8080`, a path, or ''. */
  address: string;
  holders: { process: ProcessId; pid: number; fd: number; fromNs: number; toNs: number | null }[];
}

export interface ChannelInfo {
  id: ChannelId;
  kind:
    | 'pipe'
    | 'fifo'
    | 'socketpair'
    | 'unix'
    | 'tcp'
    | 'udp'
    | 'mqueue'
    | 'sysvQueue'
    | 'sysvShm'
    | 'posixShm'
    | 'sharedMap'
    | 'sysvSem'
    | 'eventfd'
    | 'other';
  name: string;
  bornNs: number;
  bornRow: Row | null;
  ends: ChannelEnd[];
  /** Bytes written into the channel at end 0 and at end 1 (index = writing end; a pipe uses index 1). */
  bytesWritten: [number, number];
  bytesRead: [number, number];
  /** Written and not yet read, per direction (index = writing end); null when the trace cannot tell. */
  inFlight: [number | null, number | null];
  /** When a reader was told end of file, a writer EPIPE, or either side a reset. */
  eofNs: number | null;
  resetNs: number | null;
  /** For what outlives processes (queues, segments): when it was removed, null when it never was. */
  removedNs: number | null;
}

/** One registration in an epoll interest list. */
export interface InterestInfo {
  epollFd: number;
  fd: number;
  events: string[];
  trigger: 'level' | 'edge';
  oneShot: boolean;
  exclusive: boolean;
  addedNs: number;
  removedNs: number | null;
  /** Times that epoll_wait reported it, and how those were served. */
  reported: number;
  drained: number;
  undrained: number;
}

/** One return of select/poll/epoll and what the thread then did about a ready descriptor. */
export interface ReadinessInfo {
  row: Row;
  thread: ThreadId;
  atNs: number;
  fd: number;
  events: string[];
  /** How epoll watched it; null for poll and select, or when the trace did not see the registration. */
  trigger: 'level' | 'edge' | null;
  /** Calls on the descriptor until the thread waited again. */
  served: Row[];
  /** `eagain`, `shortRead`, `eof`, `error`, `accepted`; `notDrained`: it stopped before any of these; `unserved`: no call at all; `unknown`. */
  outcome: 'eagain' | 'shortRead' | 'eof' | 'error' | 'notDrained' | 'unserved' | 'other' | 'unknown';
}

export interface RegionInfo {
  /** Addresses are exact to 2^53. */
  start: number;
  end: number;
  kind:
    | 'text'
    | 'rodata'
    | 'data'
    | 'bss'
    | 'heap'
    | 'library'
    | 'stack'
    | 'file'
    | 'anonymous'
    | 'sharedMemory'
    | 'vdso'
    | 'unknown';
  protection: string; // rwx with '-'
  shared: boolean;
  /** File it was mapped from, and where in it. */
  path: string;
  fileOffset: number | null;
  fd: number | null;
  bornRow: Row | null;
  sinceNs: number;
  untilNs: number | null;
  /** Other processes that hold the same shared mapping, or share it copy-on-write since a fork. */
  sharedWith: { process: ProcessId; pid: number; how: 'shared' | 'copyOnWrite' }[];
}

export interface MemoryMap {
  process: ProcessId;
  atNs: number;
  /** Sorted by start. False `complete`: the trace did not see this image's exec, so regions are missing. */
  complete: boolean;
  regions: RegionInfo[];
  breakStart: number | null;
  breakEnd: number | null;
  /** Faults (SIGSEGV, SIGBUS) placed in the map: index into regions, or -1 with the nearest region named. */
  faults: {
    row: Row;
    signal: string;
    address: number;
    region: number;
    near: 'null' | 'stackGuard' | 'pastEndOfFile' | 'unmapped' | 'protection';
  }[];
}

export interface SignalState {
  thread: ThreadId;
  atNs: number;
  blocked: string[] | null;
  dispositions: {
    signal: string;
    action: 'default' | 'ignore' | 'handler';
    flags: string[];
    handler: string;
    sinceRow: Row | null;
  }[];
  /** Sent and seen by the trace but not delivered yet. */
  pending: { signal: string; sentRow: Row | null; sinceNs: number }[];
}

export interface HandlerSpan {
  thread: ThreadId;
  signal: string;
  startNs: number;
  endNs: number | null;
  deliveredRow: Row;
  returnRow: Row | null;
  /** Call it interrupted, and whether the kernel restarted it. */
  interruptedRow: Row | null;
  restarted: boolean | null;
}

export interface LockInfo {
  kind: 'flock' | 'posix' | 'ofd' | 'futex' | 'semaphore';
  /** Path of the file, or the futex's address. */
  name: string;
  mode: 'shared' | 'exclusive';
  holder: ThreadId | null;
  fromNs: number;
  toNs: number | null;
  acquiredRow: Row | null;
  releasedRow: Row | null;
  waiters: { thread: ThreadId; fromNs: number; toNs: number | null; row: Row }[];
}

/** Numbers that the log has not shown are null. */
export interface IdTriple {
  real: number | null;
  effective: number | null;
  saved: number | null;
}

export type NamespaceKind = 'pid' | 'mount' | 'network' | 'uts' | 'ipc' | 'user' | 'cgroup' | 'time';

/** Who a process is at a time. */
export interface IdentityInfo {
  process: ProcessId;
  atNs: number;
  /** Process group and session. */
  pgid: number | null;
  sid: number | null;
  uid: IdTriple;
  gid: IdTriple;
  /** Supplementary groups. */
  groups: number[] | null;
  /** Effective capabilities, as the last capset printed them; null: no capset seen. */
  capabilities: string | null;
  /**
   * Ids are a thread's own in the kernel; those above are the leader's. Threads that have others (a raw set*id call, or one that the
   * C library has not made in all threads yet).
   */
  threads: { thread: ThreadId; tid: number; uid: IdTriple; gid: IdTriple }[];
  /** Namespaces other than those the trace began in, and the call that made or joined each. */
  namespaces: { kind: NamespaceKind; row: Row }[];
  /** Names its threads got, oldest first: from exec (the program's) and PR_SET_NAME. */
  names: { thread: ThreadId; atNs: number; row: Row; name: string; how: 'exec' | 'prctl' }[];
  /** Calls that changed any of this, oldest first. */
  changes: { atNs: number; row: Row; what: 'session' | 'group' | 'credentials' | 'namespace' | 'told' }[];
}

/** Waits on one futex address of one address space. */
export interface FutexInfo {
  address: number;
  process: ProcessId;
  waits: number;
  wakes: number;
  waitedNs: number;
  threads: ThreadId[];
}

export interface TransferInfo {
  process: ProcessId;
  fromName: string;
  toName: string;
  fromFd: number;
  toFd: number;
  method: 'readWrite' | 'mmapWrite' | 'sendfile' | 'splice' | 'tee' | 'copyFileRange';
  bytes: number;
  calls: number;
  /** Copies of each byte across the user boundary: 2 for read+write, 1 for mmap+write, 0 for sendfile and splice. */
  userCopies: 0 | 1 | 2;
  startNs: number;
  endNs: number;
  timeNs: number;
  firstRow: Row;
}

export interface TimeSplit {
  runningNs: number;
  inCallNs: number;
  blockedNs: number;
  stoppedNs: number;
  vforkSuspendedNs: number;
  zombieNs: number;
}

export interface TracerOverhead {
  /** Estimated part of a recorded call's own duration that is the tracer's. */
  perCallNs: number | null;
  /** All that tracing takes of the program with each call, also between calls; null when it was not measured. */
  wholeNs: number | null;
  /** `calibrated`: measured at the start of this session; `fromLog`: the log's own fastest calls. */
  how: 'calibrated' | 'fromLog' | 'unknown';
}

/** Why a call waited, and who ended it. */
export interface WhyBlocked {
  row: Row;
  waitedNs: number;
  /** What it waited for. */
  reason:
    | 'childExit'
    | 'data'
    | 'space'
    | 'peerOpen'
    | 'connection'
    | 'readiness'
    | 'futex'
    | 'fileLock'
    | 'signal'
    | 'time'
    | 'vforkChild'
    | 'unknown';
  /** Descriptor it waited on. */
  fd: number | null;
  /** Event that ended the wait, when the trace shows it. */
  endedBy: { row: Row; thread: ThreadId; pid: number; name: string; atNs: number } | null;
  /** Still waiting at the trace's end: who could end it (holders of the other end, of the lock …). */
  couldEnd: { process: ProcessId; pid: number; fd: number | null }[];
}

/** What the models know about one event, for its details. */
export interface EventContext {
  /** The descriptor it worked on, as it was then. */
  descriptor: DescriptorInfo | null;
  /** Name of the call that made the descriptor, and when. */
  descriptorBirth: { row: Row; name: string; atNs: number } | null;
  channel: ChannelInfo | null;
  /** Interest lists of epoll that the descriptor was in: by which epoll descriptor, level or edge. */
  watchedBy: { epollFd: number; trigger: 'level' | 'edge' }[];
  /** For a wait: what it reported and what became of it. For a call on a ready descriptor: the report it served. */
  readiness: ReadinessInfo[];
  /** Set for calls that waited. */
  why: WhyBlocked | null;
  /** Region a memory call made, or a fault's address lies in. */
  region: RegionInfo | null;
  fault: MemoryMap['faults'][number] | null;
  /** Handler that this signal started, or this sigreturn ended. */
  handler: HandlerSpan | null;
  /** What the process does about this signal. */
  disposition: SignalState['dispositions'][number] | null;
  transfer: TransferInfo | null;
  overhead: TracerOverhead;
}

export interface ModelQueries {
  /** Groups, sessions, ids, namespaces and names of a process. */
  identity(query: { process: ProcessId; atNs: number | null }): IdentityInfo;
  /** null for lines that are nobody's. */
  context(row: Row): EventContext | null;
  /** Descriptors of a process (null: all) open at a time (null: now). */
  descriptors(query: { process: ProcessId | null; atNs: number | null }): DescriptorInfo[];
  /** All descriptors a process ever had, by number then time: lifetime bars. */
  descriptorHistory(query: { process: ProcessId }): DescriptorInfo[];
  channels(query: { process: ProcessId | null; atNs: number | null }): ChannelInfo[];
  channel(id: ChannelId): ChannelInfo | null;
  interest(query: { process: ProcessId; atNs: number | null }): InterestInfo[];
  readiness(query: RangeQuery & { process: ProcessId | null }): ReadinessInfo[];
  memory(query: { process: ProcessId; atNs: number | null }): MemoryMap;
  signals(query: { thread: ThreadId; atNs: number | null }): SignalState;
  handlers(query: RangeQuery): HandlerSpan[];
  locks(query: { atNs: number | null }): LockInfo[];
  futexes(query: { process: ProcessId | null }): FutexInfo[];
  transfers(query: RangeQuery): TransferInfo[];
  time(query: RangeQuery & { process: ProcessId | null }): TimeSplit;
  overhead(): TracerOverhead;
  whyBlocked(row: Row): WhyBlocked | null;
  /** Causes and effects of an event. */
  links(row: Row): EventLink[];
}
