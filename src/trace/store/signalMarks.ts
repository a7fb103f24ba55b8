/**
 * The signals of a window's lanes as marks. When there are more than anybody can see, those of one lane that stand close together
 * become one mark with a count; the signal that killed a process is always a mark of its own.
 */

import type { Row, SignalMark, ThreadId } from '../api.js';
import type { EventStore } from './eventStore.js';
import type { Lane } from './lane.js';

const MOST_MARKS = 1500;
const FEWEST_MARKS_A_LANE = 8;

export interface MarkWindow {
  store: EventStore;
  /** Name of a signal row's signal, or of the signal that an exit row names; '' for other rows. */
  signalOf(row: Row): string;
  startNs: number;
  endNs: number;
}

export function signalMarks(
  window: MarkWindow,
  lanes: readonly { thread: ThreadId; lane: Lane }[],
): { signals: SignalMark[]; thinned: boolean } {
  const ranges = lanes.map(({ thread, lane }) => ({
    thread,
    lane,
    from: lane.marks.firstAt(window.startNs),
    to: lane.marks.firstAt(window.endNs),
  }));
  const total = ranges.reduce((sum, { from, to }) => sum + to - from, 0);
  const thinned = total > MOST_MARKS;
  const bucketNs = thinned
    ? (window.endNs - window.startNs) / Math.max(FEWEST_MARKS_A_LANE, Math.floor(MOST_MARKS / lanes.length))
    : 0;
  const signals: SignalMark[] = [];
  for (const { thread, lane, from, to } of ranges) {
    for (let first = from; first < to;) {
      const borderNs = (lane.marks.startNs[first] as number) + bucketNs;
      const next = thinned ? Math.min(to, Math.max(first + 1, lane.marks.firstAt(borderNs))) : first + 1;
      addMark(window, thread, lane, first, next, signals);
      first = next;
    }
  }
  return { signals, thinned };
}

/** One mark for marks [first, next) of a lane, and one more for a fatal signal at their end. */
function addMark(
  window: MarkWindow,
  thread: ThreadId,
  lane: Lane,
  first: number,
  next: number,
  out: SignalMark[],
): void {
  const { store } = window;
  const mark = (row: Row, count: number): SignalMark => ({
    row,
    thread,
    atNs: store.startNs(row),
    signal: window.signalOf(row),
    count,
    fatal: store.isFatal(row),
  });
  let shown: Row | undefined;
  let fatal: Row | undefined;
  // A thread dies once, so the fatal one is among the last two of its lane; a group's first signal is near its beginning.
  for (let i = Math.max(first, next - 2); i < next; i++) if (store.isFatal(lane.marks.at(i))) fatal = lane.marks.at(i);
  for (let i = first; i < next && shown === undefined; i++) {
    const row = lane.marks.at(i);
    if (row !== fatal && window.signalOf(row) !== '') shown = row;
  }
  if (shown !== undefined) out.push(mark(shown, Math.max(1, next - first - (fatal === undefined ? 0 : 1))));
  if (fatal !== undefined) out.push(mark(fatal, 1));
}
