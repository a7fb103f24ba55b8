/**
 * A trace: bytes of a strace log in, answers out. Runs anywhere; worker.ts puts it behind a thread.
 *
 * Long, because every query of the contract is a method here; how each is answered is in store/ and model/.
 *
 * Invariants: `ingest` is given the log's bytes in order and nothing else; everything else that a query needs is read back from the
 * log (`LogReader`), which has the same bytes. Queries never wait and never change what other queries say.
 */

import { StraceParser } from 'strace-parser';
import { BatchReader, type RecordBatch } from 'strace-parser/batch';
import type {
  CallMatch,
  CallSites,
  CallStack,
  EventDetail,
  EventFilter,
  EventListItem,
  LanePage,
  LaneQuery,
  Overview,
  ProcessId,
  ProcessInfo,
  ProcessPage,
  ProcessQuery,
  RangeQuery,
  Row,
  RunPosition,
  SummaryRow,
  ThreadId,
  TraceQueries,
  TraceSummary,
  WindowQuery,
  WindowSlices,
} from './api.js';
import { syscallClasses } from './api.js';
import { syscallInfo } from './knowledge/syscalls.js';
import { FindingQuery } from './findings/findingQueries.js';
import type { Finding, FindingChoice, FindingQueries } from './findings/finding.js';
import { Accounts } from './accounts/accounts.js';
import { KernelModels } from './model/kernelModels.js';
import { Dispatch } from './model/dispatch.js';
import type { MeasuredOverhead } from './capture/calibration.js';
import type { TimeSplit, TracerOverhead } from './modelApi.js';
import { eventLookup, processLookup } from './lookups.js';
import { addThreadTime, noTime, overheadFromLog } from './store/timeSplit.js';
import { ProcessModel } from './model/processes.js';
import { callAt, positionOf, type RunContext } from './source/runPosition.js';
import { CallNames } from './store/callNames.js';
import { classOfRow, type FilterContext } from './store/eventFilter.js';
import { eventDetail } from './store/eventDetail.js';
import { oneLine, textOf } from './store/eventText.js';
import { NO_THREAD } from './store/eventStore.js';
import { FilterCache } from './store/filterCache.js';
import { eventBefore, neighbourOf } from './store/laneSteps.js';
import { LineIndex } from './store/lineIndex.js';
import type { LogReader } from './store/logReader.js';
import { sumSites } from './store/callSites.js';
import { sumCalls } from './store/callTotals.js';
import { Recorder } from './store/recorder.js';
import { allRows, selectRows, type SelectedRows } from './store/rowSelection.js';
import { WindowReader } from './store/windowQuery.js';

/** The Events table cuts a line's text here. */
const LIST_TEXT_LENGTH = 300;

export interface TraceOptions {
  log: LogReader;
  /** What tracing took of each call, when that was measured. */
  overhead?: MeasuredOverhead | undefined;
}

export class Trace implements TraceQueries, FindingQueries {
  /** Grows with every change. */
  revision = 0;
  /** Descriptors, channels, memory, signals and the rest. */
  readonly kernel: KernelModels;
  /** What is worked out from several of them. */
  readonly accounts: Accounts;
  private readonly findingQuery: FindingQuery;
  /** Size of the log when it is known to be more than has been read. */
  logSize = 0;
  private readonly log: LogReader;
  private readonly parser: StraceParser;
  /** Set when another thread parses the log. */
  private parsedElsewhere: BatchReader | undefined;
  private readonly processModel: ProcessModel;
  private readonly names = new CallNames(syscallInfo);
  private readonly lines: LineIndex;
  private readonly recorder: Recorder;
  private readonly filters: FilterCache;
  private readonly windows = new WindowReader();
  private readonly dispatch = new Dispatch();
  private complete = false;
  private clockNs = 0;
  private selection: { key: string; rows: SelectedRows } | undefined;

  constructor(options: TraceOptions) {
    this.log = options.log;
    this.lines = new LineIndex(this.log);
    const { dispatch } = this;
    this.processModel = new ProcessModel({
      syscall: syscallInfo,
      listener: dispatch,
    });
    this.recorder = new Recorder(this.names, this.lines, this.processModel, dispatch);
    const events = eventLookup(this.recorder, this.names, this.processModel, {
      nowNs: () => this.endNs,
      errnoName: id => this.parsed.errnos[id] ?? '',
    });
    const family = processLookup(this.processModel);
    this.kernel = new KernelModels(events, family, {
      time: query => this.timeSplit(query),
      overhead: () => measured(options.overhead) ?? overheadFromLog(this.recorder.store),
    });
    this.recorder.failedBy = row => this.kernel.signalModel.failedBy(row, this.recorder.store.thread(row));
    this.accounts = new Accounts({
      ...{ events, processes: family, kernel: this.kernel, nowNs: () => this.endNs },
      isFatal: row => this.recorder.store.isFatal(row),
    });
    this.findingQuery = new FindingQuery(this.kernel, events, family, dispatch.followed);
    dispatch.add([...this.kernel.inOrder, ...this.findingQuery.models]);
    this.parser = new StraceParser(this.recorder);
    this.filters = new FilterCache(this.filterContext());
  }

  /** Takes the next bytes of the log, cut anywhere. The chunk may be reused afterwards. */
  ingest(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.parser.push(chunk);
    this.processModel.flush();
    this.revision++;
  }

  /** Takes the next lines as another thread has parsed them: all of the log this way, or all through `ingest`. */
  ingestParsed(batch: RecordBatch): void {
    (this.parsedElsewhere ??= new BatchReader(this.recorder)).read(batch);
    this.processModel.flush();
    this.revision++;
  }

  /** What is known of the lines read. */
  private get parsed(): Pick<StraceParser, 'bytes' | 'errnos' | 'lines' | 'origin' | 'textLines'> {
    return this.parsedElsewhere ?? this.parser;
  }

  /** Shows a call whose line has no end yet: to be called when the log has not grown for a moment. */
  showPartial(): void {
    const record = this.parser.partial();
    if (record === undefined) return;
    const before = this.recorder.store.length;
    this.recorder.partial(record);
    if (this.recorder.store.length !== before) this.revision++;
  }

  /** Tells what time it is (nanoseconds since 1970) while the program runs, so that what is open grows. */
  tick(epochNs: bigint): void {
    const { origin } = this.parsed;
    if (this.complete || origin.kind !== 'epoch' || this.recorder.store.length === 0) return;
    const nowNs = Number(epochNs - origin.ns);
    if (nowNs <= this.endNs) return;
    this.clockNs = nowNs;
    this.revision++;
  }

  /** The log is complete: closes what is open. */
  end(): void {
    if (this.complete) return;
    this.parser.end();
    this.recorder.stacks.begin(undefined);
    this.processModel.flush();
    this.complete = true;
    this.processModel.end(this.endNs);
    this.processModel.flush();
    this.dispatch.end(this.endNs);
    this.recorder.store.trim();
    this.revision++;
  }

  /** End of the trace so far; what is open lasts until then. */
  private get endNs(): number {
    return this.complete ? this.recorder.lastNs : Math.max(this.recorder.lastNs, this.clockNs);
  }

  summary(): TraceSummary {
    const { parsed, recorder } = this;
    return {
      revision: this.revision,
      originEpochNs: parsed.origin.kind === 'epoch' ? parsed.origin.ns.toString() : null,
      endNs: this.endNs,
      lines: parsed.lines,
      textLines: parsed.textLines,
      events: recorder.completed,
      rows: recorder.store.length,
      ...this.processModel.counts(),
      failedEvents: recorder.failed,
      logBytes: parsed.bytes,
      logSize: Math.max(this.logSize, parsed.bytes),
      complete: this.complete,
    };
  }

  processes(query: ProcessQuery): ProcessPage {
    return { revision: this.revision, ...this.processModel.page(query, this.endNs) };
  }

  process(id: ProcessId): ProcessInfo | null {
    return this.processModel.info(id, this.endNs);
  }

  processOf(thread: ThreadId): ProcessInfo | null {
    return this.processModel.threadInfo(thread, this.endNs) && this.process(this.processModel.processOf(thread));
  }

  lanes(query: LaneQuery): LanePage {
    return { revision: this.revision, ...this.processModel.lanes(query, this.endNs) };
  }

  laneIndex(thread: ThreadId, query: Pick<LaneQuery, 'folded' | 'root'>): number {
    return this.processModel.laneIndex(thread, query);
  }

  window(query: WindowQuery): WindowSlices {
    const { recorder, processModel, endNs, revision } = this;
    const matches = query.filter === null ? undefined : this.filters.get(query.filter);
    return this.windows.read(
      query,
      {
        store: recorder.store,
        names: this.names,
        model: processModel,
        signalOf: row => this.signalOf(row),
        handlerSpans: this.kernel.signalModel.handlerSpans,
        nowNs: endNs,
        revision,
      },
      matches,
    );
  }

  overview(columns: number): Overview {
    return { revision: this.revision, ...this.recorder.overview.read(columns, this.endNs) };
  }

  event(row: Row): EventDetail | null {
    const { recorder } = this;
    if (!(row >= 0 && row < recorder.store.length && Number.isInteger(row))) return null;
    return eventDetail(row, {
      store: recorder.store,
      names: this.names,
      log: this.log,
      lines: this.lines,
      errnoName: this.errnoName,
      markName: at => recorder.markName(at),
      placeOf: at => this.placeOf(at),
      factsOf: at => this.processModel.factsOf(at),
      linksOf: at => this.kernel.links(at),
      exitAfter: at => this.exitAfter(at),
    });
  }

  neighbour(query: { thread: ThreadId; row: Row; step: 1 | -1 }): Row | null {
    return neighbourOf(this.recorder.store.lanes[query.thread], query.row, query.step);
  }

  eventAt(query: { thread: ThreadId; atNs: number }): Row | null {
    return eventBefore(this.recorder.store.lanes[query.thread], query.atNs);
  }

  nextMatch(query: { filter: EventFilter; row: Row; step: 1 | -1 }): Row | null {
    return this.filters.get(query.filter).next(query.row, query.step);
  }

  countMatches(filter: EventFilter): number {
    return this.filters.get(filter).count;
  }

  events(query: RangeQuery & { offset: number; limit: number }): { total: number; items: EventListItem[] } {
    const rows = this.select(query);
    const items: EventListItem[] = [];
    const end = Math.min(rows.length, query.offset + query.limit);
    for (let i = Math.max(0, query.offset); i < end; i++) items.push(this.listItem(rows.at(i)));
    return { total: rows.length, items };
  }

  summarize(query: RangeQuery): SummaryRow[] {
    const { recorder, endNs } = this;
    if (this.isWhole(query)) return sumCalls(recorder, this.names, endNs).rows(this.errnoName);
    return sumCalls(recorder, this.names, endNs, query, this.select(query)).rows(this.errnoName);
  }

  findings(choice?: FindingChoice): Finding[] {
    const processes = (): ProcessInfo[] => {
      const lanes = [...this.recorder.lanes.keys()];
      const ids = new Set(lanes.map(thread => this.processModel.processOf(thread)));
      return [...ids].sort((a, b) => a - b).flatMap(id => this.process(id) ?? []);
    };
    const { revision, endNs: nowNs, complete } = this;
    return this.findingQuery.at({ revision, nowNs, complete }, processes, choice);
  }

  callStacks(from: number): CallStack[] {
    return this.recorder.stacks.from(from);
  }

  callSites(query: RangeQuery & { limit: number }): CallSites {
    return sumSites(this.recorder, this.names, this.endNs, query, this.select(query));
  }

  positionOf(row: Row): RunPosition | null {
    return positionOf(row, this.runContext());
  }

  callAt(position: RunPosition): CallMatch {
    return callAt(position, this.runContext());
  }

  private runContext(): RunContext {
    return {
      store: this.recorder.store,
      names: this.names,
      log: this.log,
      processes: processLookup(this.processModel),
      tidOf: thread => this.idsOf(thread)[0],
      errnoName: this.errnoName,
      isHandled: row => this.kernel.signalModel.isHandled(row),
    };
  }

  private timeSplit(query: RangeQuery & { process: ProcessId | null }): TimeSplit {
    const { recorder, processModel, endNs } = this;
    const lanes = query.lanes ?? [...recorder.store.lanes.keys()];
    const context = { store: recorder.store, processes: processModel, nowNs: endNs };
    const split = noTime();
    for (const thread of lanes)
      if (query.process === null || processModel.processOf(thread) === query.process)
        addThreadTime(split, thread, query.startNs, query.endNs, context);
    return split;
  }

  private isWhole(query: RangeQuery): boolean {
    return query.lanes === null && query.filter === null && query.startNs <= 0 && query.endNs >= this.endNs;
  }

  /** The rows of a range; the last answer is kept, because tables ask for it page by page. */
  private select(query: RangeQuery): SelectedRows {
    const { store } = this.recorder;
    if (this.isWhole(query)) return allRows(store);
    const { startNs, endNs, filter } = query;
    const key = JSON.stringify([this.revision, startNs, endNs, query.lanes, filter]);
    if (this.selection?.key !== key) {
      const matches = filter === null ? undefined : this.filters.get(filter);
      this.selection = { key, rows: selectRows({ store, nowNs: this.endNs }, query, matches) };
    }
    return this.selection.rows;
  }

  private listItem(row: Row): EventListItem {
    const { recorder, names } = this;
    const { store } = recorder;
    const kind = store.kind(row);
    const isCall = kind === 'call';
    const name = isCall ? names.nameOf(store.nameId(row)) : recorder.markName(row);
    const { thread, tid } = this.placeOf(row);
    return {
      row,
      kind,
      thread,
      tid,
      startNs: store.startNs(row),
      durationNs: isCall && !store.isOpen(row) && !store.endUnknown(row) ? store.durationNs(row) : null,
      name,
      class: syscallClasses[classOfRow(store, names, row)] ?? 'other',
      flags: store.flags(row),
      errno: isCall ? this.errnoName(store.errnoId(row)) : '',
      text: oneLine(store, this.log, row, name, LIST_TEXT_LENGTH),
    };
  }

  /** Thread and process of a row; -1 and 0 for lines that are nobody's. */
  private placeOf(row: Row): { thread: ThreadId; process: ProcessId; tid: number; pid: number } {
    const thread = this.recorder.store.thread(row);
    if (thread === NO_THREAD) return { thread, process: -1, tid: 0, pid: 0 };
    const [tid, pid] = this.idsOf(thread);
    return { thread, process: this.processModel.processOf(thread), tid, pid };
  }

  private idsOf(thread: ThreadId): readonly [tid: number, pid: number] {
    return this.processModel.idsOf(thread);
  }

  private signalOf(row: Row): string {
    const { store } = this.recorder;
    const kind = store.kind(row);
    return kind === 'signal' || (kind === 'exit' && store.isFatal(row)) ? this.recorder.markName(row) : '';
  }

  private exitAfter(row: Row): Row | undefined {
    const { store } = this.recorder;
    const marks = store.lanes[store.thread(row)]?.marks;
    if (marks === undefined) return undefined;
    for (let i = marks.lowerBound(row); i < marks.length; i++)
      if (store.kind(marks.at(i)) === 'exit') return marks.at(i);
    return undefined;
  }

  private readonly errnoName = (errnoId: number): string => this.parsed.errnos[errnoId] ?? '';

  private filterContext(): FilterContext {
    const { recorder, names, log } = this;
    return {
      store: recorder.store,
      names,
      errnoName: this.errnoName,
      markName: row => recorder.markName(row),
      idsOf: row => this.idsOf(recorder.store.thread(row)),
      textOf: row => textOf(recorder.store, log, row),
      nowNs: () => this.endNs,
      stackOf: row => recorder.stacks.of(row),
      stackPending: row => recorder.stacks.pending(row),
    };
  }
}

function measured(overhead: MeasuredOverhead | undefined): TracerOverhead | undefined {
  return overhead && { perCallNs: overhead.insideNs, wholeNs: overhead.wholeNs, how: 'calibrated' };
}
