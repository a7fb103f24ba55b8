/**
 * System V semaphores as locks: who took one (a negative semop) and has not given it back, who waits for it, and which call let a
 * waiter go on (semop(2)). Other uses (counting, signalling) show as waits that another thread's semop ends.
 */

import type { CallRecord } from 'strace-parser';
import type { ProcessId, Row, ThreadId } from '../../api.js';
import type { LockInfo } from '../../modelApi.js';
import type { EventPlace } from '../model.js';
import { field, items, numberOf } from '../valueAccess.js';

interface Taken {
  name: string;
  thread: ThreadId;
  process: ProcessId;
  undo: boolean;
  fromNs: number;
  toNs: number | null;
  acquiredRow: Row;
  releasedRow: Row | null;
}

interface Wait {
  names: string[];
  thread: ThreadId;
  fromNs: number;
  toNs: number | null;
  row: Row;
  releasedBy: Row | null;
}

interface Given {
  row: Row;
  name: string;
  thread: ThreadId;
  startNs: number;
  endNs: number;
}

export interface SemaphoreOperation {
  /** `set[number]` */
  name: string;
  by: number;
  undo: boolean;
}

export class Semaphores {
  private readonly taken: Taken[] = [];
  private readonly waits = new Map<Row, Wait>();
  private readonly given: Given[] = [];

  enter(record: CallRecord, place: EventPlace): void {
    const names = operationsOf(record).flatMap(o => (o.by <= 0 ? [o.name] : []));
    if (names.length === 0) return;
    this.waits.set(place.row, {
      names,
      thread: place.thread,
      fromNs: record.startNs,
      toNs: null,
      row: place.row,
      releasedBy: null,
    });
  }

  call(record: CallRecord, place: EventPlace, atNs: number): void {
    if (record.returnKind === 0) return; // it waits still
    const wait = this.waits.get(place.row);
    if (wait) wait.toNs = atNs;
    if (record.returnValue !== 0) return;
    for (const { name, by, undo } of operationsOf(record)) {
      if (by > 0) this.give(name, record, place, atNs);
      else if (by < 0) {
        const { thread, process, row } = place;
        this.taken.push({
          ...{ name, thread, process, undo, fromNs: atNs, toNs: null },
          ...{ acquiredRow: row, releasedRow: null },
        });
      }
    }
    // The one who gave may have been printed first: the last that began before the wait's end.
    if (wait) wait.releasedBy ??= this.given.findLast(g => ends(g, wait) && g.startNs <= atNs)?.row ?? null;
  }

  ended(process: ProcessId, row: Row, atNs: number): void {
    for (const t of this.taken)
      if (t.process === process && t.undo && t.toNs === null) {
        t.toNs = atNs;
        t.releasedRow = row;
        this.gave({ row, name: t.name, thread: t.thread, startNs: atNs, endNs: atNs });
      }
  }

  at(atNs: number): LockInfo[] {
    return this.taken
      .filter(t => t.fromNs <= atNs && (t.toNs === null || atNs < t.toNs))
      .map(({ name, thread, fromNs, toNs, acquiredRow, releasedRow }) => ({
        ...{ kind: 'semaphore', name, mode: 'exclusive', holder: thread, fromNs, toNs, acquiredRow, releasedRow },
        waiters: [...this.waits.values()]
          .filter(w => w.names.includes(name) && w.fromNs <= atNs && (w.toNs === null || atNs < w.toNs))
          .map(w => ({ thread: w.thread, fromNs: w.fromNs, toNs: w.toNs, row: w.row })),
      }));
  }

  /** Row whose semop let a waiting one go on. */
  releasedFor(row: Row): Row | undefined {
    return this.waits.get(row)?.releasedBy ?? undefined;
  }

  acquiredAfterRelease(row: Row): Row[] {
    return [...this.waits.values()].filter(w => w.releasedBy === row).map(w => w.row);
  }

  private give(name: string, record: CallRecord, place: EventPlace, atNs: number): void {
    const own = this.taken.findLast(t => t.name === name && t.toNs === null && t.thread === place.thread);
    const held = own ?? this.taken.find(t => t.name === name && t.toNs === null);
    if (held) {
      held.toNs = atNs;
      held.releasedRow = place.row;
    }
    this.gave({ row: place.row, name, thread: place.thread, startNs: record.startNs, endNs: atNs });
  }

  private gave(given: Given): void {
    this.given.push(given);
    for (const wait of this.waits.values())
      if (wait.toNs !== null && wait.releasedBy === null && ends(given, wait) && given.startNs <= wait.toNs)
        wait.releasedBy = given.row;
  }
}

/** A gift can have ended a wait: for the same semaphore, and not over before the wait began. */
function ends(given: Given, wait: Wait): boolean {
  return wait.names.includes(given.name) && given.thread !== wait.thread && given.endNs >= wait.fromNs;
}

/** `semop(1, [{sem_num=0, sem_op=-1, sem_flg=SEM_UNDO}], 1)` */
export function operationsOf(record: CallRecord): SemaphoreOperation[] {
  const set = record.argumentNumber(0);
  return items(record.arguments()[1]).map(value => {
    const flags = field(value, 'sem_flg');
    return {
      name: `${set}[${numberOf(field(value, 'sem_num'))}]`,
      by: numberOf(field(value, 'sem_op')),
      undo: flags?.kind === 'flags' && flags.flags.includes('SEM_UNDO'),
    };
  });
}
