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
import { nameOf, overlap, rangeOf, wholeFile } from './lockRange.js';

interface Lock {
  file: string;
  /** Bytes [start, end); NaN when the log does not tell (the call counted from the file's position or end). */
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
  request: Request;
  thread: ThreadId;
  fromNs: number;
  toNs: number | null;
  row: Row;
}

interface Request {
  file: string;
  /** As a lock has them. */
  start: number;
  end: number;
  kind: LockInfo['kind'];
  mode: LockInfo['mode'] | 'unlock';
  name: string;
  owner: string;
  description: Description;
}

const lockCalls = /^(flock|fcntl|fcntl64)$/;
/** A POSIX lock goes with any descriptor of its file that its process closes, however that happens (fcntl_locking(2)). */
const closingCalls = /^(close|close_range|dup2|dup3)$/;

/** Both cannot be held at once by two owners. */
function conflicts(
  lock: Pick<Lock, 'kind' | 'file' | 'owner' | 'mode' | 'start' | 'end' | 'name'>,
  request: Request,
): boolean {
  if (lock.kind === 'flock' ? request.kind !== 'flock' : request.kind === 'flock') return false;
  if (lock.file !== request.file || lock.owner === request.owner) return false;
  if (lock.mode === 'shared' && request.mode === 'shared') return false;
  return overlap(lock, request);
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
    return closingCalls.test(syscall) || lockCalls.test(syscall);
  }

  concernsEntry(syscall: string): boolean {
    return lockCalls.test(syscall);
  }

  enter(record: CallRecord, place: EventPlace): void {
    const request = this.request(record, place);
    if (request && request.mode !== 'unlock')
      this.waits.push({ request, thread: place.thread, fromNs: record.startNs, toNs: null, row: place.row });
  }

  call(record: CallRecord, place: EventPlace): void {
    if (record.name !== 'close' && lockCalls.test(record.name)) this.asked(record, place);
    else if (this.held.size > 0 && record.returnValue >= 0) this.closed(record, place);
  }

  /** What exec closes (O_CLOEXEC) releases as any close does. */
  execed(process: ProcessId, row: Row, atNs: number): void {
    if (this.held.size === 0) return;
    const closed = this.descriptors.closedIn(process, row);
    for (const lock of this.held)
      if (isOver(lock) || (lock.process === process && closed.has(lock.file))) this.drop(lock, atNs, row);
  }

  /** The kernel releases what a dead process held; what a description holds, when the last process that has it is dead. */
  ended(process: ProcessId, row: Row, atNs: number): void {
    for (const lock of this.held) {
      const own = lock.process === process;
      if (lock.kind === 'posix' ? !own : !isOver(lock)) continue;
      lock.untilExit = own;
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
          .filter(w => conflicts(l, w.request) && w.fromNs <= atNs && (w.toNs === null || atNs < w.toNs))
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
          conflicts(l, wait.request) &&
          l.fromNs <= (wait.toNs ?? Number.POSITIVE_INFINITY) &&
          (l.toNs ?? Number.POSITIVE_INFINITY) >= wait.fromNs,
      )
      .map(l => ({ process: l.process, thread: l.holder }));
  }

  private asked(record: CallRecord, place: EventPlace): void {
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
    const { description } = descriptor;
    const range = isFlock ? wholeFile : rangeOf(what);
    return {
      kind,
      mode: unlock ? 'unlock' : shared ? 'shared' : 'exclusive',
      name: nameOf(description.name, range),
      file: description.name,
      start: range.start,
      end: range.end,
      owner: kind === 'posix' ? `p${place.process}` : `d${description.id}`,
      description,
    };
  }

  /** Ends an owner's locks in a range; returns one that went whole. */
  private release(request: Request, atNs: number, row: Row): Lock | undefined {
    const { kind, owner, file, start, end } = request;
    let released: Lock | undefined;
    for (const lock of [...this.held]) {
      if (lock.kind !== kind || lock.owner !== owner || lock.file !== file || !overlap(lock, request)) continue;
      this.drop(lock, atNs, row, request);
      // fcntl_locking(2): what sticks out stays locked.
      if (lock.start < start) this.keep(lock, lock.start, start, atNs);
      if (lock.end > end) this.keep(lock, end, lock.end, atNs);
      if (!(lock.start < start || lock.end > end)) released = lock;
    }
    return released;
  }

  private keep(lock: Lock, start: number, end: number, atNs: number): void {
    const rest = { ...lock, start, end, name: nameOf(lock.file, { start, end, words: '' }), fromNs: atNs };
    rest.toNs = rest.releasedRow = null;
    this.locks.push(rest);
    this.held.add(rest);
  }

  /** `part`: all that is released of it, when some stays. */
  private drop(lock: Lock, atNs: number, row: Row, part: Pick<Lock, 'start' | 'end'> = lock): void {
    lock.toNs = atNs;
    lock.releasedRow = row;
    this.held.delete(lock);
    const { start, end } = part;
    const early = this.unexplained.findIndex(
      u => conflicts({ ...lock, start, end }, u.request) && u.fromNs >= lock.fromNs,
    );
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

  /** A call closed descriptors: POSIX locks of the process on their files go; the others with their description's last one. */
  private closed(record: CallRecord, place: EventPlace): void {
    const { process, row, thread } = place;
    let files: ReadonlySet<string>;
    if (record.name === 'close_range') files = this.descriptors.closedIn(process, row);
    else {
      const fd = record.name === 'close' ? record.argumentNumber(0) : record.returnValue;
      const before = this.descriptors.find(process, fd, record.startNs - 1, thread);
      files = new Set(before?.deathRow === row ? [before.description.name] : []);
    }
    if (files.size === 0) return;
    for (const lock of this.held)
      if (files.has(lock.file) && (lock.kind === 'posix' ? lock.process === process : isOver(lock)))
        this.drop(lock, record.startNs, row);
  }
}

/** Nobody has its description any more; a process's own lock does not depend on that. */
function isOver(lock: Lock): boolean {
  return lock.kind !== 'posix' && lock.description.descriptors.every(d => d.closeNs !== null);
}
