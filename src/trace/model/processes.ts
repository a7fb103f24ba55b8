/**
 * The process model: which thread and process each line belongs to, and how they are born, named, stopped, die and are reaped.
 * The work is done by the files it puts together: events (records into facts), registry (births), deaths, tree (order), views
 * (answers).
 *
 * Invariants: a ThreadId or ProcessId, once handed out, keeps its meaning for ever (a process that turns out to be a thread of
 * another one answers for that one from then on); nothing is guessed: what the log does not show is null; no input throws.
 * Times it is given may be NaN (a log without times): the time given to `threadOf` for the same line is used then.
 */

import type { CallRecord, ExitRecord, NoteRecord, SignalRecord, StopRecord } from 'strace-parser';
import type {
  Arrow,
  EventFact,
  LanePage,
  LaneQuery,
  ProcessId,
  ProcessInfo,
  ProcessPage,
  ProcessQuery,
  Row,
  ThreadId,
  ThreadInfo,
  ZombieSpan,
} from '../api.js';
import type { SyscallInfo } from '../knowledge/syscallInfo.js';
import type { EventPlace, Model } from './model.js';
import type { ProcessListener } from './processEvents.js';
import { ProcessEvents } from './processEvents.js';
import { factsFrom } from './processFacts.js';
import type { ProcessRegistry } from './processRegistry.js';
import { ProcessTree } from './processTree.js';
import type { ProcessCounts, StateSpan } from './processViews.js';
import { ProcessViews } from './processViews.js';

export type { ProcessCounts, StateSpan } from './processViews.js';

export interface ProcessModelOptions {
  /** Told of links at once; of execs and deaths before the line after them is placed, or at `flush()`. */
  listener?: ProcessListener;
  /** The knowledge base: which calls wait, and on which argument. */
  syscall?: (name: string) => SyscallInfo | undefined;
}

export class ProcessModel implements Model {
  private readonly events: ProcessEvents;
  private readonly registry: ProcessRegistry;
  private readonly tree: ProcessTree;
  private readonly views: ProcessViews;

  constructor(options: ProcessModelOptions = {}) {
    const syscall = options.syscall ?? (() => undefined);
    this.events = new ProcessEvents(options.listener ?? {});
    this.registry = this.events.registry;
    this.tree = new ProcessTree(this.registry);
    this.views = new ProcessViews(this.registry, name => syscall(name)?.waits ?? syscall(name) === undefined);
  }

  /** The life of `tid` that a line printed now belongs to; a new one when it has not been seen. */
  threadOf(tid: number, atNs: number): ThreadId {
    this.events.flush();
    if (!Number.isNaN(atNs)) this.events.lineNs = atNs;
    return this.registry.threadOf(tid, this.events.lineNs);
  }

  /** The process a thread belongs to as far as is known now. */
  processOf(thread: ThreadId): ProcessId {
    return this.registry.thread(thread).process;
  }

  /** The kernel's numbers of a thread and of its process: what filters and lists ask for every row. */
  idsOf(thread: ThreadId): readonly [tid: number, pid: number] {
    const life = this.registry.thread(thread);
    return [life.tid, this.registry.process(life.process).pid];
  }

  enter(record: CallRecord, place: EventPlace): void {
    this.events.enter(record, place);
  }

  call(record: CallRecord, place: EventPlace): void {
    this.events.call(record, place);
  }

  signal(record: SignalRecord, place: EventPlace): void {
    this.events.signal(record, place);
  }

  /** The call that a thread has just entered goes on with one of this name. */
  resumes(thread: ThreadId, name: string): void {
    this.registry.thread(thread).openName = name;
  }

  /** A call of a thread failed that was not known to when it was told of. */
  callFailed(thread: ThreadId): void {
    this.registry.thread(thread).errors++;
  }

  exit(record: ExitRecord, place: EventPlace): void {
    this.events.exit(record, place);
  }

  stop(record: StopRecord, place: EventPlace): void {
    this.events.stop(record, place);
  }

  note(record: NoteRecord, place: EventPlace): void {
    this.events.note(record, place);
  }

  end(_endNs: number): void {
    this.events.end();
  }

  /** Tells the listener of execs and deaths so far. Call it when a batch of lines is done. */
  flush(): void {
    this.events.flush();
  }

  counts(): ProcessCounts {
    return this.views.counts();
  }

  /** null when there is no such process. `nowNs`: the trace's end so far. */
  info(id: ProcessId, nowNs: number): ProcessInfo | null {
    return this.registry.has(id) ? this.views.info(this.registry.process(id), nowNs) : null;
  }

  threadInfo(id: ThreadId, nowNs: number): ThreadInfo | null {
    const thread = this.registry.threads[id];
    return thread ? this.views.threadInfo(thread, nowNs) : null;
  }

  page(query: ProcessQuery, nowNs: number): Omit<ProcessPage, 'revision'> {
    const { total, ids } = this.tree.children(query);
    const processes = ids.map(id => this.views.info(this.registry.process(id), nowNs));
    const threads = processes.map(process =>
      process.threads.slice(1).map(id => this.views.threadInfo(this.registry.thread(id), nowNs)),
    );
    return { total, processes, threads };
  }

  lanes(query: LaneQuery, nowNs: number): Omit<LanePage, 'revision'> {
    const { total, lanes } = this.tree.lanes(query);
    return {
      total,
      lanes,
      processes: lanes.map(lane => this.views.info(this.registry.process(lane.process), nowNs)),
      threads: lanes.map(lane => this.views.threadInfo(this.registry.thread(lane.thread), nowNs)),
    };
  }

  /** Position of a thread in the lane order; -1 when it is folded away or outside the root. */
  laneIndex(thread: ThreadId, query: Pick<LaneQuery, 'folded' | 'root'>): number {
    return this.tree.laneIndex(thread, query);
  }

  /** When a thread was born and when it died (null while it lives). */
  lifeOf(thread: ThreadId): { startNs: number; endNs: number | null } {
    const { startNs, endNs } = this.registry.thread(thread);
    return { startNs, endNs: Number.isNaN(endNs) ? null : endNs };
  }

  /** Spans of a thread that overlap the window, in order of their start. They overlay calls. */
  stateSpans(thread: ThreadId, startNs: number, endNs: number, nowNs: number): StateSpan[] {
    return this.views.stateSpans(this.registry.thread(thread), startNs, endNs, nowNs);
  }

  /** Fork and reap arrows that overlap the window and whose both ends are on the given lanes. */
  arrows(startNs: number, endNs: number, lanes: readonly ThreadId[]): Arrow[] {
    return this.views.arrows(startNs, endNs, lanes);
  }

  /** Zombie spans, on the lanes of the dead processes' leaders, that overlap the window. */
  zombies(startNs: number, endNs: number, lanes: readonly ThreadId[], nowNs: number): ZombieSpan[] {
    return this.views.zombies(startNs, endNs, lanes, nowNs);
  }

  /** Kernel's number of a process; -1 when there is no such process. */
  pidOf(id: ProcessId): number {
    return this.registry.has(id) ? this.registry.process(id).pid : -1;
  }

  /** All threads of a thread's process and of its descendants but that one. */
  threadsBelow(thread: ThreadId): ThreadId[] {
    const found: ThreadId[] = [];
    const waiting = [this.processOf(thread)];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const { threads, children } = this.registry.process(id);
      for (const other of threads) if (other !== thread) found.push(other);
      waiting.push(...children);
    }
    return found;
  }

  /** Every thread that was ever in it, the leader first. */
  threadsOf(id: ProcessId): readonly ThreadId[] {
    return this.registry.process(id).threads;
  }

  /** Parent at birth; null when unknown. */
  parentOf(id: ProcessId): ProcessId | null {
    return this.registry.process(id).parent;
  }

  leaderOf(id: ProcessId): ThreadId {
    return this.registry.leaderOf(this.registry.process(id)).id;
  }

  /** The latest thread of a process with that number. */
  threadNumbered(id: ProcessId, tid: number): ThreadId | null {
    return this.registry.process(id).threads.findLast(thread => this.registry.thread(thread).tid === tid) ?? null;
  }

  /** Call that made a thread (or, for a leader, its process); null when unseen. */
  creationRowOf(thread: ThreadId): Row | null {
    return this.registry.thread(thread).creation?.row ?? null;
  }

  /** Rows of a process's end and of the wait that reaped it. */
  deathOf(id: ProcessId): { exitRow: Row | null; reapRow: Row | null } {
    const { exitRow, reap } = this.registry.process(id);
    return { exitRow, reapRow: reap?.row ?? null };
  }

  /** The process that had a pid at a time (or the last one before it). */
  processAt(pid: number, atNs: number): ProcessId | null {
    for (const life of this.registry.livesOfPid(pid)) if (life.startNs <= atNs) return life.id;
    return null;
  }

  /** What the model knows about an event; facts that are in the line itself come from recordFacts.ts. */
  factsOf(row: Row): EventFact[] {
    return factsFrom(row, this.events.notes.get(row) ?? [], this.registry);
  }
}
