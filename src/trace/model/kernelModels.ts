/**
 * The models of the kernel's objects, put together: told of every record after the process model, asked through `ModelQueries`.
 */

import type { CallRecord } from 'strace-parser';
import type { EventLink, ProcessId, Row, ThreadId } from '../api.js';
import type { EventContext, ModelQueries } from '../modelApi.js';
import { EventContexts } from './eventContexts.js';
import { Causality } from './causality/causality.js';
import type { EventLookup, ProcessLookup } from './causality/lookup.js';
import { DescriptorModel } from './descriptors/descriptorModel.js';
import { EnvironmentModel } from './identity/environmentModel.js';
import { IdentityModel } from './identity/identityModel.js';
import { IpcModel } from './ipc/ipcModel.js';
import { MemoryModel } from './memory/memoryModel.js';
import type { Model } from './model.js';
import { SignalModel } from './signals/signalModel.js';
import { FutexModel } from './sync/futexModel.js';
import { LockModel } from './sync/lockModel.js';
import { TransferModel } from './transfers/transferModel.js';
import { WaitingModel } from './waiting/waitingModel.js';

/** What the store answers: the time split and the tracer's own cost. */
export type TimeQueries = Pick<ModelQueries, 'time' | 'overhead'>;

export class KernelModels implements ModelQueries {
  readonly descriptorModel: DescriptorModel;
  readonly memoryModel: MemoryModel;
  readonly identityModel: IdentityModel;
  readonly environmentModel: EnvironmentModel;
  readonly signalModel: SignalModel;
  readonly futexModel: FutexModel;
  readonly lockModel: LockModel;
  readonly ipcModel: IpcModel;
  readonly waitingModel: WaitingModel;
  readonly transferModel: TransferModel;
  /** In the order in which they must be told of a record: the others look descriptors up. */
  readonly inOrder: readonly Model[];
  private readonly causality: Causality;
  private readonly contexts: EventContexts;

  constructor(
    private readonly events: EventLookup,
    processes: ProcessLookup,
    private readonly times: TimeQueries,
  ) {
    const pidOf = (process: ProcessId): number => processes.pid(process);
    const creatorOf = (thread: ThreadId): { thread: ThreadId; atNs: number } | null => {
      const row = processes.createdByRow(thread);
      return row === null ? null : { thread: events.thread(row), atNs: events.startNs(row) };
    };
    const threads = {
      creatorOf,
      threadOf: (row: Row) => events.thread(row),
      tid: (thread: ThreadId) => processes.tid(thread),
      leader: (process: ProcessId) => processes.leader(process),
      threadsAt: (process: ProcessId, atNs: number) => processes.threadsAt(process, atNs),
      processAt: (pid: number, atNs: number) => processes.processAt(pid, atNs),
    };
    this.descriptorModel = new DescriptorModel({ ...threads, pidOf, endNsOf: row => events.endNs(row) });
    this.memoryModel = new MemoryModel(pidOf);
    this.identityModel = new IdentityModel({
      pid: pidOf,
      processAt: (pid, atNs) => processes.processAt(pid, atNs),
      processOfRow: row => events.process(row),
      leader: process => processes.leader(process),
      threadOf: row => events.thread(row),
      threadsAt: (process, atNs) => processes.threadsAt(process, atNs),
      tid: thread => processes.tid(thread),
      creator: creatorOf,
    });
    this.environmentModel = new EnvironmentModel(threads);
    this.signalModel = new SignalModel(
      pidOf,
      threads,
      (process, atNs) => this.identityModel.identity(process, atNs).pgid,
    );
    this.descriptorModel.signalfdRead = (call, row) => this.readSignals(call, row);
    this.futexModel = new FutexModel(this.memoryModel);
    this.lockModel = new LockModel(this.descriptorModel);
    this.ipcModel = new IpcModel(this.descriptorModel);
    this.waitingModel = new WaitingModel(this.descriptorModel);
    this.transferModel = new TransferModel(this.descriptorModel);
    this.inOrder = [
      this.descriptorModel,
      this.memoryModel,
      this.identityModel,
      this.environmentModel,
      this.signalModel,
      this.futexModel,
      this.lockModel,
      this.ipcModel,
      this.waitingModel,
      this.transferModel,
    ];
    this.causality = new Causality({
      events,
      processes,
      descriptors: this.descriptorModel,
      signals: this.signalModel,
      futexes: this.futexModel,
      locks: this.lockModel,
      ipc: this.ipcModel,
      waiting: this.waitingModel,
    });
    this.contexts = new EventContexts(events, this, this.causality);
  }

  context(row: Row): EventContext | null {
    return this.events.thread(row) < 0 ? null : this.contexts.of(row);
  }

  descriptors(query: { process: ProcessId | null; atNs: number | null }): ReturnType<ModelQueries['descriptors']> {
    return this.descriptorModel.openAt(query.process, query.atNs);
  }

  identity(query: { process: ProcessId; atNs: number | null }): ReturnType<ModelQueries['identity']> {
    return this.identityModel.identity(query.process, query.atNs ?? Number.POSITIVE_INFINITY);
  }

  descriptorHistory(query: { process: ProcessId }): ReturnType<ModelQueries['descriptorHistory']> {
    return this.descriptorModel.history(query.process);
  }

  channels(query: { process: ProcessId | null; atNs: number | null }): ReturnType<ModelQueries['channels']> {
    return this.descriptorModel.channelsOf(query.process, query.atNs);
  }

  channel(id: number): ReturnType<ModelQueries['channel']> {
    return this.descriptorModel.channel(id);
  }

  interest(query: { process: ProcessId; atNs: number | null }): ReturnType<ModelQueries['interest']> {
    return this.waitingModel.interest(query.process, query.atNs ?? Number.POSITIVE_INFINITY);
  }

  readiness(query: Parameters<ModelQueries['readiness']>[0]): ReturnType<ModelQueries['readiness']> {
    return this.waitingModel.inRange(query.startNs, query.endNs, query.process);
  }

  memory(query: { process: ProcessId; atNs: number | null }): ReturnType<ModelQueries['memory']> {
    return this.memoryModel.memory(query.process, query.atNs);
  }

  signals(query: { thread: ThreadId; atNs: number | null }): ReturnType<ModelQueries['signals']> {
    const row = this.events.firstRowOf(query.thread);
    const process = row === null ? -1 : this.events.process(row);
    return this.signalModel.state(query.thread, process, query.atNs ?? Number.POSITIVE_INFINITY);
  }

  handlers(query: Parameters<ModelQueries['handlers']>[0]): ReturnType<ModelQueries['handlers']> {
    return this.signalModel.handlers(query.startNs, query.endNs, query.lanes && new Set(query.lanes));
  }

  locks(query: { atNs: number | null }): ReturnType<ModelQueries['locks']> {
    const atNs = query.atNs ?? Number.MAX_SAFE_INTEGER;
    return [...this.lockModel.at(atNs), ...this.ipcModel.semaphores.at(atNs)];
  }

  futexes(query: { process: ProcessId | null }): ReturnType<ModelQueries['futexes']> {
    return this.futexModel.all(query.process);
  }

  transfers(query: Parameters<ModelQueries['transfers']>[0]): ReturnType<ModelQueries['transfers']> {
    const processes = query.lanes && new Set(query.lanes.map(lane => this.processOfLane(lane)));
    return this.transferModel.inRange(query.startNs, query.endNs, processes);
  }

  time(query: Parameters<ModelQueries['time']>[0]): ReturnType<ModelQueries['time']> {
    return this.times.time(query);
  }

  overhead(): ReturnType<ModelQueries['overhead']> {
    return this.times.overhead();
  }

  whyBlocked(row: Row): ReturnType<ModelQueries['whyBlocked']> {
    return this.causality.why(row);
  }

  links(row: Row): EventLink[] {
    return this.causality.links(row);
  }

  private readSignals(call: CallRecord, row: Row): void {
    const place = { process: this.events.process(row), thread: this.events.thread(row), row };
    const [, read] = call.arguments();
    if (read?.kind === 'bytes') this.signalModel.taken.readFrom(read.bytes, place, call.endNs);
  }

  private processOfLane(thread: ThreadId): ProcessId {
    const row = this.events.firstRowOf(thread);
    return row === null ? -1 : this.events.process(row);
  }
}
