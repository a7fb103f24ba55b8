/**
 * Threads that read or write a few bytes a call, hundreds of times with nothing else in between (a loop that reads from one file and
 * writes to another is that, too). Counted for each descriptor of such a run; files and pipes only.
 */

import type { CallRecord } from 'strace-parser';
import type { ProcessId, Row, ThreadId } from '../../api.js';
import type { Description } from '../../model/descriptors/description.js';
import type { DescriptorModel } from '../../model/descriptors/descriptorModel.js';
import type { EventPlace, Model } from '../../model/model.js';

export interface TinyRun extends EventPlace {
  name: string;
  fd: number;
  description: Description;
  startNs: number;
  lastRow: Row;
  calls: number;
  moved: number;
}

/** A run that has only begun. A class: many do, and to copy a place into a literal takes longer than all the rest. */
class Run {
  readonly row: Row;
  readonly thread: ThreadId;
  readonly process: ProcessId;
  readonly before: Row;
  description: Description | undefined;
  lastRow: Row;
  calls = 1;

  constructor(
    { row, thread, process, before }: EventPlace,
    readonly name: string,
    readonly fd: number,
    readonly startNs: number,
    public moved: number,
  ) {
    this.row = this.lastRow = row;
    this.thread = thread;
    this.process = process;
    this.before = before;
  }
}

/** What a thread did since its last other call. */
interface Streak {
  lastRow: Row;
  runs: Run[];
}

/** No more bytes than this in a call. */
const fewBytes = 16;
/** Fewer in a row are a header, or a handful of fields. */
const manyCalls = 256;

export class TinyTransfers implements Model {
  readonly runs: TinyRun[] = [];
  /** By thread. */
  private readonly current: (Streak | undefined)[] = [];

  constructor(private readonly descriptors: DescriptorModel) {}

  concerns(syscall: string): boolean {
    return syscall === 'read' || syscall === 'write';
  }

  call(record: CallRecord, place: EventPlace): void {
    const bytes = record.returnValue;
    if (!(bytes > 0 && bytes <= fewBytes)) return;
    let streak = this.current[place.thread];
    if (streak === undefined) this.current[place.thread] = streak = { lastRow: place.row, runs: [] };
    else if (streak.lastRow !== place.before && streak.runs.length > 0) streak.runs = [];
    streak.lastRow = place.row;
    const { name } = record;
    const fd = record.argumentNumber(0);
    const run = streak.runs.find(r => r.fd === fd && r.name === name);
    if (run === undefined) {
      streak.runs.push(new Run(place, name, fd, record.startNs, bytes));
      return;
    }
    run.calls++;
    run.moved += bytes;
    run.lastRow = place.row;
    if (run.calls === manyCalls) this.keep(run);
  }

  private keep(run: Run): void {
    const description = this.descriptors.current(run, run.fd)?.description;
    if (description?.kind === 'file' || description?.kind === 'pipe')
      this.runs.push(Object.assign(run, { description }));
  }
}
