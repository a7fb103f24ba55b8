/**
 * Threads that ask the same question again and again without ever waiting: a non-blocking call that says EAGAIN, or a poll with
 * timeout 0 that says 0, hundreds of times with nothing else in between.
 */

import type { CallRecord } from 'strace-parser';
import type { ProcessId, Row, ThreadId } from '../../api.js';
import type { EventPlace, Model } from '../../model/model.js';

export interface Streak {
  /** The first call. */
  row: Row;
  thread: ThreadId;
  process: ProcessId;
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

  concernsError(errno: string, syscall: string): boolean {
    return errno === 'EAGAIN' && !mayFail.test(syscall);
  }

  call(record: CallRecord, place: EventPlace): void {
    if (record.errnoId === 0 && isEmptyPoll(record)) this.inVain(record, place);
  }

  failed(record: CallRecord, place: EventPlace): void {
    this.inVain(record, place);
  }

  private inVain(record: CallRecord, place: EventPlace): void {
    const { row, thread, process } = place;
    const { name, startNs } = record;
    const fd = record.argumentNumber(0);
    let streak = this.current[thread];
    const goesOn = streak?.lastRow === place.before && streak.name === name && (streak.fd === fd || Number.isNaN(fd));
    // Most streaks end after their first call: one that was not notable is forgotten, and its record used again.
    if (streak === undefined || (!goesOn && streak.count >= notableCount))
      streak = this.current[thread] = {
        row,
        thread,
        process,
        name,
        fd,
        count: 0,
        startNs,
        endNs: startNs,
        lastRow: row,
      };
    else if (!goesOn) {
      streak.row = row;
      streak.process = process;
      streak.name = name;
      streak.fd = fd;
      streak.count = 0;
      streak.startNs = startNs;
    }
    streak.lastRow = row;
    streak.endNs = Number.isNaN(record.endNs) ? startNs : record.endNs;
    if (++streak.count === notableCount) this.streaks.push(streak);
  }
}

function isEmptyPoll(record: CallRecord): boolean {
  if (record.returnValue !== 0) return false;
  if (record.name === 'poll') return record.argumentNumber(2) === 0 && record.argumentNumber(1) !== 0;
  return record.argumentNumber(3) === 0;
}
