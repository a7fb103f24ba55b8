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

  concerns(syscall: string): boolean {
    return syscall === 'mmap' || syscall === 'munmap';
  }

  call(record: CallRecord, place: EventPlace): void {
    if (record.errnoId === 0) return;
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
  const { errno } = record;
  // MAP_FAILED is a case of its own.
  if (record.name === 'munmap') return errno === 'EINVAL' && !isMapFailed(record.argumentNumber(0)) ? 'unmap' : null;
  if (errno === 'EACCES') return 'access';
  if (errno !== 'EINVAL') return null;
  if (record.argumentNumber(1) === 0) return 'zeroLength';
  return record.argumentNumber(5) % smallestPage !== 0 ? 'unalignedOffset' : null;
}
