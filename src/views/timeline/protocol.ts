/**
 * What the timeline webview and its host say to each other: types, and the enum-like tables of src/trace/api.ts by which columns are
 * read. The browser room imports this file and nothing else of the project.
 *
 * Rules: the webview says `ready` before anything is sent; requests carry a sequence number, every request is answered once
 * (`{ ok }` or `{ err }`), the latest request of a method wins; a hidden webview is told nothing and asks again when shown.
 */

import type {
  EventDetail,
  EventListItem,
  LanePage,
  LaneQuery,
  Overview,
  ProcessId,
  Row,
  SummaryRow,
  ThreadId,
  TraceSummary,
  WindowQuery,
  WindowSlices,
} from '../../trace/api.js';
import type { DescriptorUse } from '../../trace/accountsApi.js';
import type { FlameGraph, SourceFilter, SourceRange, SourceSummary } from '../../trace/source/sourceApi.js';
import type { DescriptorInfo, MemoryMap, TransferInfo } from '../../trace/modelApi.js';
import type { Page, PageQuery } from '../../words/pages/page.js';

import type { StringKey } from './strings.js';

export type * from '../../trace/api.js';
export type {
  FlameGraph,
  FlameNode,
  LineRange,
  SourceConditions,
  SourceFilter,
  SourceGroup,
  SourceSummary,
  SourceTrouble,
} from '../../trace/source/sourceApi.js';
export type { DescriptorInfo, MemoryMap, RegionInfo, TransferInfo } from '../../trace/modelApi.js';
export type { DescriptorUse } from '../../trace/accountsApi.js';
export type { Page, PageCell, PageId, PageQuery, PageSection } from '../../words/pages/page.js';
export { SliceFlag, syscallClasses, threadStates } from '../../trace/api.js';
export type { StringKey } from './strings.js';

/** What the view is looking at. */
export interface TimelineTrace {
  /** Changes when another trace is shown. */
  id: string;
  title: string;
  /**
   * `compiling`: nothing runs yet; `live`: strace runs; `ending`: stopping or draining; `loading`: a saved log is being read;
   * `ended`; `failed`: it never came to a trace (`notice` says why).
   */
  phase: 'compiling' | 'live' | 'ending' | 'loading' | 'ended' | 'failed';
  /** True for a log that was opened, not recorded. */
  saved: boolean;
  /** The program can be traced again from here. */
  canTraceAgain: boolean;
  /** Shown when something about this trace must be said (untrustworthy or failed run): text in the user's language. */
  notice: string | null;
}

/** Whose state, and when. */
export interface StateQuery {
  thread: ThreadId;
  atNs: number | null;
}

/** Methods the webview asks of the host. One argument, one answer. */
export interface HostMethods {
  lanes(query: LaneQuery): LanePage;
  laneIndex(query: { thread: ThreadId; folded: ProcessId[]; root: ProcessId | null }): number;
  window(query: Omit<WindowQuery, 'filter'> & { filter: SourceFilter | null }): WindowSlices;
  overview(query: { columns: number }): Overview;
  /** The event, and the words for it in the user's language. */
  event(query: { row: Row }): EventAnswer | null;
  neighbour(query: { thread: ThreadId; row: Row; step: 1 | -1 }): Row | null;
  eventAt(query: { thread: ThreadId; atNs: number }): Row | null;
  nextMatch(query: { filter: SourceFilter; row: Row; step: 1 | -1 }): Row | null;
  countMatches(query: { filter: SourceFilter }): number;
  events(query: SourceRange & { offset: number; limit: number }): { total: number; items: EventListItem[] };
  summarize(query: SourceRange): SummaryRow[];
  /** The same by the lines or functions that made the calls. */
  summarizeSource(query: SourceRange & { by: 'line' | 'function' }): SourceSummary;
  flame(query: SourceRange): FlameGraph;
  /** What a thread's process had open at a time (null: now, or at its end). */
  descriptors(query: StateQuery): { pid: number; descriptors: DescriptorInfo[]; use: DescriptorUse[] };
  memory(query: StateQuery): { pid: number; map: MemoryMap };
  transfers(query: SourceRange): TransferInfo[];
  /** Processes, channels and waiting, in the user's language. */
  page(query: PageQuery): Page;
}

interface EventAnswer {
  detail: EventDetail;
  words: EventWords;
  stack?: ShownStack;
  /** It has no stack, and its line can be looked for. */
  canLocate?: true;
}

/** An event's stack as far as it could be led back to the source. */
export interface ShownStack {
  /** The innermost first. */
  frames: {
    symbol: string;
    /** `server.c:87`, or the object's name. */
    place: string;
    /** The place is a line that can be opened: by `goToSource` with this frame's index. */
    opens: boolean;
  }[];
  /** What must be said about these lines: an object was rebuilt, a file changed. In the user's language. */
  notes: string[];
}

/** Something that is wrong, with the events that prove it. */
export interface TimelineFinding {
  /** The same while the finding stays. */
  key: string;
  /** Id of its rule. */
  rule: string;
  severity: 'error' | 'warning' | 'info';
  /** The severity, in the user's language. */
  severityText: string;
  title: string;
  message: string;
  explanation: string;
  pid: number;
  /** Where its mark stands. */
  thread: ThreadId;
  atNs: number;
  /** Its evidence, in the order that tells the story. */
  steps: { row: Row; text: string; thread: ThreadId | null; atNs: number | null; place: string }[];
  /** Index of the step that the finding blames. */
  main: number;
  /** `server.c:87`; '' when the line is not known. */
  place: string;
  /** The line still reads as it was traced: it can be mended, or ignored with a comment. */
  canFix: boolean;
  /** The line is not known and can be looked for. */
  canLocate: boolean;
}

export type FindingAction = 'goToSource' | 'fix' | 'locate' | 'explain' | 'ignoreHere' | 'switchOff';

/** Sentences about an event, made by src/words on the host's side (where they are translated). */
export interface EventWords {
  /** `read(7, "GET /big…", 4096) = 4096`, in parts, so that it can be coloured without HTML. */
  call: { text: string; role: 'name' | 'plain' | 'string' | 'number' | 'error' }[];
  /** One line each: label and text; `row` makes the text a link to that event. */
  rows: { label: string; text: string; row?: Row; code?: boolean }[];
}

export type ToHost =
  | { type: 'ready' }
  | { type: 'request'; seq: number; method: keyof HostMethods; argument: unknown }
  /** The user selected something; the process tree follows. */
  | { type: 'selected'; row: Row | null; thread: ThreadId | null; process: ProcessId | null }
  | {
      type: 'command';
      command:
        'stop' | 'traceAgain' | 'traceAgainWithSourceLines' | 'traceActiveFile' | 'openInEditor' | 'openLog' | 'copy';
      text?: string;
    }
  /** `frame`: index in the shown stack; without it, the innermost one that opens. */
  | { type: 'goToSource'; row: Row; frame?: number }
  | { type: 'finding'; key: string; action: FindingAction }
  /** Runs the program again to find the line of an event. */
  | { type: 'locateInSource'; row: Row }
  | { type: 'log'; level: 'error' | 'warn' | 'info'; message: string };

export type ToWebview =
  /** Sent after `ready` and whenever another trace is shown; null: none, show the empty state. */
  | { type: 'trace'; trace: TimelineTrace | null; summary: TraceSummary | null; strings: Record<StringKey, string> }
  /** The trace grew or its phase changed (at most about 30 a second while visible). */
  | { type: 'changed'; summary: TraceSummary; phase: TimelineTrace['phase']; notice: string | null }
  | { type: 'response'; seq: number; result: { ok: unknown } | { err: { code: string; message: string } } }
  /** From the process tree or a command: show this thread's lane, or event. */
  | { type: 'reveal'; thread: ThreadId | null; row: Row | null }
  /** All findings of the trace that are told, the gravest first: after `trace`, and when they changed. */
  | { type: 'findings'; findings: TimelineFinding[] }
  /** A finding's page; `step`: select this event of its evidence. */
  | { type: 'showFinding'; key: string; step: number | null }
  /** Sets the filter, and goes to its first match. */
  | { type: 'filter'; text: string }
  | { type: 'showOnly'; root: ProcessId | null }
  /** More is known of the selected event than when it was shown. */
  | { type: 'refreshEvent' }
  | { type: 'run'; action: 'fit' | 'zoomIn' | 'zoomOut' | 'filter' | 'jumpToLive' | 'help' };
