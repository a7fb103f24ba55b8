/**
 * How processes end as the kernel does it: death, zombie, reap, release by an adopter, and what becomes of the children.
 *
 * Sources: kernel/exit.c (find_new_reaper, reparent_leader, wait_task_zombie), kernel/signal.c (do_notify_parent),
 * kernel/pid_namespace.c (zap_pid_ns_processes). Invariant: a process is released at most once, by a reap seen in the trace, by
 * an adopter outside it, or by the kernel itself because its parent ignores SIGCHLD.
 */

import type { ExitStatus, ProcessId, Row } from '../api.js';
import type { ProcessLife, ThreadLife } from './lives.js';
import type { ProcessRegistry } from './processRegistry.js';
import type { WaitResult } from './waitStatus.js';

export function isDead(process: ProcessLife): boolean {
  return !Number.isNaN(process.endNs);
}

/** Dead and still in the kernel's table, as far as the trace shows. */
export function isZombie(process: ProcessLife): boolean {
  return isDead(process) && process.reap === null && Number.isNaN(process.released);
}

export class ProcessDeaths {
  constructor(
    private readonly registry: ProcessRegistry,
    private readonly ended: (process: ProcessLife, row: Row, atNs: number) => void,
  ) {}

  /** A thread's exit line. The process dies with its leader, whose line the kernel holds back until the others are gone. */
  threadExited(thread: ThreadLife, status: ExitStatus, atNs: number, row: Row): void {
    const process = this.registry.process(thread.process);
    this.registry.close(thread, atNs);
    const isLeader = process.threads[0] === thread.id;
    if (isLeader && !isDead(process)) {
      process.exit = status;
      process.exitRow = row;
    }
    if (isDead(process) || process.exit === null) return;
    const knownLeader = isLeader && (thread.creation !== null || process.image !== '');
    if (knownLeader || !process.threads.some(id => this.registry.living.has(id))) this.die(process, atNs, row);
  }

  private die(process: ProcessLife, atNs: number, row: Row): void {
    process.endNs = Math.max(process.startNs, process.reap ? Math.min(atNs, process.reap.atNs) : atNs);
    this.settle(process);
    const heir = this.heirOf(process);
    for (const id of [...process.waitable]) this.adopt(this.registry.process(id), process, heir, process.endNs);
    this.ended(process, row, process.endNs);
  }

  /** Decides what the death of a process leaves: a zombie for its parent, or nothing. */
  settle(process: ProcessLife): void {
    const parent = process.currentParent === null ? null : this.registry.process(process.currentParent);
    if (parent && isDead(parent)) {
      this.adopt(process, parent, this.heirOf(parent), Math.max(parent.endNs, process.startNs));
      return;
    }
    if (!isDead(process) || process.reap) {
      if (parent && !process.reap) parent.waitable.add(process.id);
      return;
    }
    process.released = NaN;
    process.autoReaped = false;
    if (!parent) process.released = process.endNs;
    else if (ignoresDeathOf(process, parent) || reapsItsNamespace(process, parent)) {
      this.release(process, parent, process.endNs);
    } else parent.waitable.add(process.id);
  }

  private release(child: ProcessLife, parent: ProcessLife, atNs: number): void {
    child.autoReaped = ignoresDeathOf(child, parent);
    child.released = atNs;
    parent.waitable.delete(child.id);
  }

  /** The nearest living subreaper among the ancestors, else the init of the namespace; null when that is outside the trace. */
  private heirOf(dead: ProcessLife): ProcessLife | null {
    const init = dead.namespace.init;
    const seen = new Set<ProcessId>([dead.id]);
    for (let id = dead.currentParent; id !== null && id !== init && !seen.has(id);) {
      const ancestor = this.registry.process(id);
      if (ancestor.namespace !== dead.namespace) break;
      if (ancestor.subreaper && !isDead(ancestor)) return ancestor;
      seen.add(id);
      id = ancestor.currentParent;
    }
    if (init === null || init === dead.id) return null;
    const process = this.registry.process(init);
    return isDead(process) ? null : process;
  }

  private adopt(child: ProcessLife, from: ProcessLife, heir: ProcessLife | null, atNs: number): void {
    from.waitable.delete(child.id);
    if (child.reap) return;
    const at = Math.max(atNs, child.startNs);
    child.currentParent = heir?.id ?? null;
    child.adoptions.push({ atNs: at, to: heir?.id ?? null, pid: heir?.pid ?? null });
    if (!isDead(child)) heir?.waitable.add(child.id);
    else if (!heir) child.released = Math.max(at, child.endNs);
    else if (ignoresDeathOf(child, heir)) this.release(child, heir, Math.max(at, child.endNs));
    else heir.waitable.add(child.id);
  }

  /** A wait call returned: marks the child as reaped when it was. Returns the child, null when the trace does not know it. */
  waited(waiter: ThreadLife, result: WaitResult, atNs: number, row: Row): ProcessLife | null {
    const process = this.registry.process(waiter.process);
    const child = this.childWaitedFor(process, result);
    if (!child || result.effect === 'left' || (result.effect === 'unknown' && !isDead(child))) return child;
    child.reap = { process: process.id, thread: waiter.id, pid: process.pid, atNs, row };
    child.released = NaN;
    child.autoReaped = false;
    if (child.currentParent !== null) this.registry.process(child.currentParent).waitable.delete(child.id);
    if (!isDead(child)) child.exit = result.status;
    else child.endNs = Math.max(child.startNs, Math.min(child.endNs, atNs));
    return child;
  }

  private childWaitedFor(waiter: ProcessLife, result: WaitResult): ProcessLife | null {
    const nested = waiter.namespace.depth > 0 && Number.isNaN(result.outerPid);
    const pid = Number.isNaN(result.outerPid) ? result.pid : result.outerPid;
    if (nested || Number.isNaN(pid)) return this.childAmong(waiter, result);
    let found: ProcessLife | null = null;
    for (const life of this.registry.livesOfPid(pid)) {
      if (life.reap || life.id === waiter.id) continue;
      const own = life.currentParent === waiter.id;
      if (own && isDead(life)) return life;
      // A child whose birth was not seen is nobody's in the model; the kernel just said whose it is.
      if (own || (life.currentParent === null && life.adoptions.length === 0 && !found)) found = life;
    }
    return found;
  }

  /** In a nested namespace numbers are the creator's: match them there, else by status and age, as the kernel's list is ordered. */
  private childAmong(waiter: ProcessLife, result: WaitResult): ProcessLife | null {
    let byStatus: ProcessLife | null = null;
    for (const id of waiter.waitable) {
      const child = this.registry.process(id);
      if (child.pidForCreator === result.pid) return child;
      if (byStatus || !isDead(child) || !Number.isNaN(child.pidForCreator)) continue;
      if (!result.status || sameStatus(child.exit, result.status)) byStatus = child;
    }
    if (byStatus || !Number.isNaN(result.pid)) return byStatus ?? this.adoptedChild(waiter, result);
    for (const id of waiter.waitable) {
      const child = this.registry.process(id);
      if (isDead(child)) return child;
    }
    return null;
  }

  /** A child adopted from another namespace has a number there that the trace cannot know: the oldest that ended so. */
  private adoptedChild(waiter: ProcessLife, result: WaitResult): ProcessLife | null {
    for (const id of waiter.waitable) {
      const child = this.registry.process(id);
      if (child.adoptions.length > 0 && isDead(child) && result.status && sameStatus(child.exit, result.status))
        return child;
    }
    return null;
  }

  /** The log has moved on without this life's exit line. */
  vanished(thread: ThreadLife, atNs: number): void {
    const process = this.registry.process(thread.process);
    this.registry.close(thread, atNs);
    if (process.threads[0] !== thread.id || isDead(process)) return;
    if (process.reap) this.die(process, process.reap.atNs, process.reap.row);
    else process.lost = true;
  }

  /**
   * The log is complete. Without exit lines (-qq, a log cut short) a process died when it was reaped, or when it called exit_group; who
   * still lives is lost.
   */
  close(): void {
    for (const process of this.registry.processes) {
      if (process.mergedInto !== null || isDead(process)) continue;
      const { reap, exiting } = process;
      if (!reap && !exiting) {
        process.lost = true;
        continue;
      }
      const atNs = exiting?.atNs ?? reap?.atNs ?? process.startNs;
      process.exit ??= exiting && { code: exiting.code };
      for (const id of process.threads) this.registry.close(this.registry.thread(id), atNs);
      this.die(process, atNs, exiting?.row ?? reap?.row ?? 0);
    }
  }
}

function ignoresDeathOf(child: ProcessLife, parent: ProcessLife): boolean {
  const exitSignal = child.adoptions.length > 0 ? 'SIGCHLD' : (child.creation?.flags.exitSignal ?? 'SIGCHLD');
  return exitSignal === 'SIGCHLD' && (parent.signals.ignored || parent.signals.noChildWait);
}

/** A namespace's init that is ending takes its whole namespace with it, and reaps it without a wait call. */
function reapsItsNamespace(child: ProcessLife, parent: ProcessLife): boolean {
  return parent.exiting !== null && parent.namespace.init === parent.id && child.namespace === parent.namespace;
}

function sameStatus(a: ExitStatus | null, b: ExitStatus): boolean {
  if (!a) return false;
  return 'code' in a ? 'code' in b && a.code === b.code : 'signal' in b && a.signal === b.signal;
}
