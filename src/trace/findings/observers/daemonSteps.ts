/** What makes a process a daemon, as far as it calls the kernel for it: setsid, chdir, umask; and who runs another program since (daemon(7)). */

import type { CallRecord } from 'strace-parser';
import type { ProcessId, Row } from '../../api.js';
import type { EventPlace, Model } from '../../model/model.js';

export type DaemonStep = 'setsid' | 'chdir' | 'umask';

const stepOf: Readonly<Record<string, DaemonStep>> = {
  setsid: 'setsid',
  chdir: 'chdir',
  fchdir: 'chdir',
  umask: 'umask',
};

export class DaemonSteps implements Model {
  /** Processes that executed a program. */
  readonly executed = new Set<ProcessId>();
  /** The first of each kind that worked. */
  private readonly steps = new Map<ProcessId, Map<DaemonStep, Row>>();

  concerns(syscall: string): boolean {
    return syscall in stepOf;
  }

  call(record: CallRecord, place: EventPlace): void {
    const step = stepOf[record.name];
    if (step === undefined || !(record.returnValue >= 0)) return;
    const known = this.steps.get(place.process) ?? new Map<DaemonStep, Row>();
    this.steps.set(place.process, known);
    if (!known.has(step)) known.set(step, place.row);
  }

  execed(process: ProcessId): void {
    this.executed.add(process);
  }

  /** The event at which a process did a step; undefined when it never did. */
  rowOf(process: ProcessId, step: DaemonStep): Row | undefined {
    return this.steps.get(process)?.get(step);
  }
}
