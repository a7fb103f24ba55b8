/**
 * What outlives a reload of the webview (VS Code throws hidden ones away): sizes and tab always, the place in the trace only for the
 * same trace.
 */

import { parseFilter } from './filter.js';
import type { Follow } from './follow.js';
import type { FlameWeight, SummaryGrouping, Tab, ViewState } from './store.js';
import type { TimeWindow } from './viewport.js';

interface Saved {
  layout: {
    tab: Tab;
    drawerOpen: boolean;
    drawerUntouched: boolean;
    drawerHeightPx: number | null;
    drawerWidthPx: number;
    nameWidthPx: number;
    hiddenClasses: number[];
    summaryBy: SummaryGrouping;
    flameWeight: FlameWeight;
  };
  place: {
    traceId: string;
    window: TimeWindow;
    follow: Follow;
    row: number | null;
    thread: number | null;
    range: TimeWindow | null;
    folded: number[];
    root: number | null;
    marksNs: number[];
    filterText: string;
    thisLaneOnly: boolean;
  } | null;
}

export function toSaved(state: Readonly<ViewState>): Saved {
  const { tab, drawerOpen, drawerUntouched, drawerHeightPx, drawerWidthPx, nameWidthPx, hiddenClasses, trace } = state;
  const { summaryBy, flameWeight } = state;
  const { window, follow, row, thread, range, folded, root, marksNs, filterText, thisLaneOnly } = state;
  return {
    layout: {
      tab, drawerOpen, drawerUntouched, drawerHeightPx, drawerWidthPx, nameWidthPx, hiddenClasses: [...hiddenClasses],
      summaryBy, flameWeight,
    },
    place: trace && {
      traceId: trace.id, window, follow, row, thread, range, folded: [...folded], root, marksNs: [...marksNs], filterText,
      thisLaneOnly,
    },
  }; // prettier-ignore
}

/** Saved states are our own, but may be of an older version: whatever does not fit is left out. */
function isSaved(value: unknown): value is Saved {
  return typeof value === 'object' && value !== null && 'layout' in value && 'place' in value;
}

export function savedLayout(value: unknown): Partial<ViewState> {
  if (!isSaved(value)) return {};
  const { hiddenClasses, ...layout } = value.layout;
  return { ...layout, hiddenClasses: new Set(hiddenClasses) };
}

/** The place in the trace, when it is the same trace; else nothing. */
export function savedPlace(value: unknown, traceId: string): Partial<ViewState> {
  if (!isSaved(value) || value.place?.traceId !== traceId) return {};
  const { window, follow, row, thread, range, folded, root, marksNs, filterText, thisLaneOnly } = value.place;
  const { filter } = parseFilter(filterText);
  return {
    window,
    follow,
    row,
    thread,
    range,
    folded: new Set(folded),
    root,
    marksNs,
    filterText,
    filter,
    thisLaneOnly,
  };
}
