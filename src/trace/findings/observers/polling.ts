/**
 * Threads that ask the same question again and again without ever waiting: a non-blocking call that says EAGAIN, or a poll with
 * timeout 0 that says 0, hundreds of times with nothing else in between.
 */

import type { CallRecord } from 'strace-parser';
import type { Row } from '../../api.js';
import type { EventPlace, Model } from '../../model/model.js';

export interface Streak extends EventPlace {
  name: string;
  fd: number;
  count: number;
  startNs: number;
  endNs: number;
  lastRow: Row;
}

/** Shorter ones are somebody spinning a little before going to sleep. */
const notableCount = 100;

/** Calls for which EAGAIN is an answer like another. */
const mayFail = /^futex|^clone/;

export class Polling implements Model {
  readonly streaks: Streak[] = [];
  /** By thread. */
  private readonly current: (Streak | undefined)[] = [];

  concerns(syscall: string): boolean {
    return syscall === 'poll' || syscall === 'epoll_wait' || syscall === 'epoll_pwait';
  }

  concernsError(errno: string): boolean {
    return errno === 'EAGAIN';
  }

  call(record: CallRecord, place: EventPlace): void {
    if (record.errnoId === 0 && isEmptyPoll(record)) this.inVain(record, place);
  }

  failed(record: CallRecord, place: EventPlace): void {
    if (!mayFail.test(record.name)) this.inVain(record, place);
  }

  private inVain(record: CallRecord, place: EventPlace): void {
    const { thread } = place;
    const streak = this.current[thread];
    const fd = record.argumentNumber(0);
    const endNs = Number.isNaN(record.endNs) ? record.startNs : record.endNs;
    const goesOn = streak !== undefined && streak.lastRow === place.before && streak.name === record.name;
    if (goesOn && (streak.fd === fd || Number.isNaN(fd))) {
      streak.count++;
      streak.endNs = endNs;
      streak.lastRow = place.row;
      if (streak.count === notableCount) this.streaks.push(streak);
      return;
    }
    const { name, startNs } = record;
    this.current[thread] = { ...place, name, fd, count: 1, startNs, endNs, lastRow: place.row };
  }
}

function isEmptyPoll(record: CallRecord): boolean {
  if (record.returnValue !== 0) return false;
  if (record.name === 'poll') return record.argumentNumber(2) === 0 && record.argumentNumber(1) !== 0;
  return record.argumentNumber(3) === 0;
}
