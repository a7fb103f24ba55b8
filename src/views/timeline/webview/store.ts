/**
 * What the timeline shows and how: one state, changed through `set`, told to its listeners once a frame.
 *
 * Invariant: the state holds no facts of the trace beyond what is on the screen (the newest summary, the selected event).
 */

import type {
  EventDetail,
  SourceFilter,
  EventWords,
  ProcessId,
  Row,
  ShownStack,
  ThreadId,
  TimelineFinding,
  TimelineTrace,
  TraceSummary,
} from '../protocol.js';
import type { FilterError } from './filter.js';
import type { Follow } from './follow.js';
import type { TimeWindow } from './viewport.js';

/** What the sums of the summary are of. */
export type SummaryGrouping = 'call' | 'line' | 'function';
/** What the widths of the flame graph mean. */
export type FlameWeight = 'time' | 'calls';

export type Tab =
  | 'details'
  | 'findings'
  | 'events'
  | 'summary'
  | 'flame'
  | 'process'
  | 'descriptors'
  | 'channels'
  | 'waiting'
  | 'memory'
  | 'transfers';

export interface SelectedEvent {
  row: Row;
  detail: EventDetail;
  words: EventWords;
  stack?: ShownStack;
  /** Its line can be looked for. */
  canLocate?: true;
}

export interface ViewState {
  trace: TimelineTrace | null;
  summary: TraceSummary | null;
  window: TimeWindow;
  follow: Follow;
  /** Row that is selected; its details arrive a moment later. */
  row: Row | null;
  /** Lane that keys act on. */
  thread: ThreadId | null;
  event: SelectedEvent | null;
  /** What is wrong in the trace, the gravest first. */
  findings: readonly TimelineFinding[];
  /** Key of the finding whose page is shown; null: their list. */
  finding: string | null;
  range: TimeWindow | null;
  /** Time that the state tabs are about, when the user set one on the axis. */
  scrubNs: number | null;
  /** Time under the pointer, null when it is elsewhere. */
  cursorNs: number | null;
  /** Indices of classes that are not drawn. */
  hiddenClasses: ReadonlySet<number>;
  filterText: string;
  filter: SourceFilter | null;
  filterError: FilterError | null;
  /** null while it is being counted. */
  matchCount: number | null;
  folded: ReadonlySet<ProcessId>;
  root: ProcessId | null;
  marksNs: readonly number[];
  tab: Tab;
  drawerOpen: boolean;
  /** The user has not opened or closed the drawer yet: the first selection opens it. */
  drawerUntouched: boolean;
  /** null until the user has set one. */
  drawerHeightPx: number | null;
  /** Width of the drawer where it stands beside the lanes. */
  drawerWidthPx: number;
  nameWidthPx: number;
  /** Lists are about the lane of the selection only. */
  thisLaneOnly: boolean;
  summaryBy: SummaryGrouping;
  flameWeight: FlameWeight;
  helpOpen: boolean;
  error: string | null;
  /** Grows when drawn data (lanes, slices, colours, sizes) has changed. */
  lanesVersion: number;
  slicesVersion: number;
  themeVersion: number;
  layoutVersion: number;
}

export const initialState: ViewState = {
  trace: null,
  summary: null,
  window: { startNs: 0, endNs: 1e6 },
  follow: 'all',
  row: null,
  thread: null,
  event: null,
  findings: [],
  finding: null,
  range: null,
  scrubNs: null,
  cursorNs: null,
  hiddenClasses: new Set(),
  filterText: '',
  filter: null,
  filterError: null,
  matchCount: null,
  folded: new Set(),
  root: null,
  marksNs: [],
  tab: 'details',
  drawerOpen: false,
  drawerUntouched: true,
  drawerHeightPx: null,
  drawerWidthPx: 360,
  nameWidthPx: 238,
  thisLaneOnly: false,
  summaryBy: 'call',
  flameWeight: 'time',
  helpOpen: false,
  error: null,
  lanesVersion: 0,
  slicesVersion: 0,
  themeVersion: 0,
  layoutVersion: 0,
};

export type Changes = ReadonlySet<keyof ViewState>;
type Listener = (state: Readonly<ViewState>, changes: Changes) => void;

export class Store {
  #state: ViewState;
  readonly #listeners: Listener[] = [];
  /** The first time everything counts as changed: parts that were just built show nothing yet. */
  #changes: Set<keyof ViewState>;
  #scheduled = false;

  constructor(
    initial: ViewState,
    private readonly schedule: (callback: () => void) => void,
  ) {
    this.#state = initial;
    this.#changes = new Set(Object.keys(initial) as (keyof ViewState)[]);
  }

  get state(): Readonly<ViewState> {
    return this.#state;
  }

  /** Changes take effect at once; listeners hear of them together in the next frame. Values that are the same change nothing. */
  set(patch: Partial<ViewState>): void {
    const next = { ...this.#state, ...patch };
    for (const key of Object.keys(patch) as (keyof ViewState)[]) {
      if (next[key] !== this.#state[key]) this.#changes.add(key);
    }
    this.#state = next;
    if (this.#changes.size > 0 && !this.#scheduled) {
      this.#scheduled = true;
      this.schedule(() => this.flush());
    }
  }

  /** For data that lives outside the state (slices, lanes, colours): says that it has changed. */
  bump(key: 'lanesVersion' | 'slicesVersion' | 'themeVersion' | 'layoutVersion'): void {
    this.set({ [key]: this.#state[key] + 1 });
  }

  /** Listeners are called in the order in which they were added. */
  subscribe(listener: Listener): void {
    this.#listeners.push(listener);
  }

  flush(): void {
    this.#scheduled = false;
    const changes = this.#changes;
    this.#changes = new Set();
    for (const listener of this.#listeners) listener(this.#state, changes);
  }
}

/** True when any of the keys is among the changes. */
export function touches(changes: Changes, ...keys: (keyof ViewState)[]): boolean {
  return keys.some(key => changes.has(key));
}
