/** What select, poll and epoll cost each process: calls, and descriptors that each call handed to the kernel (select(2), poll(2), epoll(7)). */

import type { CallRecord } from 'strace-parser';
import type { ProcessId, Row } from '../../api.js';
import type { EventPlace } from '../model.js';

export type WaitKind = 'epoll' | 'poll' | 'select';

export interface MultiplexCount {
  process: ProcessId;
  kind: WaitKind;
  calls: number;
  passed: number;
  mostPassed: number;
  reported: number;
  timeouts: number;
  interrupted: number;
  controls: number;
  waitedNs: number;
  firstRow: Row;
}

export class MultiplexCounts {
  private readonly byProcess: Partial<Record<WaitKind, MultiplexCount>>[] = [];

  waited(kind: WaitKind, record: CallRecord, place: EventPlace): void {
    const count = this.of(kind, place);
    count.calls++;
    const passed = passedBy(kind, record);
    count.passed += passed;
    if (passed > count.mostPassed) count.mostPassed = passed;
    if (record.returnValue > 0) count.reported += record.returnValue;
    else if (record.returnValue === 0) count.timeouts++;
    else if (record.errno === 'EINTR' || record.errno.startsWith('ERESTART')) count.interrupted++;
    if (record.durationNs > 0) count.waitedNs += record.durationNs;
  }

  controlled(place: EventPlace): void {
    this.of('epoll', place).controls++;
  }

  all(): readonly MultiplexCount[] {
    return this.byProcess.flatMap(kinds => Object.values(kinds));
  }

  private of(kind: WaitKind, { process, row }: EventPlace): MultiplexCount {
    const kinds = (this.byProcess[process] ??= {});
    return (kinds[kind] ??= {
      process,
      kind,
      calls: 0,
      passed: 0,
      mostPassed: 0,
      reported: 0,
      timeouts: 0,
      interrupted: 0,
      controls: 0,
      waitedNs: 0,
      firstRow: row,
    });
  }
}

function passedBy(kind: WaitKind, record: CallRecord): number {
  if (kind === 'epoll') return 0;
  if (kind === 'poll') return count(record.argumentNumber(1));
  return [1, 2, 3].reduce((sum, set) => sum + membersOf(record, set), 0);
}

function count(value: number): number {
  return value >= 0 ? value : 0;
}

/** Descriptors in one of select's sets, as handed in. */
function membersOf(record: CallRecord, argument: number): number {
  const text = record.argumentText(argument);
  if (text === 'NULL' || text === '[]' || text === '') return 0;
  const value = record.arguments()[argument];
  const set = value?.kind === 'change' ? value.before : value;
  if (set?.kind === 'set') return set.members.length;
  return set?.kind === 'list' ? set.items.length : 0;
}
