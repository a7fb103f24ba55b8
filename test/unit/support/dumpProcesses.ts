/** What a trace says of its processes, as text that a person can check against the program: the goldens' `processes.txt`. */

import type { EventFact, ExitStatus, ProcessInfo, ThreadInfo } from '../../../src/trace/api.js';
import type { Trace } from '../../../src/trace/trace.js';
import { threadStates } from '../../../src/trace/api.js';
import { allProcesses } from '../../../src/cli/allProcesses.js';

export function dumpProcesses(trace: Trace): string {
  const summary = trace.summary();
  const { lines, textLines, events, threads, processes, liveProcesses } = summary;
  const head = `lines ${lines}, text ${textLines}, calls ${events}, threads ${threads}, processes ${processes}, alive ${liveProcesses}`;
  const { lanes } = trace.lanes({ offset: 0, limit: 1e6, folded: [], root: null });
  const window = trace.window({
    startNs: 0,
    endNs: summary.endNs,
    widthPx: 4000,
    lanes: lanes.map(lane => lane.thread),
    filter: null,
  });
  const tids = new Map(lanes.map(lane => [lane.thread, tidOf(trace, lane.thread)]));
  const arrows = window.arrows.map(
    arrow =>
      `${arrow.kind} ${tids.get(arrow.fromThread)} ${us(arrow.fromNs)} -> ${tids.get(arrow.toThread)} ${us(arrow.toNs)}`,
  );
  return [
    head,
    ...allProcesses(trace).flatMap(({ process, threads }) => [processText(process), ...threads.map(threadText)]),
    '',
    `order ${lanes.map(lane => `${'.'.repeat(lane.depth)}${tids.get(lane.thread)}`).join(' ')}`,
    ...arrows.sort(),
    ...window.zombies.map(zombie => `zombie ${tids.get(zombie.thread)} ${us(zombie.startNs)} - ${us(zombie.endNs)}`),
    ...oddStates(window, tids),
    '',
    ...facts(trace),
    '',
  ].join('\n');
}

function tidOf(trace: Trace, thread: number): number {
  const page = trace.lanes({
    offset: trace.laneIndex(thread, { folded: [], root: null }),
    limit: 1,
    folded: [],
    root: null,
  });
  return page.threads[0]?.tid ?? -1;
}

function processText(process: ProcessInfo): string {
  const { reapedBy, reparented } = process;
  return [
    `${process.pid}: parent ${process.parentPid ?? '?'}, ${process.createdBy ?? 'unknown birth'}, ${us(process.startNs)} - ${process.endNs === null ? '' : us(process.endNs)}`,
    `image ${process.image || '?'} ${JSON.stringify(process.argv)}`,
    ...(process.name === process.image.replace(/.*\//, '') ? [] : [`name ${process.name}`]),
    `${process.exit ? exitText(process.exit) : 'no exit'}, ${process.state.kind}`,
    ...(reapedBy ? [`reaped by ${reapedBy.pid} at ${us(reapedBy.atNs)}`] : []),
    ...(reparented ? [`adopted by ${reparented.pid ?? 'outside'} at ${us(reparented.atNs)}`] : []),
    ...(process.zombieNs > 0 ? [`zombie for ${us(process.zombieNs)}`] : []),
    ...(process.autoReaped ? ['reaped by the kernel'] : []),
    `calls ${process.calls}, errors ${process.errors}`,
  ].join('\n    ');
}

function threadText(thread: ThreadInfo): string {
  const end = thread.endNs === null ? '' : us(thread.endNs);
  return `    thread ${thread.tid}${thread.name && ` ${thread.name}`}: ${us(thread.startNs)} - ${end}, rows ${thread.rows}`;
}

function exitText(exit: ExitStatus): string {
  return 'code' in exit ? `exit ${exit.code}` : `killed by ${exit.signal}${exit.coreDumped ? ' with core' : ''}`;
}

function oddStates(window: ReturnType<Trace['window']>, tids: ReadonlyMap<number, number>): string[] {
  return window.lanes.flatMap((thread, lane) => {
    const states: string[] = [];
    for (let i = window.stateOffsets[lane] ?? 0; i < (window.stateOffsets[lane + 1] ?? 0); i++) {
      const state = threadStates[window.state[i] ?? -1] ?? '?';
      if (state !== 'stopped' && state !== 'vforkSuspended') continue;
      // The strip is cut at pixels: only its first three digits are the model's.
      states.push(`${state} ${tids.get(thread)}`);
    }
    return states;
  });
}

function facts(trace: Trace): string[] {
  const rows: string[] = [];
  for (let row = 0; row < trace.summary().rows; row++) {
    const event = trace.event(row);
    if (!event) continue;
    const told = event.facts.filter(fact => fact.kind !== 'signal' && fact.kind !== 'exited').map(factText);
    if (told.length > 0)
      rows.push(`line ${(event.rawLines.at(-1)?.line ?? 0) + 1} ${event.tid} ${event.name}: ${told.join('; ')}`);
  }
  return rows;
}

function factText(fact: EventFact): string {
  switch (fact.kind) {
    case 'createdProcess':
      return `process ${fact.pid}`;
    case 'createdThread':
      return `thread ${fact.tid}`;
    case 'cloneFlags':
      return fact.flags.join('|');
    case 'reaped':
      return `reaped ${fact.pid}${fact.status ? ` ${exitText(fact.status)}` : ''}`;
    case 'waitStatus':
      return 'status printed';
    case 'exec':
      return `runs ${fact.image}`;
    case 'exited':
      return exitText(fact.status);
    case 'signal':
    case 'neverReturned':
    case 'restarts':
    case 'resumed':
      return fact.kind;
  }
}

function us(ns: number): string {
  return `${Math.round(ns / 1000)}us`;
}
