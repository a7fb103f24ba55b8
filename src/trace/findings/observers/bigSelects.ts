/** Calls of select whose sets hold a descriptor that libc's fd_set has no place for (select(2), "Bugs"). */

import type { CallRecord } from 'strace-parser';
import type { ProcessId } from '../../api.js';
import type { EventPlace, Model } from '../../model/model.js';

export interface BigSelect extends EventPlace {
  atNs: number;
  fd: number;
}

/** FD_SETSIZE of glibc and musl, whatever the limits are. */
const setSize = 1024;

export class BigSelects implements Model {
  /** The first of each process: a loop does it again and again. */
  readonly first = new Map<ProcessId, BigSelect>();

  concerns(syscall: string): boolean {
    return /^(select|_newselect|pselect6|pselect6_time64)$/.test(syscall);
  }

  enter(record: CallRecord, place: EventPlace): void {
    this.call(record, place);
  }

  call(record: CallRecord, place: EventPlace): void {
    if (!(record.argumentNumber(0) > setSize) || this.first.has(place.process)) return;
    // Sets are printed as `[3<pipe:[7]> 1030<socket:[9]>]`; the last ones of an entry may not be there yet.
    const sets = [1, 2, 3].filter(i => i < record.argumentCount()).map(i => record.argumentText(i));
    const highest = Math.max(...sets.flatMap(set => (set.replace(/<[^>]*>/g, '').match(/\d+/g) ?? []).map(Number)));
    if (highest >= setSize) this.first.set(place.process, { ...place, atNs: record.startNs, fd: highest });
  }
}
