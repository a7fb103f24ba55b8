/**
 * Who a process is, over time: process group and session, user and group ids, namespaces, names (credentials(7), setsid(2),
 * setpgid(2), namespaces(7), PR_SET_NAME of prctl(2)).
 *
 * Each process keeps its changes in order; its state at a time is its creator's at the fork with these applied, worked out when
 * asked. So a child that turns out later whose copy it is needs no repair. Ids are each thread's own, as in the kernel (the C library
 * makes a change in all threads, one call each). A set-user-ID program's exec is not seen in a log: strace that runs as an ordinary
 * user does not let it take effect.
 */

import type { CallRecord } from 'strace-parser';
import type { ProcessId, Row, ThreadId } from '../../api.js';
import type { IdentityInfo, IdTriple, NamespaceKind } from '../../modelApi.js';
import type { EventPlace, Model, ProcessLink } from '../model.js';
import {
  credentialChange,
  enterNamespaces,
  joinGroup,
  namespacesIn,
  newSession,
  type Change,
  type IdentityState,
} from './changes.js';
import { unknownIds } from './credentials.js';

interface DatedChange {
  atNs: number;
  row: Row;
  /** `exec`: no call changed it on purpose, and none is listed. */
  what: IdentityInfo['changes'][number]['what'] | 'exec';
  change: Change;
}

interface Name {
  thread: ThreadId;
  atNs: number;
  row: Row;
  name: string;
  how: 'exec' | 'prctl';
}

/** Finds processes; as causality/lookup.ts has it. */
export interface IdentityLookup {
  pid(process: ProcessId): number;
  processAt(pid: number, atNs: number): ProcessId | null;
  /** The process of a row as far as is known now. */
  processOfRow(row: Row): ProcessId;
  leader(process: ProcessId): ThreadId;
  threadOf(row: Row): ThreadId;
  /** Threads of a process that lived at a time. */
  threadsAt(process: ProcessId, atNs: number): readonly ThreadId[];
  tid(thread: ThreadId): number;
  /** The thread whose call made this one, and when; null when that was not seen. */
  creator(thread: ThreadId): { thread: ThreadId; atNs: number } | null;
}

const concerned: ReadonlySet<string> = new Set(
  (
    'setsid setpgid getpgid getpgrp getsid prctl execve execveat unshare setns clone clone3 setuid setgid setreuid setregid ' +
    'setresuid setresgid setgroups setuid32 setgid32 setreuid32 setregid32 setresuid32 setresgid32 setgroups32 capset ' +
    'getuid geteuid getgid getegid getresuid getresgid getuid32 geteuid32 getgid32 getegid32 getresuid32 getresgid32'
  ).split(' '),
);

const nothingKnown: IdentityState = {
  pgid: null,
  sid: null,
  uid: unknownIds,
  gid: unknownIds,
  groups: null,
  capabilities: null,
  namespaces: new Map(),
};

export class IdentityModel implements Model {
  private readonly changes = new Map<ProcessId, DatedChange[]>();
  /** User and group ids and capabilities, by thread. */
  private readonly credentials = new Map<ThreadId, DatedChange[]>();
  private readonly origins = new Map<ProcessId, { creator: ProcessId; atNs: number; row: Row }>();
  /** Namespaces that a clone call made for its child, by the call's row. */
  private readonly madeFor = new Map<Row, NamespaceKind[]>();
  /** Namespaces of a process's children to come (unshare(CLONE_NEWPID) leaves the caller where it is). */
  private readonly forChildren = new Map<ProcessId, { atNs: number; kinds: NamespaceKind[]; row: Row }[]>();
  private readonly names: Name[] = [];

  constructor(private readonly lookup: IdentityLookup) {}

  concerns(syscall: string): boolean {
    return concerned.has(syscall);
  }

  call(record: CallRecord, place: EventPlace): void {
    if (!(record.returnValue >= 0)) return;
    const atNs = Number.isNaN(record.endNs) ? record.startNs : record.endNs;
    const changed = (what: DatedChange['what'], change: Change, process = place.process): void =>
      add(this.changes, process, { atNs, row: place.row, what, change });
    switch (record.name) {
      case 'setsid':
        changed('session', newSession);
        return;
      case 'setpgid': {
        const target = record.argumentNumber(0);
        const process = target === 0 ? place.process : this.lookup.processAt(target, atNs);
        if (process !== null) changed('group', joinGroup(record.argumentNumber(1)), process);
        return;
      }
      case 'getpgid':
      case 'getsid':
      case 'getpgrp':
        this.told(record, place, changed);
        return;
      case 'prctl': {
        const name = record.argumentText(0) === 'PR_SET_NAME' ? textOf(record, 1) : undefined;
        if (name !== undefined) this.name(place, atNs, name, 'prctl');
        return;
      }
      case 'execve':
      case 'execveat': {
        const path = textOf(record, record.name === 'execve' ? 0 : 1);
        if (path) this.name(place, atNs, path.slice(path.lastIndexOf('/') + 1), 'exec');
        return;
      }
      case 'clone':
      case 'clone3': {
        const kinds = namespacesIn(record.text());
        if (kinds.length > 0) this.madeFor.set(place.row, kinds);
        return;
      }
      case 'unshare':
      case 'setns':
        this.moved(record, place, atNs, changed);
        return;
      default: {
        const change = credentialChange(record);
        const what = record.name.startsWith('get') ? 'told' : 'credentials';
        if (change) add(this.credentials, place.thread, { atNs, row: place.row, what, change });
      }
    }
  }

  linked(link: ProcessLink): void {
    this.origins.set(link.child, { creator: link.creator, atNs: link.atNs, row: link.row });
  }

  /** execve(2): the saved ids are the effective ones from then on, and capabilities are worked out anew; the caller becomes the leader. */
  execed(process: ProcessId, row: Row, atNs: number): void {
    const [caller, leader] = [this.lookup.threadOf(row), this.lookup.leader(process)];
    const own = caller === leader ? undefined : this.credentialsAt(caller, atNs);
    const change: Change = before => {
      const { uid, gid, groups } = own ?? before;
      const saved = (ids: IdTriple): IdTriple => ({ ...ids, saved: ids.effective });
      return { ...before, uid: saved(uid), gid: saved(gid), groups, capabilities: null };
    };
    add(this.credentials, leader, { atNs, row, what: 'exec', change });
  }

  identity(process: ProcessId, atNs: number): IdentityInfo {
    const state = this.stateAt(process, atNs);
    const leader = this.lookup.leader(process);
    const own = this.credentialsAt(leader, atNs);
    const threads = this.lookup.threadsAt(process, atNs);
    const changes = [this.changes.get(process), ...threads.map(thread => this.credentials.get(thread))]
      .flatMap(dated => dated ?? [])
      .flatMap(c => (c.what === 'told' || c.what === 'exec' || c.atNs > atNs ? [] : { ...c, what: c.what }))
      .sort((a, b) => a.atNs - b.atNs || a.row - b.row);
    return {
      process,
      atNs,
      pgid: state.pgid,
      sid: state.sid,
      uid: own.uid,
      gid: own.gid,
      groups: own.groups && [...own.groups],
      capabilities: own.capabilities,
      threads: threads.flatMap(thread => {
        const { uid, gid } = this.credentialsAt(thread, atNs);
        if (thread === leader || (isSame(uid, own.uid) && isSame(gid, own.gid))) return [];
        return { thread, tid: this.lookup.tid(thread), uid, gid };
      }),
      namespaces: [...state.namespaces].map(([kind, row]) => ({ kind, row })),
      names: this.names.filter(n => n.atNs <= atNs && this.lookup.processOfRow(n.row) === process),
      changes: changes.map(({ atNs: when, row, what }) => ({ atNs: when, row, what })),
    };
  }

  private stateAt(process: ProcessId, atNs: number): IdentityState {
    const origin = this.origins.get(process);
    let state = nothingKnown;
    if (origin) {
      // What holds at the fork holds in the copy, except the namespaces that the child was put into.
      state = this.stateAt(origin.creator, origin.atNs);
      for (const moved of this.forChildren.get(origin.creator) ?? [])
        if (moved.atNs <= origin.atNs) state = enterNamespaces(moved.kinds, moved.row)(state, 0);
      const made = this.madeFor.get(origin.row);
      if (made) state = enterNamespaces(made, origin.row)(state, 0);
    }
    const pid = this.lookup.pid(process);
    for (const { change, atNs: when } of this.changes.get(process) ?? []) if (when <= atNs) state = change(state, pid);
    return state;
  }

  /** A thread begins with its creator's (clone(2)); an exec keeps them. */
  private credentialsAt(thread: ThreadId, atNs: number): IdentityState {
    const creator = this.lookup.creator(thread);
    let state = creator && creator.thread !== thread ? this.credentialsAt(creator.thread, creator.atNs) : nothingKnown;
    for (const { change, atNs: when } of this.credentials.get(thread) ?? []) if (when <= atNs) state = change(state, 0);
    return state;
  }

  /** getpgid, getsid, getpgrp tell what no change was seen of: a number of the caller itself, or of the process asked about. */
  private told(
    record: CallRecord,
    place: EventPlace,
    changed: (what: 'told', change: Change, process: ProcessId) => void,
  ): void {
    const asked = record.name === 'getpgrp' ? 0 : record.argumentNumber(0);
    const process = asked === 0 ? place.process : this.lookup.processAt(asked, record.startNs);
    if (process === null) return;
    const value = record.returnValue;
    changed('told', record.name === 'getsid' ? s => ({ ...s, sid: value }) : s => ({ ...s, pgid: value }), process);
  }

  private moved(
    record: CallRecord,
    place: EventPlace,
    atNs: number,
    changed: (what: 'namespace', change: Change) => void,
  ): void {
    const text = record.text();
    const kinds = namespacesIn(text);
    const own = kinds.filter(kind => kind !== 'pid' && kind !== 'time');
    const theirs = kinds.filter(kind => kind === 'pid' || kind === 'time');
    if (own.length > 0) changed('namespace', enterNamespaces(own, place.row));
    if (theirs.length > 0) {
      const known = this.forChildren.get(place.process) ?? [];
      known.push({ atNs, kinds: theirs, row: place.row });
      this.forChildren.set(place.process, known);
    }
  }

  /** The kernel keeps 15 bytes of a name. */
  private name(place: EventPlace, atNs: number, name: string, how: Name['how']): void {
    const bytes = new TextEncoder().encode(name).subarray(0, 15);
    this.names.push({ thread: place.thread, atNs, row: place.row, name: new TextDecoder().decode(bytes), how });
  }
}

function add<Key>(all: Map<Key, DatedChange[]>, key: Key, dated: DatedChange): void {
  const known = all.get(key);
  // What a call tells has held since the last change.
  if (dated.what === 'told') dated.atNs = known?.findLast(c => c.what !== 'told')?.atNs ?? Number.NEGATIVE_INFINITY;
  if (known) known.push(dated);
  else all.set(key, [dated]);
}

function isSame(a: IdTriple, b: IdTriple): boolean {
  return a.real === b.real && a.effective === b.effective && a.saved === b.saved;
}

function textOf(record: CallRecord, index: number): string | undefined {
  const value = record.arguments()[index];
  return value?.kind === 'bytes' ? new TextDecoder().decode(value.bytes) : undefined;
}
