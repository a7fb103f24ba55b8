/**
 * Where time went: a thread's own time split by state, summed from the same strip that the timeline draws; and what the tracer
 * itself is likely to have cost.
 */

import { SliceFlag, type ThreadId } from '../api.js';
import type { TimeSplit, TracerOverhead } from '../modelApi.js';
import type { ProcessModel, StateSpan } from '../model/processes.js';
import type { EventStore } from './eventStore.js';

export interface TimeContext {
  store: EventStore;
  processes: ProcessModel;
  nowNs: number;
}

export function noTime(): TimeSplit {
  return { runningNs: 0, inCallNs: 0, blockedNs: 0, stoppedNs: 0, vforkSuspendedNs: 0, zombieNs: 0 };
}

/** Adds a thread's time in [startNs, endNs) to a split. */
export function addThreadTime(
  into: TimeSplit,
  thread: ThreadId,
  startNs: number,
  endNs: number,
  context: TimeContext,
): void {
  const { store, processes, nowNs } = context;
  const life = processes.lifeOf(thread);
  const from = Math.max(startNs, life.startNs);
  const to = Math.min(endNs, life.endNs ?? nowNs);
  // In order of time, and apart; a zombie process's span lies after its leader's life.
  const spans = processes.stateSpans(thread, startNs, endNs, nowNs);
  let specialNs = 0;
  for (const span of spans) {
    const ns = overlapNs(span, startNs, endNs);
    if (span.state === 'zombie') into.zombieNs += ns;
    else if (span.state === 'stopped') into.stoppedNs += ns;
    else into.vforkSuspendedNs += ns;
    specialNs += overlapNs(span, from, to);
  }
  let callNs = 0;
  const lane = store.lanes[thread];
  let next = 0;
  for (let i = lane ? lane.firstCallReaching(from, nowNs) : 0; lane && i < lane.calls.length; i++) {
    const row = lane.calls.at(i);
    const start = Math.max(store.startNs(row), from);
    if (start >= to) break;
    const end = Math.min(store.endNs(row, nowNs), to);
    let ns = Math.max(0, end - start);
    // What a call took is told once: a vfork that is suspended, an exit whose thread is a zombie, a stop in the middle of a call.
    while (next < spans.length && (spans[next] as StateSpan).endNs <= start) next++;
    for (let k = next; k < spans.length && (spans[k] as StateSpan).startNs < end; k++)
      ns -= overlapNs(spans[k] as StateSpan, start, end);
    callNs += ns;
    if ((store.flags(row) & SliceFlag.Blocked) !== 0) into.blockedNs += ns;
    else into.inCallNs += ns;
  }
  into.runningNs += Math.max(0, to - from - callNs - specialNs);
}

function overlapNs(span: StateSpan, startNs: number, endNs: number): number {
  return Math.max(0, Math.min(span.endNs, endNs) - Math.max(span.startNs, startNs));
}

/** Share of calls that are taken to be as fast as the tracer allows. */
const fastestShare = 0.01;
const enoughCalls = 20;
const unknownOverhead: TracerOverhead = { perCallNs: null, wholeNs: null, how: 'unknown' };

/** From the log itself: no call is shorter than what the tracer adds to it (-T measures between two ptrace stops). */
export function overheadFromLog(store: EventStore): TracerOverhead {
  const durations: number[] = [];
  const step = Math.max(1, Math.floor(store.length / 4096));
  for (let row = 0; row < store.length; row += step)
    if (store.kind(row) === 'call' && !store.isOpen(row) && !store.endUnknown(row))
      durations.push(store.durationNs(row));
  if (durations.length < enoughCalls) return unknownOverhead;
  durations.sort((a, b) => a - b);
  const perCallNs = durations[Math.floor(durations.length * fastestShare)]!;
  return perCallNs > 0 ? { perCallNs, wholeNs: null, how: 'fromLog' } : unknownOverhead;
}
