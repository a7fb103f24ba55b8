/**
 * Limits of resources, as far as the log shows them set (setrlimit(2)), and what the kernel refused, or sent a signal for, because of
 * one: a file that is too large, processor time, address space. Descriptors and processes are in failedMakers.ts and forkFailures.ts.
 */

import type { CallRecord, SignalRecord } from 'strace-parser';
import type { ProcessId, Row } from '../../api.js';
import type { EventPlace, Model, ProcessLink } from '../../model/model.js';

export type LimitedResource = 'RLIMIT_FSIZE' | 'RLIMIT_CPU' | 'RLIMIT_AS' | 'RLIMIT_DATA';

export interface LimitHit extends EventPlace {
  resource: LimitedResource;
  /** The call that was refused, or the signal. */
  name: string;
  atNs: number;
  /** Where the limit was set; null when it was inherited from before the trace. */
  setRow: Row | null;
  /** As printed: bytes, or seconds. */
  limit: string;
}

const watched = /^RLIMIT_(FSIZE|CPU|AS|DATA)$/;
const mapping = /^(mmap2?|mremap|brk)$/;
const refusedBy: Readonly<Record<string, readonly LimitedResource[]>> = {
  EFBIG: ['RLIMIT_FSIZE'],
  ENOMEM: ['RLIMIT_AS', 'RLIMIT_DATA'],
};
const mostFound = 1000;

export class Limits implements Model {
  readonly hits: LimitHit[] = [];
  private readonly set = new Map<ProcessId, Map<string, { row: Row; limit: string }>>();

  concerns(syscall: string): boolean {
    return syscall === 'prlimit64' || syscall === 'setrlimit';
  }

  concernsError(errno: string, syscall: string): boolean {
    return errno === 'EFBIG' || (errno === 'ENOMEM' && mapping.test(syscall));
  }

  call(record: CallRecord, place: EventPlace): void {
    const isSet = record.name === 'setrlimit';
    if (record.returnValue !== 0 || (!isSet && record.argumentNumber(0) !== 0)) return;
    const resource = record.argumentText(isSet ? 0 : 1);
    const given = record.argumentText(isSet ? 1 : 2);
    if (!watched.test(resource) || given === 'NULL') return;
    const limit = /rlim_cur=([^,}]+)/.exec(given)?.[1] ?? '';
    const own = new Map(this.set.get(place.process));
    if (limit.includes('INFINITY')) own.delete(resource);
    else own.set(resource, { row: place.row, limit });
    this.set.set(place.process, own);
  }

  failed(record: CallRecord, place: EventPlace): void {
    // The kernel does not say why: only a limit that is known to be there is told.
    const own = this.set.get(place.process);
    for (const resource of refusedBy[record.errno] ?? [])
      if (own?.has(resource)) this.hit(resource, record.name, record.startNs, place);
  }

  signal(record: SignalRecord, place: EventPlace): void {
    if (record.infoText('si_code') === 'SI_USER') return;
    if (record.signal === 'SIGXCPU') this.hit('RLIMIT_CPU', record.signal, record.timeNs, place);
    else if (record.signal === 'SIGXFSZ' && this.hits.at(-1)?.row !== place.before)
      this.hit('RLIMIT_FSIZE', record.signal, record.timeNs, place);
  }

  linked(link: ProcessLink): void {
    const own = this.set.get(link.creator);
    if (own && !this.set.has(link.child)) this.set.set(link.child, own);
  }

  private hit(resource: LimitedResource, name: string, atNs: number, place: EventPlace): void {
    if (this.hits.length === mostFound) return;
    const known = this.set.get(place.process)?.get(resource);
    this.hits.push({ ...place, resource, name, atNs, setRow: known?.row ?? null, limit: known?.limit ?? '' });
  }
}
