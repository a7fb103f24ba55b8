/**
 * Waiting for descriptors: epoll interest lists over time, and what became of each readiness that select, poll or epoll
 * reported (epoll(7), poll(2), select(2)).
 *
 * A readiness is *drained* when the thread went on until EAGAIN, a short read, end of file or an error before it waited again.
 */

import type { CallRecord } from 'strace-parser';
import type { ProcessId, Row, ThreadId } from '../../api.js';
import type { InterestInfo, ReadinessInfo } from '../../modelApi.js';
import { NO_RECORD } from '../../store/recordChunks.js';
import type { Description } from '../descriptors/description.js';
import type { DescriptorModel } from '../descriptors/descriptorModel.js';
import type { EventPlace, Model } from '../model.js';
import type { Interest } from './interest.js';
import { InterestList } from './interestList.js';
import { MultiplexCounts, type WaitKind } from './multiplexCounts.js';
import { openAbout, OpenReadiness, placeFor } from './openReadiness.js';
import { ReadinessLog, type Readiness } from './readinessLog.js';
import { hasRole, outcomeOf, roleOf, type Role } from './roles.js';
import { parseEpollEvents, parsePollEvents, parseSelectSets } from './reported.js';

const nothingPolled: ReadonlySet<number> = new Set();
const mostLists = 1024;

/** One event of an epoll list: its events as the log numbers them. */
interface EpollReport {
  readonly eventSet: number;
  readonly data: string;
  /** What was found for the data last: in which list, as it was then. */
  interest: Interest | undefined;
  list: InterestList | undefined;
  changes: number;
}

export class WaitingModel implements Model {
  readonly counts = new MultiplexCounts();
  private readonly log = new ReadinessLog();
  private readonly interests = new Map<Description, InterestList>();
  /** By process: what select and poll reported. */
  private readonly polled: (Set<number> | undefined)[] = [];
  /** By thread: a chain of what it was told and has not waited again since. */
  private readonly open: (OpenReadiness | undefined)[] = [];
  private readonly epollLists = new Map<string, readonly EpollReport[]>();
  /** What each syscall is here, by name id. */
  private readonly roles: (Role | undefined)[] = [];

  constructor(private readonly descriptors: DescriptorModel) {}

  concerns(syscall: string): boolean {
    return hasRole(syscall);
  }

  concernsEntry(syscall: string): boolean {
    return roleOf(syscall).wait !== undefined;
  }

  enter(_record: CallRecord, place: EventPlace): void {
    this.settle(place.thread);
  }

  call(record: CallRecord, place: EventPlace): void {
    const { wait, transfer } = (this.roles[record.nameId] ??= roleOf(record.name));
    if (transfer !== undefined) {
      const open = openAbout(this.open[place.thread], place.fd);
      if (open !== undefined) {
        open.serve(place.row);
        open.outcome = outcomeOf(record, transfer, open.outcome);
      }
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
    return [...chosen].map(readinessInfo);
  }

  /** Descriptor numbers of a process that select or poll reported ready. */
  reportedFds(process: ProcessId): ReadonlySet<number> {
    return this.polled[process] ?? nothingPolled;
  }

  /** All reports that came through an interest the trace saw. */
  watched(): Iterable<Readiness> {
    return this.log.select(this.notSettled(), record => this.log.hasInterest(record));
  }

  /** The readiness that a call on a descriptor served. */
  servedBy(row: Row): Readiness | undefined {
    const open = this.notSettled();
    const serves = (record: number): boolean =>
      open.get(record)?.served().includes(row) ?? this.log.wasServedBy(record, row);
    return [...this.log.select(open, serves)].at(-1);
  }

  reportedAt(row: Row): readonly Readiness[] {
    return [...this.log.select(this.notSettled(), record => this.log.row(record) === row)];
  }

  /** By record. */
  private notSettled(): Map<number, OpenReadiness> {
    const found = new Map<number, OpenReadiness>();
    for (let open of this.open)
      for (; open !== undefined && open.record !== NO_RECORD; open = open.next) found.set(open.record, open);
    return found;
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
    const atNs = Number.isNaN(record.endNs) ? record.startNs : record.endNs;
    if (kind === 'epoll') {
      const epoll = this.descriptors.current(place, place.fd);
      const interests = epoll && this.interests.get(epoll.description);
      for (const report of this.epollReportsIn(record.argumentText(1))) {
        const interest = interests && interestOf(report, interests);
        const fd = interest === undefined ? -1 : interest.fd;
        const number = this.log.add(place, atNs, fd, report.eventSet);
        this.log.cameThrough(number, place.fd, interest);
        if (interest !== undefined) interest.reported++;
        this.begin(place.thread, number, fd, interest);
      }
    } else {
      const text = record.returnText();
      for (const { fd, events } of kind === 'poll' ? parsePollEvents(text) : parseSelectSets(text)) {
        this.begin(place.thread, this.log.add(place, atNs, fd, this.log.eventSet(events)), fd, undefined);
        (this.polled[place.process] ??= new Set()).add(fd);
      }
    }
  }

  private begin(thread: ThreadId, record: number, fd: number, interest: Interest | undefined): void {
    placeFor((this.open[thread] ??= new OpenReadiness()), fd).begin(record, fd, interest);
  }

  /** Loops get the same few lists again and again: each is read once. */
  private epollReportsIn(text: string): readonly EpollReport[] {
    let reports = this.epollLists.get(text);
    if (!reports) {
      if (this.epollLists.size === mostLists) this.epollLists.clear();
      const unknown = { interest: undefined, list: undefined, changes: -1 };
      reports = parseEpollEvents(text).map(({ events, data }) => ({
        eventSet: this.log.eventSet(events),
        data,
        ...unknown,
      }));
      this.epollLists.set(text, reports);
    }
    return reports;
  }

  /** The thread waits again: what it did about the last report is now complete. */
  private settle(thread: ThreadId): void {
    let open = this.open[thread];
    for (; open !== undefined && open.record !== NO_RECORD; open = open.next) {
      this.log.settle(open);
      open.record = NO_RECORD;
      const { interest, outcome } = open;
      if (interest === undefined) continue;
      if (outcome === 'notDrained' || outcome === 'unserved') interest.undrained++;
      else interest.drained++;
    }
  }
}

/** The registration that a report came through: the same as before unless its list has changed. */
function interestOf(report: EpollReport, list: InterestList): Interest | undefined {
  if (report.list !== list || report.changes !== list.changes) {
    report.list = list;
    report.changes = list.changes;
    report.interest = list.withData(report.data);
  }
  return report.interest;
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
