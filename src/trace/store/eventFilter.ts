/**
 * A filter as a test of one row. Conditions that the store can answer are tried first; the line is read back from the log only for
 * a path or free text, and only when all others hold.
 */

import { syscallClasses, SliceFlag, type EventFilter, type Row } from '../api.js';
import type { CallNames } from './callNames.js';
import { NO_THREAD, type EventStore } from './eventStore.js';

/** What a filter asks beside the store. */
export interface FilterContext {
  store: EventStore;
  names: CallNames;
  errnoName(errnoId: number): string;
  /** Name of a row that is no call: the signal's, or ''. */
  markName(row: Row): string;
  /** Kernel's numbers of the row's thread and of its process. */
  idsOf(row: Row): readonly [tid: number, pid: number];
  /** The line as strace printed it, both parts of it. */
  textOf(row: Row): string;
  nowNs(): number;
  /** Index of the stack that the row's call was made from, -1 when it has none. */
  stackOf(row: Row): number;
  /** The row's stack is being read: what it matches is not known yet. */
  stackPending(row: Row): boolean;
}

type Test = (row: Row) => boolean;

const SIGNAL = syscallClasses.indexOf('signal');
const PROCESS = syscallClasses.indexOf('process');
const OTHER = syscallClasses.indexOf('other');

/** Index into syscallClasses of any row: what colours it in a list. */
export function classOfRow(store: EventStore, names: CallNames, row: Row): number {
  switch (store.kind(row)) {
    case 'call':
      return names.classOf(store.nameId(row));
    case 'signal':
      return SIGNAL;
    case 'exit':
    case 'stop':
      return PROCESS;
    case 'note':
    case 'text':
      return OTHER;
  }
}

/** A glob (`*`, `?`) as a regular expression for one whole path; without a slash it may match any last part of a path. */
function globPattern(glob: string): RegExp {
  const body = glob
    .replace(/[\\^$.+()|[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(glob.includes('/') ? `^${body}$` : `(^|/)${body}$`, 's');
}

// What may be a path in a line: a quoted string, or the annotation of a descriptor.
const quotedOrAnnotated = /"((?:[^"\\]|\\.)*)"|<([^<>]*)>/g;

export function compileFilter(filter: EventFilter, context: FilterContext): Test {
  const { store, names } = context;
  const tests: Test[] = [];
  const isCall: Test = row => store.kind(row) === 'call';

  if (filter.syscalls !== undefined && filter.syscalls.length > 0) {
    const wanted = new Set(filter.syscalls);
    const known: (boolean | undefined)[] = [];
    tests.push(row => {
      if (!isCall(row)) return wanted.has(context.markName(row));
      const nameId = store.nameId(row);
      if ((known[nameId] ??= wanted.has(names.nameOf(nameId)))) return true;
      return store.resumed.has(row) && wanted.has('restart_syscall');
    });
  }
  if (filter.classes !== undefined && filter.classes.length > 0) {
    const wanted = new Set(filter.classes.map(name => syscallClasses.indexOf(name)));
    tests.push(row => wanted.has(classOfRow(store, names, row)));
  }
  if (filter.pids !== undefined && filter.pids.length > 0) {
    const wanted = new Set(filter.pids);
    tests.push(row => {
      if (store.thread(row) === NO_THREAD) return false;
      const [tid, pid] = context.idsOf(row);
      return wanted.has(tid) || wanted.has(pid);
    });
  }
  if (filter.fds !== undefined && filter.fds.length > 0) {
    const wanted = new Set(filter.fds);
    tests.push(row => isCall(row) && wanted.has(store.fd(row)));
  }
  const errnos = filter.errnos ?? [];
  if (filter.failed === true || errnos.length > 0) {
    const wanted = new Set(errnos);
    tests.push(row => {
      if (wanted.size === 0) return (store.flags(row) & SliceFlag.Failed) !== 0;
      const errnoId = store.errnoId(row);
      return errnoId !== 0 && wanted.has(context.errnoName(errnoId));
    });
  }
  if (filter.stacks !== undefined) {
    const wanted = new Set(filter.stacks);
    tests.push(row => wanted.has(context.stackOf(row)));
  }
  const { minDurationNs } = filter;
  if (minDurationNs !== undefined) {
    tests.push(row => isCall(row) && store.endNs(row, context.nowNs()) - store.startNs(row) >= minDurationNs);
  }
  if (filter.path !== undefined && filter.path !== '') {
    const pattern = globPattern(filter.path);
    tests.push(row => {
      if (!isCall(row)) return false;
      for (const [, quoted, annotated] of context.textOf(row).matchAll(quotedOrAnnotated)) {
        if (pattern.test(quoted ?? annotated ?? '')) return true;
      }
      return false;
    });
  }
  if (filter.text !== undefined && filter.text !== '') {
    const wanted = filter.text.toLowerCase();
    tests.push(row => context.textOf(row).toLowerCase().includes(wanted));
  }
  return row => tests.every(test => test(row));
}
