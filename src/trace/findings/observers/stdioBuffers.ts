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
  /** Made by a runtime that looks at all its descriptors: nothing is known to wait there. */
  ofRuntime: boolean;
  /** The first fork that copied it. */
  forkRow: Row;
  forkNs: number;
  /** The first write of each holder after the fork. */
  writes: BufferWrite[];
}

/** One process's hold on a buffer; of one that no fork copied, all that is known of it. */
interface Hold {
  waits: SharedBuffer['waits'];
  row: Row | null;
  ofRuntime: boolean;
  sinceNs: number;
  /** Its first write: the buffer is empty then. */
  untilNs: number;
  /** Since a fork copied it. */
  shared: SharedBuffer | undefined;
}

/** All of one process. */
interface Holds {
  readonly byFd: Map<number, Hold>;
  /** How many of them nothing was written from yet: most processes have none, and every write asks. */
  waiting: number;
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
  /** By process. */
  private readonly holds: (Holds | undefined)[] = [];
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
        if (record.returnValue === 0) this.asked(record, place);
    }
  }

  execed(process: ProcessId, _row: Row, atNs: number): void {
    this.nosy.delete(process);
    this.holds[process] = undefined;
    this.begin(process, stdout, 'unknown', null, atNs);
  }

  ended(process: ProcessId): void {
    this.nosy.delete(process);
    this.holds[process] = undefined;
  }

  linked(link: ProcessLink): void {
    if (link.sharesMemory) return;
    if (this.nosy.has(link.creator)) this.nosy.add(link.child);
    const given = this.holds[link.creator];
    if (given === undefined) return;
    const own = this.holdsOf(link.child);
    for (const [fd, held] of given.byFd) {
      if (held.sinceNs > link.atNs || held.untilNs <= link.atNs || own.byFd.has(fd)) continue;
      held.shared ??= this.copy(held, fd, link);
      hold(own, fd, { ...held, sinceNs: link.atNs, untilNs: Infinity });
    }
  }

  /** Buffers of which more than one process may have written a copy, in a program that uses stdio. */
  copied(): SharedBuffer[] {
    return this.shared.filter(
      ({ waits, writes, ofRuntime }) => writes.length > 1 && !ofRuntime && (waits !== 'unknown' || !this.recordsStat),
    );
  }

  /** Somebody asks what a descriptor is: a stream begins. */
  private asked(record: CallRecord, place: EventPlace): void {
    const fd = record.argumentNumber(0);
    if (fd === stderr)
      this.looksAround(place.process); // stderr has no buffer: this is no stream's beginning
    else if (fd > 0) this.begin(place.process, fd, 'first', place.row, record.startNs);
  }

  private looksAround(process: ProcessId): void {
    this.nosy.add(process);
    for (const held of this.holds[process]?.byFd.values() ?? []) (held.shared ?? held).ofRuntime = true;
  }

  private begin(process: ProcessId, fd: number, waits: Hold['waits'], row: Row | null, sinceNs: number): void {
    const ofRuntime = this.nosy.size > 0 && this.nosy.has(process);
    const holds = this.holdsOf(process);
    const before = holds.byFd.get(fd);
    // Every fstat comes here. A buffer that no fork copied is nobody else's: its record is taken over.
    if (before !== undefined && before.shared === undefined) {
      if (before.untilNs !== Infinity) holds.waiting++;
      before.sinceNs = sinceNs;
      before.untilNs = Infinity;
      before.waits = waits;
      before.row = row;
      before.ofRuntime = ofRuntime;
    } else hold(holds, fd, { waits, row, ofRuntime, sinceNs, untilNs: Infinity, shared: undefined });
  }

  private wrote(record: CallRecord, place: EventPlace): void {
    const holds = this.holds[place.process];
    if (holds === undefined || holds.waiting === 0) return;
    const { fd } = place;
    const held = holds.byFd.get(fd);
    if (held === undefined || held.untilNs !== Infinity || !(record.returnValue > 0)) return;
    held.untilNs = record.startNs;
    holds.waiting--;
    if (held.shared !== undefined) {
      const { text, cut } = payloadOf(record.argumentText(1));
      const description = this.descriptors.current(place, fd)?.description;
      held.shared.writes.push({ ...place, atNs: record.startNs, text, cut, description });
    } else if (held.waits !== 'unknown' && record.returnValue % blockBytes === 0)
      this.begin(place.process, fd, 'rest', held.row, record.endNs);
  }

  /** The heap begins, or grows, after the fork: where the log has no fstat this is how a new buffer shows. */
  private allocated(record: CallRecord, place: EventPlace): void {
    const holds = this.holds[place.process];
    const held = holds?.byFd.get(stdout);
    if (!holds || held?.shared?.waits !== 'unknown' || !(record.startNs > held.shared.forkNs)) return;
    if (held.untilNs === Infinity) holds.waiting--;
    holds.byFd.delete(stdout);
  }

  /** A fork copies a buffer for the first time. */
  private copy({ waits, row, ofRuntime }: Hold, fd: number, link: ProcessLink): SharedBuffer {
    const forked = { forkRow: link.row, forkNs: link.atNs, writes: [] };
    const buffer: SharedBuffer = { owner: link.creator, fd, waits, row, ofRuntime, ...forked };
    if (this.shared.length < mostShared) this.shared.push(buffer);
    return buffer;
  }

  private holdsOf(process: ProcessId): Holds {
    return (this.holds[process] ??= { byFd: new Map<number, Hold>(), waiting: 0 });
  }
}

function hold(holds: Holds, fd: number, held: Hold): void {
  if (holds.byFd.get(fd)?.untilNs !== Infinity) holds.waiting++;
  holds.byFd.set(fd, held);
}

function payloadOf(printed: string): { text: string; cut: boolean } {
  const cut = printed.endsWith('"...');
  const text = printed.startsWith('"') ? printed.slice(1, cut ? -4 : -1) : '';
  return { text, cut };
}
