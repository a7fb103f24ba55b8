/** Which calls a signal interrupted, so that they may go on: strace prints the kernel's own errors for that (ERESTARTSYS and its like). */

import type { CallRecord } from 'strace-parser';

export class Interruptions {
  /** By the parser's errno id, as they turn up: all calls that failed are asked for. */
  private readonly known: (boolean | undefined)[] = [];

  has(record: CallRecord): boolean {
    const { errnoId } = record;
    return this.known[errnoId] ?? (this.known[errnoId] = record.errno.startsWith('ERESTART'));
  }
}
