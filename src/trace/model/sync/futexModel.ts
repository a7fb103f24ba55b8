/**
 * Futexes: who waited on which address, and who woke whom (futex(2)).
 *
 * A wait that returned 0 is joined to the wake that names it by address and by the number of waiters it woke. The log's lines
 * may have them in either order. Private futexes are told apart by process; others by where their address is mapped from.
 */

import type { CallRecord } from 'strace-parser';
import type { ProcessId, Row, ThreadId } from '../../api.js';
import type { FutexInfo } from '../../modelApi.js';
import type { EventPlace, Model } from '../model.js';
import type { MemoryModel } from '../memory/memoryModel.js';

interface Wait {
  row: Row;
  thread: ThreadId;
  startNs: number;
  endNs: number | null;
  /** The waker, once known. */
  wokenBy: Row | null;
  /** It has a timeout: it ends by itself. */
  timed: boolean;
  /** Value it expects: pthread_join waits for a thread's id to become 0. */
  expected: number;
}

interface Wake {
  row: Row;
  startNs: number;
  /** Waiters that the return value counts and that are not joined yet. */
  left: number;
}

interface Futex {
  address: number;
  process: ProcessId;
  waits: number;
  wakes: number;
  waitedNs: number;
  threads: Set<ThreadId>;
  waiting: Wait[];
  /** Waits that ended with 0 before their wake's line was read. */
  ended: Wait[];
  recentWakes: Wake[];
}

/** Wakes whose waiters' lines may still come; older ones are forgotten. */
const rememberedWakes = 16;

export class FutexModel implements Model {
  private readonly futexes = new Map<string, Futex>();
  private readonly waitsByRow = new Map<Row, Wait>();
  private readonly wokenByWake = new Map<Row, Row[]>();

  constructor(private readonly memory: MemoryModel) {}

  enter(record: CallRecord, place: EventPlace): void {
    if (record.name !== 'futex' && record.name !== 'futex_time64') return;
    if (isWait(record.argumentText(1))) this.startWait(record, place);
  }

  call(record: CallRecord, place: EventPlace): void {
    if (record.name !== 'futex' && record.name !== 'futex_time64') return;
    const operation = record.argumentText(1);
    if (isWait(operation)) this.endWait(record, place);
    else if (/^FUTEX_(WAKE|REQUEUE|CMP_REQUEUE|UNLOCK_PI)/.test(operation) && record.returnValue >= 0)
      this.wake(record, place);
  }

  all(process: ProcessId | null): FutexInfo[] {
    return [...this.futexes.values()]
      .filter(f => process === null || f.process === process)
      .map(f => ({
        address: f.address,
        process: f.process,
        waits: f.waits,
        wakes: f.wakes,
        waitedNs: f.waitedNs,
        threads: [...f.threads],
      }));
  }

  /** Row of the wake that ended a wait. */
  wakerOf(waitRow: Row): Row | undefined {
    return this.waitsByRow.get(waitRow)?.wokenBy ?? undefined;
  }

  wokenBy(wakeRow: Row): readonly Row[] {
    return this.wokenByWake.get(wakeRow) ?? [];
  }

  /** Waits without a timeout that have not ended: candidates of a deadlock. */
  stuck(): { futex: FutexInfo; thread: ThreadId; row: Row; sinceNs: number; expected: number }[] {
    const found: ReturnType<FutexModel['stuck']> = [];
    for (const f of this.futexes.values())
      for (const w of f.waiting)
        if (!w.timed) {
          const futex = { ...f, threads: [...f.threads] };
          found.push({ futex, thread: w.thread, row: w.row, sinceNs: w.startNs, expected: w.expected });
        }
    return found;
  }

  private futexOf(record: CallRecord, place: EventPlace): Futex {
    const address = record.argumentNumber(0);
    let key = `${place.process}:${address}`;
    if (!record.argumentText(1).includes('PRIVATE')) {
      const region = this.memory.regionAt(place.process, address, record.startNs);
      if (region?.shared)
        key = `shared:${region.path || region.origin}:${address - region.start + (region.fileOffset ?? 0)}`;
    }
    let futex = this.futexes.get(key);
    if (!futex) {
      futex = {
        address,
        process: place.process,
        waits: 0,
        wakes: 0,
        waitedNs: 0,
        threads: new Set(),
        waiting: [],
        ended: [],
        recentWakes: [],
      };
      this.futexes.set(key, futex);
    }
    futex.threads.add(place.thread);
    return futex;
  }

  private startWait(record: CallRecord, place: EventPlace): Wait {
    const timeout = record.argumentCount() > 3 ? record.argumentText(3) : 'NULL';
    const wait: Wait = {
      row: place.row,
      thread: place.thread,
      startNs: record.startNs,
      endNs: null,
      wokenBy: null,
      timed: timeout !== 'NULL' && timeout !== '',
      expected: record.argumentNumber(2),
    };
    const futex = this.futexOf(record, place);
    futex.waits++;
    futex.waiting.push(wait);
    this.waitsByRow.set(place.row, wait);
    return wait;
  }

  private endWait(record: CallRecord, place: EventPlace): void {
    const wait = this.waitsByRow.get(place.row) ?? this.startWait(record, place);
    const futex = this.futexOf(record, place);
    // A wait that never returned (the log or the process ended) is still waiting.
    if (record.returnKind === 0) return;
    futex.waiting = futex.waiting.filter(w => w !== wait);
    wait.endNs = record.endNs;
    if (record.endNs > wait.startNs) futex.waitedNs += record.endNs - wait.startNs;
    if (record.returnValue !== 0) return;
    const wake = futex.recentWakes.find(w => w.left > 0);
    if (wake) this.join(wait, wake);
    else futex.ended.push(wait);
  }

  private wake(record: CallRecord, place: EventPlace): void {
    const futex = this.futexOf(record, place);
    futex.wakes++;
    const wake: Wake = { row: place.row, startNs: record.startNs, left: record.returnValue };
    while (wake.left > 0) {
      const early = futex.ended.shift();
      if (!early) break;
      // A waiter cannot have been woken by a call that began after the waiter had returned.
      if (early.endNs === null || early.endNs >= wake.startNs) this.join(early, wake);
    }
    if (wake.left > 0) futex.recentWakes.push(wake);
    if (futex.recentWakes.length > rememberedWakes) futex.recentWakes.shift();
  }

  private join(wait: Wait, wake: Wake): void {
    wait.wokenBy = wake.row;
    wake.left--;
    const woken = this.wokenByWake.get(wake.row) ?? [];
    woken.push(wait.row);
    this.wokenByWake.set(wake.row, woken);
  }
}

function isWait(operation: string): boolean {
  return /^FUTEX_(WAIT|LOCK_PI)/.test(operation);
}
