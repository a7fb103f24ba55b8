/** Steps from event to event in one lane: calls and what stands between them. */

import type { Row } from '../api.js';
import type { Lane } from './lane.js';

/** The lane's event before or after a row; null at its end. */
export function neighbourOf(lane: Lane | undefined, row: Row, step: 1 | -1): Row | null {
  if (lane === undefined) return null;
  const candidates: Row[] = [];
  for (const rows of [lane.calls, lane.marks]) {
    const place = step === 1 ? rows.lowerBound(row + 1) : rows.lowerBound(row) - 1;
    if (place >= 0 && place < rows.length) candidates.push(rows.at(place));
  }
  if (candidates.length === 0) return null;
  return step === 1 ? Math.min(...candidates) : Math.max(...candidates);
}

/** The lane's event at a time or nearest before it; null when it has none so early. */
export function eventBefore(lane: Lane | undefined, atNs: number): Row | null {
  if (lane === undefined) return null;
  // Times are whole nanoseconds: what starts before the next one starts at this time or before it.
  const afterNs = Math.floor(atNs) + 1;
  const call = lane.calls.firstAt(afterNs) - 1;
  const mark = lane.marks.firstAt(afterNs) - 1;
  if (call < 0 && mark < 0) return null;
  return Math.max(call < 0 ? -1 : lane.calls.at(call), mark < 0 ? -1 : lane.marks.at(mark));
}
