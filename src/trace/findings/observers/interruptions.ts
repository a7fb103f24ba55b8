/**
 * Reads, writes, accepts and connects that a handled signal interrupted for good, and whether they were made again.
 *
 * The interrupted call itself says ERESTARTSYS; that it failed with EINTR is told by the handler's rt_sigreturn (signal(7)).
 */

import type { CallRecord, SignalRecord } from 'strace-parser';
import type { Row, ThreadId } from '../../api.js';
import type { FollowedThreads } from '../../model/followedThreads.js';
import type { EventPlace, Model } from '../../model/model.js';

export interface Interruption extends EventPlace {
  name: string;
  fd: number;
  atNs: number;
  signal: string;
  signalRow: Row;
  returnRow: Row | null;
  /** `open`: the handler runs, or nothing is decided yet. */
  fate: 'open' | 'retried' | 'abandoned';
  /** The close, or the exit, that came instead of another try. */
  fateRow: Row | null;
}

const interruptible = /^(read|readv|write|writev|recv|recvfrom|recvmsg|send|sendto|sendmsg|accept|accept4)$/;

export class Interruptions implements Model {
  readonly all: Interruption[] = [];
  /** By thread: the last call that a signal cut short. */
  private readonly cut = new Map<ThreadId, { place: EventPlace; name: string; fd: number; atNs: number }>();
  private readonly pending = new Map<ThreadId, Interruption>();

  constructor(private readonly followed: FollowedThreads) {}

  concernsError(errno: string, syscall: string): boolean {
    return errno === 'ERESTARTSYS' && interruptible.test(syscall);
  }

  failed(record: CallRecord, place: EventPlace): void {
    const { name, startNs } = record;
    this.cut.set(place.thread, { place: { ...place }, name, fd: record.argumentNumber(0), atNs: startNs });
  }

  signal(record: SignalRecord, place: EventPlace): void {
    const cut = this.cut.get(place.thread);
    if (cut?.place.row !== place.before) return;
    this.cut.delete(place.thread);
    const interruption: Interruption = {
      ...cut.place,
      name: cut.name,
      fd: cut.fd,
      atNs: cut.atNs,
      signal: record.signal,
      signalRow: place.row,
      returnRow: null,
      fate: 'open',
      fateRow: null,
    };
    this.pending.set(place.thread, interruption);
    this.followed.follow(place.thread, this.goesOn);
  }

  private readonly goesOn = (record: CallRecord, place: EventPlace): void => {
    const pending = this.pending.get(place.thread);
    if (pending) this.follow(pending, record, place);
    if (!this.pending.has(place.thread)) this.followed.leave(place.thread, this.goesOn);
  };

  private follow(pending: Interruption, record: CallRecord, place: EventPlace): void {
    if (pending.returnRow === null) {
      if (record.name !== 'rt_sigreturn' && record.name !== 'sigreturn') return; // the handler's own calls
      if (record.errno === 'EINTR') {
        pending.returnRow = place.row;
        this.all.push(pending);
      } else this.pending.delete(place.thread); // the kernel restarts it
      return;
    }
    if (record.name === 'exit_group' || record.name === 'execve') this.decide(pending, 'abandoned', place.row);
    else if (record.argumentNumber(0) !== pending.fd) return;
    else if (record.name === 'close') this.decide(pending, 'abandoned', place.row);
    else if (!/^(fcntl|fstat|ioctl|getsockopt|setsockopt)/.test(record.name))
      this.decide(pending, 'retried', place.row);
  }

  private decide(pending: Interruption, fate: 'retried' | 'abandoned', row: Row): void {
    pending.fate = fate;
    pending.fateRow = row;
    this.pending.delete(pending.thread);
  }
}
