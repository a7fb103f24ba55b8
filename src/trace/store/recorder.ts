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
import type { CallName, CallNames } from './callNames.js';
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
    if (this.laneEntered(record, lane) !== undefined) return;
    this.begin(record, thread, lane);
    const place = this.place(lane.lastRow, thread, lane, lane.lastFd);
    this.processes.enter(record, place);
    if (record.nameId === this.names.restartId)
      this.processes.resumes(thread, this.names.nameOf(this.store.nameId(lane.lastRow)));
    this.models.enter(record, place);
  }

  call(printed: CallRecord): void {
    const record = Number.isNaN(printed.timeNs) ? this.timedCall(printed) : printed;
    const thread = this.threadOfCall(record);
    const lane = this.store.lane(thread);
    let entered = this.laneEntered(record, lane);
    if (entered !== undefined) this.goOn(record, entered);
    else {
      this.begin(record, thread, lane);
      entered = lane;
    }
    this.finish(entered, record);
    const row = entered.lastRow;
    this.stacks.begin(row);
    const place = this.place(row, thread, lane, entered.lastFd);
    this.processes.call(record, place);
    this.models.call(record, place);
  }

  signal(printed: SignalRecord): void {
    const record = this.timed(printed);
    const thread = this.processes.threadOf(record.pid, record.timeNs);
    const row = this.mark('signal', record, thread, record.signal);
    const place = this.place(row, thread, this.store.lane(thread), -1);
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
    const place = this.place(row, thread, this.store.lane(thread), -1);
    this.processes.exit(record, place);
    this.models.exit(record, place);
  }

  stop(printed: StopRecord): void {
    const record = this.timed(printed);
    const thread = this.processes.threadOf(record.pid, record.timeNs);
    const row = this.mark('stop', record, thread, record.signal);
    const place = this.place(row, thread, this.store.lane(thread), -1);
    this.processes.stop(record, place);
    this.models.stop(record, place);
  }

  note(printed: NoteRecord): void {
    const record = this.timed(printed);
    const ofThread = record.kind !== 'message' && record.kind !== 'summary' && record.kind !== 'dump';
    const thread = ofThread ? this.threadOfNote(record) : NO_THREAD;
    const row = this.mark('note', record, thread, record.kind);
    if (!ofThread) return;
    const place = this.place(row, thread, this.store.lane(thread), -1);
    this.processes.note(record, place);
    this.models.note(record, place);
  }

  frame(record: FrameRecord): void {
    this.stacks.add(record);
  }

  text(record: LineHeader): void {
    this.mark('text', record, NO_THREAD, '');
  }

  private threadOfCall(record: CallRecord): ThreadId {
    const { pid } = record;
    if (pid === 0 || pid === this.superseded.tid) return this.threadOfOddCall(record);
    return this.processes.threadOf(pid, record.timeNs);
  }

  /**
   * On stderr strace names no pid while it traces one process only. A call that was cut there by the news of another
   * process is still the first one's.
   */
  private threadOfOddCall(record: CallRecord): ThreadId {
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

  /** The lane whose last call, still open, is this one; undefined when its entry was not seen. */
  private laneEntered(record: CallRecord, lane: Lane): Lane | undefined {
    if (lane.isOpen && this.store.byteStart(lane.lastRow) === record.entryByteStart) return lane;
    return record.resumed ? this.otherLaneEntered(record) : undefined;
  }

  /** Another thread's exec ends in the leader's name: its row stands in the lane where it was entered. */
  private otherLaneEntered(record: CallRecord): Lane | undefined {
    const { store } = this;
    const row = store.rowAtByte(record.entryByteStart);
    return row !== undefined && store.isOpen(row) ? store.laneOf(row) : undefined;
  }

  /** Adds a call to its thread's lane. */
  private begin(record: CallRecord, thread: ThreadId, lane: Lane): void {
    const { names, store } = this;
    const printed = names.of(record.nameId, record.name);
    const name = printed.id === names.restartId ? this.resumedName(record, printed, lane) : printed;
    const startNs = this.advance(record.startNs);
    this.lines.pass(record.entryLine, record.entryByteStart);
    if (lane.lastRow >= 0) {
      lane.settleLast(startNs);
      this.finalTotals.addLast(lane);
    }
    const fd = fdOf(record, printed.fdArgument);
    const flags = name.waits ? SliceFlag.Blocked : 0;
    const row = store.addCall(thread, lane, startNs, record.entryByteStart, name.id, name.callClass, flags, fd);
    this.overview.add(name.callClass, startNs);
    if (name !== printed) store.resumed.add(row);
  }

  /**
   * restart_syscall counts as the call that it goes on with, if that is the thread's last one and was interrupted: at first strace calls
   * anything `read`, and when it was told to show few calls, the last one that it showed.
   */
  private resumedName(record: CallRecord, printed: CallName, { lastRow, lastNameId }: Lane): CallName {
    const name = this.names.named(resumedCall(record.argumentText(0)) ?? '');
    const isIt = lastRow >= 0 && lastNameId === name?.id && this.store.errnoId(lastRow) === this.restartBlock;
    return isIt ? name : printed;
  }

  /** The second part of a call was printed, whose first is its lane's last. */
  private goOn(record: CallRecord, lane: Lane): void {
    this.advance(record.timeNs);
    const fdArgument = this.names.fdArgument(record.nameId);
    if (fdArgument < 0 || lane.lastFd !== -1) return;
    lane.lastFd = fdOf(record, fdArgument);
    this.store.setFd(lane.lastRow, lane.lastFd);
  }

  /** The last call of a lane has ended. */
  private finish(lane: Lane, record: CallRecord): void {
    const { store } = this;
    const { durationNs, errnoId } = record;
    const returned = record.outcome === CallOutcome.Returned;
    if (returned) this.completed++;
    else if (!this.leaves(record, lane)) return;
    if (durationNs < this.fastestNs) this.fastestNs = durationNs;
    let flags = returned ? 0 : SliceFlag.NoReturn;
    if ((record.resumed || durationNs >= this.fastestNs + WAIT_NS) && this.names.waits(record.nameId))
      flags |= SliceFlag.Blocked;
    if (errnoId !== 0) flags |= this.failedFlag(record, lane);
    const endNs = record.resumed && Number.isNaN(record.endNs) ? this.lastStartNs : record.endNs;
    if (endNs > this.lastNs) this.lastNs = endNs;
    if (Number.isNaN(endNs)) store.setEndUnknown(lane.lastRow);
    lane.endLast(endNs, flags);
    store.setResult(lane.lastRow, record.returnValue, errnoId);
    if (record.resumed) store.setReturnPlace(lane.lastRow, record.byteStart - record.entryByteStart);
  }

  /** Whether there is an end to tell of a call that did not return. */
  private leaves(record: CallRecord, lane: Lane): boolean {
    if (record.returnKind === ReturnKind.Unknown) this.completed++;
    if (record.outcome === CallOutcome.LogEnded) return false;
    if (!Number.isNaN(record.endNs)) return true;
    // It lasts until its thread ends, whose line comes next.
    lane.addLastFlags(SliceFlag.NoReturn);
    return false;
  }

  /** What a signal interrupted may go on: see `failedBy`. */
  private failedFlag(record: CallRecord, lane: Lane): number {
    if (record.errno === 'ERESTART_RESTARTBLOCK') this.restartBlock = record.errnoId;
    if (this.interruptions.has(record)) return 0;
    this.failed++;
    this.overview.addFailed(lane.lastStartNs);
    return SliceFlag.Failed;
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
    const startNs = timeNs >= this.lastStartNs ? timeNs : this.startWithout(timeNs);
    this.lastStartNs = startNs;
    if (startNs > this.lastNs) this.lastNs = startNs;
    return startNs;
  }

  /** The line has no time, or the clock was set back. */
  private startWithout(timeNs: number): number {
    return Number.isNaN(timeNs) ? this.lastStartNs + LINE_WITHOUT_TIME_NS : this.lastStartNs;
  }

  private place(row: Row, thread: ThreadId, lane: Lane, fd: number): EventPlace {
    const { eventPlace } = this;
    eventPlace.row = row;
    eventPlace.thread = thread;
    eventPlace.process = this.processes.processOf(thread);
    eventPlace.before = lane.callBefore(row);
    eventPlace.fd = fd;
    return eventPlace;
  }
}

/** The number in a call's descriptor argument, if it has one (an index of 0 or more); else -1. */
function fdOf(record: CallRecord, argument: number): number {
  if (argument < 0) return -1;
  const fd = record.argumentNumber(argument);
  return Number.isSafeInteger(fd) ? fd : -1;
}

/** A record with times of its own, and all else as it is. */
function withTimes<R extends LineHeader>(
  record: R,
  times: Partial<Pick<CallRecord, 'timeNs' | 'startNs' | 'endNs'>>,
): R {
  return Object.assign(Object.create(record) as R, times);
}
