/**
 * File locks: flock (held by the open file description), fcntl POSIX locks (held by the process) and open-file-description
 * locks. Waiting is a blocked F_SETLKW, F_OFD_SETLKW or flock without LOCK_NB (flock(2), fcntl_locking(2)).
 */

import type { CallRecord } from 'strace-parser';
import type { ProcessId, Row, ThreadId } from '../../api.js';
import type { LockInfo } from '../../modelApi.js';
import type { Description } from '../descriptors/description.js';
import type { DescriptorModel } from '../descriptors/descriptorModel.js';
import type { EventPlace, Model } from '../model.js';

interface Lock {
  file: string;
  start: number;
  end: number;
  kind: LockInfo['kind'];
  name: string;
  mode: LockInfo['mode'];
  /** What owns it: `d<description>` or `p<process>`. */
  owner: string;
  description: Description;
  process: ProcessId;
  holder: ThreadId;
  fromNs: number;
  toNs: number | null;
  acquiredRow: Row;
  releasedRow: Row | null;
  /** Its process ended with it. */
  untilExit: boolean;
}

interface Waiting {
  name: string;
  kind: LockInfo['kind'];
  thread: ThreadId;
  fromNs: number;
  toNs: number | null;
  row: Row;
}

interface Request {
  file: string;
  /** Bytes [start, end). */
  start: number;
  end: number;
  kind: LockInfo['kind'];
  mode: LockInfo['mode'] | 'unlock';
  name: string;
  owner: string;
  description: Description;
}

const lockCalls = /^(flock|fcntl|fcntl64)$/;

/** Both cannot be held at once by two owners. */
function conflicts(lock: Lock, request: Request): boolean {
  if (lock.kind === 'flock' ? request.kind !== 'flock' : request.kind === 'flock') return false;
  if (lock.file !== request.file || lock.owner === request.owner) return false;
  if (lock.mode === 'shared' && request.mode === 'shared') return false;
  return lock.start < request.end && request.start < lock.end;
}

export class LockModel implements Model {
  private readonly locks: Lock[] = [];
  /** Those of them that are not released: few, however long the trace is. */
  private readonly held = new Set<Lock>();
  private readonly waits: Waiting[] = [];
  private readonly acquiredAfter = new Map<Row, Row>();
  /** Waits that ended before the release that ended them was printed. */
  private readonly unexplained: { row: Row; fromNs: number; request: Request }[] = [];

  constructor(private readonly descriptors: DescriptorModel) {}

  concerns(syscall: string): boolean {
    return syscall === 'close' || lockCalls.test(syscall);
  }

  enter(record: CallRecord, place: EventPlace): void {
    const request = this.request(record, place);
    if (request && request.mode !== 'unlock')
      this.waits.push({
        name: request.name,
        kind: request.kind,
        thread: place.thread,
        fromNs: record.startNs,
        toNs: null,
        row: place.row,
      });
  }

  call(record: CallRecord, place: EventPlace): void {
    if (record.name === 'close') {
      this.closed(record, place);
      return;
    }
    const request = this.request(record, place);
    if (!request) return;
    const atNs = Number.isNaN(record.endNs) ? record.startNs : record.endNs;
    const wait = this.waits.find(w => w.row === place.row);
    if (record.returnKind === 0) return; // still waiting when the log ended
    if (wait) wait.toNs = atNs;
    if (record.returnValue !== 0) return;
    const before = this.release(request, atNs, place.row);
    if (request.mode === 'unlock') return;
    if (wait) this.explain(place.row, wait.fromNs, request, before);
    const lock: Lock = {
      file: request.file,
      start: request.start,
      end: request.end,
      kind: request.kind,
      name: request.name,
      mode: request.mode,
      owner: request.owner,
      description: request.description,
      process: place.process,
      holder: place.thread,
      fromNs: atNs,
      toNs: null,
      acquiredRow: place.row,
      releasedRow: null,
      untilExit: false,
    };
    this.locks.push(lock);
    this.held.add(lock);
  }

  /** The kernel releases what a dead process held. */
  ended(process: ProcessId, row: Row, atNs: number): void {
    for (const lock of this.held) {
      if (lock.process !== process || this.heldElsewhere(lock)) continue;
      lock.untilExit = true;
      this.drop(lock, atNs, row);
    }
  }

  /** Names of what a thread took and has not released. */
  namesHeldBy(thread: ThreadId): string[] {
    return [...this.held].filter(lock => lock.holder === thread).map(lock => lock.name);
  }

  /** Locks that the end of their process released. */
  untilExit(): { name: string; process: ProcessId; holder: ThreadId; fromNs: number; toNs: number; row: Row }[] {
    return this.locks.flatMap(({ untilExit, name, process, holder, fromNs, toNs, acquiredRow }) =>
      untilExit && toNs !== null ? { name, process, holder, fromNs, toNs, row: acquiredRow } : [],
    );
  }

  at(atNs: number): LockInfo[] {
    return this.locks
      .filter(l => l.fromNs <= atNs && (l.toNs === null || atNs < l.toNs))
      .map(l => ({
        kind: l.kind,
        name: l.name,
        mode: l.mode,
        holder: l.holder,
        fromNs: l.fromNs,
        toNs: l.toNs,
        acquiredRow: l.acquiredRow,
        releasedRow: l.releasedRow,
        waiters: this.waits
          .filter(w => w.name === l.name && w.fromNs <= atNs && (w.toNs === null || atNs < w.toNs))
          .map(({ thread, fromNs, toNs, row }) => ({ thread, fromNs, toNs, row })),
      }));
  }

  /** Row that released the lock which a waiting call then got. */
  releasedFor(row: Row): Row | undefined {
    return this.acquiredAfter.get(row);
  }

  /** Row of the waiting call that got a lock which `row` released. */
  acquiredAfterRelease(row: Row): Row | undefined {
    for (const [acquired, released] of this.acquiredAfter) if (released === row) return acquired;
    return undefined;
  }

  /** Who holds what a call waits for. */
  holdersFor(row: Row): { process: ProcessId; thread: ThreadId }[] {
    const wait = this.waits.find(w => w.row === row);
    if (!wait) return [];
    return this.locks
      .filter(
        l =>
          l.name === wait.name &&
          l.fromNs <= (wait.toNs ?? Number.POSITIVE_INFINITY) &&
          (l.toNs ?? Number.POSITIVE_INFINITY) >= wait.fromNs,
      )
      .map(l => ({ process: l.process, thread: l.holder }));
  }

  private request(record: CallRecord, place: EventPlace): Request | undefined {
    const isFlock = record.name === 'flock';
    if (!isFlock && record.name !== 'fcntl' && record.name !== 'fcntl64') return undefined;
    const command = record.argumentText(1);
    if (!isFlock && !/^F_(OFD_)?SETLK/.test(command)) return undefined;
    const descriptor = this.descriptors.current(place, record.argumentNumber(0));
    if (!descriptor) return undefined;
    const what = isFlock ? command : record.argumentText(2);
    const shared = what.includes('LOCK_SH') || what.includes('F_RDLCK');
    const unlock = what.includes('LOCK_UN') || what.includes('F_UNLCK');
    const kind = isFlock ? 'flock' : command.includes('OFD') ? 'ofd' : 'posix';
    const range = isFlock ? null : /l_start=(\d+), l_len=(\d+)/.exec(what);
    const start = Number(range?.[1] ?? 0);
    const length = Number(range?.[2] ?? 0);
    const { description } = descriptor;
    return {
      kind,
      mode: unlock ? 'unlock' : shared ? 'shared' : 'exclusive',
      name: start === 0 && length === 0 ? description.name : `${description.name} (${range![0]})`,
      file: description.name,
      start,
      // A length of 0 is to the file's end, however far that goes.
      end: length === 0 ? Number.POSITIVE_INFINITY : start + length,
      owner: kind === 'posix' ? `p${place.process}` : `d${description.id}`,
      description,
    };
  }

  /** Ends an owner's locks in a range; returns one that went whole. */
  private release(request: Request, atNs: number, row: Row): Lock | undefined {
    const { kind, owner, file, start, end } = request;
    let released: Lock | undefined;
    for (const lock of this.held) {
      if (lock.kind !== kind || lock.owner !== owner || lock.file !== file) continue;
      if (lock.end <= start || lock.start >= end) continue;
      // fcntl_locking(2): what sticks out stays locked.
      if (lock.start < start) lock.end = start;
      else if (lock.end > end) lock.start = end;
      else {
        this.drop(lock, atNs, row);
        released = lock;
      }
    }
    return released;
  }

  private drop(lock: Lock, atNs: number, row: Row): void {
    lock.toNs = atNs;
    lock.releasedRow = row;
    this.held.delete(lock);
    const early = this.unexplained.findIndex(u => conflicts(lock, u.request) && u.fromNs >= lock.fromNs);
    if (early >= 0) this.acquiredAfter.set(this.unexplained.splice(early, 1)[0]!.row, row);
  }

  /** A wait ended: the lock in its way that was released last, or whose release is printed yet to come. */
  private explain(row: Row, fromNs: number, request: Request, before: Lock | undefined): void {
    let last: Lock | undefined;
    for (const lock of this.locks) {
      if (lock === before || lock.toNs === null || lock.toNs < fromNs || !conflicts(lock, request)) continue;
      if (!last || lock.toNs >= last.toNs!) last = lock;
    }
    if (last?.releasedRow != null) this.acquiredAfter.set(row, last.releasedRow);
    else if ([...this.held].some(lock => conflicts(lock, request))) this.unexplained.push({ row, fromNs, request });
  }

  /** close(): POSIX locks of the process on that file go with any close; the others with the description's last one. */
  private closed(record: CallRecord, place: EventPlace): void {
    if (this.held.size === 0 || record.returnValue !== 0) return;
    const descriptor = this.descriptors.find(place.process, record.argumentNumber(0), record.startNs - 1, place.thread);
    if (!descriptor) return;
    const { description } = descriptor;
    const last = description.descriptors.every(d => d.closeNs !== null);
    for (const lock of this.held) {
      if (lock.file !== description.name) continue;
      const goes = lock.kind === 'posix' ? lock.process === place.process : last && lock.owner === `d${description.id}`;
      if (goes) this.drop(lock, record.startNs, place.row);
    }
  }

  private heldElsewhere(lock: Lock): boolean {
    return lock.kind !== 'posix' && lock.description.descriptors.some(d => d.closeNs === null);
  }
}
