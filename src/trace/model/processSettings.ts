/**
 * Calls by which a thread changes what the process model must know later (names, SIGCHLD, subreapers, pid namespaces) or learns
 * its own number.
 */

import type { CallRecord } from 'strace-parser';
import type { ProcessLife, ThreadLife } from './lives.js';
import type { ProcessRegistry } from './processRegistry.js';

export type Setting = (record: CallRecord, thread: ThreadLife, registry: ProcessRegistry) => void;

/** What a returned call of that name changes; null for calls that are none of these. */
export function settingOf(name: string): Setting | null {
  switch (name) {
    case 'prctl':
      return prctl;
    case 'rt_sigaction':
    case 'sigaction':
    case 'signal':
      return disposition;
    case 'gettid':
    case 'set_tid_address':
    case 'getpid':
      return identified;
    case 'unshare':
    case 'setns':
      return movedNamespace;
    default:
      return null;
  }
}

function prctl(record: CallRecord, thread: ThreadLife, registry: ProcessRegistry): void {
  if (record.errno !== '') return;
  const option = record.argumentText(0);
  if (option === 'PR_SET_CHILD_SUBREAPER') registry.process(thread.process).subreaper = record.argumentNumber(1) !== 0;
  else if (option === 'PR_SET_NAME') {
    const name = record.arguments()[1];
    if (name?.kind === 'bytes') thread.name = new TextDecoder().decode(name.bytes.subarray(0, 15));
  }
}

function disposition(record: CallRecord, thread: ThreadLife, registry: ProcessRegistry): void {
  if (record.errno !== '' || record.argumentText(0) !== 'SIGCHLD') return;
  const action = record.argumentText(1);
  if (action === 'NULL' || action === '') return;
  const { signals } = registry.process(thread.process);
  signals.ignored = /\bSIG_IGN\b/.test(action);
  signals.noChildWait = /\bSA_NOCLDWAIT\b/.test(action);
}

/** A thread was told its own number: it names an unnumbered log's thread, or shows that the thread lives in a nested namespace. */
function identified(record: CallRecord, thread: ThreadLife, registry: ProcessRegistry): void {
  const number = record.returnValue;
  if (!(number > 0)) return;
  if (record.name === 'getpid') registry.belongsTo(thread, number);
  else if (thread.tid === 0) registry.renumber(thread, number);
  else if (thread.tid !== number) isNested(registry.process(thread.process));
}

function movedNamespace(record: CallRecord, thread: ThreadLife, registry: ProcessRegistry): void {
  if (record.errno !== '' || record.returnValue !== 0) return;
  const text = record.text();
  const unshared = record.name === 'unshare' && text.includes('CLONE_NEWPID');
  const joined = record.name === 'setns' && /CLONE_NEWPID|\/ns\/pid|<pid:\[/.test(text);
  if (unshared || joined) childrenElsewhere(registry.process(thread.process), unshared);
}

/** Its numbers are not strace's: it lives in a namespace whose beginning was not seen. */
function isNested(process: ProcessLife): void {
  if (process.namespace.depth > 0) return;
  process.namespace = { depth: 1, parent: process.namespace, init: null, joined: true };
}

/** unshare or setns: the children to come live in another pid namespace, `fresh` when the first of them is its init. */
function childrenElsewhere(process: ProcessLife, fresh: boolean): void {
  const parent = process.namespace;
  process.childNamespace = { depth: parent.depth + 1, parent, init: null, joined: !fresh };
}
