/** What each memory call does to an address space. Failed calls change nothing. */

import type { CallRecord } from 'strace-parser';
import { printedPath } from '../descriptors/annotation.js';
import type { EventPlace } from '../model.js';
import { pageUp, type AddressSpace, type Region } from './addressSpace.js';
import { mapFlagsOf, protectionLetters, type MapFlags } from './mapFlags.js';
import type { MemoryModel } from './memoryModel.js';

export type MemoryHandler = (model: MemoryModel, call: CallRecord, space: AddressSpace, place: EventPlace) => void;

function whenOf(call: CallRecord): number {
  return Number.isNaN(call.endNs) ? call.startNs : call.endNs;
}

const mmap: MemoryHandler = (model, call, space, place) => {
  const start = call.returnValue;
  if (!(start > 0)) return;
  const flags = mapFlagsOf(call.argumentText(3));
  const { anonymous } = flags;
  const fd = anonymous ? NaN : call.argumentNumber(4);
  const offset = anonymous ? NaN : call.argumentNumber(5);
  const path = anonymous ? '' : printedPath(call, 4);
  const region: Region = {
    start,
    end: start + pageUp(call.argumentNumber(1)),
    kind: anonymous ? anonymousKind(space, flags, start) : fileKind(path),
    protection: protectionLetters(call.argumentText(2)),
    shared: flags.shared,
    path,
    // mmap2 counts in pages.
    fileOffset: anonymous ? null : call.name === 'mmap2' ? offset * 4096 : offset,
    fd: fd >= 0 ? fd : null,
    bornRow: place.row,
    sinceNs: whenOf(call),
    untilNs: null,
    origin: model.newOrigin(),
  };
  space.map(region);
};

function anonymousKind(space: AddressSpace, flags: MapFlags, start: number): Region['kind'] {
  if (flags.stack) return 'stack';
  // The loader maps a library's zeroed data right behind its file-backed data.
  if (flags.fixed && space.find(start - 1)?.kind === 'library') return 'bss';
  return 'anonymous';
}

function fileKind(path: string): Region['kind'] {
  if (/\.so(\.|$)/.test(path)) return 'library';
  if (path.startsWith('/dev/shm/') || path.startsWith('/SYSV')) return 'sharedMemory';
  return 'file';
}

const munmap: MemoryHandler = (_model, call, space) => {
  if (call.returnValue !== 0) return;
  const start = call.argumentNumber(0);
  space.clear(start, start + pageUp(call.argumentNumber(1)), call.startNs);
};

const mprotect: MemoryHandler = (_model, call, space) => {
  const start = call.argumentNumber(0);
  let end = start + pageUp(call.argumentNumber(1));
  if (call.errno === 'ENOMEM') {
    // Nothing is mapped somewhere in between: all before that is changed all the same.
    let mapped = start;
    for (let r = space.find(mapped); r && mapped < end; r = space.find(mapped)) mapped = r.end;
    if (mapped >= end) return;
    end = mapped;
  } else if (call.returnValue !== 0) return;
  if (end > start) space.protect(start, end, protectionLetters(call.argumentText(2)), whenOf(call));
};

const mremap: MemoryHandler = (_model, call, space) => {
  const to = call.returnValue;
  if (!(to > 0)) return;
  const from = call.argumentNumber(0);
  const atNs = whenOf(call);
  const oldBytes = pageUp(call.argumentNumber(1));
  // A size of 0 maps the same shared memory a second time and leaves the first mapping (mremap(2)).
  const moved = oldBytes === 0 ? secondOf(space.find(from), from) : space.unmap(from, from + oldBytes, atNs)[0];
  if (!moved) return;
  const end = to + pageUp(call.argumentNumber(2));
  space.map({ ...moved, start: to, end, sinceNs: atNs, untilNs: null });
  const keep = call.argumentText(3).includes('MREMAP_DONTUNMAP') && to !== from;
  if (keep) space.map({ ...moved, start: from, end: from + oldBytes, sinceNs: atNs, untilNs: null });
};

/** A shared mapping seen once more from an address in it on. */
function secondOf(region: Region | undefined, from: number): Region | undefined {
  if (!region || region.fileOffset === null) return region;
  return { ...region, fileOffset: region.fileOffset + (from - region.start) };
}

const brk: MemoryHandler = (model, call, space, place) => {
  const asked = call.returnValue;
  if (!(asked > 0)) return;
  const atNs = whenOf(call);
  const told = space.moveBreak(asked, atNs);
  if (told === undefined) return;
  // The break is any address, memory comes in pages.
  const [before, end] = [pageUp(told), pageUp(asked)];
  if (end < before) space.clear(end, before, atNs);
  if (end <= before) return;
  const last = space.find(before - 1);
  const start = last?.kind === 'heap' && last.protection === 'rw-' ? last.start : before;
  space.map({
    start,
    end,
    kind: 'heap',
    protection: 'rw-',
    shared: false,
    path: '',
    fileOffset: null,
    fd: null,
    bornRow: place.row,
    sinceNs: atNs,
    untilNs: null,
    origin: model.newOrigin(),
  });
};

const madvise: MemoryHandler = (_model, call, space) => {
  const advice = call.argumentText(2);
  if (call.returnValue !== 0 || !Object.hasOwn(forkAdvice, advice)) return;
  const start = call.argumentNumber(0);
  space.advise(start, start + pageUp(call.argumentNumber(1)), forkAdvice[advice], whenOf(call));
};

const forkAdvice: Readonly<Record<string, Region['atFork']>> = {
  MADV_DONTFORK: 'absent',
  MADV_DOFORK: undefined,
  MADV_WIPEONFORK: 'zeroed',
  MADV_KEEPONFORK: undefined,
};

/** Who opens a segment that is there may ask for less than it has, or for 0. */
const shmget: MemoryHandler = (model, call) => {
  const bytes = call.argumentNumber(1);
  if (call.returnValue >= 0 && bytes > (model.segments.get(call.returnValue) ?? 0))
    model.segments.set(call.returnValue, bytes);
};

const shmctl: MemoryHandler = (model, call) => {
  const bytes = call.returnValue >= 0 ? /shm_segsz=(\d+)/.exec(call.argumentText(2))?.[1] : undefined;
  if (bytes !== undefined) model.segments.set(call.argumentNumber(0), Number(bytes));
};

const shmat: MemoryHandler = (model, call, space, place) => {
  const start = call.returnValue;
  if (!(start > 0)) return;
  const id = call.argumentNumber(0);
  const flags = call.argumentText(2);
  space.map({
    start,
    end: start + pageUp(model.segments.get(id) ?? 1),
    kind: 'sharedMemory',
    protection: `r${flags.includes('SHM_RDONLY') ? '-' : 'w'}${flags.includes('SHM_EXEC') ? 'x' : '-'}`,
    shared: true,
    path: `/SYSV id ${id}`,
    fileOffset: 0,
    fd: null,
    bornRow: place.row,
    sinceNs: whenOf(call),
    untilNs: null,
    origin: model.newOrigin(),
  });
};

const shmdt: MemoryHandler = (_model, call, space) => {
  const attached = call.returnValue === 0 ? space.find(call.argumentNumber(0)) : undefined;
  if (!attached) return;
  // mprotect may have cut it in pieces.
  const { origin, start } = attached;
  for (const piece of space.piecesOf(origin, start, Number.POSITIVE_INFINITY))
    space.clear(piece.start, piece.end, call.startNs);
};

export const memoryHandlers: ReadonlyMap<string, MemoryHandler> = new Map<string, MemoryHandler>([
  ['mmap', mmap],
  ['mmap2', mmap],
  ['munmap', munmap],
  ['mprotect', mprotect],
  ['pkey_mprotect', mprotect],
  ['mremap', mremap],
  ['brk', brk],
  ['shmget', shmget],
  ['madvise', madvise],
  ['shmctl', shmctl],
  ['shmat', shmat],
  ['shmdt', shmdt],
]);
