/** mmap and munmap calls that the kernel refused for a reason that is the caller's, and SIGBUS signals (mmap(2)). */

import type { CallRecord, SignalRecord } from 'strace-parser';
import type { Row } from '../../api.js';
import type { EventPlace, Model } from '../../model/model.js';
import { isMapFailed } from './faults.js';

export interface MapFailure extends EventPlace {
  kind: 'zeroLength' | 'unalignedOffset' | 'access' | 'unmap';
  atNs: number;
  protection: string;
  flags: string;
  fd: number;
  length: number;
  offset: number;
  address: number;
}

/** Smallest page of any Linux: an offset that is no multiple of it is wrong everywhere. */
const smallestPage = 4096;

export class MapFailures implements Model {
  readonly failures: MapFailure[] = [];
  readonly busErrors: (EventPlace & { atNs: number; row: Row })[] = [];

  concernsError(errno: string, syscall: string): boolean {
    return errno === 'EINVAL' ? syscall === 'mmap' || syscall === 'munmap' : errno === 'EACCES' && syscall === 'mmap';
  }

  failed(record: CallRecord, place: EventPlace): void {
    const kind = kindOf(record);
    if (kind === null) return;
    this.failures.push({
      ...place,
      kind,
      atNs: record.startNs,
      address: record.argumentNumber(0),
      length: record.argumentNumber(1),
      protection: record.argumentText(2),
      flags: record.argumentText(3),
      fd: kind === 'unmap' ? -1 : record.argumentNumber(4),
      offset: kind === 'unmap' ? 0 : record.argumentNumber(5),
    });
  }

  signal(record: SignalRecord, place: EventPlace): void {
    if (record.signal === 'SIGBUS' && record.infoText('si_code') === 'BUS_ADRERR')
      this.busErrors.push({ ...place, atNs: record.timeNs });
  }
}

function kindOf(record: CallRecord): MapFailure['kind'] | null {
  // MAP_FAILED is a case of its own.
  if (record.name === 'munmap') return isMapFailed(record.argumentNumber(0)) ? null : 'unmap';
  if (record.errno === 'EACCES') return 'access';
  if (record.argumentNumber(1) === 0) return 'zeroLength';
  return record.argumentNumber(5) % smallestPage !== 0 ? 'unalignedOffset' : null;
}
