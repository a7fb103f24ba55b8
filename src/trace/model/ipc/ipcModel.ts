/**
 * What outlives descriptors: System V queues, semaphores and segments (sysvipc(7)), and memory mapped shared. Objects become
 * channels of the descriptor model's set; their users stand where others have descriptors.
 *
 * A queue's message is taken as the first of its type, which is what msgrcv(2) gives whatever it was asked for.
 */

import type { CallRecord } from 'strace-parser';
import type { ProcessId, Row } from '../../api.js';
import type { Channel } from '../descriptors/channel.js';
import type { DescriptorModel } from '../descriptors/descriptorModel.js';
import type { EventPlace, Model, ProcessLink } from '../model.js';
import { field, numberOf, unquote } from '../valueAccess.js';
import { pageUp } from '../memory/addressSpace.js';
import { mapFlagsOf } from '../memory/mapFlags.js';
import { Semaphores } from './semaphores.js';
import { ObjectTable, SharedMappings } from './sharedMappings.js';

type Handler = (call: CallRecord, place: EventPlace, atNs: number) => void;

export class IpcModel implements Model {
  readonly semaphores = new Semaphores();
  private readonly mappings = new SharedMappings();
  private readonly queues: ObjectTable<number>;
  private readonly sets: ObjectTable<number>;
  private readonly segments: ObjectTable<number>;
  private readonly files: ObjectTable<string>;
  private readonly bytesOfSegment = new Map<number, number>();
  private readonly queueOfRow = new Map<Row, Channel>();
  private readonly handlersById: (Handler | undefined)[] = [];

  constructor(private readonly descriptors: DescriptorModel) {
    const { channels } = descriptors;
    const numbered = (kind: 'sysvQueue' | 'sysvSem' | 'sysvShm'): ObjectTable<number> =>
      new ObjectTable((id, atNs, row) => {
        const channel = channels.create(kind, atNs, row).keepMessages();
        channel.name = `id ${id}`;
        channel.streams[1].partlySeen = true; // until its msgget is seen making it
        return channel;
      });
    this.queues = numbered('sysvQueue');
    this.sets = numbered('sysvSem');
    this.segments = numbered('sysvShm');
    this.files = new ObjectTable((path, atNs, row) => {
      const channel = channels.create(path.startsWith('/dev/shm/') ? 'posixShm' : 'sharedMap', atNs, row);
      channel.name = path;
      return channel;
    });
  }

  concerns(syscall: string): boolean {
    return Object.hasOwn(this.handlers, syscall);
  }

  concernsEntry(syscall: string): boolean {
    return syscall.startsWith('semop') || syscall.startsWith('semtimedop');
  }

  enter(record: CallRecord, place: EventPlace): void {
    this.semaphores.enter(record, place);
  }

  call(record: CallRecord, place: EventPlace): void {
    const atNs = Number.isNaN(record.endNs) ? record.startNs : record.endNs;
    const handler = (this.handlersById[record.nameId] ??= this.handlers[record.name]!);
    handler(record, place, atNs);
  }

  linked(link: ProcessLink): void {
    if (!link.sharesMemory) this.mappings.copy(link.creator, link.child, link.atNs);
  }

  execed(process: ProcessId, _row: Row, atNs: number): void {
    this.mappings.clear(process, atNs);
  }

  ended(process: ProcessId, row: Row, atNs: number): void {
    this.mappings.clear(process, atNs);
    this.semaphores.ended(process, row, atNs);
  }

  /** Rows that sent what a msgrcv got. */
  sendersOf(row: Row): readonly Row[] {
    return this.queueOfRow.get(row)?.streams[1].writersOf(row) ?? [];
  }

  receiversOf(row: Row): readonly Row[] {
    return this.queueOfRow.get(row)?.streams[1].readersOf(row) ?? [];
  }

  private readonly handlers: Readonly<Record<string, Handler>> = {
    msgget: (call, place, atNs) => this.get(this.queues, call, place, atNs),
    semget: (call, place, atNs) => this.get(this.sets, call, place, atNs),
    shmget: (call, place, atNs) => {
      this.get(this.segments, call, place, atNs);
      const bytes = call.argumentNumber(1);
      if (call.returnValue >= 0 && bytes > (this.bytesOfSegment.get(call.returnValue) ?? 0))
        this.bytesOfSegment.set(call.returnValue, bytes);
    },
    msgctl: (call, _place, atNs) => removed(this.queues, call, 1, atNs),
    shmctl: (call, _place, atNs) => removed(this.segments, call, 1, atNs),
    semctl: (call, _place, atNs) => removed(this.sets, call, 2, atNs),
    msgsnd: (call, place, atNs) => {
      if (call.returnValue !== 0) return;
      const queue = this.queueOf(call, place, atNs);
      queue.streams[1].sentMessage(call.argumentNumber(2), place.row, typeOf(call));
    },
    msgrcv: (call, place, atNs) => {
      if (!(call.returnValue >= 0)) return;
      const queue = this.queueOf(call, place, atNs);
      queue.streams[1].gotMessage(call.returnValue, place.row, { key: typeOf(call) }, call.argumentNumber(2));
    },
    semop: (call, place, atNs) => this.semop(call, place, atNs),
    semtimedop: (call, place, atNs) => this.semop(call, place, atNs),
    semtimedop_time64: (call, place, atNs) => this.semop(call, place, atNs),
    shmat: (call, place, atNs) => {
      const start = call.returnValue;
      if (!(start > 0)) return;
      const id = call.argumentNumber(0);
      const bytes = pageUp(this.bytesOfSegment.get(id) ?? 1);
      this.mappings.map(place.process, start, start + bytes, this.segments.get(id, atNs, place.row), atNs);
    },
    shmdt: (call, place, atNs) => {
      if (call.returnValue === 0) this.mappings.detach(place.process, call.argumentNumber(0), atNs);
    },
    mmap: (call, place, atNs) => this.mmap(call, place, atNs),
    mmap2: (call, place, atNs) => this.mmap(call, place, atNs),
    munmap: (call, place, atNs) => {
      if (call.returnValue !== 0 || !this.mappings.has(place.process)) return;
      const start = call.argumentNumber(0);
      this.mappings.unmap(place.process, start, start + pageUp(call.argumentNumber(1)), atNs);
    },
    unlink: (call, _place, atNs) => {
      if (call.returnValue === 0) this.files.remove(unquote(call.argumentText(0)), atNs);
    },
    unlinkat: (call, _place, atNs) => {
      if (call.returnValue === 0) this.files.remove(unquote(call.argumentText(1)), atNs);
    },
  };

  private get(table: ObjectTable<number>, call: CallRecord, place: EventPlace, atNs: number): void {
    if (!(call.returnValue >= 0)) return;
    const flags = call.argumentText(call.name === 'msgget' ? 1 : 2);
    const isPrivate = call.argumentText(0) === 'IPC_PRIVATE';
    const made = isPrivate || flags.includes('IPC_EXCL');
    if (made) table.remove(call.returnValue, atNs); // an id that is free again
    const channel = table.get(call.returnValue, atNs, place.row);
    channel.use(place.process, atNs);
    if (made) {
      channel.streams[1].partlySeen = false;
      channel.name = isPrivate ? `id ${call.returnValue}` : `key ${call.argumentText(0)}`;
    }
  }

  private queueOf(call: CallRecord, place: EventPlace, atNs: number): Channel {
    const queue = this.queues.get(call.argumentNumber(0), atNs, place.row);
    queue.use(place.process, atNs);
    this.queueOfRow.set(place.row, queue);
    return queue;
  }

  private semop(call: CallRecord, place: EventPlace, atNs: number): void {
    if (call.returnValue === 0) this.sets.get(call.argumentNumber(0), atNs, place.row).use(place.process, atNs);
    this.semaphores.call(call, place, atNs);
  }

  /** Of files only what somebody may write is a channel: everybody maps libraries' caches. */
  private mmap(call: CallRecord, place: EventPlace, atNs: number): void {
    const start = call.returnValue;
    const flags = mapFlagsOf(call.argumentText(3));
    if (!(start > 0) || !(flags.shared || flags.fixed)) return;
    const end = start + pageUp(call.argumentNumber(1));
    if (flags.fixed) this.mappings.unmap(place.process, start, end, atNs);
    if (!flags.shared) return;
    let channel: Channel | undefined;
    if (flags.anonymous) {
      channel = this.descriptors.channels.create('sharedMap', atNs, place.row);
      channel.name = 'anonymous';
    } else {
      const file = this.descriptors.current(place, call.argumentNumber(4));
      const name = file?.description.name ?? '';
      const written = call.argumentText(2).includes('PROT_WRITE') || name.startsWith('/dev/shm/');
      if (name !== '' && written) channel = this.files.get(name, atNs, place.row);
      const deletedNs = file?.description.deletedNs ?? null;
      if (channel && deletedNs !== null) this.files.remove(name, deletedNs);
    }
    if (channel) this.mappings.map(place.process, start, end, channel, atNs);
  }
}

function removed(table: ObjectTable<number>, call: CallRecord, command: number, atNs: number): void {
  if (call.returnValue === 0 && call.argumentText(command).includes('IPC_RMID'))
    table.remove(call.argumentNumber(0), atNs);
}

/** `{mtype=1, mtext="hello"}` */
function typeOf(call: CallRecord): number {
  return numberOf(field(call.arguments()[1], 'mtype'));
}
