/** What each call changes in a process's identity, as a function from the state before to the state after; failed calls change nothing. */

import type { CallRecord } from 'strace-parser';
import type { IdTriple, NamespaceKind } from '../../modelApi.js';
import { items, numberOf } from '../valueAccess.js';
import { idArgument, setAll, setId, setRealEffective } from './credentials.js';

export interface IdentityState {
  pgid: number | null;
  sid: number | null;
  uid: IdTriple;
  gid: IdTriple;
  groups: readonly number[] | null;
  /** Effective capabilities as capset printed them. */
  capabilities: string | null;
  /** Namespaces that the trace saw being made or joined, by kind: the row of the call. */
  namespaces: ReadonlyMap<NamespaceKind, number>;
}

export type Change = (before: IdentityState, ownPid: number) => IdentityState;

const namespaceFlags: Readonly<Record<string, NamespaceKind>> = {
  CLONE_NEWPID: 'pid',
  CLONE_NEWNS: 'mount',
  CLONE_NEWNET: 'network',
  CLONE_NEWUTS: 'uts',
  CLONE_NEWIPC: 'ipc',
  CLONE_NEWUSER: 'user',
  CLONE_NEWCGROUP: 'cgroup',
  CLONE_NEWTIME: 'time',
};

/** Namespace flags in a call's text. */
export function namespacesIn(text: string): NamespaceKind[] {
  return [...text.matchAll(/\bCLONE_NEW[A-Z]+\b/g)].flatMap(([flag]) => namespaceFlags[flag] ?? []);
}

export function enterNamespaces(kinds: readonly NamespaceKind[], row: number): Change {
  return before => ({
    ...before,
    namespaces: new Map([...before.namespaces, ...kinds.map(kind => [kind, row] as const)]),
  });
}

export function joinGroup(pgid: number): Change {
  return (before, ownPid) => ({ ...before, pgid: pgid === 0 ? ownPid : pgid });
}

/** setsid(2): the caller leads a new session and its only group. */
export const newSession: Change = (before, ownPid) => ({ ...before, sid: ownPid, pgid: ownPid });

/** A user with id 0 has CAP_SETUID unless its capabilities were changed. */
function privileged({ uid, capabilities }: IdentityState): boolean | null {
  if (uid.effective === null || capabilities !== null) return null;
  return uid.effective === 0;
}

/** capabilities(7): they change with an effective id that becomes 0, or is 0 no more. */
function withUid(before: IdentityState, uid: IdTriple): IdentityState {
  const kept = (before.uid.effective === 0) === (uid.effective === 0);
  return { ...before, uid, capabilities: kept ? before.capabilities : null };
}

/** What a successful call tells or changes; undefined for calls that are about something else. */
export function credentialChange(call: CallRecord): Change | undefined {
  const name = call.name.replace(/32$/, '');
  const id = (index: number): number | null => idArgument(call.argumentNumber(index));
  const [a, b, c] = [id(0), id(1), id(2)];
  const told = call.returnValue;
  switch (name) {
    case 'setuid':
      return a === null ? undefined : s => withUid(s, setId(s.uid, a, privileged(s)));
    case 'setgid':
      return a === null ? undefined : s => ({ ...s, gid: setId(s.gid, a, privileged(s)) });
    case 'setreuid':
      return s => withUid(s, setRealEffective(s.uid, a, b));
    case 'setregid':
      return s => ({ ...s, gid: setRealEffective(s.gid, a, b) });
    case 'setresuid':
      return s => withUid(s, setAll(s.uid, a, b, c));
    case 'setresgid':
      return s => ({ ...s, gid: setAll(s.gid, a, b, c) });
    case 'setgroups': {
      const list = call.argumentNumber(0) === 0 ? [] : items(call.arguments()[1]).map(numberOf);
      return list.some(Number.isNaN) ? s => ({ ...s, groups: null }) : s => ({ ...s, groups: list });
    }
    case 'capset': {
      const effective = /effective=([^,}]*)/.exec(call.argumentText(1))?.[1] ?? null;
      return s => ({ ...s, capabilities: effective });
    }
    case 'getuid':
      return s => ({ ...s, uid: { ...s.uid, real: told } });
    case 'geteuid':
      return s => ({ ...s, uid: { ...s.uid, effective: told } });
    case 'getgid':
      return s => ({ ...s, gid: { ...s.gid, real: told } });
    case 'getegid':
      return s => ({ ...s, gid: { ...s.gid, effective: told } });
    case 'getresuid':
    case 'getresgid': {
      const ids = triple(call); // now: the parser uses its record again
      return name === 'getresuid' ? s => ({ ...s, uid: ids }) : s => ({ ...s, gid: ids });
    }
    default:
      return undefined;
  }
}

/** getresuid(2) stores three numbers, each printed as a list of one. */
function triple(call: CallRecord): IdTriple {
  const [real, effective, saved] = call.arguments().map(value => idArgument(numberOf(items(value)[0])));
  return { real: real ?? null, effective: effective ?? null, saved: saved ?? null };
}
