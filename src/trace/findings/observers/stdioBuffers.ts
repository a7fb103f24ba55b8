/**
 * What waits in a buffer of stdio when fork copies it (setvbuf(3), fork(2)).
 *
 * The buffer itself makes no call. But when a stream is first written to, the C library asks what its descriptor is (fstat, and TCGETS
 * for a terminal): from then until the next write to that number, text waits. Whoever forks meanwhile gives the child a copy of it, and
 * the first write of each process begins with it. A process that makes the stream's buffer after the fork asks again: its text is
 * its own. Runtimes that ask about 0, 1 and 2 at their start (Python, Node) say nothing by that, so they are left alone.
 */

import type { CallRecord } from 'strace-parser';
import type { ProcessId, Row } from '../../api.js';
import type { Description } from '../../model/descriptors/description.js';
import type { DescriptorModel } from '../../model/descriptors/descriptorModel.js';
import type { EventPlace, Model, ProcessLink } from '../../model/model.js';

export interface BufferWrite extends EventPlace {
  atNs: number;
  /** As printed, without quotes; `cut` when strace left the rest out. */
  text: string;
  cut: boolean;
  description: Description | undefined;
}

export interface SharedBuffer {
  owner: ProcessId;
  fd: number;
  /**
   * `first`: nothing had been written since the stream was made; `rest`: whole blocks had, so that a rest is likely; `unknown`: the
   * log has no fstat, and nothing had been written since the program began.
   */
  waits: 'first' | 'rest' | 'unknown';
  /** The call that shows the stream in use. */
  row: Row | null;
  /** The first fork that copied it. */
  forkRow: Row;
  forkNs: number;
  /** The first write of each holder after the fork. */
  writes: BufferWrite[];
}

/** One process's hold on a buffer. */
interface Hold {
  buffer: Omit<SharedBuffer, 'forkRow' | 'forkNs'> & { forkRow: Row | null; forkNs: number };
  sinceNs: number;
  /** Its first write: the buffer is empty then. */
  untilNs: number;
}

const stdout = 1;
const stderr = 2;
/** stdio writes a buffer that is full in whole blocks, and keeps the rest. */
const blockBytes = 4096;
const mostShared = 1000;

export class StdioBuffers implements Model {
  readonly shared: SharedBuffer[] = [];
  /** fstat is among what was recorded. */
  private recordsStat = false;
  /** By process, then descriptor. */
  private readonly holds: (Map<number, Hold> | undefined)[] = [];
  /** Processes whose runtime looks at its descriptors anyway. */
  private readonly nosy = new Set<ProcessId>();

  constructor(private readonly descriptors: DescriptorModel) {}

  concerns(syscall: string): boolean {
    return /^(write|fstat(64)?|newfstatat|ioctl|brk)$/.test(syscall);
  }

  call(record: CallRecord, place: EventPlace): void {
    switch (record.name) {
      case 'write':
        this.wrote(record, place);
        break;
      case 'brk':
        this.allocated(record, place);
        break;
      case 'ioctl':
        if (record.argumentNumber(0) === stdout && record.argumentText(1) === 'TCGETS') this.asked(record, place);
        break;
      default:
        this.recordsStat = true;
        if (record.returnValue === 0 && record.argumentNumber(0) > 0) this.asked(record, place);
    }
  }

  execed(process: ProcessId, _row: Row, atNs: number): void {
    this.nosy.delete(process);
    const buffer = { owner: process, fd: stdout, waits: 'unknown', row: null, forkRow: null, forkNs: NaN } as const;
    this.holds[process] = new Map([[stdout, { buffer: { ...buffer, writes: [] }, sinceNs: atNs, untilNs: Infinity }]]);
  }

  linked(link: ProcessLink): void {
    if (link.sharesMemory) return;
    if (this.nosy.has(link.creator)) this.nosy.add(link.child);
    const given = this.holds[link.creator];
    if (given === undefined) return;
    const own = (this.holds[link.child] ??= new Map<number, Hold>());
    for (const [fd, { buffer, sinceNs, untilNs }] of given) {
      if (sinceNs > link.atNs || untilNs <= link.atNs || own.has(fd)) continue;
      own.set(fd, { buffer, sinceNs: link.atNs, untilNs: Infinity });
      if (buffer.forkRow !== null) continue;
      buffer.forkRow = link.row;
      buffer.forkNs = link.atNs;
      if (this.shared.length < mostShared) this.shared.push(buffer as SharedBuffer);
    }
  }

  /** Buffers of which more than one process may have written a copy, in a program that uses stdio. */
  copied(): SharedBuffer[] {
    return this.shared.filter(
      ({ waits, writes, owner }) =>
        writes.length > 1 && !this.nosy.has(owner) && (waits !== 'unknown' || !this.recordsStat),
    );
  }

  /** Somebody asks what a descriptor is: a stream begins. */
  private asked(record: CallRecord, place: EventPlace): void {
    const fd = record.argumentNumber(0);
    if (fd === stderr) this.nosy.add(place.process); // stderr has no buffer: this is no stream's beginning
    const buffer = { owner: place.process, fd, waits: 'first', row: place.row, forkRow: null, forkNs: NaN } as const;
    const holds = (this.holds[place.process] ??= new Map<number, Hold>());
    holds.set(fd, { buffer: { ...buffer, writes: [] }, sinceNs: record.startNs, untilNs: Infinity });
  }

  private wrote(record: CallRecord, place: EventPlace): void {
    const holds = this.holds[place.process];
    if (holds === undefined) return;
    const fd = record.argumentNumber(0);
    const hold = holds.get(fd);
    if (hold === undefined || hold.untilNs !== Infinity || !(record.returnValue > 0)) return;
    hold.untilNs = record.startNs;
    const { buffer } = hold;
    if (buffer.forkRow !== null) {
      const { text, cut } = payloadOf(record.argumentText(1));
      const description = this.descriptors.current(place.process, fd)?.description;
      buffer.writes.push({ ...place, atNs: record.startNs, text, cut, description });
    } else if (buffer.waits !== 'unknown' && record.returnValue % blockBytes === 0)
      holds.set(fd, { buffer: { ...buffer, waits: 'rest', writes: [] }, sinceNs: record.endNs, untilNs: Infinity });
  }

  /** The heap begins, or grows, after the fork: where the log has no fstat this is how a new buffer shows. */
  private allocated(record: CallRecord, place: EventPlace): void {
    const hold = this.holds[place.process]?.get(stdout);
    if (hold?.buffer.waits === 'unknown' && record.startNs > hold.buffer.forkNs)
      this.holds[place.process]!.delete(stdout);
  }
}

function payloadOf(printed: string): { text: string; cut: boolean } {
  const cut = printed.endsWith('"...');
  const text = printed.startsWith('"') ? printed.slice(1, cut ? -4 : -1) : '';
  return { text, cut };
}
