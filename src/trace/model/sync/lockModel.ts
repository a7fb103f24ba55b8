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
  kind: LockInfo['kind'];
  mode: LockInfo['mode'] | 'unlock';
  name: string;
  owner: string;
  description: Description;
}

const lockCalls = /^(flock|fcntl|fcntl64)$/;

export class LockModel implements Model {
  private readonly locks: Lock[] = [];
  private readonly waits: Waiting[] = [];
  private readonly acquiredAfter = new Map<Row, Row>();

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
    const before = this.release(request.name, request.kind, request.owner, atNs, place.row);
    if (request.mode === 'unlock') return;
    const released = this.locks.findLast(l => l.name === request.name && l.toNs !== null && l !== before);
    if (wait && released?.releasedRow != null) this.acquiredAfter.set(place.row, released.releasedRow);
    this.locks.push({
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
    });
  }

  /** The kernel releases what a dead process held. */
  ended(process: ProcessId, row: Row, atNs: number): void {
    for (const lock of this.locks)
      if (lock.toNs === null && lock.process === process && !this.heldElsewhere(lock)) {
        lock.toNs = atNs;
        lock.releasedRow = row;
      }
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
    const descriptor = this.descriptors.current(place.process, record.argumentNumber(0));
    if (!descriptor) return undefined;
    const what = isFlock ? command : record.argumentText(2);
    const shared = what.includes('LOCK_SH') || what.includes('F_RDLCK');
    const unlock = what.includes('LOCK_UN') || what.includes('F_UNLCK');
    const kind = isFlock ? 'flock' : command.includes('OFD') ? 'ofd' : 'posix';
    const range = isFlock ? '' : /l_start=\d+, l_len=\d+/.exec(what)?.[0];
    const { description } = descriptor;
    return {
      kind,
      mode: unlock ? 'unlock' : shared ? 'shared' : 'exclusive',
      name:
        range === undefined || range === 'l_start=0, l_len=0' || range === ''
          ? description.name
          : `${description.name} (${range})`,
      owner: kind === 'posix' ? `p${place.process}` : `d${description.id}`,
      description,
    };
  }

  private release(name: string, kind: LockInfo['kind'], owner: string, atNs: number, row: Row): Lock | undefined {
    const held = this.locks.findLast(l => l.toNs === null && l.name === name && l.kind === kind && l.owner === owner);
    if (held) {
      held.toNs = atNs;
      held.releasedRow = row;
    }
    return held;
  }

  /** close(): POSIX locks of the process on that file go with any close; the others with the description's last one. */
  private closed(record: CallRecord, place: EventPlace): void {
    if (!this.locks.some(l => l.toNs === null) || record.returnValue !== 0) return;
    const descriptor = this.descriptors.find(place.process, record.argumentNumber(0), record.startNs - 1);
    if (!descriptor) return;
    const { description } = descriptor;
    const last = description.descriptors.every(d => d.closeNs !== null);
    for (const lock of this.locks) {
      if (lock.toNs !== null || !lock.name.startsWith(description.name)) continue;
      const goes = lock.kind === 'posix' ? lock.process === place.process : last && lock.owner === `d${description.id}`;
      if (!goes) continue;
      lock.toNs = record.startNs;
      lock.releasedRow = place.row;
    }
  }

  private heldElsewhere(lock: Lock): boolean {
    return lock.kind !== 'posix' && lock.description.descriptors.some(d => d.closeNs === null);
  }
}
