/**
 * Waiting for descriptors: epoll interest lists over time, and what became of each readiness that select, poll or epoll
 * reported (epoll(7), poll(2), select(2)).
 *
 * A readiness is *drained* when the thread went on until EAGAIN, a short read, end of file or an error before it waited again.
 */

import type { CallRecord } from 'strace-parser';
import type { ProcessId, Row, ThreadId } from '../../api.js';
import type { InterestInfo, ReadinessInfo } from '../../modelApi.js';
import type { Description } from '../descriptors/description.js';
import type { DescriptorModel } from '../descriptors/descriptorModel.js';
import type { EventPlace, Model } from '../model.js';
import { parseEpollEvents, parsePollEvents, parseSelectSets, type ReportedEvent } from './reported.js';

interface Interest {
  fd: number;
  target: Description | undefined;
  events: string[];
  data: string;
  addedNs: number;
  removedNs: number | null;
  reported: number;
  drained: number;
  undrained: number;
}

export interface Readiness extends ReadinessInfo {
  process: ProcessId;
  /** The epoll registration it came through. */
  interest: Interest | undefined;
  epollFd: number | null;
}

const maxServedRows = 32;

export class WaitingModel implements Model {
  readonly readiness: Readiness[] = [];
  private readonly interests = new Map<Description, Interest[]>();
  /** What each thread was told and has not waited again since: by descriptor number. */
  private readonly open = new Map<ThreadId, Map<number, Readiness>>();

  constructor(private readonly descriptors: DescriptorModel) {}

  concerns(syscall: string): boolean {
    return waits.has(syscall) || syscall === 'epoll_ctl' || ioCalls.test(syscall);
  }

  enter(record: CallRecord, place: EventPlace): void {
    if (waits.has(record.name)) this.settle(place.thread);
  }

  call(record: CallRecord, place: EventPlace): void {
    const kind = waits.get(record.name);
    if (kind) {
      this.settle(place.thread);
      if (record.returnValue > 0) this.reported(kind, record, place);
    } else if (record.name === 'epoll_ctl') this.control(record, place);
    else if (this.open.size > 0) this.serve(record, place);
  }

  /** Interest lists of a process's epoll descriptors at a time. */
  interest(process: ProcessId, atNs: number): InterestInfo[] {
    const found: InterestInfo[] = [];
    for (const d of this.descriptors.openOf(process, atNs))
      for (const i of this.interests.get(d.description) ?? []) {
        if (i.addedNs > atNs || (i.removedNs !== null && i.removedNs <= atNs)) continue;
        found.push({
          epollFd: d.fd,
          fd: i.fd,
          events: i.events,
          trigger: triggerOf(i),
          oneShot: i.events.includes('EPOLLONESHOT'),
          exclusive: i.events.includes('EPOLLEXCLUSIVE'),
          addedNs: i.addedNs,
          removedNs: i.removedNs,
          reported: i.reported,
          drained: i.drained,
          undrained: i.undrained,
        });
      }
    return found;
  }

  inRange(startNs: number, endNs: number, process: ProcessId | null): ReadinessInfo[] {
    return this.readiness
      .filter(r => r.atNs >= startNs && r.atNs <= endNs && (process === null || r.process === process))
      .map(readinessInfo);
  }

  /** The readiness that a call on a descriptor served. */
  servedBy(row: Row): Readiness | undefined {
    return this.readiness.findLast(r => r.served.includes(row));
  }

  reportedAt(row: Row): readonly Readiness[] {
    return this.readiness.filter(r => r.row === row);
  }

  private control(record: CallRecord, place: EventPlace): void {
    if (record.returnValue !== 0) return;
    const epoll = this.descriptors.current(place.process, record.argumentNumber(0));
    if (!epoll) return;
    const fd = record.argumentNumber(2);
    const target = this.descriptors.current(place.process, fd)?.description;
    epoll.description.referenced = true;
    const all = this.interests.get(epoll.description) ?? [];
    this.interests.set(epoll.description, all);
    const now = all.find(i => i.fd === fd && i.target === target && i.removedNs === null);
    const operation = record.argumentText(1);
    if (now) now.removedNs = record.startNs;
    if (operation === 'EPOLL_CTL_DEL') return;
    const text = record.argumentText(3);
    all.push({
      fd,
      target,
      events: (/^\{(?:events=)?([A-Z0-9x_|]+)/.exec(text)?.[1] ?? '').split('|'),
      data: dataOf(text),
      addedNs: record.startNs,
      removedNs: null,
      reported: now?.reported ?? 0,
      drained: now?.drained ?? 0,
      undrained: now?.undrained ?? 0,
    });
  }

  private reported(kind: WaitKind, record: CallRecord, place: EventPlace): void {
    const events = kind === 'epoll' ? this.epollEvents(record, place) : plainEvents(kind, record);
    const open = new Map<number, Readiness>();
    for (const { event, interest, epollFd } of events) {
      if (interest) interest.reported++;
      const readiness: Readiness = {
        row: place.row,
        thread: place.thread,
        process: place.process,
        atNs: Number.isNaN(record.endNs) ? record.startNs : record.endNs,
        fd: event.fd,
        events: event.events,
        served: [],
        outcome: 'unserved',
        trigger: interest ? triggerOf(interest) : null,
        interest,
        epollFd,
      };
      this.readiness.push(readiness);
      open.set(event.fd, readiness);
    }
    if (open.size > 0) this.open.set(place.thread, open);
  }

  private epollEvents(record: CallRecord, place: EventPlace): FoundEvent[] {
    const epollFd = record.argumentNumber(0);
    const epoll = this.descriptors.current(place.process, epollFd);
    const interests = (epoll && this.interests.get(epoll.description)) ?? [];
    return parseEpollEvents(record.argumentText(1)).map(({ events, data }) => {
      const interest = interests.findLast(i => i.data === data && i.removedNs === null);
      return { event: { fd: interest?.fd ?? -1, events }, interest, epollFd };
    });
  }

  private serve(record: CallRecord, place: EventPlace): void {
    const readiness = this.open.get(place.thread)?.get(record.argumentNumber(0));
    if (!readiness) return;
    if (readiness.served.length < maxServedRows) readiness.served.push(place.row);
    readiness.outcome = outcomeOf(record, readiness.outcome);
  }

  /** The thread waits again: what it did about the last report is now complete. */
  private settle(thread: ThreadId): void {
    const open = this.open.get(thread);
    if (!open) return;
    this.open.delete(thread);
    for (const { interest, outcome } of open.values()) {
      if (!interest) continue;
      if (outcome === 'notDrained' || outcome === 'unserved') interest.undrained++;
      else interest.drained++;
    }
  }
}

function triggerOf(interest: Interest): 'edge' | 'level' {
  return interest.events.includes('EPOLLET') ? 'edge' : 'level';
}

type WaitKind = 'epoll' | 'poll' | 'select';
interface FoundEvent {
  event: ReportedEvent;
  interest: Interest | undefined;
  epollFd: number | null;
}

const waits: ReadonlyMap<string, WaitKind> = new Map<string, WaitKind>([
  ['epoll_wait', 'epoll'],
  ['epoll_pwait', 'epoll'],
  ['epoll_pwait2', 'epoll'],
  ['poll', 'poll'],
  ['ppoll', 'poll'],
  ['select', 'select'],
  ['pselect6', 'select'],
  ['_newselect', 'select'],
]);

const ioCalls = /^(p?read|p?write|recv|send|accept|splice|close$|shutdown$)/;

function plainEvents(kind: 'poll' | 'select', record: CallRecord): FoundEvent[] {
  const text = record.returnText();
  const events = kind === 'poll' ? parsePollEvents(text) : parseSelectSets(text);
  return events.map(event => ({ event, interest: undefined, epollFd: null }));
}

/** `data={u32=9, u64=9}`, `{u32=9, u64=9}` or `data=0x9`, in one form. */
function dataOf(text: string): string {
  const value = /u64=(0x[0-9a-f]+|\d+)/.exec(text)?.[1] ?? /data=(0x[0-9a-f]+|\d+)/.exec(text)?.[1];
  return value === undefined ? '' : BigInt(value).toString();
}

/** What a call on a ready descriptor says about whether there is more. */
function outcomeOf(record: CallRecord, before: ReadinessInfo['outcome']): ReadinessInfo['outcome'] {
  if (record.errno === 'EAGAIN' || record.errno === 'EWOULDBLOCK') return 'eagain';
  if (record.name === 'close' || record.name === 'shutdown') return before === 'unserved' ? 'other' : before;
  if (record.errno !== '') return 'error';
  if (record.name.startsWith('accept')) return 'notDrained';
  if (/^(p?write|send)/.test(record.name)) return before === 'unserved' || before === 'notDrained' ? 'other' : before;
  if (record.returnValue === 0) return 'eof';
  const asked = record.argumentNumber(2);
  if (/^p?readv|msg/.test(record.name) || Number.isNaN(asked)) return 'other';
  return record.returnValue < asked ? 'shortRead' : 'notDrained';
}

/** Plain data of a readiness. */
export function readinessInfo(r: Readiness): ReadinessInfo {
  const { row, thread, atNs, fd, events, served, outcome, trigger } = r;
  return { row, thread, atNs, fd, events, served, outcome, trigger };
}
