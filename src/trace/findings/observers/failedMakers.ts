/**
 * Descriptors that could not be made (no more of them: EMFILE, ENFILE), and -1 used as a descriptor afterwards (EBADF): somebody did
 * not look whether open or socket had worked. The same with processes: fork that failed, and kill of -1, which is everybody.
 */

import type { CallRecord } from 'strace-parser';
import type { ProcessId } from '../../api.js';
import type { EventPlace, Model } from '../../model/model.js';
import { forking } from './forkFailures.js';

export interface FailedMaker extends EventPlace {
  name: string;
  errno: string;
  atNs: number;
}

export interface MinusOneUse extends EventPlace {
  name: string;
  atNs: number;
  /** The last call that was to make a descriptor and failed, when it was this thread's. */
  maker: FailedMaker | undefined;
}

const makers =
  /^(open|openat|openat2|creat|socket|socketpair|accept4?|dup[23]?|pipe2?|epoll_create1?|eventfd2?|signalfd4?|timerfd_create|memfd_create|fcntl(64)?|pidfd_open)$/;
/** These say nothing of the call: it waits, was interrupted or goes on. (EAGAIN is a failure of fork alone.) */
const passing: ReadonlySet<string> = new Set([
  ...['EAGAIN', 'EINTR', 'EINPROGRESS', 'ETIMEDOUT'],
  ...['ERESTARTSYS', 'ERESTARTNOINTR', 'ERESTARTNOHAND', 'ERESTART_RESTARTBLOCK'],
]);
const mostFound = 1000;

export class FailedMakers implements Model {
  /** EMFILE and ENFILE. */
  readonly exhausted: FailedMaker[] = [];
  readonly minusOnes: MinusOneUse[] = [];
  /** The last of each process. */
  private readonly last = new Map<ProcessId, FailedMaker>();

  concerns(syscall: string): boolean {
    return syscall === 'kill';
  }

  concernsError(errno: string, syscall: string): boolean {
    if (errno === 'EBADF') return true;
    if (forking.test(syscall)) return !passing.has(errno) || errno === 'EAGAIN';
    return makers.test(syscall) && !passing.has(errno);
  }

  call(record: CallRecord, place: EventPlace): void {
    if (record.argumentNumber(0) !== -1) return;
    const maker = this.last.get(place.process);
    if (maker && forking.test(maker.name) && this.minusOnes.length < mostFound)
      this.minusOnes.push({ ...place, name: record.name, atNs: record.startNs, maker });
  }

  failed(record: CallRecord, place: EventPlace): void {
    const { name, errno, startNs } = record;
    if (errno === 'EBADF') {
      if (this.minusOnes.length === mostFound || !usesMinusOne(record)) return;
      const last = this.last.get(place.process);
      this.minusOnes.push({ ...place, name, atNs: startNs, maker: last?.thread === place.thread ? last : undefined });
      return;
    }
    const { row, thread, process, before, fd } = place;
    const maker = { row, thread, process, before, fd, name, errno, atNs: startNs };
    this.last.set(place.process, maker);
    const exhausts = errno === 'EMFILE' || errno === 'ENFILE';
    if (exhausts && this.exhausted.length < mostFound) this.exhausted.push(maker);
  }

  execed(process: ProcessId): void {
    this.last.delete(process);
  }

  ended(process: ProcessId): void {
    this.last.delete(process);
  }
}

/** The descriptor is the first argument, but for these. */
const otherPlaces: Readonly<Record<string, readonly number[]>> = {
  mmap: [4],
  epoll_ctl: [0, 2],
  sendfile: [0, 1],
  splice: [0, 2],
};

function usesMinusOne(record: CallRecord): boolean {
  return (otherPlaces[record.name] ?? [0]).some(at => record.argumentNumber(at) === -1);
}
