/** What each memory call does to an address space. Failed calls change nothing. */

import type { CallRecord } from 'strace-parser';
import { annotationOf } from '../descriptors/annotation.js';
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
  const target = anonymous ? undefined : annotationOf(call.arguments()[4]);
  const path = target?.kind === 'path' ? target.path : '';
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
  space.unmap(start, start + pageUp(call.argumentNumber(1)), call.startNs);
};

const mprotect: MemoryHandler = (_model, call, space) => {
  if (call.returnValue !== 0) return;
  const start = call.argumentNumber(0);
  space.protect(start, start + pageUp(call.argumentNumber(1)), protectionLetters(call.argumentText(2)), whenOf(call));
};

const mremap: MemoryHandler = (_model, call, space) => {
  const to = call.returnValue;
  if (!(to > 0)) return;
  const from = call.argumentNumber(0);
  const atNs = whenOf(call);
  const oldBytes = pageUp(call.argumentNumber(1));
  // A size of 0 maps the same shared memory a second time and leaves the first mapping (mremap(2)).
  const moved = oldBytes === 0 ? space.find(from) : space.unmap(from, from + oldBytes, atNs)[0];
  if (!moved) return;
  const end = to + pageUp(call.argumentNumber(2));
  space.map({ ...moved, start: to, end, sinceNs: atNs, untilNs: null });
  const keep = call.argumentText(3).includes('MREMAP_DONTUNMAP') && to !== from;
  if (keep) space.map({ ...moved, start: from, end: from + oldBytes, sinceNs: atNs, untilNs: null });
};

const brk: MemoryHandler = (model, call, space, place) => {
  const end = call.returnValue;
  if (!(end > 0)) return;
  const atNs = whenOf(call);
  if (!space.heap) {
    space.heap = { start: end, end };
    return;
  }
  const { start } = space.heap;
  if (end < space.heap.end) space.unmap(end, space.heap.end, atNs);
  else if (end > space.heap.end)
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
  space.heap = { start, end };
};

const shmget: MemoryHandler = (model, call) => {
  if (call.returnValue >= 0) model.segments.set(call.returnValue, call.argumentNumber(1));
};

const shmat: MemoryHandler = (model, call, space, place) => {
  const start = call.returnValue;
  if (!(start > 0)) return;
  const id = call.argumentNumber(0);
  space.map({
    start,
    end: start + pageUp(model.segments.get(id) ?? 1),
    kind: 'sharedMemory',
    protection: call.argumentText(2).includes('SHM_RDONLY') ? 'r--' : 'rw-',
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
  if (attached) space.unmap(attached.start, attached.end, call.startNs);
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
  ['shmat', shmat],
  ['shmdt', shmdt],
]);
