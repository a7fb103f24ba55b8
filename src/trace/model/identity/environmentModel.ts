/**
 * What surrounds a process: working and root directory, umask (path_resolution(7), umask(2)), resource limits (getrlimit(2)) and the
 * controlling terminal (credentials(7), ioctl_tty(2)). Only calls that concern these are looked at; what no call told is unknown.
 *
 * Like identities, states are worked out when asked: the creator's at the fork, then the own changes. Directory, root and umask are
 * shared by CLONE_FS, which one thread of several can end for itself (unshare(2)).
 */

import { posix } from 'node:path';
import type { CallRecord, Value } from 'strace-parser';
import type { ProcessId, Row, ThreadId } from '../../api.js';
import type { EnvironmentInfo, LimitInfo } from '../../accountsApi.js';
import { annotationOf } from '../descriptors/annotation.js';
import type { EventPlace, Model, ProcessLink, ThreadLookup } from '../model.js';
import { field } from '../valueAccess.js';

interface Told<T> {
  value: T;
  row: Row;
}

interface State {
  cwd: Told<string> | null;
  root: Told<string> | null;
  umask: Told<string> | null;
  /** `value` null: it has none. */
  terminal: Told<string | null> | null;
  limits: ReadonlyMap<string, LimitInfo>;
}

type Change = (before: State) => State;

/** Changes of one kind of state in order; `origin`: where it was copied from. */
class History {
  private readonly changes: { atNs: number; change: Change }[] = [];
  private origin: { from: History; atNs: number } | null = null;

  copyOf(from: History, atNs: number): this {
    this.origin = { from, atNs };
    return this;
  }

  add(atNs: number, change: Change): void {
    this.changes.push({ atNs, change });
  }

  /** What a call tells has held since the last change that was seen. */
  told(change: Change): void {
    this.changes.push({ atNs: this.changes.at(-1)?.atNs ?? Number.NEGATIVE_INFINITY, change });
  }

  at(atNs: number): State {
    const before = this.origin ? this.origin.from.at(Math.min(atNs, this.origin.atNs)) : nothingKnown;
    return this.changes.reduce((state, { atNs: when, change }) => (when <= atNs ? change(state) : state), before);
  }
}

const nothingKnown: State = { cwd: null, root: null, umask: null, terminal: null, limits: new Map() };

const concerned: ReadonlySet<string> = new Set(
  'chdir fchdir chroot pivot_root getcwd umask setrlimit getrlimit ugetrlimit prlimit64 ioctl setsid unshare'.split(
    ' ',
  ),
);

/** Terminal requests that succeed only on the caller's controlling terminal (tcgetpgrp, tcsetpgrp, tcgetsid). */
const onlyOnOwnTerminal = /^TIOC(GPGRP|SPGRP|GSID)$/;

/** Flags of unshare that end the sharing of directories (CLONE_NEWNS and CLONE_NEWUSER imply CLONE_FS). */
const unsharesFolders = /\bCLONE_(FS|NEWNS|NEWUSER)\b/;

export class EnvironmentModel implements Model {
  /** By process; processes that share by CLONE_FS have the same history. */
  private readonly folders: History[] = [];
  /** By thread: of those that do not share their process's. */
  private readonly ownFolders = new Map<ThreadId, History>();
  /** Terminal and limits: each process its own. */
  private readonly others: History[] = [];

  constructor(private readonly lookup: ThreadLookup & { processAt(pid: number, atNs: number): ProcessId | null }) {}

  concerns(syscall: string): boolean {
    return concerned.has(syscall);
  }

  linked(link: ProcessLink): void {
    const folders = this.foldersOf(link.creator, link.thread);
    if (link.sharesFolders) this.folders[link.child] = folders;
    else this.foldersOf(link.child, this.lookup.leader(link.child)).copyOf(folders, link.atNs);
    this.othersOf(link.child).copyOf(this.othersOf(link.creator), link.atNs);
  }

  call(record: CallRecord, { process, thread, row }: EventPlace): void {
    if (!(record.returnValue >= 0)) return;
    const atNs = Number.isNaN(record.endNs) ? record.startNs : record.endNs;
    switch (record.name) {
      case 'chdir':
        return this.moved(this.foldersOf(process, thread), row, atNs, textOf(record, 0));
      case 'fchdir':
        return this.moved(this.foldersOf(process, thread), row, atNs, describedFolder(record));
      case 'getcwd': {
        const value = textOf(record, 0);
        return value === '' ? undefined : this.foldersOf(process, thread).told(s => ({ ...s, cwd: { value, row } }));
      }
      case 'chroot':
      case 'pivot_root': {
        const value = textOf(record, 0);
        return this.foldersOf(process, thread).add(atNs, s => ({ ...s, root: { value, row } }));
      }
      case 'umask': {
        const value = record.argumentText(0).padStart(4, '0');
        return this.foldersOf(process, thread).add(atNs, s => ({ ...s, umask: { value, row } }));
      }
      case 'unshare':
        if (unsharesFolders.test(record.text())) this.unshare(process, thread, atNs);
        return;
      case 'setsid':
        return this.othersOf(process).add(atNs, s => ({ ...s, terminal: { value: null, row } }));
      case 'ioctl':
        return this.terminal(record, process, row, atNs);
      case 'prlimit64': {
        const pid = record.argumentNumber(0);
        const target = pid === 0 ? process : this.lookup.processAt(pid, atNs);
        if (target === null) return;
        const [, , set, before] = record.arguments();
        this.limit(target, row, atNs, record.argumentText(1), before, false);
        this.limit(target, row, atNs, record.argumentText(1), set, true);
        return;
      }
      default:
        this.limit(process, row, atNs, record.argumentText(0), record.arguments()[1], record.name === 'setrlimit');
    }
  }

  environment(process: ProcessId, atNs: number): EnvironmentInfo {
    const { cwd, root, umask } = this.foldersOf(process, this.lookup.leader(process)).at(atNs);
    const { terminal, limits } = this.othersOf(process).at(atNs);
    return { process, cwd, root, umask, terminal, limits: [...limits.values()] };
  }

  /** exec: the other threads end, and the process's directories are the caller's. */
  execed(process: ProcessId, row: Row): void {
    const own = this.ownFolders.get(this.lookup.threadOf(row));
    if (own) this.folders[process] = own;
    for (const thread of this.lookup.threadsAt(process, Infinity)) this.ownFolders.delete(thread);
  }

  private unshare(process: ProcessId, thread: ThreadId, atNs: number): void {
    const own = new History().copyOf(this.foldersOf(process, thread), atNs);
    if (this.lookup.threadsAt(process, atNs).every(other => other === thread)) this.folders[process] = own;
    else this.ownFolders.set(thread, own);
  }

  private moved(folders: History, row: Row, atNs: number, path: string): void {
    if (path === '') return folders.add(atNs, s => ({ ...s, cwd: null }));
    folders.add(atNs, s => {
      const base = s.cwd?.value;
      const known = path.startsWith('/') || base !== undefined;
      return { ...s, cwd: known ? { value: posix.resolve(base ?? '/', path), row } : null };
    });
  }

  private terminal(record: CallRecord, process: ProcessId, row: Row, atNs: number): void {
    const request = record.argumentText(1);
    if (request === 'TIOCNOTTY') this.othersOf(process).add(atNs, s => ({ ...s, terminal: { value: null, row } }));
    else if (request === 'TIOCSCTTY' || onlyOnOwnTerminal.test(request)) {
      const target = annotationOf(record.arguments()[0]);
      const path = target?.kind === 'path' ? target.path : '';
      const own: Change = s => ({ ...s, terminal: { value: path, row } });
      if (request === 'TIOCSCTTY') this.othersOf(process).add(atNs, own);
      else this.othersOf(process).told(own);
    }
  }

  private limit(
    process: ProcessId,
    row: Row,
    atNs: number,
    resource: string,
    value: Value | undefined,
    changes: boolean,
  ): void {
    const soft = limitOf(field(value, 'rlim_cur'));
    const hard = limitOf(field(value, 'rlim_max'));
    if (soft === undefined || hard === undefined) return;
    const known: Change = s => ({ ...s, limits: new Map(s.limits).set(resource, { resource, soft, hard, row }) });
    if (changes) this.othersOf(process).add(atNs, known);
    else this.othersOf(process).told(known);
  }

  private foldersOf(process: ProcessId, thread: ThreadId): History {
    return this.ownOf(process, thread) ?? (this.folders[process] ??= new History());
  }

  /** A thread that one of these made shares the same. */
  private ownOf(process: ProcessId, thread: ThreadId): History | undefined {
    if (this.ownFolders.size === 0) return undefined;
    const known = this.ownFolders.get(thread);
    if (known || thread === this.lookup.leader(process)) return known;
    const creator = this.lookup.creatorOf(thread);
    const shared = creator && this.ownFolders.get(creator.thread);
    if (shared) this.ownFolders.set(thread, shared);
    return shared ?? undefined;
  }

  private othersOf(process: ProcessId): History {
    return (this.others[process] ??= new History());
  }
}

function textOf(record: CallRecord, index: number): string {
  const value = record.arguments()[index];
  return value?.kind === 'bytes' && !value.cut ? new TextDecoder().decode(value.bytes) : '';
}

/** The directory that fchdir's descriptor names, when strace printed it; '' otherwise. */
function describedFolder(record: CallRecord): string {
  const target = annotationOf(record.arguments()[0]);
  return target?.kind === 'path' && target.path.startsWith('/') ? target.path : '';
}

/** A limit as a number; null: RLIM_INFINITY; undefined: not printed. */
function limitOf(value: Value | undefined): number | null | undefined {
  if (value?.kind === 'int') return Number(value.value);
  return value?.kind === 'flags' && value.flags.some(flag => flag.endsWith('INFINITY')) ? null : undefined;
}
