/** What each process asked about its children: wait4 and waitid with their results. */

import type { CallRecord } from 'strace-parser';
import type { ProcessId, Row } from '../../api.js';
import type { EventPlace, Model } from '../../model/model.js';

export interface WaitCall extends EventPlace {
  startNs: number;
  /** The child's pid, 0 when WNOHANG found none; NaN when it failed or did not return. */
  result: number;
  errno: string;
  /** Pid that it waited for; 0 and below: any of several. */
  target: number;
  /** WNOHANG: it only asked. */
  noHang: boolean;
  /** It wanted to know how the child ended. */
  asksStatus: boolean;
}

export class WaitCalls implements Model {
  /** Those that found no child: ECHILD. */
  readonly refused: WaitCall[] = [];
  private readonly byProcess = new Map<ProcessId, WaitCall[]>();
  private readonly byRow = new Map<Row, WaitCall>();

  concerns(syscall: string): boolean {
    return syscall === 'wait4' || syscall === 'waitid' || syscall === 'waitpid';
  }

  call(record: CallRecord, place: EventPlace): void {
    // A signal interrupted it: the kernel starts it again, or the program does.
    if (record.errno.startsWith('ERESTART')) return;
    const isWaitid = record.name === 'waitid';
    let result = record.returnValue;
    if (isWaitid && result === 0) result = Number(/si_pid=(\d+)/.exec(record.argumentText(2))?.[1] ?? 0);
    const target = isWaitid && record.argumentText(0) !== 'P_PID' ? -1 : record.argumentNumber(isWaitid ? 1 : 0);
    const calls = this.byProcess.get(place.process) ?? [];
    const call = {
      ...place,
      startNs: record.startNs,
      result: record.errno === '' ? result : Number.NaN,
      errno: record.errno,
      target,
      noHang: record.argumentText(isWaitid ? 3 : 2).includes('WNOHANG'),
      asksStatus: record.argumentText(isWaitid ? 2 : 1) !== 'NULL',
    };
    calls.push(call);
    if (call.errno === 'ECHILD') this.refused.push(call);
    this.byRow.set(place.row, call);
    this.byProcess.set(place.process, calls);
  }

  at(row: Row): WaitCall | undefined {
    return this.byRow.get(row);
  }

  of(process: ProcessId): readonly WaitCall[] {
    return this.byProcess.get(process) ?? [];
  }
}
