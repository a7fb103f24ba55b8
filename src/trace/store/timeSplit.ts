/**
 * Where time went: a thread's own time split by state, summed from the same strip that the timeline draws; and what the tracer
 * itself is likely to have cost.
 */

import { SliceFlag, type ThreadId } from '../api.js';
import type { TimeSplit, TracerOverhead } from '../modelApi.js';
import type { ProcessModel } from '../model/processes.js';
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
  let special = 0;
  for (const span of processes.stateSpans(thread, startNs, endNs, nowNs)) {
    const ns = Math.max(0, Math.min(span.endNs, endNs) - Math.max(span.startNs, startNs));
    if (span.state === 'zombie') into.zombieNs += ns;
    else if (span.state === 'stopped') into.stoppedNs += ns;
    else into.vforkSuspendedNs += ns;
    if (span.state !== 'zombie') special += ns;
  }
  let inCallNs = 0;
  let blockedNs = 0;
  const lane = store.lanes[thread];
  for (let i = lane ? lane.firstCallReaching(from, nowNs) : 0; lane && i < lane.calls.length; i++) {
    const row = lane.calls.at(i);
    const callStart = store.startNs(row);
    if (callStart >= to) break;
    const ns = Math.max(0, Math.min(store.endNs(row, nowNs), to) - Math.max(callStart, from));
    if ((store.flags(row) & SliceFlag.Blocked) !== 0) blockedNs += ns;
    else inCallNs += ns;
  }
  // A suspended vfork parent is in its vfork call meanwhile; that time is told once.
  const suspended = Math.min(special, inCallNs + blockedNs);
  const calls = inCallNs + blockedNs;
  const share = calls > 0 ? (calls - suspended) / calls : 0;
  into.inCallNs += inCallNs * share;
  into.blockedNs += blockedNs * share;
  into.runningNs += Math.max(0, to - from - Math.max(calls, special));
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
