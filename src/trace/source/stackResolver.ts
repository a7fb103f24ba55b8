/**
 * The stack of an event → the places in the source that a person can open. Invariant: a place is given only when the file is there and the
 * object has not changed since the trace; a file that changed since is given with a warning, because its lines may have moved.
 */

import { statSync } from 'node:fs';
import type { EventDetail } from '../api.js';
import type { ObjectIdentity } from './captureFacts.js';
import { Symbolizer, type AddressKind, type FrameSource } from './symbolizer.js';

/** A function of a stack, the innermost first. What was inlined is a function of its own. */
interface ResolvedFrame {
  symbol: string;
  object: string;
  /** Line of a source file that exists; undefined for what is not the user's code or has no debug information. */
  place: SourcePlace | undefined;
}

export interface SourcePlace {
  path: string;
  /** From 1. */
  line: number;
  /** The file was modified after the trace was made. */
  changed: boolean;
}

export interface ResolvedStack {
  frames: ResolvedFrame[];
  /** Objects that are other builds than those that were traced: their frames have no places. */
  rebuilt: string[];
  /** Static executables in which libunwind skips callers: their frames have no places. */
  unreliable: string[];
  /** The function that made the call, where strace cannot see who called it: nothing below it has a place. */
  hiddenCaller: string | undefined;
  /** Source files that the debug information names and that are not there. */
  missing: string[];
  /** Why addr2line or an object could not be read. */
  failure: string | undefined;
}

export interface StackResolverOptions {
  backend: AddressKind;
  /** Milliseconds since 1970; null: not known, changes go unnoticed. */
  tracedAtMs: number | null;
  /** Executables and libraries as they were then, by path, as far as that was noted. */
  objects?: Readonly<Record<string, ObjectIdentity>>;
  /** Prefixes of paths in the debug information, and where those files are now. */
  sourceMap: Readonly<Record<string, string>>;
  addr2lineCommand?: string;
}

/** Frames after a signal's trampoline were interrupted, not called: their address is the next instruction's own. */
const trampolines = new Set(['__restore_rt', '__restore', '__kernel_rt_sigreturn']);

/**
 * These have no unwind information around their syscall (the child returns on another stack), so that unwinders go by the frame pointer and
 * skip the function that called them.
 */
const hidesCaller = /^_*clone[23]?$/;

export class StackResolver {
  private readonly symbolizer: Symbolizer;

  constructor(private readonly options: StackResolverOptions) {
    const { backend, tracedAtMs, objects, addr2lineCommand } = options;
    this.symbolizer = new Symbolizer(backend, { identities: objects ?? {}, tracedAtMs }, addr2lineCommand);
  }

  /** Never rejects: what cannot be found out is in the answer. */
  async resolve(stack: EventDetail['stack']): Promise<ResolvedStack> {
    const sources = await Promise.all(
      stack.map(({ object, symbol, address, source }, i): Promise<FrameSource> | FrameSource => {
        const printed = source === null ? undefined : printedPlace(source);
        if (printed) return { kind: 'known', frames: [{ symbol, ...printed }] };
        if (address === null) return { kind: 'unknown' };
        const caller = i > 0 && !trampolines.has(stack[i - 1]?.symbol ?? '');
        return this.symbolizer.resolve({ object, symbol, address, caller });
      }),
    );
    const innermost = stack[0]?.symbol ?? '';
    const hiddenCaller = hidesCaller.test(innermost) ? innermost : undefined;
    const rebuilt = new Set<string>();
    const unreliable = new Set<string>();
    const missing = new Set<string>();
    let failure: string | undefined;
    const frames = stack.flatMap(({ object, symbol }, i): ResolvedFrame[] => {
      const source = sources[i];
      if (source?.kind === 'rebuilt') rebuilt.add(object);
      if (source?.kind === 'unreliable') unreliable.add(object);
      if (source?.kind === 'failed') failure ??= source.reason;
      if (source?.kind !== 'known' || (hiddenCaller !== undefined && i > 0))
        return [{ symbol, object, place: undefined }];
      return source.frames.map(({ symbol: function_, file, line }) => ({
        symbol: function_ || symbol,
        object,
        place: this.place(file, line, missing),
      }));
    });
    return {
      frames,
      rebuilt: [...rebuilt],
      unreliable: [...unreliable],
      hiddenCaller,
      missing: [...missing],
      failure,
    };
  }

  /** The objects that were looked up so far and are those that were traced. */
  identities(): Record<string, ObjectIdentity> {
    return this.symbolizer.identities();
  }

  dispose(): void {
    this.symbolizer.dispose();
  }

  private place(file: string, line: number, missing: Set<string>): SourcePlace | undefined {
    if (file === '' || line === 0 || isSystemSource(file)) return undefined;
    const path = mapSource(file, this.options.sourceMap);
    const modifiedMs = path.startsWith('/') ? statSync(path, { throwIfNoEntry: false })?.mtimeMs : undefined;
    if (modifiedMs === undefined) {
      missing.add(file);
      return undefined;
    }
    const { tracedAtMs } = this.options;
    return { path, line, changed: tracedAtMs !== null && modifiedMs > tracedAtMs };
  }
}

/** Replaces the longest prefix that ends where a part of the path ends. */
export function mapSource(file: string, sourceMap: Readonly<Record<string, string>>): string {
  const prefix = Object.keys(sourceMap)
    .filter(from => from !== '' && (file === from || file.startsWith(from.endsWith('/') ? from : `${from}/`)))
    .sort((a, b) => b.length - a.length)[0];
  return prefix === undefined ? file : (sourceMap[prefix] ?? '') + file.slice(prefix.length);
}

/** Headers whose functions were inlined (fortified read and the like), and the C library's own sources: nobody's own code. */
function isSystemSource(file: string): boolean {
  return /^\/usr\/(include|lib|src)\//.test(file) || file.startsWith('./');
}

/** `/home/u/s.c:10`, as strace 7.2 prints it under -kk. */
function printedPlace(source: string): { file: string; line: number } | undefined {
  const match = /^(.+):(\d+)$/.exec(source);
  return match?.[1] === undefined ? undefined : { file: match[1], line: Number(match[2]) };
}
