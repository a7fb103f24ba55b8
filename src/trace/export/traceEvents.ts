/**
 * Events in the Trace Event Format, which Perfetto (ui.perfetto.dev) and chrome://tracing open: calls as slices of their threads, the
 * rest as marks, zombies as slices of the dead process. Times are microseconds; a pid that was used again is one process there.
 */

import type { EventWriter, ExportedEvent, ExportedThread } from './exportedEvent.js';

/** Lines that are not strace's belong to no thread; the format wants one. */
const NOBODY = { pid: 0, tid: 0 };

const microseconds = (ns: number): number => ns / 1000;

export function traceEventsWriter(): EventWriter {
  let first = true;
  const entry = (value: object): string => {
    const comma = first ? '' : ',\n';
    first = false;
    return comma + JSON.stringify(value);
  };
  return {
    head: (threads, zombies) =>
      '{"displayTimeUnit":"ns","traceEvents":[\n' +
      [...threads.flatMap(names), ...zombies.map(zombie)].map(entry).join(''),
    event: event => entry(event.kind === 'call' ? slice(event) : mark(event)),
    tail: () => '\n]}\n',
  };
}

function names({ pid, tid, process, name }: ExportedThread): object[] {
  const thread = { ph: 'M', name: 'thread_name', pid, tid, args: { name: name || process } };
  return tid === pid ? [{ ph: 'M', name: 'process_name', pid, tid, args: { name: process } }, thread] : [thread];
}

function zombie({ pid, startNs, durationNs }: { pid: number; startNs: number; durationNs: number }): object {
  const times = { ts: microseconds(startNs), dur: microseconds(durationNs) };
  return { ph: 'X', name: 'zombie', cat: 'state', pid, tid: pid, ...times };
}

function slice({ thread, name, class: category, startNs, durationNs, ...event }: ExportedEvent): object {
  const { pid, tid } = thread ?? NOBODY;
  const times = { ts: microseconds(startNs), dur: microseconds(durationNs ?? 0) };
  const { errno, blocked, text } = event;
  return { ph: 'X', name, cat: category, pid, tid, ...times, args: { text, ...(errno && { errno }), blocked } };
}

function mark({ thread, kind, name, startNs, text }: ExportedEvent): object {
  const { pid, tid } = thread ?? NOBODY;
  const scope = thread ? 't' : 'g';
  return { ph: 'i', s: scope, name: name || kind, cat: kind, pid, tid, ts: microseconds(startNs), args: { text } };
}
