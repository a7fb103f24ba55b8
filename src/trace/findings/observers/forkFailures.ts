/** Processes and threads that the kernel would not make for want of room (fork(2), clone(2): EAGAIN, ENOMEM). */

import type { CallRecord } from 'strace-parser';
import type { EventPlace, Model } from '../../model/model.js';

export interface ForkFailure extends EventPlace {
  atNs: number;
  name: string;
  errno: string;
  isThread: boolean;
}

export const forking = /^(fork|vfork|clone3?)$/;

const mostFound = 1000;

export class ForkFailures implements Model {
  readonly all: ForkFailure[] = [];

  concernsError(errno: string, syscall: string): boolean {
    return forking.test(syscall) && (errno === 'EAGAIN' || errno === 'ENOMEM');
  }

  failed(record: CallRecord, place: EventPlace): void {
    const { name, errno, startNs } = record;
    if (this.all.length === mostFound) return;
    this.all.push({ ...place, atNs: startNs, name, errno, isThread: record.text().includes('CLONE_THREAD') });
  }
}
