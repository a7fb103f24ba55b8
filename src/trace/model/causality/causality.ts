/**
 * Causes and effects between events, and why a call waited: the models asked together.
 *
 * Every edge comes from what a model recorded (positions in a stream, woken waiters, passed descriptors …); an edge that would
 * have to be guessed is left out (invariant 5 binds findings built on these). One method a kind of edge; a little over 300 lines, because each
 * is short and asks several models.
 */

import type { EventLink, ProcessId, Row } from '../../api.js';
import type { WhyBlocked } from '../../modelApi.js';
import type { Descriptor } from '../descriptors/description.js';
import type { DescriptorModel } from '../descriptors/descriptorModel.js';
import type { Stream } from '../descriptors/channel.js';
import type { SignalModel } from '../signals/signalModel.js';
import type { FutexModel } from '../sync/futexModel.js';
import type { IpcModel } from '../ipc/ipcModel.js';
import type { LockModel } from '../sync/lockModel.js';
import type { WaitingModel } from '../waiting/waitingModel.js';
import type { EventLookup, ProcessLookup } from './lookup.js';
import { multiplexers, openCalls, readCalls, reasonOf, writeCalls } from './reasons.js';

export interface CausalityModels {
  events: EventLookup;
  processes: ProcessLookup;
  descriptors: DescriptorModel;
  signals: SignalModel;
  futexes: FutexModel;
  locks: LockModel;
  ipc: IpcModel;
  waiting: WaitingModel;
}

type Edge = Pick<EventLink, 'relation' | 'kind' | 'row'>;

/** More links than this say less than none. */
const maxLinks = 24;

export class Causality {
  constructor(private readonly models: CausalityModels) {}

  links(row: Row): EventLink[] {
    if (this.models.events.thread(row) < 0) return []; // text that is nobody's
    const edges = [
      ...this.birth(row),
      ...this.death(row),
      ...this.signals(row),
      ...this.wakes(row),
      ...this.bytes(row),
      ...this.connections(row),
      ...this.readiness(row),
    ];
    return edges.slice(0, maxLinks).map(e => this.link(e));
  }

  why(row: Row): WhyBlocked | null {
    const { events } = this.models;
    if (events.thread(row) < 0) return null;
    const name = events.name(row);
    const fd = events.fd(row);
    const open = events.isOpen(row);
    const cause = open ? undefined : this.enderOf(row);
    const ended = cause
      ? { row: cause.row, thread: cause.thread, pid: cause.pid, name: cause.name, atNs: cause.atNs }
      : null;
    return {
      row,
      waitedNs: events.endNs(row) - events.startNs(row),
      reason: reasonOf(name),
      fd: fd >= 0 ? fd : null,
      endedBy: ended,
      couldEnd: open ? this.couldEnd(row, fd) : [],
    };
  }

  /** The event that ended a call's wait: not what made the thread, nor what told it that the call would not wait. */
  private enderOf(row: Row): EventLink | undefined {
    const { events } = this.models;
    const latestNs = events.endNs(row) + orderSlackNs;
    if (events.name(row) === 'vfork') {
      const released = this.releaseOfVfork(row);
      return released === null ? undefined : this.link({ relation: 'cause', kind: 'exit', row: released });
    }
    const cause = this.links(row).find(
      l => l.relation === 'cause' && l.kind !== 'fork' && l.kind !== 'ready' && l.atNs <= latestNs,
    );
    const room = cause || !events.waited(row) ? undefined : this.roomFor(row);
    return room === undefined ? cause : this.link({ relation: 'cause', kind: 'data', row: room });
  }

  /** pipe(7): a write into what is full goes on when somebody has read; of several reads meanwhile the last one let it end. */
  private roomFor(row: Row): Row | undefined {
    const { events } = this.models;
    const d = writeCalls.test(events.name(row)) && events.returnValue(row) > 0 ? this.descriptorOf(row) : undefined;
    const [startNs, endNs] = [events.startNs(row), events.endNs(row)];
    const during = (read: Row): boolean => events.startNs(read) <= endNs && events.endNs(read) >= startNs;
    return d && this.streams(d)?.out.roomMadeFor(row, during);
  }

  /** vfork(2): the child's first successful exec, or its end. */
  private releaseOfVfork(row: Row): Row | null {
    const { events, processes } = this.models;
    const child = processes.createdThread(row);
    if (child === null) return null;
    let at = events.firstRowOf(child);
    for (let steps = 0; at !== null && steps < maxStepsToExec; steps++, at = events.next(at)) {
      if (/^execve(at)?$/.test(events.name(at)) && events.returnValue(at) === 0) return at;
      if (at === processes.exitRow(events.process(at))) return at;
    }
    return null;
  }

  private link(edge: Edge): EventLink {
    const { events, processes } = this.models;
    const process = events.process(edge.row);
    return {
      ...edge,
      thread: events.thread(edge.row),
      atNs: events.startNs(edge.row),
      name: events.name(edge.row),
      pid: processes.pid(process),
    };
  }

  private birth(row: Row): Edge[] {
    const { events, processes } = this.models;
    const edges: Edge[] = [];
    const made = processes.createdThread(row);
    const first = made === null ? null : events.firstRowOf(made);
    if (first !== null) edges.push({ relation: 'effect', kind: 'fork', row: first });
    const thread = events.thread(row);
    const creator = events.firstRowOf(thread) === row ? processes.createdByRow(thread) : null;
    if (creator !== null) edges.push({ relation: 'cause', kind: 'fork', row: creator });
    return edges;
  }

  private death(row: Row): Edge[] {
    const { events, processes, signals } = this.models;
    const process = events.process(row);
    const edges: Edge[] = [];
    if (processes.exitRow(process) === row) {
      const reaper = processes.reapedByRow(process);
      if (reaper !== null) edges.push({ relation: 'effect', kind: 'reap', row: reaper });
      const pid = processes.pid(process);
      const at = events.startNs(row);
      const told = signals.deliveries.find(
        d => d.signal === 'SIGCHLD' && d.senderPid === pid && d.atNs >= at - orderSlackNs,
      );
      if (told) edges.push({ relation: 'effect', kind: 'signal', row: told.row });
    }
    const reaped = processes.reapedProcess(row);
    const exit = reaped === null ? null : processes.exitRow(reaped);
    if (exit !== null) edges.push({ relation: 'cause', kind: 'exit', row: exit });
    return edges;
  }

  private signals(row: Row): Edge[] {
    const { events, processes, signals } = this.models;
    const edges: Edge[] = signals.deliveredFrom(row).map(r => ({ relation: 'effect', kind: 'signal', row: r }));
    const sender = signals.senderOf(row);
    if (sender !== undefined) edges.push({ relation: 'cause', kind: 'signal', row: sender });
    const delivery = signals.receivedAt(row);
    if (delivery?.signal === 'SIGCHLD') {
      const child = processes.processAt(delivery.senderPid, delivery.atNs);
      const exit = child === null ? null : processes.exitRow(child);
      if (exit !== null && events.startNs(exit) <= delivery.atNs + orderSlackNs)
        edges.push({ relation: 'cause', kind: 'exit', row: exit });
    }
    const span = signals.spanOf(row);
    if (span && span.deliveredRow === row && span.returnRow !== null)
      edges.push({ relation: 'effect', kind: 'signal', row: span.returnRow });
    if (span && span.returnRow === row) edges.push({ relation: 'cause', kind: 'signal', row: span.deliveredRow });
    const cut = signals.interruptionOf(row);
    if (cut !== undefined) edges.push({ relation: 'cause', kind: 'signal', row: cut });
    return edges;
  }

  private wakes(row: Row): Edge[] {
    const { futexes, locks, ipc } = this.models;
    const edges: Edge[] = futexes.wokenBy(row).map(r => ({ relation: 'effect', kind: 'wake', row: r }));
    const waker = futexes.wakerOf(row);
    if (waker !== undefined) edges.push({ relation: 'cause', kind: 'wake', row: waker });
    else edges.push(...this.threadEnd(row));
    const released = locks.releasedFor(row);
    if (released !== undefined) edges.push({ relation: 'cause', kind: 'lock', row: released });
    const given = ipc.semaphores.releasedFor(row);
    if (given !== undefined) edges.push({ relation: 'cause', kind: 'lock', row: given });
    for (const r of ipc.semaphores.acquiredAfterRelease(row)) edges.push({ relation: 'effect', kind: 'lock', row: r });
    const acquired = locks.acquiredAfterRelease(row);
    if (acquired !== undefined) edges.push({ relation: 'effect', kind: 'lock', row: acquired });
    return edges;
  }

  /**
   * set_tid_address(2): a thread's end wakes who waits on its number, as pthread_join does; so it does for a lock with its number in it
   * (set_robust_list(2), priority inheritance). No call wakes then.
   */
  private threadEnd(row: Row): Edge[] {
    const { events, futexes, processes } = this.models;
    const value = futexes.expectedBy(row);
    if (value === undefined || events.returnValue(row) !== 0) return [];
    // The high bits say that somebody waits (FUTEX_TID_MASK).
    const tid = value & 0x3fff_ffff;
    const thread = events.threadOfTid(tid, row);
    const other = thread === null ? processes.processAt(tid, events.startNs(row)) : null;
    const exit = thread !== null ? events.lastRowOf(thread) : other === null ? null : processes.exitRow(other);
    if (exit === null || events.startNs(exit) < events.startNs(row)) return [];
    return events.startNs(exit) <= events.endNs(row) + orderSlackNs
      ? [{ relation: 'cause', kind: 'exit', row: exit }]
      : [];
  }

  private bytes(row: Row): Edge[] {
    const { events, ipc } = this.models;
    const name = events.name(row);
    if (name === 'msgrcv') return ipc.sendersOf(row).map(r => ({ relation: 'cause', kind: 'data', row: r }));
    if (name === 'msgsnd') return ipc.receiversOf(row).map(r => ({ relation: 'effect', kind: 'data', row: r }));
    const readers = this.models.descriptors.sinks.get(row)?.readersOf(row) ?? [];
    const taken = readers.map((r): Edge => ({ relation: 'effect', kind: 'data', row: r }));
    const d = this.descriptorOf(row);
    const stream = d && this.streams(d);
    if (!stream) return taken;
    const takes = name === 'vmsplice' && d.description.access === 'read';
    if (writeCalls.test(name) && !takes)
      return stream.out.readersOf(row).map(r => ({ relation: 'effect', kind: 'data', row: r }));
    if (!readCalls.test(name) && name !== 'splice' && name !== 'tee' && !takes) return taken;
    if (!(events.returnValue(row) >= 0)) return [];
    if (events.returnValue(row) === 0) return this.endOfFile(d, events.endNs(row));
    return [...stream.in.writersOf(row).map((r): Edge => ({ relation: 'cause', kind: 'data', row: r })), ...taken];
  }

  /** End of file came from the last close of the other end: of all that were open, the one that went last. */
  private endOfFile(d: Descriptor, atNs: number): Edge[] {
    const channel =
      d.description.channel === null ? undefined : this.models.descriptors.channels.get(d.description.channel);
    if (!channel) return [];
    const others = [...channel.descriptions[d.description.end === 0 ? 1 : 0]].flatMap(o => o.descriptors);
    const { shutBy } = channel.incoming(d.description.end);
    if (shutBy && shutBy.atNs <= atNs) return [{ relation: 'cause', kind: 'eof', row: shutBy.row }];
    const ends = others.flatMap(o =>
      o.closeNs === null || o.deathRow === null ? [] : [{ ns: o.closeNs, row: o.deathRow }],
    );
    ends.sort((a, b) => a.ns - b.ns);
    // A close that was printed a little late is taken only when none came before.
    const last = ends.findLast(e => e.ns <= atNs) ?? ends.find(e => e.ns <= atNs + orderSlackNs);
    return last ? [{ relation: 'cause', kind: 'eof', row: last.row }] : [];
  }

  private connections(row: Row): Edge[] {
    const { channels, passedBy } = this.models.descriptors;
    const edges: Edge[] = [];
    const accept = channels.connectedBy.get(row);
    if (accept !== undefined) edges.push({ relation: 'effect', kind: 'connect', row: accept });
    const connect = channels.acceptedFrom.get(row);
    if (connect !== undefined) edges.push({ relation: 'cause', kind: 'connect', row: connect });
    if (openCalls.test(this.models.events.name(row))) edges.push(...this.peerOpens(row));
    const passed = passedBy.get(row);
    if (passed !== undefined) edges.push({ relation: 'cause', kind: 'pass', row: passed });
    for (const [to, from] of passedBy) if (from === row) edges.push({ relation: 'effect', kind: 'pass', row: to });
    return edges;
  }

  /** fifo(7): opening one end waits until the other is opened. */
  private peerOpens(row: Row): Edge[] {
    const { channels } = this.models.descriptors;
    const channel = channels.openedIn(row);
    if (!channel) return [];
    const peer = channel.peerOpenOf(row);
    const waiter = channel.openedBy(row);
    return [
      ...(peer === undefined ? [] : [{ relation: 'cause', kind: 'connect', row: peer } as const]),
      ...(waiter === undefined ? [] : [{ relation: 'effect', kind: 'connect', row: waiter } as const]),
    ];
  }

  private readiness(row: Row): Edge[] {
    const { events, waiting } = this.models;
    const { channels } = this.models.descriptors;
    if (!multiplexers.test(events.name(row))) {
      const served = waiting.servedBy(row);
      if (served) return [{ relation: 'cause', kind: 'ready', row: served.row }];
      // connect(2): the listener becomes ready before its connection is accepted.
      const accept = channels.connectedBy.get(row);
      const told = accept === undefined ? undefined : waiting.servedBy(accept);
      return told && this.tells(told.atNs, row) ? [{ relation: 'effect', kind: 'ready', row: told.row }] : [];
    }
    const edges: Edge[] = [];
    for (const readiness of waiting.reportedAt(row)) {
      for (const accept of readiness.served) {
        const connect = channels.acceptedFrom.get(accept);
        if (connect !== undefined && this.tells(readiness.atNs, connect))
          edges.push({ relation: 'cause', kind: 'connect', row: connect });
      }
      const first = readiness.served[0];
      if (first !== undefined) edges.push({ relation: 'effect', kind: 'ready', row: first });
      const d = this.models.descriptors.find(readiness.process, readiness.fd, readiness.atNs);
      const stream = d && this.streams(d);
      const write = stream && !stream.in.partial ? stream.in.firstWriteAfter(row) : undefined;
      const caused = write !== undefined && events.startNs(write) <= readiness.atNs + orderSlackNs;
      if (caused) edges.push({ relation: 'cause', kind: 'data', row: write });
      else if (d && readiness.events.some(event => hangUps.test(event)))
        edges.push(...this.endOfFile(d, readiness.atNs));
      else if (d?.description.kind === 'pidfd') edges.push(...this.endOfTarget(d, readiness.atNs));
    }
    return edges;
  }

  /** pidfd_open(2): it is readable from its process's end on. */
  private endOfTarget(d: Descriptor, atNs: number): Edge[] {
    const { events, processes } = this.models;
    const pid = Number(/^\[pidfd (\d+)/.exec(d.description.name)?.[1] ?? NaN);
    const target = Number.isNaN(pid) ? null : processes.processAt(pid, d.openNs);
    const exit = target === null ? null : processes.exitRow(target);
    if (exit === null || events.startNs(exit) > atNs + orderSlackNs) return [];
    return [{ relation: 'cause', kind: 'exit', row: exit }];
  }

  /** A connection can be what a report of that time was about. */
  private tells(reportNs: number, connect: Row): boolean {
    return this.models.events.startNs(connect) <= reportNs + orderSlackNs;
  }

  /** Streams of the channel a descriptor is an end of: what it reads from and what it writes into. */
  private streams(d: Descriptor): { in: Stream; out: Stream } | undefined {
    const channel =
      d.description.channel === null ? undefined : this.models.descriptors.channels.get(d.description.channel);
    if (!channel) return undefined;
    return { in: channel.incoming(d.description.end), out: channel.outgoing(d.description.end) };
  }

  private descriptorOf(row: Row): Descriptor | undefined {
    const { events, descriptors } = this.models;
    const fd = events.fd(row);
    return fd < 0 ? undefined : descriptors.find(events.process(row), fd, events.startNs(row), events.thread(row));
  }

  /** For a call that still waits: who could end it. */
  private couldEnd(row: Row, fd: number): WhyBlocked['couldEnd'] {
    const { events, processes, descriptors, locks } = this.models;
    const found = new Map<string, WhyBlocked['couldEnd'][number]>();
    const add = (process: ProcessId, other: number | null): void => {
      found.set(`${process}:${other}`, { process, pid: processes.pid(process), fd: other });
    };
    for (const holder of locks.holdersFor(row)) add(holder.process, null);
    const d = fd < 0 ? undefined : this.descriptorOf(row);
    const channel = d?.description.channel == null ? undefined : descriptors.channel(d.description.channel);
    const far = channel?.ends[d!.description.end === 0 ? 1 : 0];
    for (const h of far?.holders ?? []) if (h.toNs === null || h.toNs > events.endNs(row)) add(h.process, h.fd);
    return [...found.values()];
  }
}

/** poll(2), epoll_ctl(2): the other end was closed, or shut down for writing. */
const hangUps = /^E?POLL(RD)?HUP$/;

/** A vfork child does little before it execs. */
const maxStepsToExec = 500;

/** Lines of two threads may be printed in the other order than things happened, by about the tracer's own cost. */
const orderSlackNs = 1_000_000;
