/** What the causality queries ask of the store and the process model, answered. */

import { SliceFlag, type Row, type ThreadId } from './api.js';
import type { EventLookup, ProcessLookup } from './model/causality/lookup.js';
import type { ProcessModel } from './model/processes.js';
import type { CallNames } from './store/callNames.js';
import { neighbourOf } from './store/laneSteps.js';
import type { Recorder } from './store/recorder.js';

export function eventLookup(
  recorder: Recorder,
  names: CallNames,
  processes: ProcessModel,
  log: { nowNs(): number; errnoName(id: number): string },
): EventLookup {
  const { store } = recorder;
  const { lanes } = store;
  const edge = (thread: ThreadId, first: boolean): Row | null => {
    const lane = lanes[thread];
    const rows = [lane?.calls, lane?.marks].flatMap(list =>
      list && list.length > 0 ? [list.at(first ? 0 : list.length - 1)] : [],
    );
    if (rows.length === 0) return null;
    return first ? Math.min(...rows) : Math.max(...rows);
  };
  return {
    thread: row => store.thread(row),
    process: row => processes.processOf(store.thread(row)),
    tid: row => processes.idsOf(store.thread(row))[0],
    name: row => (store.kind(row) === 'call' ? names.nameOf(store.nameId(row)) : recorder.markName(row)),
    startNs: row => store.startNs(row),
    endNs: row => store.endNs(row, log.nowNs()),
    isOpen: row => store.isOpen(row),
    waited: row => (store.flags(row) & SliceFlag.Blocked) !== 0,
    errno: row => (store.kind(row) === 'call' ? log.errnoName(store.errnoId(row)) : ''),
    fd: row => store.fd(row),
    returnValue: row => store.returnValue(row),
    firstRowOf: thread => edge(thread, true),
    lastRowOf: thread => edge(thread, false),
    lastCallOf: thread => {
      const last = lanes[thread]?.lastRow ?? -1;
      return last < 0 ? null : last;
    },
    threadOfTid: (tid, row) => processes.threadNumbered(processes.processOf(store.thread(row)), tid),
    next: row => neighbourOf(lanes[store.thread(row)], row, 1),
    previous: row => neighbourOf(lanes[store.thread(row)], row, -1),
    threads: () => [...lanes.keys()].filter(thread => lanes[thread] !== undefined),
    *callsIn(thread, startNs, endNs) {
      const lane = lanes[thread];
      for (let i = lane ? lane.firstCallReaching(startNs, log.nowNs()) : 0; lane && i < lane.calls.length; i++) {
        if ((lane.calls.startNs[i] as number) >= endNs) return;
        yield lane.calls.at(i);
      }
    },
  };
}

export function processLookup(processes: ProcessModel): ProcessLookup {
  return {
    pid: process => processes.pidOf(process),
    name: process => processes.info(process, 0)?.name ?? '',
    leader: process => processes.leaderOf(process),
    threadsAt: (process, atNs) =>
      processes.threadsOf(process).filter(thread => {
        const { startNs, endNs } = processes.lifeOf(thread);
        return startNs <= atNs && (endNs === null || atNs <= endNs || atNs === Number.POSITIVE_INFINITY);
      }),
    tid: thread => processes.idsOf(thread)[0],
    createdByRow: thread => processes.creationRowOf(thread),
    createdThread: row => {
      for (const fact of processes.factsOf(row)) {
        if (fact.kind === 'createdThread') return fact.thread;
        if (fact.kind === 'createdProcess') return processes.leaderOf(fact.process);
      }
      return null;
    },
    reapedProcess: row => {
      const fact = processes.factsOf(row).find(f => f.kind === 'reaped');
      return fact?.kind === 'reaped' ? fact.process : null;
    },
    reapedByRow: process => processes.deathOf(process).reapRow,
    exitRow: process => processes.deathOf(process).exitRow,
    parent: process => processes.parentOf(process),
    processAt: (pid, atNs) => processes.processAt(pid, atNs),
  };
}
