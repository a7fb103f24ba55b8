/**
 * What a trace says of the kernel's objects, as text that a person can check against the program: the goldens' `models.txt`. Rows
 * are given as the line of the log where they end; addresses by their order, because they differ from run to run.
 */

import type { Trace } from '../../../src/trace/trace.js';
import { dumpAccounts } from './dumpAccounts.js';
import { allProcesses } from '../../../src/cli/allProcesses.js';

export function dumpModels(trace: Trace): string {
  const { kernel } = trace;
  const whole = { startNs: 0, endNs: Number.POSITIVE_INFINITY, lanes: null, filter: null };
  const line = lineNames(trace);
  const pid = (process: number): string => String(trace.process(process)?.pid ?? '?');
  const processes = allProcesses(trace).map(p => p.process);
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [`== ${title}`, ...lines, ''];

  const identities = processes.map(p => {
    const i = kernel.identity({ process: p.id, atNs: null });
    const ids = (t: typeof i.uid): string => [t.real, t.effective, t.saved].map(n => n ?? '?').join('/');
    const names = i.names.map(n => `${n.name} (${n.how} ${line(n.row)})`).join(', ');
    const changes = i.changes.map(c => `${c.what} ${line(c.row)}`).join(', ');
    const threads = i.threads.map(thread => `; thread ${thread.tid} uid ${ids(thread.uid)} gid ${ids(thread.gid)}`);
    return `${p.pid}: group ${i.pgid ?? '?'} session ${i.sid ?? '?'} uid ${ids(i.uid)} gid ${ids(i.gid)} groups ${i.groups?.join(',') ?? '?'}; names ${names}; changes ${changes}${threads.join('')}`;
  });
  const descriptors = processes.flatMap(p =>
    kernel.descriptorHistory({ process: p.id }).map(d => {
      const flags = [
        d.access ?? '?',
        ...(d.nonBlocking ? ['nonblock'] : []),
        ...(d.append ? ['append'] : []),
        ...(d.closeOnExec ? ['cloexec'] : []),
        ...(d.deleted ? ['deleted'] : []),
      ];
      const end = d.closeNs === null ? 'open' : `${d.death} ${line(d.deathRow)}`;
      return `${p.pid} ${d.fd} ${d.letter} ${d.kind} ${plainName(d.name)} [${flags.join(' ')}] ${d.birth} ${line(d.birthRow)}, ${end}; in ${d.bytesIn} out ${d.bytesOut} calls ${d.calls} errors ${d.errors}${d.channel === null ? '' : `; channel ${d.channel}`}`;
    }),
  );
  const channels = kernel.channels({ process: null, atNs: null }).map(c => {
    const ends = c.ends.map(
      e => `${e.role} ${plainName(e.address)}(${e.holders.map(h => `${h.pid}:${h.fd}`).join(' ')})`,
    );
    const told = [
      ...(c.eofNs === null ? [] : ['eof']),
      ...(c.resetNs === null ? [] : ['reset']),
      ...(c.removedNs === null ? [] : ['removed']),
    ];
    return `${c.id} ${c.kind} ${plainName(c.name)} from ${line(c.bornRow)}: ${ends.join(' - ')}; written ${c.bytesWritten.join('+')} read ${c.bytesRead.join('+')} in flight ${c.inFlight.map(n => n ?? '?').join('+')} ${told.join(' ')}`.trimEnd();
  });
  const interest = processes.flatMap(p => {
    const end = (p.endNs ?? trace.summary().endNs) - 1;
    return kernel
      .interest({ process: p.id, atNs: end })
      .map(
        i =>
          `${p.pid} epoll ${i.epollFd} fd ${i.fd} ${i.trigger}${i.oneShot ? ' oneshot' : ''}${i.exclusive ? ' exclusive' : ''} ${i.events.join('|')}: reported ${i.reported} drained ${i.drained} undrained ${i.undrained}`,
      );
  });
  const readiness = kernel
    .readiness({ ...whole, process: null })
    .map(r => `${line(r.row)} fd ${r.fd} ${r.events.join('|')}: ${r.outcome} by ${r.served.map(line).join(' ')}`);
  const memory = processes.flatMap(p => {
    const map = kernel.memory({ process: p.id, atNs: (p.endNs ?? Number.POSITIVE_INFINITY) - 1 });
    const own = map.regions
      .filter(r => r.kind !== 'library' && r.kind !== 'bss')
      .map(
        r =>
          `${p.pid} ${r.kind} ${r.end - r.start} ${r.protection} ${r.shared ? 'shared' : 'private'} ${plainName(r.path)} from ${line(r.bornRow)}${r.sharedWith.length === 0 ? '' : `; with ${r.sharedWith.map(s => `${s.pid} ${s.how}`).join(', ')}`}`,
      );
    const faults = map.faults.map(f => `${p.pid} fault ${f.signal} ${line(f.row)}: ${f.near}`);
    return [...own.sort(), ...faults];
  });
  const handlers = kernel
    .handlers(whole)
    .map(
      h =>
        `${h.signal} ${line(h.deliveredRow)} - ${line(h.returnRow)}, interrupted ${line(h.interruptedRow)}, restarted ${h.restarted ?? '?'}`,
    );
  const dispositions = processes.flatMap(p => {
    const state = kernel.signals({ thread: p.threads[0]!, atNs: null });
    const actions = state.dispositions
      .filter(d => d.action !== 'default' || d.sinceRow !== null)
      .map(
        d =>
          `${d.signal} ${d.action}${d.flags.length > 0 ? ` ${d.flags.filter(f => f !== 'SA_RESTORER').join('|')}` : ''}`,
      );
    return actions.length > 0 || state.blocked !== null
      ? [`${p.pid}: ${actions.join(', ')}; blocked ${state.blocked?.join(' ') ?? '?'}`]
      : [];
  });
  const locks = lockMoments(trace).map(
    l => `${l.kind} ${plainName(l.name)} ${l.mode} ${line(l.acquiredRow)} - ${line(l.releasedRow)}`,
  );
  const futexes = kernel
    .futexes({ process: null })
    .map((f, i) => `futex ${i} of ${pid(f.process)}: waits ${f.waits} wakes ${f.wakes} threads ${f.threads.length}`);
  const transfers = kernel
    .transfers(whole)
    .map(
      t =>
        `${pid(t.process)} ${t.method} ${t.fromFd} ${plainName(t.fromName)} -> ${t.toFd} ${plainName(t.toName)}: ${t.bytes} bytes, ${t.calls} calls, ${t.userCopies} copies`,
    );
  const times = processes.map(p => {
    const t = kernel.time({ ...whole, process: p.id });
    const us = (ns: number): number => Math.round(ns / 1000);
    return `${p.pid}: ran ${us(t.runningNs)} in calls ${us(t.inCallNs)} blocked ${us(t.blockedNs)} stopped ${us(t.stoppedNs)} in vfork ${us(t.vforkSuspendedNs)} zombie ${us(t.zombieNs)} us`;
  });
  const rows = trace.summary().rows;
  const links: string[] = [];
  const waits: string[] = [];
  for (let row = 0; row < rows; row++) {
    for (const l of kernel.links(row))
      if (l.relation === 'cause') links.push(`${line(row)} <- ${l.kind} ${line(l.row)} (${l.pid} ${l.name})`);
    const why = kernel.whyBlocked(row);
    if (why && why.reason !== 'unknown' && (why.endedBy !== null || why.couldEnd.length > 0))
      waits.push(
        `${line(row)} ${why.reason}: ${why.endedBy ? `ended by ${line(why.endedBy.row)}` : `could be ended by ${why.couldEnd.map(c => `${c.pid}:${c.fd}`).join(' ')}`}`,
      );
  }
  return [
    ...section('identity', identities),
    ...section('descriptors', descriptors),
    ...section('channels', channels),
    ...section('interest', interest),
    ...section('readiness', readiness),
    ...section('memory', memory),
    ...section('signals', dispositions),
    ...section('handlers', handlers),
    ...section('locks', locks),
    ...section('futexes', futexes),
    ...section('transfers', transfers),
    ...section('time', times),
    ...dumpAccounts(trace, processes, line).flatMap(([title, lines]) => section(title, lines)),
    ...section('causes', links),
    ...section('waits', waits),
  ].join('\n');
}

/** `12 read`: the line of the log (from 1) that a row's last part stands in, and its name. */
function lineNames(trace: Trace): (row: number | null) => string {
  return row => {
    if (row === null) return '-';
    const event = trace.event(row);
    return event ? `${(event.rawLines.at(-1)?.line ?? 0) + 1} ${event.name}` : '?';
  };
}

/** Numbers of inodes and ports differ from run to run; a recorded log has one of them. */
function plainName(name: string): string {
  return name === '' ? "''" : name;
}

/** Every lock that was ever held, in order. */
function lockMoments(trace: Trace): ReturnType<Trace['kernel']['locks']> {
  const found = new Map<number, ReturnType<Trace['kernel']['locks']>[number]>();
  for (let row = 0; row < trace.summary().rows; row++) {
    const event = trace.event(row);
    if (!event || !/^(flock|fcntl|semop|semtimedop)/.test(event.name)) continue;
    const atNs = event.endNs ?? event.startNs;
    for (const lock of trace.kernel.locks({ atNs })) if (lock.acquiredRow !== null) found.set(lock.acquiredRow, lock);
  }
  return [...found.values()];
}
