/**
 * The process model: which thread and process each line belongs to, and how they are born, named, stopped, die and are reaped.
 *
 * Invariants: a ThreadId or ProcessId, once handed out, keeps its meaning for ever (a process that turns out to be a thread of
 * another one answers for that one from then on); nothing is guessed: what the log does not show is null; no input throws.
 * Times it is given may be NaN (a log without times): the time given to `threadOf` for the same line is used then.
 */

import type { CallRecord, ExitRecord, NoteRecord, SignalRecord, StopRecord } from 'strace-parser';
import type {
  Arrow,
  EventFact,
  LanePage,
  LaneQuery,
  ProcessId,
  ProcessInfo,
  ProcessPage,
  ProcessQuery,
  Row,
  ThreadId,
  ThreadInfo,
  ThreadState,
  ZombieSpan,
} from '../api.js';
import type { EventPlace, Model } from './model.js';

/** A part of a thread's life that is neither running nor in a call: stopped, suspended by its vfork child, or a zombie. */
export interface StateSpan {
  startNs: number;
  /** Time of its end; `nowNs` of the query while it lasts. */
  endNs: number;
  state: Extract<ThreadState, 'stopped' | 'vforkSuspended' | 'zombie'>;
}

export interface ProcessCounts {
  threads: number;
  processes: number;
  /** Processes that have not exited. */
  liveProcesses: number;
}

export class ProcessModel implements Model {
  /** The life of `tid` that a line printed now belongs to; a new one when it has not been seen. */
  threadOf(_tid: number, _atNs: number): ThreadId {
    return 0;
  }

  /** The process a thread belongs to as far as is known now. */
  processOf(_thread: ThreadId): ProcessId {
    return 0;
  }

  enter(_record: CallRecord, _place: EventPlace): void {}
  call(_record: CallRecord, _place: EventPlace): void {}
  signal(_record: SignalRecord, _place: EventPlace): void {}
  exit(_record: ExitRecord, _place: EventPlace): void {}
  stop(_record: StopRecord, _place: EventPlace): void {}
  note(_record: NoteRecord, _place: EventPlace): void {}
  end(_endNs: number): void {}

  counts(): ProcessCounts {
    return { threads: 0, processes: 0, liveProcesses: 0 };
  }

  /** null when there is no such process. `nowNs`: the trace's end so far. */
  info(_id: ProcessId, _nowNs: number): ProcessInfo | null {
    return null;
  }

  threadInfo(_id: ThreadId, _nowNs: number): ThreadInfo | null {
    return null;
  }

  page(_query: ProcessQuery, _nowNs: number): Omit<ProcessPage, 'revision'> {
    return { total: 0, processes: [], threads: [] };
  }

  lanes(_query: LaneQuery, _nowNs: number): Omit<LanePage, 'revision'> {
    return { total: 0, lanes: [], processes: [], threads: [] };
  }

  /** Position of a thread in the lane order; -1 when it is folded away or outside the root. */
  laneIndex(_thread: ThreadId, _query: Pick<LaneQuery, 'folded' | 'root'>): number {
    return -1;
  }

  /** When a thread was born and when it died (null while it lives). */
  lifeOf(_thread: ThreadId): { startNs: number; endNs: number | null } {
    return { startNs: 0, endNs: null };
  }

  /** Spans of a thread that overlap the window, in order, not overlapping each other. They overlay calls. */
  stateSpans(_thread: ThreadId, _startNs: number, _endNs: number, _nowNs: number): StateSpan[] {
    return [];
  }

  /** Fork and reap arrows that overlap the window and whose both ends are on the given lanes. */
  arrows(_startNs: number, _endNs: number, _lanes: readonly ThreadId[]): Arrow[] {
    return [];
  }

  /** Zombie spans, on the lanes of the dead processes' leaders, that overlap the window. */
  zombies(_startNs: number, _endNs: number, _lanes: readonly ThreadId[], _nowNs: number): ZombieSpan[] {
    return [];
  }

  /** What the model knows about an event; facts that are in the line itself come from recordFacts.ts. */
  factsOf(_row: Row): EventFact[] {
    return [];
  }
}
