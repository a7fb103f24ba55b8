/**
 * Receives the parser's records, gives each event its row and its place in a thread's lane, and hands it on to the models.
 *
 * Invariants: a call gets its row when its entry is seen and keeps it; within a lane events are in time order and calls do not
 * overlap, whatever the log's times say (a clock set back, a -T that includes the tracer's own work). A log without times gets
 * one microsecond a line, so that its order can be drawn.
 * Over 300 lines: each kind of record has its way through here, and all share the lane, the row and the time of the line before.
 */

import type {
  CallRecord,
  ExitRecord,
  FrameRecord,
  LineHeader,
  NoteRecord,
  RecordSink,
  SignalRecord,
  StopRecord,
} from 'strace-parser';
import { CallOutcome, ReturnKind } from 'strace-parser';
import { SliceFlag, type Row, type RowKind, type ThreadId } from '../api.js';
import type { Dispatch } from '../model/dispatch.js';
import { resumedCall } from '../model/resumedCall.js';
import { Interruptions } from '../model/interruptions.js';
import type { EventPlace } from '../model/model.js';
import type { ProcessModel } from '../model/processes.js';
import { ANY_NUMBER } from './anyNumber.js';
import type { CallNames } from './callNames.js';
import { CallStacks } from './callStacks.js';
import { CallTotals } from './callTotals.js';
import { classOfRow } from './eventFilter.js';
import { EventStore, NO_THREAD } from './eventStore.js';
import type { Lane } from './lane.js';
import type { LineIndex } from './lineIndex.js';
import { NameTable } from './nameTable.js';
import { OverviewBins } from './overviewBins.js';

const LINE_WITHOUT_TIME_NS = 1000;
/** A call that can wait and takes this much longer than the log's fastest call (the tracer's share) has waited. */
const WAIT_NS = 100_000;

const noThread = { tid: NaN, leader: NO_THREAD };

export class Recorder implements RecordSink {
  readonly store = new EventStore();
  /** Names of signals, and notes' kinds: what `nameId` means in rows that are no calls. */
  readonly markNames = new NameTable();
  readonly overview = new OverviewBins();
  /** Totals of the calls that cannot change any more: all but the last of each lane. */
  readonly finalTotals: CallTotals;
  readonly stacks = new CallStacks();
  /** The call that a signal interrupted for good, so that the program gets EINTR; null when it did not. */
  failedBy: (signal: Row) => Row | null = () => null;
  /** Time of the latest line. */
  lastNs = ANY_NUMBER;
  completed = 0;
  failed = 0;
  /** Thread of the last line without a pid. */
  private unnamedThread: ThreadId = NO_THREAD;
  /** Thread whose execve is going to end as the leader's, on stderr without a number. */
  private superseded = noThread;
  private fastestNs = Infinity;
  private lastStartNs = ANY_NUMBER;
  private readonly interruptions = new Interruptions();
  /** One for all records, filled anew for each, as the parser's records are. */
  private readonly eventPlace: EventPlace = { row: -1, thread: -1, process: -1, before: -1, fd: -1 };
  /** Id of ERESTART_RESTARTBLOCK, which a call has that restart_syscall will go on with. */
  private restartBlock = -1;

  constructor(
    private readonly names: CallNames,
    private readonly lines: LineIndex,
    private readonly processes: ProcessModel,
    private readonly models: Dispatch,
  ) {
    this.finalTotals = new CallTotals(this.store, names);
    this.lastNs = 0;
    this.lastStartNs = 0;
  }

  /** By thread id. */
  get lanes(): EventStore['lanes'] {
    return this.store.lanes;
  }

  /** Adds what is known so far of a call whose line has no end yet. */
  partial(record: CallRecord): void {
    this.enter(record);
  }

  enter(printed: CallRecord): void {
    const record = Number.isNaN(printed.timeNs) ? this.timedCall(printed) : printed;
    const thread = this.processes.threadOf(record.pid, record.startNs);
    const lane = this.store.lane(thread);
    // Its line was seen before it had an end.
    if (this.openRow(record, lane) >= 0) return;
    const row = this.begin(record, thread, lane);
    const place = this.place(row, thread, lane);
    this.processes.enter(record, place);
    if (record.nameId === this.names.restartId)
      this.processes.resumes(thread, this.names.nameOf(this.store.nameId(row)));
    this.models.enter(record, place);
  }

  call(printed: CallRecord): void {
    const record = Number.isNaN(printed.timeNs) ? this.timedCall(printed) : printed;
    const thread = this.threadOfCall(record);
    const lane = this.store.lane(thread);
    let row = this.openRow(record, lane);
    if (row < 0) row = this.begin(record, thread, lane);
    else {
      this.advance(record.timeNs);
      if (this.store.fd(row) === -1) this.store.setFd(row, this.fdOf(record));
    }
    // Another thread's exec ends in the leader's name: its row stands in the lane where it was entered.
    this.finish(row, row === lane.lastRow ? lane : this.store.laneOf(row), record);
    this.stacks.begin(row);
    const place = this.place(row, thread, lane);
    this.processes.call(record, place);
    this.models.call(record, place);
  }

  signal(printed: SignalRecord): void {
    const record = this.timed(printed);
    const thread = this.processes.threadOf(record.pid, record.timeNs);
    const row = this.mark('signal', record, thread, record.signal);
    const place = this.place(row, thread, this.store.lane(thread));
    this.processes.signal(record, place);
    this.models.signal(record, place);
    const failed = this.failedBy(row);
    if (failed === null || failed !== place.before) return;
    this.store.lane(thread).addLastFlags(SliceFlag.Failed);
    this.failed++;
    this.overview.addFailed(this.store.startNs(failed));
    this.processes.callFailed(thread);
  }

  exit(printed: ExitRecord): void {
    const record = this.timed(printed);
    const thread = this.processes.threadOf(record.pid, record.timeNs);
    const marks = this.store.lanes[thread]?.marks;
    const before = marks !== undefined && marks.length > 0 ? marks.at(marks.length - 1) : undefined;
    const row = this.mark('exit', record, thread, record.signal);
    // The stack of a call that never returned is printed after its thread's end.
    const lane = this.store.lanes[thread];
    if (lane !== undefined && (lane.lastFlags & SliceFlag.NoReturn) !== 0) this.stacks.begin(lane.lastRow);
    if (record.signal !== '') {
      const announced =
        before !== undefined && this.store.kind(before) === 'signal' && this.markName(before) === record.signal;
      this.store.setFatal(announced ? before : row);
    }
    const place = this.place(row, thread, this.store.lane(thread));
    this.processes.exit(record, place);
    this.models.exit(record, place);
  }

  stop(printed: StopRecord): void {
    const record = this.timed(printed);
    const thread = this.processes.threadOf(record.pid, record.timeNs);
    const row = this.mark('stop', record, thread, record.signal);
    const place = this.place(row, thread, this.store.lane(thread));
    this.processes.stop(record, place);
    this.models.stop(record, place);
  }

  note(printed: NoteRecord): void {
    const record = this.timed(printed);
    const ofThread = record.kind !== 'message' && record.kind !== 'summary' && record.kind !== 'dump';
    const thread = ofThread ? this.threadOfNote(record) : NO_THREAD;
    const row = this.mark('note', record, thread, record.kind);
    if (!ofThread) return;
    const place = this.place(row, thread, this.store.lane(thread));
    this.processes.note(record, place);
    this.models.note(record, place);
  }

  frame(record: FrameRecord): void {
    this.stacks.add(record);
  }

  text(record: LineHeader): void {
    this.mark('text', record, NO_THREAD, '');
  }

  /**
   * On stderr strace names no pid while it traces one process only. A call that was cut there by the news of another
   * process is still the first one's.
   */
  private threadOfCall(record: CallRecord): ThreadId {
    const { superseded } = this;
    if (record.resumed && record.pid === superseded.tid) {
      this.superseded = noThread;
      return superseded.leader;
    }
    if (record.pid !== 0) return this.processes.threadOf(record.pid, record.timeNs);
    if (!record.resumed || this.unnamedThread === NO_THREAD)
      this.unnamedThread = this.processes.threadOf(0, record.timeNs);
    return this.unnamedThread;
  }

  /** Without a pid it is of the thread that it names, or that was superseded by that one: its process's first. */
  private threadOfNote(record: NoteRecord): ThreadId {
    const tid = record.pid !== 0 || !(record.value > 0) ? record.pid : record.value;
    const thread = this.processes.threadOf(tid, record.timeNs);
    if (record.kind !== 'superseded' || record.pid !== 0) return thread;
    const leader = this.processes.leaderOf(this.processes.processOf(thread));
    this.superseded = { tid, leader };
    return (this.unnamedThread = leader);
  }

  /** Name of a row that is no call. */
  markName(row: Row): string {
    return this.markNames.nameOf(this.store.nameId(row));
  }

  /** The row that a call got at its entry, while it is open; -1 when it has none. */
  private openRow(record: CallRecord, lane: Lane): Row {
    const { store } = this;
    if (lane.isOpen && store.byteStart(lane.lastRow) === record.entryByteStart) return lane.lastRow;
    if (!record.resumed) return -1;
    // Another thread's exec ends in the leader's name: look for the entry where it was made.
    const entered = store.rowAtByte(record.entryByteStart);
    return entered !== undefined && store.isOpen(entered) ? entered : -1;
  }

  private begin(record: CallRecord, thread: ThreadId, lane: Lane): Row {
    const { names, store } = this;
    let { nameId } = record;
    names.learn(nameId, record.name);
    if (nameId === names.restartId) nameId = this.resumedId(record, lane);
    const callClass = names.classOf(nameId);
    const startNs = this.advance(record.startNs);
    this.lines.pass(record.entryLine, record.entryByteStart);
    if (lane.lastRow >= 0) {
      lane.settleLast(startNs);
      this.finalTotals.addLast(lane);
    }
    const flags = names.waits(nameId) ? SliceFlag.Blocked : 0;
    const fd = this.fdOf(record);
    const row = store.addCall(thread, lane, startNs, record.entryByteStart, nameId, callClass, flags, fd);
    this.overview.add(callClass, startNs);
    if (nameId !== record.nameId) store.resumed.add(row);
    return row;
  }

  /**
   * restart_syscall counts as the call that it goes on with, if that is the thread's last one and was interrupted: at first strace calls
   * anything `read`, and when it was told to show few calls, the last one that it showed.
   */
  private resumedId(record: CallRecord, { lastRow, lastNameId }: Lane): number {
    const id = this.names.idOf(resumedCall(record.argumentText(0)) ?? '');
    const isIt = lastRow >= 0 && lastNameId === id && this.store.errnoId(lastRow) === this.restartBlock;
    return isIt ? id : record.nameId;
  }

  private finish(row: Row, lane: Lane, record: CallRecord): void {
    const { store } = this;
    if (record.outcome === CallOutcome.Returned || record.returnKind === ReturnKind.Unknown) this.completed++;
    if (record.outcome === CallOutcome.LogEnded) return;
    if (record.outcome !== CallOutcome.Returned && Number.isNaN(record.endNs)) {
      // It lasts until its thread ends, whose line comes next.
      lane.addLastFlags(SliceFlag.NoReturn);
      return;
    }
    const { durationNs } = record;
    if (durationNs < this.fastestNs) this.fastestNs = durationNs;
    let flags = record.outcome === CallOutcome.Returned ? 0 : SliceFlag.NoReturn;
    if (this.names.waits(record.nameId) && (record.resumed || durationNs >= this.fastestNs + WAIT_NS))
      flags |= SliceFlag.Blocked;
    // What a signal interrupted may go on: see `failedBy`.
    if (record.errnoId !== 0) {
      if (record.errno === 'ERESTART_RESTARTBLOCK') this.restartBlock = record.errnoId;
      if (!this.interruptions.has(record)) {
        flags |= SliceFlag.Failed;
        this.failed++;
        this.overview.addFailed(lane.lastStartNs);
      }
    }
    const endNs = record.resumed && Number.isNaN(record.endNs) ? this.lastStartNs : record.endNs;
    if (endNs > this.lastNs) this.lastNs = endNs;
    if (Number.isNaN(endNs)) store.setEndUnknown(row);
    lane.endLast(endNs, flags);
    store.setResult(row, record.returnValue, record.errnoId);
    if (record.resumed && record.byteStart !== record.entryByteStart) store.setReturnPlace(row, record.byteStart);
  }

  /** The number in its descriptor argument; -1 when there is none. */
  private fdOf(record: CallRecord): number {
    const argument = this.names.fdArgument(record.nameId);
    if (argument < 0) return -1;
    const fd = record.argumentNumber(argument);
    return Number.isSafeInteger(fd) ? fd : -1;
  }

  private mark(kind: Exclude<RowKind, 'call'>, record: LineHeader, thread: ThreadId, name: string): Row {
    const { store } = this;
    this.stacks.begin(undefined);
    const startNs = this.advance(Number.isNaN(record.timeNs) ? this.lastStartNs : record.timeNs);
    this.lines.pass(record.line, record.byteStart);
    const lane = store.lane(thread);
    if (lane.lastRow >= 0) lane.settleLast(startNs);
    const row = store.addMark(kind, thread, startNs, record.byteStart, this.markNames.idOf(name));
    this.overview.add(classOfRow(store, this.names, row), startNs);
    return row;
  }

  /** What the models hear of a line without a time: the time that its row gets. */
  private timed<R extends LineHeader>(record: R): R {
    return Number.isNaN(record.timeNs) ? withTimes(record, { timeNs: this.lastStartNs }) : record;
  }

  private timedCall(record: CallRecord): CallRecord {
    const timeNs = this.lastStartNs + LINE_WITHOUT_TIME_NS;
    if (!record.resumed) return withTimes(record, { timeNs, startNs: timeNs });
    const entered = this.store.rowAtByte(record.entryByteStart);
    const startNs = entered === undefined ? timeNs : this.store.startNs(entered);
    return withTimes(record, { timeNs, startNs, endNs: timeNs });
  }

  /** Start time of the next row for a line's time: never before the row before it. */
  private advance(timeNs: number): number {
    const startNs = Number.isNaN(timeNs) ? this.lastStartNs + LINE_WITHOUT_TIME_NS : Math.max(timeNs, this.lastStartNs);
    this.lastStartNs = startNs;
    if (startNs > this.lastNs) this.lastNs = startNs;
    return startNs;
  }

  private place(row: Row, thread: ThreadId, lane: Lane): EventPlace {
    const { eventPlace } = this;
    eventPlace.row = row;
    eventPlace.thread = thread;
    eventPlace.process = this.processes.processOf(thread);
    eventPlace.before = lane.callBefore(row);
    eventPlace.fd = this.store.fd(row);
    return eventPlace;
  }
}

/** A record with times of its own, and all else as it is. */
function withTimes<R extends LineHeader>(
  record: R,
  times: Partial<Pick<CallRecord, 'timeNs' | 'startNs' | 'endNs'>>,
): R {
  return Object.assign(Object.create(record) as R, times);
}
