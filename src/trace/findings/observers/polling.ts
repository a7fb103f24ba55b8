/**
 * Threads that ask the same question again and again without ever waiting: a non-blocking call that says EAGAIN, or a poll with
 * timeout 0 that says 0, hundreds of times with nothing else in between.
 */

import type { CallRecord } from 'strace-parser';
import type { Row, ThreadId } from '../../api.js';
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

export class Polling implements Model {
  readonly streaks: Streak[] = [];
  private readonly current = new Map<ThreadId, Streak>();

  call(record: CallRecord, place: EventPlace): void {
    const isVain =
      record.errnoId === 0 ? isEmptyPoll(record) : record.errno === 'EAGAIN' && !/^futex|^clone/.test(record.name);
    if (!isVain) {
      if (this.current.size > 0) this.current.delete(place.thread);
      return;
    }
    const fd = record.argumentNumber(0);
    const streak = this.current.get(place.thread);
    const endNs = Number.isNaN(record.endNs) ? record.startNs : record.endNs;
    if (streak?.name === record.name && (streak.fd === fd || Number.isNaN(fd))) {
      streak.count++;
      streak.endNs = endNs;
      streak.lastRow = place.row;
      if (streak.count === notableCount) this.streaks.push(streak);
      return;
    }
    const { startNs } = record;
    this.current.set(place.thread, { ...place, name: record.name, fd, count: 1, startNs, endNs, lastRow: place.row });
  }
}

function isEmptyPoll(record: CallRecord): boolean {
  if (record.returnValue !== 0) return false;
  switch (record.name) {
    case 'epoll_wait':
    case 'epoll_pwait':
      return record.argumentNumber(3) === 0;
    case 'poll':
      return record.argumentNumber(2) === 0 && record.argumentNumber(1) !== 0;
    default:
      return false;
  }
}
