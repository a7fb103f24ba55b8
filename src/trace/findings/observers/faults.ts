/** Segmentation faults, and mappings that failed and were used as if they had not: MAP_FAILED is -1 (mmap(2), sigaction(2)). */

import type { CallRecord, SignalRecord } from 'strace-parser';
import type { ProcessId, Row } from '../../api.js';
import type { EventPlace, Model } from '../../model/model.js';

export interface Fault extends EventPlace {
  atNs: number;
  /** `SEGV_MAPERR`, `SEGV_ACCERR`; `SI_KERNEL`: the processor gave no address. */
  code: string;
  /** Rounded to 2048 near 2^64. */
  address: number;
  /** The process's last mmap that failed. */
  failedMap: Row | null;
}

export interface FailedUnmap extends EventPlace {
  atNs: number;
  failedMap: Row;
}

/** The last page of the address space, where nothing can be mapped: MAP_FAILED and a little before it. */
const lastPage = 2 ** 64 - 4096;

export class Faults implements Model {
  /** The last one of each process: the one that may have killed it. */
  readonly last = new Map<ProcessId, Fault>();
  /** munmap of MAP_FAILED. */
  readonly failedUnmaps: FailedUnmap[] = [];
  private readonly failedMaps = new Map<ProcessId, Row>();

  concernsError(_errno: string, syscall: string): boolean {
    return syscall === 'mmap' || syscall === 'mmap2' || syscall === 'munmap';
  }

  failed(record: CallRecord, place: EventPlace): void {
    if (record.name !== 'munmap') {
      this.failedMaps.set(place.process, place.row);
      return;
    }
    const failedMap = this.failedMaps.get(place.process);
    if (failedMap !== undefined && isMapFailed(record.argumentNumber(0)))
      this.failedUnmaps.push({ ...place, atNs: record.startNs, failedMap });
  }

  signal(record: SignalRecord, place: EventPlace): void {
    if (record.signal !== 'SIGSEGV') return;
    const address = record.infoNumber('si_addr');
    if (Number.isNaN(address)) return; // sent by kill
    this.last.set(place.process, {
      ...place,
      atNs: record.timeNs,
      code: record.infoText('si_code'),
      address,
      failedMap: this.failedMaps.get(place.process) ?? null,
    });
  }

  execed(process: ProcessId): void {
    this.failedMaps.delete(process);
  }
}

export function isMapFailed(address: number): boolean {
  return address >= lastPage;
}
