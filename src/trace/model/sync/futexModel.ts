/**
 * Futexes: who waited on which address, and who woke whom (futex(2)).
 *
 * A wait that returned 0 is joined to the wake that names it by address and by the number of waiters it woke. The log's lines
 * may have them in either order. Private futexes are told apart by process; others by where their address is mapped from.
 */

import type { CallRecord } from 'strace-parser';
import { CallOutcome } from 'strace-parser';
import type { ProcessId, Row, ThreadId } from '../../api.js';
import type { FutexInfo } from '../../modelApi.js';
import type { EventPlace, Model } from '../model.js';
import { resumedCall } from '../resumedCall.js';
import type { MemoryModel } from '../memory/memoryModel.js';
import { Contention, contendedMutex } from './contention.js';
import { EndedWaits } from './endedWaits.js';
import { readOperation, wokenBy, type Operation } from './futexOperation.js';
import { RecentWakes } from './recentWakes.js';
import { WakeUps } from './wakeUps.js';

/** A thread's wait: it waits on one futex at a time, so that the next one takes the record over. */
class Wait {
  /** Begun and not ended; one that a signal cut or that never returned is in progress until the thread's next. */
  inProgress = false;
  /** Its futex's memory is gone with the program that was replaced: nobody waits any more. */
  isGone = false;
  futex: Futex | undefined;
  row: Row = 0;
  // NaN first: the fields are going to hold what is no small whole number.
  startNs = NaN;
  /** Value it expects: pthread_join waits for a thread's id to become 0. */
  expected = NaN;
  /** It has a timeout: it ends by itself. */
  timed = false;
  /** Place among all waits, in the order in which they began. */
  order = 0;
  /** The one that has its thread among those that waited. */
  contention: Contention | null = null;

  constructor(readonly thread: ThreadId) {}
}

interface Futex {
  /** In order of first use. */
  id: number;
  address: number;
  process: ProcessId;
  /** Its address means it in its process alone; other processes may have another address for one that is not. */
  isPrivate: boolean;
  waits: number;
  wakes: number;
  waitedNs: number;
  threads: Set<ThreadId>;
  /** Waits that ended with 0 before their wake's line was read. */
  ended: EndedWaits;
  /** Wakes whose waiters' lines may still come. */
  recentWakes: RecentWakes;
  contention: Contention | null;
}

export class FutexModel implements Model {
  private readonly futexes: Futex[] = [];
  private readonly privateFutexes = new Map<ProcessId, Map<number, Futex>>();
  private readonly sharedFutexes = new Map<string, Futex>();
  /** By thread. */
  private readonly waits: (Wait | undefined)[] = [];
  private waitsBegun = 0;
  private readonly operations = new Map<string, Operation>();
  private readonly wakeUps = new WakeUps();

  constructor(private readonly memory: MemoryModel) {}

  concerns(syscall: string): boolean {
    return syscall === 'futex' || syscall === 'futex_time64' || syscall === 'restart_syscall';
  }

  enter(record: CallRecord, place: EventPlace): void {
    const operation = this.operation(record);
    if (operation.kind === 'wait') this.startWait(record, place, operation);
  }

  call(record: CallRecord, place: EventPlace): void {
    if (record.name === 'restart_syscall') {
      this.goesOn(record, place);
      return;
    }
    const operation = this.operation(record);
    if (operation.kind === 'wait') this.endWait(record, place, operation);
    else if (operation.kind === 'wake' && record.returnValue >= 0) this.wake(record, place, operation);
  }

  /** A new program's memory has none of the old one's futexes, and its other threads are gone (execve(2)). */
  execed(process: ProcessId): void {
    const gone = new Set(this.privateFutexes.get(process)?.values());
    this.privateFutexes.delete(process);
    if (gone.size === 0) return;
    for (const wait of this.waits) if (wait?.futex && gone.has(wait.futex)) wait.isGone = true;
  }

  all(process: ProcessId | null): FutexInfo[] {
    return this.futexes
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

  /** The value that a wait which nobody was seen ending expected: pthread_join's is a thread's number. */
  expectedBy(waitRow: Row): number | undefined {
    return this.wakeUps.expectedBy(waitRow);
  }

  /** Row of the wake that ended a wait. */
  wakerOf(waitRow: Row): Row | undefined {
    return this.wakeUps.wakerOf(waitRow);
  }

  wokenBy(wakeRow: Row): readonly Row[] {
    return this.wakeUps.wokenBy(wakeRow);
  }

  /** Waits without a timeout that have not ended: candidates of a deadlock. */
  stuck(): { futex: FutexInfo; thread: ThreadId; row: Row; sinceNs: number; expected: number }[] {
    const waits = this.waits.filter(w => w?.inProgress && !w.isGone && !w.timed) as (Wait & { futex: Futex })[];
    return waits
      .sort((a, b) => a.futex.id - b.futex.id || a.order - b.order)
      .map(({ futex, thread, row, startNs, expected }) => ({
        futex: { ...futex, threads: [...futex.threads] },
        ...{ thread, row, sinceNs: startNs, expected },
      }));
  }

  contentions(): Contention[] {
    return this.futexes.flatMap(futex => futex.contention ?? []);
  }

  private operation(record: CallRecord): Operation {
    const text = record.argumentText(1);
    let operation = this.operations.get(text);
    if (!operation) this.operations.set(text, (operation = readOperation(text)));
    return operation;
  }

  private futexOf(record: CallRecord, place: EventPlace, operation: Operation): Futex {
    const address = record.argumentNumber(0);
    const last = this.waits[place.thread];
    const lastFutex = last?.futex;
    // Threads mostly come back to where they waited last. One that is shared may be mapped elsewhere by now.
    const isLast = lastFutex?.address === address && lastFutex.isPrivate && operation.isPrivate && !last?.isGone;
    if (isLast && lastFutex.process === place.process) return lastFutex;
    const futex = this.futexAt(address, place, operation);
    // Whose last wait was here is in the set since then.
    if (lastFutex !== futex) futex.threads.add(place.thread);
    return futex;
  }

  private futexAt(address: number, { process }: EventPlace, operation: Operation): Futex {
    return operation.isPrivate ? this.privateFutex(address, process) : this.sharedFutex(address, process);
  }

  private privateFutex(address: number, process: ProcessId): Futex {
    let own = this.privateFutexes.get(process);
    if (!own) this.privateFutexes.set(process, (own = new Map()));
    let futex = own.get(address);
    if (!futex) own.set(address, (futex = this.create(address, process, true)));
    return futex;
  }

  /** A futex in shared memory is one futex for all who map that memory, wherever they map it. */
  private sharedFutex(address: number, process: ProcessId): Futex {
    const region = this.memory.spaceOf(process).find(address);
    if (!region?.shared) return this.privateFutex(address, process);
    const key = `${region.path || region.origin}:${address - region.start + (region.fileOffset ?? 0)}`;
    let futex = this.sharedFutexes.get(key);
    if (!futex) this.sharedFutexes.set(key, (futex = this.create(address, process, false)));
    return futex;
  }

  private create(address: number, process: ProcessId, isPrivate: boolean): Futex {
    const futex: Futex = {
      id: this.futexes.length,
      address,
      process,
      isPrivate,
      waits: 0,
      wakes: 0,
      waitedNs: 0,
      threads: new Set(),
      ended: new EndedWaits(),
      recentWakes: new RecentWakes(),
      contention: null,
    };
    this.futexes.push(futex);
    return futex;
  }

  private startWait(record: CallRecord, place: EventPlace, operation: Operation): Wait {
    const futex = this.futexOf(record, place, operation);
    const wait = (this.waits[place.thread] ??= new Wait(place.thread));
    // One that a signal cut goes on.
    if (!wait.inProgress || wait.futex !== futex) futex.waits++;
    wait.inProgress = true;
    wait.isGone = false;
    wait.futex = futex;
    wait.row = place.row;
    wait.startNs = record.startNs;
    wait.expected = record.argumentNumber(2);
    // NULL reads as 0; a structure as none.
    wait.timed = record.argumentNumber(3) !== 0 && record.argumentText(3) !== '';
    wait.order = this.waitsBegun++;
    return wait;
  }

  private endWait(record: CallRecord, place: EventPlace, operation: Operation): void {
    const begun = this.waits[place.thread];
    const wait = begun?.inProgress && begun.row === place.row ? begun : this.startWait(record, place, operation);
    const futex = wait.futex!;
    // A wait that never returned (the log or the process ended) is still waiting; so is one that a signal cut and the kernel
    // restarts, unless the thread's next wait says otherwise.
    if (record.outcome !== CallOutcome.Returned) return;
    if (record.errnoId !== 0 && record.errno.startsWith('ERESTART')) return;
    this.returned(wait, futex, record, operation.isPlain);
  }

  /** restart_syscall(2): a wait with a timeout that a signal cut is restarted so; its row is the one that waits from then on. */
  private goesOn(record: CallRecord, place: EventPlace): void {
    const wait = this.waits[place.thread];
    if (!wait?.inProgress || wait.isGone || !wait.timed || resumedCall(record.argumentText(0)) !== 'futex') return;
    wait.row = place.row;
    if (record.outcome !== CallOutcome.Returned || record.errno.startsWith('ERESTART')) return;
    this.returned(wait, wait.futex!, record, false);
  }

  private returned(wait: Wait, futex: Futex, record: CallRecord, isPlain: boolean): void {
    wait.inProgress = false;
    const { endNs } = record;
    if (endNs > wait.startNs) futex.waitedNs += endNs - wait.startNs;
    if (record.returnValue !== 0) return;
    if (wait.expected === contendedMutex && isPlain && endNs >= wait.startNs) contend(futex, wait, endNs);
    const waker = futex.recentWakes.take(wait.startNs);
    if (waker !== undefined) this.wakeUps.joined(wait.row, waker);
    else {
      if (wait.expected > 0) this.wakeUps.expected(wait.row, wait.expected);
      futex.ended.add(wait.row, endNs);
    }
  }

  private wake(record: CallRecord, place: EventPlace, operation: Operation): void {
    const futex = this.futexOf(record, place, operation);
    futex.wakes++;
    const { ended } = futex;
    let left = wokenBy(record, operation);
    if (operation.requeues) this.requeue(record, place, operation, futex, record.returnValue - left);
    for (; left > 0 && ended.length > 0; ended.dropFirst()) {
      // A waiter cannot have been woken by a call that began after the waiter had returned.
      if (!(ended.firstEndNs >= record.startNs)) continue;
      this.wakeUps.joined(ended.firstRow, place.row);
      left--;
    }
    if (left > 0) futex.recentWakes.add(place.row, record.endNs, left);
  }

  /** FUTEX_CMP_REQUEUE: those that were not woken, the ones that came last, wait on the other address from now on. */
  private requeue(record: CallRecord, place: EventPlace, operation: Operation, from: Futex, count: number): void {
    if (count <= 0) return;
    const to = this.futexAt(record.argumentNumber(4), place, operation);
    const waiting = this.waits.filter(w => w?.inProgress && !w.isGone && w.futex === from) as Wait[];
    for (const wait of waiting.sort((a, b) => a.order - b.order).slice(-count)) {
      wait.futex = to;
      to.threads.add(wait.thread);
    }
  }
}

function contend(futex: Futex, wait: Wait, endNs: number): void {
  const contention = (futex.contention ??= new Contention(futex.process, wait, endNs));
  contention.add(wait, endNs);
  if (wait.contention === contention) return;
  contention.threads.add(wait.thread);
  wait.contention = contention;
}
