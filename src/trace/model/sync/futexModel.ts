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
import type { MemoryModel } from '../memory/memoryModel.js';
import { WakeUps } from './wakeUps.js';

interface Wait {
  futex: Futex;
  row: Row;
  thread: ThreadId;
  startNs: number;
  endNs: number | null;
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

/** What was waited for a futex as a lock: glibc sets a mutex that somebody waits for to 2. */
export interface Contention {
  process: ProcessId;
  waits: number;
  waitedNs: number;
  /** From the first wait's beginning to the last one's end. */
  startNs: number;
  endNs: number;
  threads: ReadonlySet<ThreadId>;
  longest: { row: Row; thread: ThreadId; startNs: number; endNs: number };
}

export const contendedMutex = 2;

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
  contention: (Contention & { threads: Set<ThreadId> }) | null;
}

/** Wakes whose waiters' lines may still come, and waits whose waker's line may; older ones are forgotten. */
const rememberedWakes = 16;
const rememberedWaits = 64;

export class FutexModel implements Model {
  private readonly futexes: Futex[] = [];
  private readonly privateFutexes = new Map<ProcessId, Map<number, Futex>>();
  private readonly sharedFutexes = new Map<string, Futex>();
  /** Waits in progress, by thread: a thread waits on one futex at a time. */
  private readonly inProgress: (Wait | undefined)[] = [];
  private readonly operations = new Map<string, Operation>();
  private readonly wakeUps = new WakeUps();

  constructor(private readonly memory: MemoryModel) {}

  concerns(syscall: string): boolean {
    return syscall === 'futex' || syscall === 'futex_time64';
  }

  enter(record: CallRecord, place: EventPlace): void {
    const operation = this.operation(record);
    if (operation.kind === 'wait') this.startWait(record, place, operation);
  }

  call(record: CallRecord, place: EventPlace): void {
    const operation = this.operation(record);
    if (operation.kind === 'wait') this.endWait(record, place, operation);
    else if (operation.kind === 'wake' && record.returnValue >= 0) this.wake(record, place, operation);
  }

  /** A new program's memory has none of the old one's futexes, and its other threads are gone (execve(2)). */
  execed(process: ProcessId): void {
    for (const futex of this.privateFutexes.get(process)?.values() ?? []) futex.waiting = [];
    this.privateFutexes.delete(process);
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
    const found: ReturnType<FutexModel['stuck']> = [];
    for (const f of this.futexes)
      for (const w of f.waiting)
        if (!w.timed) {
          const futex = { ...f, threads: [...f.threads] };
          found.push({ futex, thread: w.thread, row: w.row, sinceNs: w.startNs, expected: w.expected });
        }
    return found;
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
    const futex = operation.isPrivate
      ? this.privateFutex(address, place.process)
      : this.sharedFutex(address, place.process);
    futex.threads.add(place.thread);
    return futex;
  }

  private privateFutex(address: number, process: ProcessId): Futex {
    let own = this.privateFutexes.get(process);
    if (!own) this.privateFutexes.set(process, (own = new Map()));
    let futex = own.get(address);
    if (!futex) own.set(address, (futex = this.create(address, process)));
    return futex;
  }

  /** A futex in shared memory is one futex for all who map that memory, wherever they map it. */
  private sharedFutex(address: number, process: ProcessId): Futex {
    const region = this.memory.spaceOf(process).find(address);
    if (!region?.shared) return this.privateFutex(address, process);
    const key = `${region.path || region.origin}:${address - region.start + (region.fileOffset ?? 0)}`;
    let futex = this.sharedFutexes.get(key);
    if (!futex) this.sharedFutexes.set(key, (futex = this.create(address, process)));
    return futex;
  }

  private create(address: number, process: ProcessId): Futex {
    const futex: Futex = {
      address,
      process,
      waits: 0,
      wakes: 0,
      waitedNs: 0,
      threads: new Set(),
      waiting: [],
      ended: [],
      recentWakes: [],
      contention: null,
    };
    this.futexes.push(futex);
    return futex;
  }

  private startWait(record: CallRecord, place: EventPlace, operation: Operation): Wait {
    const timeout = record.argumentText(3);
    const futex = this.futexOf(record, place, operation);
    const wait: Wait = {
      futex,
      row: place.row,
      thread: place.thread,
      startNs: record.startNs,
      endNs: null,
      timed: timeout !== 'NULL' && timeout !== '',
      expected: record.argumentNumber(2),
    };
    const cut = this.inProgress[place.thread];
    if (cut) remove(cut.futex.waiting, cut);
    // One that a signal cut goes on.
    if (cut?.futex !== futex) futex.waits++;
    futex.waiting.push(wait);
    this.inProgress[place.thread] = wait;
    return wait;
  }

  private endWait(record: CallRecord, place: EventPlace, operation: Operation): void {
    const begun = this.inProgress[place.thread];
    const wait = begun?.row === place.row ? begun : this.startWait(record, place, operation);
    const { futex } = wait;
    // A wait that never returned (the log or the process ended) is still waiting; so is one that a signal cut and the kernel
    // restarts, unless the thread's next wait says otherwise.
    if (record.outcome !== CallOutcome.Returned) return;
    if (record.errnoId !== 0 && record.errno.startsWith('ERESTART')) return;
    this.inProgress[place.thread] = undefined;
    remove(futex.waiting, wait);
    wait.endNs = record.endNs;
    if (record.endNs > wait.startNs) futex.waitedNs += record.endNs - wait.startNs;
    if (record.returnValue !== 0) return;
    if (wait.expected === contendedMutex && operation.isPlain) contend(futex, wait, record.endNs);
    const wake = futex.recentWakes.find(w => w.left > 0);
    if (wake) this.join(wait, wake);
    else {
      if (wait.expected > 0) this.wakeUps.expected(wait.row, wait.expected);
      futex.ended.push(wait);
      if (futex.ended.length > rememberedWaits) futex.ended.shift();
    }
  }

  private wake(record: CallRecord, place: EventPlace, operation: Operation): void {
    const futex = this.futexOf(record, place, operation);
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
    this.wakeUps.joined(wait.row, wake.row);
    wake.left--;
  }
}

/** What the second argument says; by its text, of which there are few. */
interface Operation {
  kind: 'wait' | 'wake' | 'other';
  isPrivate: boolean;
  /** Condition variables and semaphores wait with FUTEX_WAIT_BITSET instead. */
  isPlain: boolean;
}

function readOperation(text: string): Operation {
  const isWait = /^FUTEX_(WAIT|LOCK_PI)/.test(text);
  const isWake = /^FUTEX_(WAKE|REQUEUE|CMP_REQUEUE|UNLOCK_PI)/.test(text);
  const kind = isWait ? 'wait' : isWake ? 'wake' : 'other';
  return { kind, isPrivate: text.includes('PRIVATE'), isPlain: /^FUTEX_WAIT(_PRIVATE)?$/.test(text) };
}

function remove(waiting: Wait[], wait: Wait): void {
  const at = waiting.indexOf(wait);
  if (at === waiting.length - 1) waiting.pop();
  else if (at >= 0) waiting.splice(at, 1);
}

function contend(futex: Futex, { row, thread, startNs }: Wait, endNs: number): void {
  if (!(endNs >= startNs)) return;
  const { process } = futex;
  const known = (futex.contention ??= {
    process,
    waits: 0,
    waitedNs: 0,
    startNs,
    endNs,
    longest: { row, thread, startNs, endNs },
    threads: new Set(),
  });
  known.waits++;
  known.waitedNs += endNs - startNs;
  known.startNs = Math.min(known.startNs, startNs);
  known.endNs = Math.max(known.endNs, endNs);
  known.threads.add(thread);
  if (endNs - startNs > known.longest.endNs - known.longest.startNs) known.longest = { row, thread, startNs, endNs };
}
