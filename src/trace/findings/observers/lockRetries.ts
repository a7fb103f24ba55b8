/** File locks that a thread tried to get without waiting, again and again, while it held another one (flock(2), fcntl_locking(2)). */

import type { CallRecord } from 'strace-parser';
import type { Row } from '../../api.js';
import type { DescriptorModel } from '../../model/descriptors/descriptorModel.js';
import type { LockModel } from '../../model/sync/lockModel.js';
import type { EventPlace, Model } from '../../model/model.js';

/** The place is the first attempt's. */
export interface LockRetry extends EventPlace {
  held: string;
  wanted: string;
  tries: number;
  startNs: number;
  endNs: number;
  lastRow: Row;
}

export class LockRetries implements Model {
  /** By thread and names. */
  private readonly retries = new Map<string, LockRetry>();

  constructor(
    private readonly descriptors: DescriptorModel,
    private readonly locks: LockModel,
  ) {}

  concernsError(errno: string, syscall: string): boolean {
    return errno === 'EAGAIN' && (syscall === 'flock' || syscall.startsWith('fcntl'));
  }

  failed(record: CallRecord, place: EventPlace): void {
    if (record.name !== 'flock' && !/^F_(OFD_)?SETLK$/.test(record.argumentText(1))) return;
    const wanted = this.descriptors.current(place, record.argumentNumber(0))?.description.name;
    if (wanted === undefined) return;
    for (const held of this.locks.namesHeldBy(place.thread)) {
      const key = `${place.thread} ${held} ${wanted}`;
      const { startNs } = record;
      const known = this.retries.get(key);
      if (!known)
        this.retries.set(key, { ...place, held, wanted, tries: 1, startNs, endNs: startNs, lastRow: place.row });
      else {
        known.tries++;
        known.endNs = startNs;
        known.lastRow = place.row;
      }
    }
  }

  all(): LockRetry[] {
    return [...this.retries.values()];
  }
}
