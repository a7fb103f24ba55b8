/**
 * Answers about lives, in the shapes of api.ts: copies, never the lives themselves. `nowNs` is the trace's end so far; what has
 * no end yet is given that one.
 */

import type { Arrow, ProcessInfo, ProcessState, ThreadId, ThreadInfo, ThreadState, ZombieSpan } from '../api.js';
import type { ProcessLife, ThreadLife } from './lives.js';
import { isDead, isZombie } from './processDeaths.js';
import type { ProcessRegistry } from './processRegistry.js';

/** A part of a thread's life that is neither running nor in a call: stopped, suspended by its vfork child, or a zombie. */
export interface StateSpan {
  startNs: number;
  /** Time of its end; `nowNs` of the query while it lasts. */
  endNs: number;
  state: Extract<ThreadState, 'stopped' | 'vforkSuspended' | 'zombie'>;
}

export interface ProcessCounts {
  threads: number;
  processes: number;
  /** Processes that have not exited. */
  liveProcesses: number;
}

/** Nanoseconds between death and the end of being a zombie; 0 while it lives and when it never was one. */
export function zombieNs(process: ProcessLife, nowNs: number): number {
  if (!isDead(process)) return 0;
  return Math.max(0, zombieEndNs(process, nowNs) - process.endNs);
}

function zombieEndNs(process: ProcessLife, nowNs: number): number {
  if (process.reap) return process.reap.atNs;
  return Number.isNaN(process.released) ? nowNs : process.released;
}

export class ProcessViews {
  constructor(
    private readonly registry: ProcessRegistry,
    private readonly waits: (syscall: string) => boolean,
  ) {}

  counts(): ProcessCounts {
    let processes = 0;
    let liveProcesses = 0;
    for (const process of this.registry.processes) {
      if (process.mergedInto !== null) continue;
      processes++;
      if (!isDead(process) && !process.lost && process.reap === null) liveProcesses++;
    }
    return { threads: this.registry.threads.length, processes, liveProcesses };
  }

  info(process: ProcessLife, nowNs: number): ProcessInfo {
    const leader = this.registry.leaderOf(process);
    const { reap } = process;
    let calls = 0;
    let errors = 0;
    const time = { runningNs: 0, inCallNs: 0, blockedNs: 0 };
    for (const id of process.threads) {
      const thread = this.registry.thread(id);
      calls += thread.calls;
      errors += thread.errors;
      const openNs = thread.openRow < 0 ? 0 : Math.max(0, nowNs - thread.openSinceNs);
      const inCallNs = thread.inCallNs + openNs;
      const lifeNs = Math.max(0, (Number.isNaN(thread.endNs) ? nowNs : thread.endNs) - thread.startNs);
      time.inCallNs += inCallNs;
      time.blockedNs += thread.blockedNs + openNs;
      time.runningNs += Math.max(0, lifeNs - inCallNs - outsideCallsNs(thread, nowNs));
    }
    return {
      id: process.id,
      pid: process.pid,
      parent: process.parent,
      parentPid: process.parentPid,
      reparented: process.adoptions.at(-1) ?? null,
      adoptions: process.adoptions.map(adoption => ({ ...adoption })),
      image: process.image,
      argv: [...process.argv],
      name: leader.name || baseName(process.image),
      state: this.processState(process, nowNs),
      startNs: process.startNs,
      endNs: isDead(process) ? process.endNs : null,
      exit: process.exit && { ...process.exit },
      reapedBy: reap && { process: reap.process, pid: reap.pid, atNs: reap.atNs, row: reap.row },
      zombieNs: zombieNs(process, nowNs),
      autoReaped: process.autoReaped,
      threads: [...process.threads],
      children: [...process.children],
      createdByRow: process.creation?.row ?? null,
      createdBy: process.createdBy,
      time,
      calls,
      errors,
    };
  }

  threadInfo(thread: ThreadLife, nowNs: number): ThreadInfo {
    const process = this.registry.process(thread.process);
    const leader = process.threads[0] === thread.id;
    return {
      id: thread.id,
      tid: thread.tid,
      process: process.id,
      leader,
      name: thread.name,
      startNs: thread.startNs,
      endNs: Number.isNaN(thread.endNs) ? null : thread.endNs,
      rows: thread.rows,
      state: leader && isDead(process) ? this.processState(process, nowNs) : this.threadState(thread, process, nowNs),
    };
  }

  private processState(process: ProcessLife, nowNs: number): ProcessState {
    if (isZombie(process)) return { kind: 'zombie', sinceNs: process.endNs };
    if (isDead(process) || process.reap) return { kind: 'dead' };
    if (process.lost) return { kind: 'lost' };
    const living = process.threads.filter(id => this.registry.living.has(id));
    const states = living.map(id => this.threadState(this.registry.thread(id), process, nowNs));
    return (
      states.find(state => state.kind === 'running') ??
      states.find(state => state.kind !== 'zombie') ?? { kind: 'running' }
    );
  }

  private threadState(thread: ThreadLife, process: ProcessLife, _nowNs: number): ProcessState {
    if (!Number.isNaN(thread.endNs)) return { kind: 'dead' };
    if (process.lost) return { kind: 'lost' };
    const span = thread.spans.at(-1);
    if (span && Number.isNaN(span.endNs)) {
      if (span.state === 'stopped') return { kind: 'stopped', signal: span.signal };
      if (span.state === 'zombie') return { kind: 'zombie', sinceNs: span.startNs };
      if (span.child !== null) return { kind: 'vforkSuspended', child: this.registry.process(span.child).id };
    }
    const { openRow, openName, openFd } = thread;
    if (openRow < 0 || !this.waits(openName)) return { kind: 'running' };
    return { kind: 'waiting', syscall: openName, fd: openFd >= 0 ? openFd : null, row: openRow };
  }

  stateSpans(thread: ThreadLife, startNs: number, endNs: number, nowNs: number): StateSpan[] {
    const spans: StateSpan[] = [];
    for (const span of thread.spans) {
      const end = Number.isNaN(span.endNs) ? Math.max(nowNs, span.startNs) : span.endNs;
      if (span.startNs <= endNs && end >= startNs) spans.push({ startNs: span.startNs, endNs: end, state: span.state });
    }
    const process = this.registry.process(thread.process);
    if (process.threads[0] === thread.id && zombieNs(process, nowNs) > 0) {
      const end = zombieEndNs(process, nowNs);
      if (process.endNs <= endNs && end >= startNs) spans.push({ startNs: process.endNs, endNs: end, state: 'zombie' });
    }
    return spans;
  }

  arrows(startNs: number, endNs: number, lanes: readonly ThreadId[]): Arrow[] {
    const shown = new Set(lanes);
    const arrows: Arrow[] = [];
    for (const to of shown) {
      const thread = this.registry.threads[to];
      if (!thread) continue;
      const { creation } = thread;
      if (creation && shown.has(creation.creator)) {
        const toNs = thread.startNs;
        const fromNs = Number.isNaN(creation.endNs) ? creation.startNs : Math.min(creation.endNs, toNs);
        arrows.push({ kind: 'fork', fromThread: creation.creator, fromNs, toThread: to, toNs, row: creation.row });
      }
      const { reap, endNs: deathNs, threads } = this.registry.process(thread.process);
      if (threads[0] === to && reap && !Number.isNaN(deathNs) && shown.has(reap.thread)) {
        arrows.push({
          kind: 'reap',
          fromThread: to,
          fromNs: deathNs,
          toThread: reap.thread,
          toNs: reap.atNs,
          row: reap.row,
        });
      }
    }
    return arrows.filter(arrow => arrow.fromNs <= endNs && arrow.toNs >= startNs);
  }

  zombies(startNs: number, endNs: number, lanes: readonly ThreadId[], nowNs: number): ZombieSpan[] {
    const spans: ZombieSpan[] = [];
    for (const id of lanes) {
      const thread = this.registry.threads[id];
      const process = thread && this.registry.process(thread.process);
      if (!process || process.threads[0] !== id || zombieNs(process, nowNs) === 0) continue;
      const end = zombieEndNs(process, nowNs);
      if (process.endNs > endNs || end < startNs) continue;
      const reapedByPid = process.reap?.pid ?? null;
      const reaped = process.reap !== null || !Number.isNaN(process.released);
      spans.push({ thread: id, process: process.id, startNs: process.endNs, endNs: end, reaped, reapedByPid });
    }
    return spans;
  }
}

/** Time in states that are neither calls nor running. A vfork-suspended thread is in its call already. */
function outsideCallsNs(thread: ThreadLife, nowNs: number): number {
  let sum = 0;
  for (const span of thread.spans) {
    if (span.state !== 'vforkSuspended')
      sum += Math.max(0, (Number.isNaN(span.endNs) ? nowNs : span.endNs) - span.startNs);
  }
  return sum;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
