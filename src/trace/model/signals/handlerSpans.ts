/**
 * The runs of signal handlers: each begins where its signal arrives and ends with rt_sigreturn; one may interrupt another.
 *
 * Invariant: the spans of a thread are in order of their start, and lie in each other or apart.
 */

import type { HandlerMark, Row, ThreadId } from '../../api.js';
import type { HandlerSpan } from '../../modelApi.js';

/** A window has about so many marks at most; what is closer together than that allows is told as one. */
const MOST_MARKS = 1500;

interface ThreadSpans {
  spans: HandlerSpan[];
  /** For each of them the place of the one that it interrupted; -1 when it interrupted none. */
  outer: number[];
  /** Places of those that have not returned, the innermost last. */
  open: number[];
}

export class HandlerSpans {
  private readonly all: HandlerSpan[] = [];
  private readonly threads = new Map<ThreadId, ThreadSpans>();

  /** A handler begins, in the one that the thread is in. */
  begin(span: HandlerSpan): void {
    const { spans, outer, open } = this.of(span.thread);
    outer.push(open.at(-1) ?? -1);
    open.push(spans.length);
    spans.push(span);
    this.all.push(span);
  }

  /** The innermost handler of a thread returns; the caller notes when. */
  end(thread: ThreadId): HandlerSpan | undefined {
    const own = this.threads.get(thread);
    return own?.spans[own.open.pop() ?? -1];
  }

  /** The thread ends or becomes another program: no handler returns. */
  endAll(thread: ThreadId, atNs: number): void {
    for (let span = this.end(thread); span; span = this.end(thread)) span.endNs = atNs;
  }

  /** The handler that a thread is in now, the innermost one. */
  innermost(thread: ThreadId): HandlerSpan | undefined {
    const own = this.threads.get(thread);
    return own?.spans[own.open.at(-1) ?? -1];
  }

  /** The span that a delivery opened, or that a sigreturn closed. */
  at(row: Row): HandlerSpan | undefined {
    return this.all.find(s => s.deliveredRow === row || s.returnRow === row);
  }

  between(startNs: number, endNs: number, lanes: ReadonlySet<ThreadId> | null): HandlerSpan[] {
    return this.all.filter(
      s => s.startNs <= endNs && (s.endNs ?? Number.POSITIVE_INFINITY) >= startNs && (!lanes || lanes.has(s.thread)),
    );
  }

  /**
   * What a window shows of lanes: handlers narrower than `leastNs` are gathered. Costs by marks, not by handlers. `lifeEndNs` says when a
   * thread ended, which a handler does not outlive; null while it lives.
   */
  marks(
    { startNs, endNs, lanes }: { startNs: number; endNs: number; lanes: readonly ThreadId[] },
    leastNs: number,
    nowNs: number,
    lifeEndNs: (thread: ThreadId) => number | null,
  ): HandlerMark[] {
    const marked = lanes.filter(thread => this.threads.has(thread));
    const cellNs = Math.max(leastNs, ((endNs - startNs) * marked.length) / MOST_MARKS);
    return marked.flatMap(thread => {
      const diedNs = lifeEndNs(thread);
      return marksOf(this.of(thread), { startNs, endNs, cellNs, lastNs: diedNs ?? nowNs, dead: diedNs !== null });
    });
  }

  private of(thread: ThreadId): ThreadSpans {
    let own = this.threads.get(thread);
    if (own === undefined) this.threads.set(thread, (own = { spans: [], outer: [], open: [] }));
    return own;
  }
}

interface MarkWindow {
  startNs: number;
  endNs: number;
  /** What begins within so many nanoseconds is gathered. */
  cellNs: number;
  /** Where handlers end that have not returned, and whether they never will. */
  lastNs: number;
  dead: boolean;
}

function marksOf({ spans, outer }: ThreadSpans, window: MarkWindow): HandlerMark[] {
  const { startNs, endNs, cellNs, lastNs, dead } = window;
  const marks: HandlerMark[] = [];
  const endOf = (place: number): number => spans[place]?.endNs ?? lastNs;
  const add = (place: number, untilNs: number, count: number): void => {
    const span = spans[place];
    if (span) marks.push({ ...markOf(span, count), endNs: untilNs, running: span.endNs === null && !dead });
  };
  /** Of the handlers that had begun at a place, those from another place on that go on after a time, the outermost first. */
  const goingOn = (last: number, from: number, afterNs: number): number[] => {
    const found: number[] = [];
    for (let place = last; place >= from; place = outer[place] ?? -1) if (endOf(place) > afterNs) found.unshift(place);
    return found;
  };
  let next = firstFrom(spans, startNs, 0);
  for (const place of goingOn(next - 1, 0, startNs)) add(place, endOf(place), 1);
  while ((spans[next]?.startNs ?? Infinity) < endNs) {
    const borderNs = (spans[next]?.startNs ?? 0) + cellNs;
    const after = Math.max(next + 1, firstFrom(spans, borderNs, next));
    // Only the last one to begin in a cell, and those that it interrupted, can go on after it.
    const wide = goingOn(after - 1, next, borderNs);
    const narrow = after - next - wide.length;
    let first = next;
    while (wide.includes(first)) first++;
    if (narrow > 0)
      add(first, narrow === 1 ? endOf(first) : Math.min(borderNs, Math.max(endOf(after - 1), endOf(first))), narrow);
    for (const place of wide) add(place, endOf(place), 1);
    next = after;
  }
  return marks;
}

function markOf(span: HandlerSpan, count: number): Omit<HandlerMark, 'endNs' | 'running'> {
  const { thread, signal, startNs, deliveredRow: row, interruptedRow, restarted } = span;
  const interrupted = interruptedRow === null || restarted === null ? null : restarted ? 'restarted' : 'failed';
  return { thread, row, signal, startNs, count, interrupted };
}

/** Place of the first span from a place on that begins at a time or after it. */
function firstFrom(spans: readonly HandlerSpan[], ns: number, from: number): number {
  let low = from;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[middle]?.startNs ?? Infinity) < ns) low = middle + 1;
    else high = middle;
  }
  return low;
}
