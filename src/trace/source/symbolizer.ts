/**
 * Stack frames of strace → functions and lines of C, one process an object.
 *
 * The two stack backends of strace print different addresses: libunwind a file offset and raw return addresses, libdw the object's
 * virtual address with one already taken off. Of a log whose backend is not known both are tried, and the one is taken whose function
 * is the one that strace printed. An object that is another one than the traced is not looked up: its lines would be wrong. Which one was
 * traced is known by its build id, where nobody noted that by the time of its last change.
 */

import { statSync } from 'node:fs';

import { Addr2line, type SourceFrame } from './addr2line.js';
import type { ObjectIdentity } from './captureFacts.js';
import { readElf, virtualAddressOf, type ElfInfo } from './elf.js';

/** Which library unwound the stacks: what the printed addresses mean. */
export type AddressKind = 'libunwind' | 'libdw' | 'unknown';

export interface StackFrame {
  object: string;
  /** Name that strace printed; '' when it had none. */
  symbol: string;
  /** As printed in brackets. */
  address: number;
  /** False for the frame that made the call: its address is the call's own, not a return address. */
  caller: boolean;
}

export type FrameSource =
  | { kind: 'known'; frames: SourceFrame[] }
  /** No debug information, or not an object at all. */
  | { kind: 'unknown' }
  /** The file changed since the trace was made. */
  | { kind: 'rebuilt' }
  /** libunwind skips callers in static executables that are not position-independent: what it prints is no chain of calls. */
  | { kind: 'unreliable' }
  | { kind: 'failed'; reason: string };

interface ObjectFile {
  elf: ElfInfo;
  addr2line: Addr2line;
  rebuilt: boolean;
}

type OpenedObject = ObjectFile | { failure: string } | undefined;

export interface TracedObjects {
  /** Objects as they were when they were traced, as far as that was noted. */
  identities: Readonly<Record<string, ObjectIdentity>>;
  /** Milliseconds since 1970: any other object that was modified after this is called rebuilt; null: not checked. */
  tracedAtMs: number | null;
}

/** A file is looked at again after so long: it may be built again while its lines are shown. */
const freshMs = 1000;

export class Symbolizer {
  private readonly objects = new Map<
    string,
    { object: OpenedObject; modifiedMs: number | undefined; lookedAtMs: number }
  >();

  constructor(
    private readonly backend: AddressKind,
    private readonly traced: TracedObjects,
    private readonly addr2lineCommand = 'addr2line',
  ) {}

  /** Where a frame is in the source. Never rejects. */
  async resolve(frame: StackFrame): Promise<FrameSource> {
    const object = this.object(frame.object);
    if (!object) return { kind: 'unknown' };
    if ('failure' in object) return { kind: 'failed', reason: object.failure };
    if (object.rebuilt) return { kind: 'rebuilt' };
    if (this.backend !== 'libdw' && !object.elf.positionIndependent && !object.elf.interpreted) {
      return { kind: 'unreliable' };
    }
    try {
      for (const backend of this.backend === 'unknown' ? (['libunwind', 'libdw'] as const) : [this.backend]) {
        const address = lookUpAddress(backend, object.elf, frame);
        if (address === undefined) continue;
        const frames = await object.addr2line.lookUp(address);
        if (!frames.some(f => f.file !== '')) continue;
        if (this.backend === 'unknown' && !isSameFunction(frame.symbol, frames.at(-1)?.symbol ?? '')) continue;
        return { kind: 'known', frames };
      }
      return { kind: 'unknown' };
    } catch (error) {
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  dispose(): void {
    for (const { object } of this.objects.values()) close(object);
    this.objects.clear();
  }

  /** The objects that were looked up and are those that were traced. */
  identities(): Record<string, ObjectIdentity> {
    const identities: Record<string, ObjectIdentity> = {};
    for (const [path, { object }] of this.objects) {
      if (!object || 'failure' in object || object.rebuilt) continue;
      const { buildId, modifiedMs } = object.elf;
      identities[path] = { buildId, modifiedMs };
    }
    return identities;
  }

  private object(path: string): OpenedObject {
    if (!path.startsWith('/')) return undefined; // [vdso], [heap]
    const nowMs = performance.now();
    const known = this.objects.get(path);
    if (known && nowMs - known.lookedAtMs < freshMs) return known.object;
    const modifiedMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (known && known.modifiedMs === modifiedMs) {
      known.lookedAtMs = nowMs;
      return known.object;
    }
    close(known?.object);
    const object = this.open(path);
    this.objects.set(path, { object, modifiedMs, lookedAtMs: nowMs });
    return object;
  }

  private open(path: string): OpenedObject {
    try {
      const elf = readElf(path);
      if (!elf) return undefined;
      return {
        elf,
        rebuilt: isRebuilt(elf, this.traced.identities[path], this.traced.tracedAtMs),
        addr2line: new Addr2line(path, this.addr2lineCommand, elf.buildId),
      };
    } catch (error) {
      return { failure: error instanceof Error ? error.message : String(error) };
    }
  }
}

/** Whether the file is another build than the one that was traced. */
export function isRebuilt(now: ObjectIdentity, traced: ObjectIdentity | undefined, tracedAtMs: number | null): boolean {
  if (!traced) return tracedAtMs !== null && now.modifiedMs > tracedAtMs;
  if (traced.buildId !== '' && now.buildId !== '') return now.buildId !== traced.buildId;
  return now.modifiedMs !== traced.modifiedMs;
}

function close(object: OpenedObject): void {
  if (object && 'addr2line' in object) object.addr2line.dispose();
}

/** The virtual address to ask addr2line for; undefined when the printed one lies in no segment. */
export function lookUpAddress(
  backend: Exclude<AddressKind, 'unknown'>,
  elf: ElfInfo,
  frame: StackFrame,
): number | undefined {
  if (backend === 'libdw') return frame.address;
  // The innermost frame stands behind the syscall instruction, callers behind their call: one byte back is inside it.
  return virtualAddressOf(elf, frame.caller ? frame.address - 1 : frame.address);
}

/** The compiler's clones (`f.part.0`, `f.constprop.1`) and parameter lists do not count. */
function isSameFunction(printed: string, found: string): boolean {
  const bare = (name: string): string => name.replace(/[.(@].*$/s, '');
  return printed === '' || bare(printed) === bare(found);
}
