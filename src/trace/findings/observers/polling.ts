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

export class Polling implements Model {
  readonly streaks: Streak[] = [];
  /** By thread. */
  private readonly current: (Streak | undefined)[] = [];
  /** By name id: calls for which EAGAIN is an answer like another. */
  private readonly mayFail: (boolean | undefined)[] = [];

  call(record: CallRecord, place: EventPlace): void {
    const isVain = record.errnoId === 0 ? isEmptyPoll(record) : record.errno === 'EAGAIN' && !this.isExpected(record);
    const { thread } = place;
    const streak = this.current[thread];
    if (!isVain) {
      // Every call comes here: most threads have no streak to end.
      if (streak) this.current[thread] = undefined;
      return;
    }
    const fd = record.argumentNumber(0);
    const endNs = Number.isNaN(record.endNs) ? record.startNs : record.endNs;
    if (streak?.name === record.name && (streak.fd === fd || Number.isNaN(fd))) {
      streak.count++;
      streak.endNs = endNs;
      streak.lastRow = place.row;
      if (streak.count === notableCount) this.streaks.push(streak);
      return;
    }
    const { row, process } = place;
    const { name, startNs } = record;
    this.current[thread] = { row, thread, process, name, fd, count: 1, startNs, endNs, lastRow: row };
  }

  private isExpected(record: CallRecord): boolean {
    return (this.mayFail[record.nameId] ??= /^futex|^clone/.test(record.name));
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
