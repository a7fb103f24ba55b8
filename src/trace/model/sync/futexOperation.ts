/** What futex(2) was asked to do. */

import type { CallRecord } from 'strace-parser';

/** What the second argument says; by its text, of which there are few. */
export interface Operation {
  kind: 'wait' | 'wake' | 'other';
  isPrivate: boolean;
  /** Condition variables and semaphores wait with FUTEX_WAIT_BITSET instead. */
  isPlain: boolean;
  requeues: boolean;
  unlocksPi: boolean;
}

export function readOperation(text: string): Operation {
  const isWait = /^FUTEX_(WAIT|LOCK_PI)/.test(text);
  const isWake = /^FUTEX_(WAKE|REQUEUE|CMP_REQUEUE|UNLOCK_PI)/.test(text);
  const kind = isWait ? 'wait' : isWake ? 'wake' : 'other';
  return {
    kind,
    isPrivate: text.includes('PRIVATE'),
    isPlain: /^FUTEX_WAIT(_PRIVATE)?$/.test(text),
    requeues: /^FUTEX_(CMP_)?REQUEUE(_PRIVATE)?$/.test(text),
    unlocksPi: text.startsWith('FUTEX_UNLOCK_PI'),
  };
}

/** How many a call woke: a requeue counts those that it moved, too, and FUTEX_UNLOCK_PI returns 0 whether it wakes one or none. */
export function wokenBy(record: CallRecord, { requeues, unlocksPi }: Operation): number {
  if (unlocksPi) return 1;
  return requeues ? Math.min(record.returnValue, record.argumentNumber(2)) : record.returnValue;
}
