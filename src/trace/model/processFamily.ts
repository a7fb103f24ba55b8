/**
 * Parents and children: where a new process stands in the tree and what it inherits (fork(2), clone(2); copy_process in
 * kernel/fork.c). Plain functions on lives; `lookup` finds a process by id, through merges.
 */

import type { ProcessId } from '../api.js';
import type { Creation, ProcessLife, ThreadLife } from './lives.js';

type Lookup = (id: ProcessId) => ProcessLife;

/** Puts a new process where the kernel puts it: under its creator, or beside it with CLONE_PARENT; copies what it inherits. */
export function placeChild(
  process: ProcessLife,
  leader: ThreadLife,
  creatorGroup: ProcessLife,
  creator: ThreadLife,
  creation: Creation,
  lookup: Lookup,
): void {
  const { flags } = creation;
  unlink(process, lookup);
  const parent = flags.sibling
    ? creatorGroup.currentParent === null
      ? null
      : lookup(creatorGroup.currentParent)
    : creatorGroup;
  process.parent = process.currentParent = parent?.id ?? null;
  process.parentPid = parent?.pid ?? null;
  if (parent) {
    insertSorted(parent.children, process.id);
    if (process.reap === null && Number.isNaN(process.endNs)) parent.waitable.add(process.id);
  }
  process.creation = creation;
  process.createdBy = flags.call;
  if (process.image === '') {
    process.image = creatorGroup.image;
    process.argv = creatorGroup.argv;
  }
  if (leader.name === '') leader.name = creator.name;
  process.signals = flags.sharesSignalHandlers
    ? creatorGroup.signals
    : flags.clearsSignalHandlers
      ? { ignored: creatorGroup.signals.ignored, noChildWait: false }
      : { ...creatorGroup.signals };
  const inherited = creatorGroup.childNamespace ?? creatorGroup.namespace;
  process.namespace = flags.newPidNamespace
    ? { depth: inherited.depth + 1, parent: inherited, init: null, joined: false }
    : inherited;
  if (process.namespace !== creatorGroup.namespace && !process.namespace.joined) process.namespace.init ??= process.id;
}

/** Takes a process out of the family it was put into. */
export function unlink(process: ProcessLife, lookup: Lookup): void {
  if (process.parent !== null) {
    const parent = lookup(process.parent);
    parent.children = parent.children.filter(id => id !== process.id);
  }
  if (process.currentParent !== null) lookup(process.currentParent).waitable.delete(process.id);
  process.parent = process.currentParent = process.parentPid = null;
}

/** `process` turned out to be threads of `group`: its children are that one's. */
export function mergeInto(process: ProcessLife, group: ProcessLife, lookup: Lookup): void {
  unlink(process, lookup);
  group.threads.push(...process.threads);
  for (const id of process.children) {
    const child = lookup(id);
    child.parent = group.id;
    child.parentPid = group.pid;
    insertSorted(group.children, id);
  }
  for (const id of process.waitable) group.waitable.add(id);
  process.children = [];
  process.waitable.clear();
  process.mergedInto = group.id;
}

/** Ids are dense and in order of birth, so nearly every insertion is at the end. */
function insertSorted(ids: number[], id: number): void {
  let index = ids.length;
  while (index > 0 && (ids[index - 1] as number) > id) index--;
  if (ids[index - 1] !== id) ids.splice(index, 0, id);
}
