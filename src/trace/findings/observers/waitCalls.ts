/** What each process asked about its children: wait4 and waitid with their results. */

import type { CallRecord } from 'strace-parser';
import type { ProcessId } from '../../api.js';
import type { EventPlace, Model } from '../../model/model.js';

export interface WaitCall extends EventPlace {
  startNs: number;
  /** The child's pid, 0 when WNOHANG found none; NaN when it failed or did not return. */
  result: number;
  errno: string;
}

export class WaitCalls implements Model {
  private readonly byProcess = new Map<ProcessId, WaitCall[]>();

  concerns(syscall: string): boolean {
    return syscall === 'wait4' || syscall === 'waitid' || syscall === 'waitpid';
  }

  call(record: CallRecord, place: EventPlace): void {
    let result = record.returnValue;
    if (record.name === 'waitid' && result === 0)
      result = Number(/si_pid=(\d+)/.exec(record.argumentText(2))?.[1] ?? 0);
    const calls = this.byProcess.get(place.process) ?? [];
    calls.push({
      ...place,
      startNs: record.startNs,
      result: record.errno === '' ? result : Number.NaN,
      errno: record.errno,
    });
    this.byProcess.set(place.process, calls);
  }

  of(process: ProcessId): readonly WaitCall[] {
    return this.byProcess.get(process) ?? [];
  }
}
