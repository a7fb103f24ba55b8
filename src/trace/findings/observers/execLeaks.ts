/**
 * Descriptors that a new program got because nobody marked them close-on-exec (open(2), execve(2)).
 *
 * Only what the trace saw being opened by open, socket or accept, at the number it was opened at: what was put at a number with
 * dup2, and pipes, were made to be inherited.
 */

import type { ProcessId, Row } from '../../api.js';
import type { Descriptor } from '../../model/descriptors/description.js';
import type { DescriptorModel } from '../../model/descriptors/descriptorModel.js';
import type { Model } from '../../model/model.js';

export interface ExecLeak {
  process: ProcessId;
  /** The exec. */
  row: Row;
  atNs: number;
  descriptor: Descriptor;
  /** Calls on it before the exec: more later mean that the new program uses it. */
  callsBefore: number;
  /** Where it was opened, in this process or the one it was copied from. */
  openedBy: ProcessId;
  openedRow: Row;
}

/** Enough for any report; a daemon that starts programs all day repeats itself. */
const mostLeaks = 2000;

export class ExecLeaks implements Model {
  readonly leaks: ExecLeak[] = [];

  constructor(private readonly descriptors: DescriptorModel) {}

  execed(process: ProcessId, row: Row, atNs: number): void {
    if (this.leaks.length >= mostLeaks) return;
    for (const descriptor of this.descriptors.openOf(process, atNs)) {
      const { fd, description } = descriptor;
      if (fd <= 2 || descriptor.closeOnExec.latest === true) continue;
      if (description.kind !== 'file' && description.kind !== 'socket') continue;
      // The description's first descriptor is the one that its opening made.
      const first = description.descriptors[0];
      if (!first || first.fd !== fd || first.birthRow === null) continue;
      if (first.birth !== 'open' && first.birth !== 'accept' && first.birth !== 'create') continue;
      if (first.closeOnExec.latest === undefined) continue;
      const leak = { process, row, atNs, descriptor, callsBefore: descriptor.calls };
      this.leaks.push({ ...leak, openedBy: first.table.owner, openedRow: first.birthRow });
    }
  }
}
