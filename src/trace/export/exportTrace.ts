/** A trace as text of another format, piece by piece, so that one of any length can be written while it is asked for. */

import { SliceFlag, type EventListItem, type ThreadId } from '../api.js';
import type { TraceSource } from '../traceSource.js';
import { csvWriter } from './csv.js';
import type { EventWriter, ExportedEvent, ExportedThread, ExportedZombie } from './exportedEvent.js';
import { jsonLinesWriter } from './jsonLines.js';
import { traceEventsWriter } from './traceEvents.js';

export type ExportFormat = 'traceEvents' | 'csv' | 'jsonLines';

export interface ExportPiece {
  text: string;
  /** Events written so far, with this piece, and in all. */
  events: number;
  total: number;
}

/** Events asked for at once: some milliseconds of the worker's time. */
const EVENTS_A_PIECE = 2000;
const LANES_A_PAGE = 1000;

const writers: Record<ExportFormat, () => EventWriter> = {
  traceEvents: traceEventsWriter,
  csv: () => csvWriter,
  jsonLines: () => jsonLinesWriter,
};

/** `source`: a complete trace. */
export async function* exportTrace(
  source: Pick<TraceSource, 'summary' | 'lanes' | 'events'>,
  format: ExportFormat,
): AsyncGenerator<ExportPiece, void, void> {
  const writer = writers[format]();
  const { endNs, rows: total } = await source.summary();
  const { threads, zombies } = await everybody(source);
  yield { text: writer.head([...threads.values()], zombies), events: 0, total };
  for (let offset = 0; offset < total;) {
    const range = { startNs: 0, endNs, lanes: null, filter: null };
    const { items } = await source.events({ ...range, offset, limit: EVENTS_A_PIECE });
    if (items.length === 0) break;
    offset += items.length;
    const text = items.map(item => writer.event(exported(item, threads))).join('');
    yield { text, events: offset, total };
  }
  yield { text: writer.tail(), events: total, total };
}

function exported(item: EventListItem, threads: ReadonlyMap<ThreadId, ExportedThread>): ExportedEvent {
  const { row, kind, name, startNs, durationNs, errno, flags, text } = item;
  return {
    ...{ row, kind, thread: threads.get(item.thread) ?? null, name, class: item.class, startNs, durationNs, errno },
    failed: (flags & SliceFlag.Failed) !== 0,
    blocked: (flags & SliceFlag.Blocked) !== 0,
    text,
  };
}

/** All threads there were, and the times when their processes were zombies. */
async function everybody(
  source: Pick<TraceSource, 'lanes'>,
): Promise<{ threads: Map<ThreadId, ExportedThread>; zombies: ExportedZombie[] }> {
  const threads = new Map<ThreadId, ExportedThread>();
  const zombies: ExportedZombie[] = [];
  for (let offset = 0; ; offset += LANES_A_PAGE) {
    const page = await source.lanes({ offset, limit: LANES_A_PAGE, folded: [], root: null });
    page.threads.forEach(({ id, tid, name, leader }, i) => {
      const process = page.processes[i];
      if (!process) return;
      threads.set(id, { pid: process.pid, tid, process: process.name, name });
      if (leader && process.zombieNs > 0 && process.endNs !== null)
        zombies.push({ pid: process.pid, startNs: process.endNs, durationNs: process.zombieNs });
    });
    if (offset + LANES_A_PAGE >= page.total) return { threads, zombies };
  }
}
