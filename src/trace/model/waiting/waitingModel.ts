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
import { InterestList } from './interestList.js';
import { MultiplexCounts, type WaitKind } from './multiplexCounts.js';
import { ReadinessLog, type OpenReadiness, type Readiness } from './readinessLog.js';
import { hasRole, outcomeOf, roleOf, type Role } from './roles.js';
import { parseEpollEvents, parsePollEvents, parseSelectSets, type EpollEvent } from './reported.js';

const nothingPolled: ReadonlySet<number> = new Set();
const maxServedRows = 32;
const mostLists = 1024;

export class WaitingModel implements Model {
  readonly counts = new MultiplexCounts();
  private readonly log = new ReadinessLog();
  private readonly interests = new Map<Description, InterestList>();
  /** By process: what select and poll reported. */
  private readonly polled: (Set<number> | undefined)[] = [];
  /** What each thread was told and has not waited again since; at most one for a descriptor number. */
  private readonly open: (OpenReadiness[] | undefined)[] = [];
  private readonly epollLists = new Map<string, readonly EpollEvent[]>();
  /** What each syscall is here, by name id. */
  private readonly roles: (Role | undefined)[] = [];

  constructor(private readonly descriptors: DescriptorModel) {}

  concerns(syscall: string): boolean {
    return hasRole(syscall);
  }

  enter(record: CallRecord, place: EventPlace): void {
    const { wait } = (this.roles[record.nameId] ??= roleOf(record.name));
    if (wait !== undefined) this.settle(place.thread);
  }

  call(record: CallRecord, place: EventPlace): void {
    const { wait, transfer } = (this.roles[record.nameId] ??= roleOf(record.name));
    if (transfer !== undefined) {
      const open = this.open[place.thread];
      if (open !== undefined) serve(open, transfer, record, place);
    } else if (wait === undefined) {
      this.counts.controlled(place);
      this.control(record, place);
    } else {
      this.counts.waited(wait, record, place);
      this.settle(place.thread);
      if (record.returnValue > 0) this.reported(wait, record, place);
    }
  }

  /** Interest lists of a process's epoll descriptors at a time. */
  interest(process: ProcessId, atNs: number): InterestInfo[] {
    const found: InterestInfo[] = [];
    for (const d of this.descriptors.openOf(process, atNs))
      for (const i of this.interests.get(d.description)?.all ?? []) {
        const removedNs = i.removedNs ?? goneNs(i.target);
        if (i.addedNs > atNs || (removedNs !== null && removedNs <= atNs)) continue;
        found.push({
          epollFd: d.fd,
          fd: i.fd,
          events: i.events,
          trigger: i.trigger,
          oneShot: i.events.includes('EPOLLONESHOT'),
          exclusive: i.events.includes('EPOLLEXCLUSIVE'),
          addedNs: i.addedNs,
          removedNs,
          reported: i.reported,
          drained: i.drained,
          undrained: i.undrained,
        });
      }
    return found;
  }

  inRange(startNs: number, endNs: number, process: ProcessId | null): ReadinessInfo[] {
    const { log } = this;
    const chosen = log.select(this.notSettled(), r => {
      const atNs = log.atNs(r);
      return atNs >= startNs && atNs <= endNs && (process === null || log.process(r) === process);
    });
    return [...chosen]
      .filter(r => r.atNs >= startNs && r.atNs <= endNs && (process === null || r.process === process))
      .map(readinessInfo);
  }

  /** Descriptor numbers of a process that select or poll reported ready. */
  reportedFds(process: ProcessId): ReadonlySet<number> {
    return this.polled[process] ?? nothingPolled;
  }

  /** All reports that came through an interest the trace saw. */
  *watched(): Generator<Readiness> {
    for (const r of this.log.select(this.notSettled(), record => this.log.hasInterest(record))) if (r.interest) yield r;
  }

  /** The readiness that a call on a descriptor served. */
  servedBy(row: Row): Readiness | undefined {
    const all = [...this.log.select(this.notSettled(), record => this.log.wasServedBy(record, row))];
    return all.findLast(r => r.served.includes(row));
  }

  reportedAt(row: Row): readonly Readiness[] {
    const all = [...this.log.select(this.notSettled(), record => this.log.row(record) === row)];
    return all.filter(r => r.row === row);
  }

  /** By record. */
  private notSettled(): Map<number, OpenReadiness> {
    return new Map(this.open.flatMap(open => open ?? []).map(r => [r.record, r]));
  }

  private control(record: CallRecord, place: EventPlace): void {
    if (record.returnValue !== 0) return;
    const epoll = this.descriptors.current(place, record.argumentNumber(0));
    if (!epoll) return;
    const fd = record.argumentNumber(2);
    const target = this.descriptors.current(place, fd)?.description;
    if (target) target.referenced = true;
    epoll.description.referenced = true;
    const list = this.interests.get(epoll.description) ?? new InterestList();
    this.interests.set(epoll.description, list);
    const now = list.of(fd, target);
    const operation = record.argumentText(1);
    if (now) list.remove(now, record.startNs);
    if (operation === 'EPOLL_CTL_DEL') return;
    const text = record.argumentText(3);
    const events = (/^\{(?:events=)?([A-Z0-9x_|]+)/.exec(text)?.[1] ?? '').split('|');
    list.add({
      id: -1,
      fd,
      target,
      events,
      trigger: events.includes('EPOLLET') ? 'edge' : 'level',
      data: dataOf(text),
      addedNs: record.startNs,
      removedNs: null,
      reported: now?.reported ?? 0,
      drained: now?.drained ?? 0,
      undrained: now?.undrained ?? 0,
    });
  }

  private reported(kind: WaitKind, record: CallRecord, place: EventPlace): void {
    const open: OpenReadiness[] = [];
    if (kind === 'epoll') {
      const epoll = this.descriptors.current(place, place.fd);
      const interests = epoll && this.interests.get(epoll.description);
      for (const { events, data } of this.epollEventsIn(record.argumentText(1))) {
        const interest = interests?.withData(data);
        const readiness = readinessOf(interest?.fd ?? -1, events, record, place);
        readiness.epollFd = place.fd;
        if (interest) {
          interest.reported++;
          readiness.interest = interest;
          readiness.trigger = interest.trigger;
        }
        this.add(open, readiness);
      }
    } else {
      const text = record.returnText();
      for (const { fd, events } of kind === 'poll' ? parsePollEvents(text) : parseSelectSets(text)) {
        this.add(open, readinessOf(fd, events, record, place));
        (this.polled[place.process] ??= new Set()).add(fd);
      }
    }
    if (open.length > 0) this.open[place.thread] = open;
  }

  private add(open: OpenReadiness[], readiness: OpenReadiness): void {
    this.log.add(readiness);
    let at = 0;
    while (at < open.length && open[at]!.fd !== readiness.fd) at++;
    open[at] = readiness;
  }

  /** Loops get the same few lists again and again: each is read once. */
  private epollEventsIn(text: string): readonly EpollEvent[] {
    let events = this.epollLists.get(text);
    if (!events) {
      if (this.epollLists.size === mostLists) this.epollLists.clear();
      this.epollLists.set(text, (events = parseEpollEvents(text)));
    }
    return events;
  }

  /** The thread waits again: what it did about the last report is now complete. */
  private settle(thread: ThreadId): void {
    const open = this.open[thread];
    if (!open) return;
    this.open[thread] = undefined;
    for (let i = 0; i < open.length; i++) {
      const readiness = open[i]!;
      this.log.settle(readiness);
      const { interest, outcome } = readiness;
      if (!interest) continue;
      if (outcome === 'notDrained' || outcome === 'unserved') interest.undrained++;
      else interest.drained++;
    }
  }
}

/** epoll(7): a registration ends with the last descriptor of what it watches, in whatever process; null while one is open. */
function goneNs(target: Description | undefined): number | null {
  let lastNs: number | null = null;
  for (const { closeNs } of target?.descriptors ?? []) {
    if (closeNs === null) return null;
    lastNs = Math.max(lastNs ?? closeNs, closeNs);
  }
  return lastNs;
}

/** A report that nothing was done about yet; not in the log yet. */
function readinessOf(fd: number, events: string[], record: CallRecord, place: EventPlace): OpenReadiness {
  const { row, thread, process } = place;
  const atNs = Number.isNaN(record.endNs) ? record.startNs : record.endNs;
  // Written out: there are millions, and a spread takes several times as long.
  return {
    row,
    thread,
    process,
    atNs,
    fd,
    events,
    trigger: null,
    interest: undefined,
    epollFd: null,
    served: [],
    outcome: 'unserved',
    record: -1,
  };
}

function serve(
  open: readonly OpenReadiness[],
  transfer: NonNullable<Role['transfer']>,
  record: CallRecord,
  { fd, row }: EventPlace,
): void {
  for (let i = 0; i < open.length; i++) {
    const readiness = open[i]!;
    if (readiness.fd !== fd) continue;
    // An array made around its first item has room for it alone; one that it is pushed to, for a dozen.
    if (readiness.served.length === 0) readiness.served = [row];
    else if (readiness.served.length < maxServedRows) readiness.served.push(row);
    readiness.outcome = outcomeOf(record, transfer, readiness.outcome);
  }
}

/** `data={u32=9, u64=9}`, `{u32=9, u64=9}` or `data=0x9`, in one form. */
function dataOf(text: string): string {
  const value = /u64=(0x[0-9a-f]+|\d+)/.exec(text)?.[1] ?? /data=(0x[0-9a-f]+|\d+)/.exec(text)?.[1];
  return value === undefined ? '' : BigInt(value).toString();
}

/** Plain data of a readiness. */
export function readinessInfo(r: Readiness): ReadinessInfo {
  const { row, thread, atNs, fd, events, served, outcome, trigger } = r;
  return { row, thread, atNs, fd, events, served, outcome, trigger };
}
