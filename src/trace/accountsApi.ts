/**
 * Answers worked out from several models and the store when somebody asks: who waits for whom at a moment, where a process's time
 * went, what each way of waiting for descriptors cost. Same rules as modelApi.ts: plain data, no prose, unknown is null.
 */

import type { ProcessId, RangeQuery, Row, ThreadId } from './api.js';
import type { HandlerSpan, TimeSplit, WhyBlocked } from './modelApi.js';

/** A thread that waits at a moment. */
export interface WaitingThread {
  thread: ThreadId;
  process: ProcessId;
  tid: number;
  pid: number;
  /** The call it is in. */
  row: Row;
  name: string;
  sinceNs: number;
  /** End of the wait; null while it lasts. */
  untilNs: number | null;
  why: WhyBlocked;
  /** It waits for a futex without a limit of time, and was never woken. */
  stuck: boolean;
  /** Name of the descriptor it waits on; '' when there is none or it is not known. */
  fdName: string;
}

/** Blocked time of a process on one thing. */
export interface BlockedOn {
  name: string;
  reason: WhyBlocked['reason'];
  fd: number | null;
  fdName: string;
  calls: number;
  totalNs: number;
  longestNs: number;
  longestRow: Row;
  /** Who ended the longest of them. */
  endedBy: WhyBlocked['endedBy'];
}

/** Where a process's time went. */
export interface ProcessTime {
  process: ProcessId;
  pid: number;
  name: string;
  split: TimeSplit;
  /** Its blocked time by what it waited for; null where the range has too many calls to look at each. */
  blockedFor: { io: number; others: number } | null;
}

/** How a descriptor is waited for. */
export type IoModel = 'blocking' | 'nonBlocking' | 'multiplexed' | 'signalDriven' | 'asynchronous';

export interface DescriptorUse {
  /** As in DescriptorInfo. */
  id: number;
  fd: number;
  model: IoModel | null;
  /** Time of its calls up to the query's time: working, and waiting. */
  workedNs: number;
  blockedNs: number;
  /** Calls that found it not ready (EAGAIN). */
  notReady: number;
}

/** One way of waiting for several descriptors, as one process used it. */
export interface MultiplexUse {
  process: ProcessId;
  pid: number;
  kind: 'select' | 'poll' | 'epoll';
  calls: number;
  /** Descriptors that the calls handed to the kernel: all of them each time for select and poll, none for epoll. */
  passed: number;
  mostPassed: number;
  /** Ready descriptors that were reported. */
  reported: number;
  /** Returns with nothing ready: the timeout passed. */
  timeouts: number;
  interrupted: number;
  /** epoll_ctl calls: the price of not passing descriptors. */
  controls: number;
  waitedNs: number;
  firstRow: Row;
}

/** Wake-ups of the workers that watch one descriptor together. */
export interface WakeUps {
  fd: number;
  name: string;
  exclusive: boolean;
  workers: {
    process: ProcessId;
    pid: number;
    tid: number;
    woken: number;
    /** Wake-ups whose first call on the descriptor worked. */
    won: number;
    /** Those whose first call said EAGAIN. */
    vain: number;
    firstRow: Row;
  }[];
}

/** A signal that arrived. */
export interface DeliveryInfo {
  row: Row;
  thread: ThreadId;
  tid: number;
  atNs: number;
  signal: string;
  /** Process that sent it; 0: the kernel, or not known. */
  senderPid: number;
  sentRow: Row | null;
  /** null when no handler ran. */
  handler: HandlerSpan | null;
  fatal: boolean;
}

export interface LimitInfo {
  /** `RLIMIT_NOFILE` */
  resource: string;
  /** null: unlimited. */
  soft: number | null;
  hard: number | null;
  row: Row;
}

export interface EnvironmentInfo {
  process: ProcessId;
  cwd: { value: string; row: Row } | null;
  root: { value: string; row: Row } | null;
  /** Octal, `0022`. */
  umask: { value: string; row: Row } | null;
  /** Controlling terminal; a value of null: it has none; '': it has one whose name is not known. */
  terminal: { value: string | null; row: Row } | null;
  limits: LimitInfo[];
}

/** The steps by which a process becomes a daemon (daemon(7)). */
export interface DaemonStep {
  step: 'fork' | 'session' | 'secondFork' | 'folder' | 'umask' | 'descriptors';
  row: Row | null;
}

export interface SocketInfo {
  process: ProcessId;
  pid: number;
  fd: number;
  state: 'listening' | 'connected' | 'peerClosed' | 'reset' | 'bound' | 'unconnected';
  name: string;
  local: string;
  remote: string;
  bytesIn: number;
  bytesOut: number;
  /** Bytes sent to it and not read, when the trace knows both sides. */
  receiveQueue: number | null;
  birthRow: Row | null;
}

type ProcessAt = { process: ProcessId; atNs: number | null };

export interface AccountQueries {
  waitingAt(query: { atNs: number | null }): WaitingThread[];
  /** By thing waited for, the longest total first. */
  blockedOn(query: RangeQuery & { process: ProcessId }): BlockedOn[];
  /** The longest-lived first; `processes` null: all that lived in the range. */
  processTimes(query: RangeQuery & { processes: readonly ProcessId[] | null }): ProcessTime[];
  descriptorUse(query: ProcessAt): DescriptorUse[];
  /** Over the whole trace. */
  multiplexing(): MultiplexUse[];
  wakeUps(query: RangeQuery): WakeUps[];
  deliveries(query: RangeQuery & { process: ProcessId | null }): DeliveryInfo[];
  environment(query: ProcessAt): EnvironmentInfo;
  /** null for a process that took none of the first two steps. */
  daemon(query: { process: ProcessId }): DaemonStep[] | null;
  /** null: of all processes. */
  sockets(query: { process: ProcessId | null; atNs: number | null }): SocketInfo[];
}
