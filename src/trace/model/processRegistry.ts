/**
 * Whose life a line belongs to: turns the tids of a log into lives, and ties each life to the call that made it. A little over 300
 * lines, because the index of lives and the guesses about them change together.
 *
 * A child's first line may come before its creator's call has returned (vfork: always). It is then given to the likeliest call
 * in progress and is certain only when that call returns its number; a wrong guess is taken back. Invariants: at most one life
 * a tid is open at any time; a merged process keeps its id and answers for the process it was merged into.
 */

import type { ProcessId, Row, ThreadId } from '../api.js';
import type { CloneFlags } from './cloneFlags.js';
import type { Creation, PidNamespace, ProcessLife, ThreadLife } from './lives.js';
import { newCreation, newProcess, newThread } from './lives.js';
import { PidIndex } from './pidIndex.js';
import { TidIndex } from './tidIndex.js';
import { mergeInto, placeChild, unlink } from './processFamily.js';

/** The lowest pid that Linux hands out again after its numbers wrap (RESERVED_PIDS in kernel/pid.c). */
const lowestReusedPid = 300;

export interface RegistryEvents {
  /** A process is known to be the child of a creating call. May be told again when a guess was wrong. */
  linked(child: ProcessLife, creation: Creation): void;
  /** A life whose exit line never came is over: its number belongs to another one now. */
  replaced(thread: ThreadLife, atNs: number): void;
}

export class ProcessRegistry {
  readonly threads: ThreadLife[] = [];
  readonly processes: ProcessLife[] = [];
  readonly living = new Set<ThreadId>();
  /** Grows with everything that changes the tree: births, links, merges. */
  structure = 0;
  private readonly tids = new TidIndex();
  private readonly pids = new PidIndex();
  /** Creating calls in progress, by thread. */
  private readonly open = new Map<ThreadId, Creation>();
  /** Creations in nested namespaces that returned before their child printed anything. */
  private expected: Creation[] = [];
  private readonly rootNamespace: PidNamespace = { depth: 0, parent: null, init: null, joined: true };
  private lastThread: ThreadId = -1;

  constructor(private readonly events: RegistryEvents) {}

  thread(id: ThreadId): ThreadLife {
    return this.threads[id] as ThreadLife;
  }

  /** The process of that id, or the one it was merged into. */
  process(id: ProcessId): ProcessLife {
    let process = this.processes[id] as ProcessLife;
    while (process.mergedInto !== null) process = this.processes[process.mergedInto] as ProcessLife;
    return process;
  }

  private readonly lookup = (id: ProcessId): ProcessLife => this.process(id);

  has(id: ProcessId): boolean {
    return this.processes[id] !== undefined;
  }

  leaderOf(process: ProcessLife): ThreadLife {
    return this.thread(process.threads[0] as ThreadId);
  }

  /** Lives with that pid, the newest first. */
  *livesOfPid(pid: number): Generator<ProcessLife> {
    for (const id of this.pids.holders(pid)) if (this.processes[id]?.mergedInto === null) yield this.processes[id];
  }

  threadOf(tid: number, atNs: number): ThreadId {
    const known = this.tids.get(tid);
    if (known?.hasTid === true) return (this.lastThread = known.id);
    return (this.lastThread = tid === 0 ? this.unnamed(atNs) : this.firstSeen(tid, atNs));
  }

  /** Without a number a line is of the only tracee left (strace prints `[pid N]` only while there are several). */
  private unnamed(atNs: number): ThreadId {
    if (this.living.has(this.lastThread) && this.living.size > 1) return this.lastThread;
    for (const only of this.living) return only;
    return this.create(0, atNs).id;
  }

  private firstSeen(tid: number, atNs: number): ThreadId {
    const creation = this.likeliestCreation(tid);
    const unnumbered = this.livingThread(0);
    if (!creation && unnumbered) {
      this.renumber(unnumbered, tid);
      return unnumbered.id;
    }
    const thread = this.create(tid, atNs, creation);
    if (creation) this.attach(thread, creation);
    return thread.id;
  }

  /** The life that had no number is found to be `tid`. */
  renumber(thread: ThreadLife, tid: number): void {
    const process = this.process(thread.process);
    if (thread.tid !== 0 || this.tids.get(tid)) return;
    this.tids.free(0);
    thread.tid = tid;
    this.tids.hold(thread);
    if (process.threads[0] !== thread.id) return;
    this.setPid(process, tid);
  }

  private setPid(process: ProcessLife, pid: number): void {
    process.pid = pid;
    this.pids.add(pid, process.id);
    for (const child of process.children) (this.processes[child] as ProcessLife).parentPid = pid;
  }

  private likeliestCreation(tid: number): Creation | null {
    const expected = this.expected.shift();
    if (expected) return expected;
    let latest: Creation | null = null;
    for (const creation of this.open.values()) {
      if (creation.child === null && this.thread(creation.creator).tid !== tid) latest = creation;
    }
    return latest;
  }

  /** A new life; a thread of its creator's process when it is known to be one, else the leader of a new process. */
  private create(tid: number, atNs: number, creation: Creation | null = null): ThreadLife {
    this.structure++;
    const id = this.threads.length;
    const creator = creation ? this.process(this.thread(creation.creator).process) : null;
    const group = creation?.flags.thread && creator ? creator : this.createProcess(tid, atNs);
    const thread = newThread(id, tid, group.id, atNs);
    thread.previous = this.tids.get(tid)?.id ?? null;
    group.threads.push(id);
    this.threads.push(thread);
    this.tids.hold(thread);
    this.living.add(id);
    return thread;
  }

  private createProcess(pid: number, atNs: number): ProcessLife {
    const process = newProcess(this.processes.length, pid, atNs, this.rootNamespace);
    this.processes.push(process);
    this.setPid(process, pid);
    return process;
  }

  /** A creating call has begun and other threads' lines may come before its end. */
  begin(creator: ThreadId, flags: CloneFlags, row: Row, entryLine: number, startNs: number): void {
    this.open.set(creator, newCreation(creator, flags, row, entryLine, startNs));
  }

  /** The creating call failed: a child that was taken to be its is nobody's. */
  failed(creator: ThreadId): void {
    const creation = this.open.get(creator);
    this.open.delete(creator);
    if (!creation || creation.child === null) return;
    const child = this.thread(creation.child);
    if (!child.certain && child.creation === creation) this.detach(child);
  }

  /**
   * A creating call has returned `childNumber`; `outerTid` is that in strace's namespace when strace printed it, else NaN.
   * In a nested pid namespace the child may stay unknown until it prints its first line.
   */
  returned(
    creator: ThreadId,
    flags: CloneFlags,
    place: { row: Row; entryLine: number; startNs: number; endNs: number },
    childNumber: number,
    outerTid: number,
  ): Creation {
    const creation = this.open.get(creator) ?? newCreation(creator, flags, place.row, place.entryLine, place.startNs);
    this.open.delete(creator);
    creation.endNs = place.endNs;
    creation.returned = childNumber;
    const thread = this.childOf(creation, Number.isNaN(outerTid) ? childNumber : outerTid, !Number.isNaN(outerTid));
    if (!thread) {
      this.expected.push(creation);
      return creation;
    }
    if (creation.child !== null && creation.child !== thread.id) this.detach(this.thread(creation.child));
    if (thread.creation && thread.creation !== creation) this.release(thread);
    this.attach(thread, creation);
    thread.certain = true;
    return creation;
  }

  private childOf(creation: Creation, tid: number, translated: boolean): ThreadLife | null {
    const creator = this.thread(creation.creator);
    const nested =
      !translated &&
      (this.process(creator.process).namespace.depth > 0 ||
        (tid < lowestReusedPid && creator.tid > tid && tid > 0 && !this.tids.get(tid)));
    if (nested) return creation.child === null ? null : this.thread(creation.child);
    let match: ThreadLife | null = null;
    for (let life = this.tids.get(tid); life; life = life.previous === null ? undefined : this.thread(life.previous))
      if (!life.certain && life.firstLine > creation.entryLine) match = life;
    if (match) return match;
    const stale = this.livingThread(tid);
    if (stale) this.events.replaced(stale, creation.endNs);
    return this.create(tid, creation.endNs, creation);
  }

  /** Undoes a guessed link, so that another creation can have the life. */
  private release(thread: ThreadLife): void {
    if (thread.creation) thread.creation.child = null;
    this.detach(thread);
  }

  private detach(thread: ThreadLife): void {
    this.structure++;
    const process = this.process(thread.process);
    thread.creation = null;
    thread.certain = false;
    if (process.threads[0] !== thread.id) {
      const own = this.createProcess(thread.tid, thread.startNs);
      process.threads = process.threads.filter(id => id !== thread.id);
      own.threads.push(thread.id);
      thread.process = own.id;
      return;
    }
    unlink(process, this.lookup);
    process.creation = null;
    process.createdBy = null;
  }

  private attach(thread: ThreadLife, creation: Creation): void {
    creation.child = thread.id;
    const relink = thread.creation !== creation;
    thread.creation = creation;
    const creator = this.thread(creation.creator);
    const group = this.process(creator.process);
    const process = this.process(thread.process);
    if (creation.flags.thread) {
      if (process !== group) this.merge(process, group);
      if (relink && thread.name === '') thread.name = creator.name;
      return;
    }
    process.pidForCreator = creation.returned;
    if (!relink || process === group) return;
    this.structure++;
    placeChild(process, this.leaderOf(process), group, creator, creation, this.lookup);
    this.events.linked(process, creation);
  }

  /** A life that was held as a process of its own is a thread of `group`. */
  private merge(process: ProcessLife, group: ProcessLife): void {
    this.structure++;
    for (const id of process.threads) this.thread(id).process = group.id;
    mergeInto(process, group, this.lookup);
  }

  /** Its first line is older than what was known of it: the creating call's return. */
  beganBefore(thread: ThreadLife, atNs: number): void {
    thread.startNs = atNs;
    const process = this.process(thread.process);
    if (process.startNs > atNs) process.startNs = atNs;
  }

  livingThread(tid: number): ThreadLife | null {
    const thread = this.tids.get(tid);
    return thread && this.living.has(thread.id) ? thread : null;
  }

  /** `leader` goes on as the thread `tid`, which called execve and has taken the leader's number (execve(2)). */
  supersede(leader: ThreadLife, tid: number, atNs: number): void {
    const thread = this.livingThread(tid);
    if (!thread || thread === leader) return;
    const process = this.process(thread.process);
    const group = this.process(leader.process);
    if (group !== process) this.merge(process, group);
    for (const span of leader.spans) if (span.state === 'zombie' && Number.isNaN(span.endNs)) span.endNs = atNs;
    thread.endedByExec = true;
    this.close(thread, atNs);
    this.tids.free(tid);
  }

  /** execve(2) ends all threads but the caller. Their own exit lines may still come. */
  endOtherThreads(process: ProcessLife, survivor: ThreadId, atNs: number): void {
    for (const id of process.threads) {
      if (id === survivor || !this.living.has(id)) continue;
      this.thread(id).endedByExec = true;
      this.close(this.thread(id), atNs);
    }
  }

  /** getpid said so: a thread whose creation was not seen may turn out to be one of a process that is known. */
  belongsTo(thread: ThreadLife, pid: number): void {
    const process = this.process(thread.process);
    if (thread.tid === 0) {
      if (process.threads[0] === thread.id && process.threads.length === 1) this.renumber(thread, pid);
      return;
    }
    const leader = this.livingThread(pid);
    if (thread.creation || thread.tid === pid || !leader || process.namespace.depth > 0) return;
    const group = this.process(leader.process);
    if (group.pid === pid && group !== process) this.merge(process, group);
  }

  /** The life of `thread` is over. Its tid is free. */
  close(thread: ThreadLife, atNs: number): void {
    if (!this.living.delete(thread.id)) return;
    thread.endNs = Math.max(atNs, thread.startNs);
    thread.openRow = -1;
    thread.hasTid = thread.endedByExec;
    this.open.delete(thread.id); // a child that began meanwhile stays its
    for (const span of thread.spans) if (Number.isNaN(span.endNs)) span.endNs = thread.endNs;
  }
}
