/** What `-k` costs the traced program. Measured with strace 6.1 (libunwind) and 7.2 (libdw); docs/ARCHITECTURE.md has the figures. */

import type { StackBackend } from './straceVersion.js';

const libunwindCallMs = 0.3;
const libdwCallMs = 0.07;
/** libdw reads the maps and the symbols of each new process or thread. */
const libdwThreadMs = 50;

/** Milliseconds, roughly, by which stacks slowed a run of so many recorded calls in so many threads. */
export function stackCostMs(backend: Exclude<StackBackend, 'none'>, calls: number, threads: number): number {
  return backend === 'libunwind' ? calls * libunwindCallMs : calls * libdwCallMs + threads * libdwThreadMs;
}
