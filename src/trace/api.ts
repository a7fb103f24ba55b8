/**
 * What a Trace answers: the one contract between the core (which runs in a process of its own) and everybody who looks at it.
 *
 * Everything here is structured-cloneable: ids, numbers, names of the kernel's own; no prose (words are made in src/words).
 * Times are integer nanoseconds since the first event of the trace. Ids:
 *   - a *row* is an event's index in the store, in the order of the log;
 *   - a *thread id* (`ThreadId`) is the index of one life of one kernel thread: a reused tid is another thread;
 *   - a *process id* (`ProcessId`) is the index of one thread group. Not the pid: pids are numbers of the kernel, and reused.
 */

export type Row = number;
export type ThreadId = number;
export type ProcessId = number;

/** Classes of syscalls, by which slices are coloured. The index is what travels in columns. */
export const syscallClasses = [
  'process',
  'file',
  'wait',
  'network',
  'memory',
  'signal',
  'sync',
  'time',
  'ipc',
  'other',
] as const;
export type SyscallClass = (typeof syscallClasses)[number];

/** State of a thread during an interval, as the state strip shows it. The index is what travels in columns. */
export const threadStates = ['running', 'inCall', 'blocked', 'stopped', 'vforkSuspended', 'zombie', 'unknown'] as const;
export type ThreadState = (typeof threadStates)[number];

/** Bits of a slice. */
export const SliceFlag = {
  /** The call failed (-1 and an errno). One that a signal interrupted (ERESTARTSYS) only when its handler makes that EINTR. */
  Failed: 1,
  /** It waited: strace printed it in two parts, or its kind waits and it took long. */
  Blocked: 2,
  /** It has not ended yet; it ends at the trace's end for now. */
  Open: 4,
  /** Several events drawn as one: `row` is the first of them, `count` says how many. */
  Merged: 8,
  /** It never returned (exit, exec of another thread, death). */
  NoReturn: 16,
  /** Matches the query's filter (set only when a filter was given). */
  Match: 32,
} as const;

export interface TraceSummary {
  /** Grows with every change; a view that holds revision r is current while revision === r. */
  revision: number;
  /** Nanoseconds since 1970 of time 0 as a decimal string; null when the log has no dates. */
  originEpochNs: string | null;
  endNs: number;
  lines: number;
  /** Lines that are not strace's (kept as text). */
  textLines: number;
  /** Completed syscalls. */
  events: number;
  /** Rows in the store: calls, signals, exits and the rest. */
  rows: number;
  threads: number;
  processes: number;
  /** Processes that have not exited. */
  liveProcesses: number;
  failedEvents: number;
  /** Bytes of the log read so far, and its size when known (progress of opening). */
  logBytes: number;
  logSize: number;
  /** True when the log will not grow any more and is read to its last byte. */
  complete: boolean;
}

/** Where a process is in its life. `zombie` and `orphan` are facts about now (or about its end). */
export type ProcessState =
  | { kind: 'running' }
  /** In a call that waits; `fd` when it waits on one. */
  | { kind: 'waiting'; syscall: string; fd: number | null; row: Row }
  | { kind: 'stopped'; signal: string }
  | { kind: 'vforkSuspended'; child: ProcessId }
  | { kind: 'zombie'; sinceNs: number }
  /** Gone: reaped (or nobody's: auto-reaped, or the trace ended). */
  | { kind: 'dead' }
  /** The log ended while it ran. */
  | { kind: 'lost' };

export type ExitStatus = { code: number } | { signal: string; coreDumped: boolean };

export interface ProcessInfo {
  id: ProcessId;
  /** Kernel's thread group id. */
  pid: number;
  parent: ProcessId | null;
  /** Parent's pid as the kernel saw it at birth; null when unknown. */
  parentPid: number | null;
  /** Set when its parent died first: who adopted it last, when. `pid` null when the adopter is outside the trace (init, a subreaper). */
  reparented: { atNs: number; to: ProcessId | null; pid: number | null } | null;
  /** All its adoptions, oldest first: an adopter can die, too. */
  adoptions: { atNs: number; to: ProcessId | null; pid: number | null }[];
  /** Absolute or given path of the executed file; '' until an exec is seen (a fork shows its parent's). */
  image: string;
  /** argv of the last exec, as far as strace printed it; empty when unknown. */
  argv: string[];
  /** Name from PR_SET_NAME or -Y when there is one, else the base name of the image. */
  name: string;
  state: ProcessState;
  startNs: number;
  /** Time of its death (its last thread's), null while it lives. */
  endNs: number | null;
  exit: ExitStatus | null;
  /** Who reaped it: pid and process id; null when nobody did (yet). */
  reapedBy: { process: ProcessId | null; pid: number; atNs: number; row: Row } | null;
  /** Nanoseconds between exit and reap (or the trace's end while nobody has reaped it); 0 when it was never a zombie. */
  zombieNs: number;
  /** Parent ignores SIGCHLD (SIG_IGN or SA_NOCLDWAIT): the kernel reaps. */
  autoReaped: boolean;
  /** Threads, the leader first. */
  threads: ThreadId[];
  children: ProcessId[];
  /** Row of the fork/vfork/clone call that made it; null when unseen. */
  createdByRow: Row | null;
  createdBy: 'fork' | 'vfork' | 'clone' | 'clone3' | 'exec' | null;
  /** Time split over its threads so far, nanoseconds. */
  time: { runningNs: number; inCallNs: number; blockedNs: number };
  calls: number;
  errors: number;
}

export interface ThreadInfo {
  id: ThreadId;
  tid: number;
  process: ProcessId;
  /** True for the thread group leader. */
  leader: boolean;
  /** '' unless PR_SET_NAME or -Y named it. */
  name: string;
  startNs: number;
  endNs: number | null;
  rows: number;
  state: ProcessState;
}

/** One row of the process tree as the views list it, in tree order (parents before children, siblings by birth). */
export interface LaneInfo {
  thread: ThreadId;
  process: ProcessId;
  /** Depth in the process tree; threads that are not leaders are one deeper than their process. */
  depth: number;
}

export interface ProcessQuery {
  /** Children of this process; null: the roots. */
  parent: ProcessId | null;
  offset: number;
  limit: number;
}
export interface ProcessPage {
  revision: number;
  total: number;
  processes: ProcessInfo[];
  /** Facts about each listed process's threads that are not its leader, by process, in the order of `processes`. */
  threads: ThreadInfo[][];
}

export interface LaneQuery {
  offset: number;
  limit: number;
  /** Processes whose subtree is folded into their one lane. */
  folded: ProcessId[];
  /** Only this process and its descendants. */
  root: ProcessId | null;
}
export interface LanePage {
  revision: number;
  /** Number of lanes in all, for the scroll bar. */
  total: number;
  lanes: LaneInfo[];
  /** In the order of `lanes`. */
  processes: ProcessInfo[];
  threads: ThreadInfo[];
}

/** Which slices and marks are in a window of time, for the given lanes. */
export interface WindowQuery {
  startNs: number;
  endNs: number;
  /** Width of the window in device-independent pixels: bounds the answer to about two slices a pixel a lane. */
  widthPx: number;
  lanes: ThreadId[];
  filter: EventFilter | null;
  /** Those of the lanes whose process is folded: what is hidden below them is told as a density. */
  folded?: ThreadId[];
}

/**
 * Columns, one entry a slice, lanes one after the other: lane i's slices are [laneOffsets[i], laneOffsets[i + 1]).
 * Within a lane slices are in time order and never overlap. ArrayBuffers are transferred, not copied.
 */
export interface WindowSlices {
  revision: number;
  startNs: number;
  endNs: number;
  lanes: ThreadId[];
  laneOffsets: Uint32Array;
  sliceStartNs: Float64Array;
  sliceEndNs: Float64Array;
  /** First row of the slice. */
  sliceRow: Int32Array;
  /** Events in it (1 unless merged). */
  sliceCount: Uint32Array;
  /** Index into `syscallClasses` (of most of its time when merged). */
  sliceClass: Uint8Array;
  /** SliceFlag bits. */
  sliceFlags: Uint8Array;
  /** Index into `names`; of the first event when merged. */
  sliceName: Uint16Array;
  /** Descriptor the call works on, for the label `read(5) = 12`; -1 when it has none and in slices narrower than 3 pixels. */
  sliceFd: Int32Array;
  /** Return value for the label; NaN when there is none and in slices narrower than 3 pixels. */
  sliceReturn: Float64Array;
  names: string[];
  /** State strip, lane by lane like the slices. */
  stateOffsets: Uint32Array;
  stateStartNs: Float64Array;
  stateEndNs: Float64Array;
  /** Index into `threadStates`. */
  state: Uint8Array;
  signals: SignalMark[];
  arrows: Arrow[];
  zombies: ZombieSpan[];
  handlers: HandlerMark[];
  /** More signals or arrows exist than were returned (the densest are thinned). */
  thinned: boolean;
  /** For each folded lane that was asked for: events of its hidden subtree, in equal bins over [startNs, endNs). */
  densities: { thread: ThreadId; counts: Uint32Array }[];
}

export interface SignalMark {
  row: Row;
  thread: ThreadId;
  atNs: number;
  /** `SIGCHLD` */
  signal: string;
  count: number;
  fatal: boolean;
}

/** A signal handler's run: from the signal's arrival to its rt_sigreturn. */
export interface HandlerMark {
  thread: ThreadId;
  /** The signal's row. */
  row: Row;
  /** `SIGALRM` */
  signal: string;
  startNs: number;
  /** The trace's end while it is running. */
  endNs: number;
  running: boolean;
  /** Handlers told as one, because they are too short to be seen apart; the rest is about the first of them. */
  count: number;
  /** What became of the call that it interrupted; null: none, or not known yet. */
  interrupted: 'restarted' | 'failed' | null;
}

export interface Arrow {
  kind: 'fork' | 'reap' | 'cause';
  fromThread: ThreadId;
  fromNs: number;
  toThread: ThreadId;
  toNs: number;
  /** Event to select when the arrow is clicked. */
  row: Row;
}

export interface ZombieSpan {
  thread: ThreadId;
  process: ProcessId;
  startNs: number;
  /** Time of the reap, or the trace's end. */
  endNs: number;
  reaped: boolean;
  reapedByPid: number | null;
}

/** The whole trace as bars: `columns` equal bins, `counts[class * columns + bin]` events. */
export interface Overview {
  revision: number;
  endNs: number;
  columns: number;
  counts: Uint32Array;
  failed: Uint32Array;
}

/** What the filter box means, parsed. All given conditions must hold; a list holds when one of it does. */
export interface EventFilter {
  syscalls?: string[];
  classes?: SyscallClass[];
  pids?: number[];
  fds?: number[];
  /** Glob on any path argument. */
  path?: string;
  /** Only failed calls; with names, only these errnos. */
  failed?: boolean;
  errnos?: string[];
  minDurationNs?: number;
  /** Free text in the raw line. */
  text?: string;
  /** Only calls made from these stacks (indices as in `callStacks`). */
  stacks?: number[];
}

export const rowKinds = ['call', 'signal', 'exit', 'stop', 'note', 'text'] as const;
export type RowKind = (typeof rowKinds)[number];

/** Everything known about one event. */
export interface EventDetail {
  row: Row;
  kind: RowKind;
  thread: ThreadId;
  process: ProcessId;
  tid: number;
  pid: number;
  /** Syscall name, or the signal's name. */
  name: string;
  class: SyscallClass;
  startNs: number;
  /** null while it has not ended or when the log cannot tell. */
  endNs: number | null;
  flags: number;
  args: { name: string | null; text: string }[];
  /** The return value as printed with what follows it; '' when there is none. */
  returnText: string;
  returnValue: number | null;
  errno: string;
  /** The raw lines: one, or entry and return parts. */
  rawLines: { line: number; text: string }[];
  /** Facts in words' raw form; words are made by src/words. */
  facts: EventFact[];
  links: EventLink[];
  stack: { object: string; symbol: string; address: number | null; source: string | null }[];
}

/** Structured facts of the process model about an event. */
export type EventFact =
  | { kind: 'createdProcess'; process: ProcessId; pid: number }
  | { kind: 'createdThread'; thread: ThreadId; tid: number }
  | { kind: 'cloneFlags'; flags: string[] }
  | { kind: 'reaped'; process: ProcessId | null; pid: number; status: ExitStatus | null; zombieNs: number }
  | { kind: 'waitStatus'; text: string }
  | { kind: 'exec'; image: string }
  | { kind: 'exited'; status: ExitStatus }
  | { kind: 'signal'; fields: { name: string; text: string }[] }
  | { kind: 'neverReturned' }
  | { kind: 'restarts' }
  /** restart_syscall: it goes on with the call that it is named by. */
  | { kind: 'resumed' };

export interface EventLink {
  relation: 'cause' | 'effect';
  kind: 'fork' | 'reap' | 'exit' | 'signal' | 'wake' | 'data' | 'eof' | 'connect' | 'pass' | 'lock' | 'ready';
  row: Row;
  thread: ThreadId;
  atNs: number;
  /** Name and pid of the other event, for the link's text. */
  name: string;
  pid: number;
}

/** One line of the Events table. */
export interface EventListItem {
  row: Row;
  kind: RowKind;
  thread: ThreadId;
  tid: number;
  startNs: number;
  durationNs: number | null;
  name: string;
  class: SyscallClass;
  flags: number;
  errno: string;
  /** The line's text from the name on, cut at 300 characters. */
  text: string;
}

/** Counts by syscall in a range, as `strace -c` would print them. */
export interface SummaryRow {
  name: string;
  class: SyscallClass;
  calls: number;
  errors: number;
  totalNs: number;
  maxNs: number;
  /** Of the total: time in calls that waited. */
  blockedNs: number;
  /** The errors by name, the most frequent first. */
  errnos: { name: string; calls: number }[];
}

/** Frames, the innermost first. */
export type CallStack = EventDetail['stack'];

/** Calls of one name made from one stack. */
export interface CallSite {
  /** Index of the stack as `callStacks` counts them; -1: these calls have none. */
  stack: number;
  name: string;
  class: SyscallClass;
  calls: number;
  errors: number;
  totalNs: number;
  maxNs: number;
  blockedNs: number;
  /** The first of them. */
  row: Row;
  thread: ThreadId;
}

/** Where calls were made. */
export interface CallSites {
  /** False for a log without stacks. */
  recorded: boolean;
  /** The heaviest first, by their share of the time or of the calls, whichever is larger. */
  sites: CallSite[];
  /** Sum of what was left out because there are more sites than asked for. */
  omitted: Pick<CallSite, 'calls' | 'errors' | 'totalNs' | 'blockedNs'>;
}

/** Calls of one name that a thread made one after the other with the same given arguments and the same result. */
export interface CallsInRow {
  /** As text, without what differs from run to run; '' for those that the kernel fills in. */
  args: string[];
  /** Error name, or the number it returned. */
  result: string;
  returned: boolean;
  times: number;
}

/** Where a call stands in a run of its program, in terms that hold in another run of the same program. */
export interface RunPosition {
  name: string;
  /** Of each thread on the way from the first one: how many its creator had made before it. */
  thread: number[];
  /** Calls of this name that the thread had made before, and how many it made in all. */
  index: number;
  total: number;
  /** Those before it and itself. */
  calls: CallsInRow[];
  /** Thread numbers of this run and the places that they stand for. */
  threads: [tid: number, place: string][];
}

/** What a run has at a position of another run. */
export type CallMatch =
  | { kind: 'found'; row: Row }
  /** It has no such process or thread. */
  | { kind: 'noThread' }
  /** The thread made only so many calls of the name. */
  | { kind: 'fewer'; calls: number }
  /** It made so many, not as many as the other run, and they ended differently: which is which is not known. */
  | { kind: 'count'; calls: number }
  /** The thread's call number `at` of that name (from 0) has other arguments. */
  | { kind: 'arguments'; at: number; row: Row };

export interface RangeQuery {
  startNs: number;
  endNs: number;
  /** null: all. */
  lanes: ThreadId[] | null;
  filter: EventFilter | null;
}

/** The queries of a Trace; the worker's client has the same methods, asynchronous. */
export interface TraceQueries {
  summary(): TraceSummary;
  processes(query: ProcessQuery): ProcessPage;
  /** One process, or null when there is no such id. */
  process(id: ProcessId): ProcessInfo | null;
  /** Process of a thread, or null when there is no such thread. */
  processOf(thread: ThreadId): ProcessInfo | null;
  lanes(query: LaneQuery): LanePage;
  /** Position of a thread in the lane order under this folding; -1 when hidden. */
  laneIndex(thread: ThreadId, query: Pick<LaneQuery, 'folded' | 'root'>): number;
  window(query: WindowQuery): WindowSlices;
  overview(columns: number): Overview;
  event(row: Row): EventDetail | null;
  /** Next (or previous) event of a lane from a row, or the one at a time; null at the end. */
  neighbour(query: { thread: ThreadId; row: Row; step: 1 | -1 }): Row | null;
  /** Event of a lane at or nearest before a time; null when the lane has none. */
  eventAt(query: { thread: ThreadId; atNs: number }): Row | null;
  /** Next match of a filter after a row (in the direction of step), null when there is none. */
  nextMatch(query: { filter: EventFilter; row: Row; step: 1 | -1 }): Row | null;
  countMatches(filter: EventFilter): number;
  events(query: RangeQuery & { offset: number; limit: number }): { total: number; items: EventListItem[] };
  summarize(query: RangeQuery): SummaryRow[];
  /** Where a call stands in this run; null when it is none, or that cannot be said. */
  positionOf(row: Row): RunPosition | null;
  /** The call at a position of another run of the same program. */
  callAt(position: RunPosition): CallMatch;
  /** Stacks from which calls were made, from an index on. Indices never change; the list grows with the trace. */
  callStacks(from: number): CallStack[];
  /** At most `limit` sites. */
  callSites(query: RangeQuery & { limit: number }): CallSites;
}
