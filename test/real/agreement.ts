/**
 * Where the models and /proc disagree about a process, in words; empty when they agree.
 *
 * A log cannot show what exec maps without a call (the program itself, the loader, the stack, the vdso, the program's zeroed
 * data and the heap's first page), nor descriptors that were open before the program began and were never used; nothing else is
 * let off.
 */

import { allProcesses } from '../../src/cli/allProcesses.js';
import type { DescriptorInfo, MemoryMap, RegionInfo } from '../../src/trace/modelApi.js';
import type { Trace } from '../../src/trace/trace.js';
import type { KernelState, Mapping } from './kernelState.js';

/** `inherited`: the numbers that were open when the program was started. */
export function descriptorDifferences(
  model: readonly DescriptorInfo[],
  kernel: KernelState,
  inherited: ReadonlySet<number>,
): string[] {
  const differences: string[] = [];
  const byNumber = new Map(model.map(d => [d.fd, d]));
  for (const [fd, target] of kernel.descriptors) {
    const d = byNumber.get(fd);
    if (!d) {
      if (!inherited.has(fd)) differences.push(`descriptor ${fd} (${target}) is open, the model has none`);
    } else if (!sameTarget(d, target)) differences.push(`descriptor ${fd} is ${target}, the model says ${d.name}`);
  }
  for (const d of model)
    if (!kernel.descriptors.has(d.fd))
      differences.push(`the model has descriptor ${d.fd} (${d.name}), which is closed`);
  return differences;
}

function sameTarget(d: DescriptorInfo, target: string): boolean {
  if (target.startsWith('/')) return d.kind === 'memfd' || d.name === target.replace(/ \(deleted\)$/, '');
  const kind = /^(?:anon_inode:)?\[?([a-z]+)/.exec(target)?.[1];
  if (kind === 'pipe' || kind === 'socket') return d.kind === kind;
  const kinds: Record<string, DescriptorInfo['kind']> = { eventpoll: 'epoll', io: 'ioUring' };
  return d.kind === (kinds[kind ?? ''] ?? kind) || d.kind === 'other';
}

export function memoryDifferences(model: MemoryMap, kernel: KernelState): string[] {
  const differences: string[] = [];
  for (const region of model.regions) {
    for (let at = region.start; at < region.end;) {
      const mapping = kernel.mappings.find(m => m.start <= at && at < m.end);
      if (!mapping) {
        differences.push(`the model has ${describe(region)}, nothing is mapped at ${at.toString(16)}`);
        break;
      }
      if (
        mapping.protection !== region.protection ||
        (region.path.startsWith('/') && region.shared !== mapping.shared)
      ) {
        differences.push(`the model has ${describe(region)}, the kernel ${mapping.protection} ${mapping.path}`);
        break;
      }
      at = mapping.end;
    }
  }
  for (const mapping of kernel.mappings) {
    if (madeByExec(mapping, kernel)) continue;
    for (const [start, end] of gaps(mapping, model.regions))
      differences.push(
        `${start.toString(16)}-${end.toString(16)} (${mapping.protection} ${mapping.path}) is not in the model`,
      );
  }
  return differences;
}

function madeByExec(mapping: Mapping, kernel: KernelState): boolean {
  if (/^\[(stack|vdso|vvar|vvar_vclock|vsyscall|heap)\]$/.test(mapping.path) || mapping.path === kernel.executable)
    return true;
  if (/\/ld-linux[^/]*$|\/ld-[\d.]+\.so$/.test(mapping.path)) return true;
  // The executable's zeroed data lies right behind its last segment.
  const executableEnd = Math.max(...kernel.mappings.filter(m => m.path === kernel.executable).map(m => m.end));
  return mapping.path === '' && mapping.start === executableEnd;
}

/** Parts of a mapping that no region covers. */
function gaps(mapping: Mapping, regions: readonly RegionInfo[]): [number, number][] {
  const found: [number, number][] = [];
  let at = mapping.start;
  for (const r of regions) {
    if (r.end <= at) continue;
    if (r.start >= mapping.end) break;
    if (r.start > at) found.push([at, r.start]);
    at = r.end;
  }
  if (at < mapping.end) found.push([at, mapping.end]);
  return found;
}

function describe(r: RegionInfo): string {
  return `${r.start.toString(16)}-${r.end.toString(16)} ${r.protection} ${r.path || r.kind}`;
}

/**
 * What a complete trace leaves unaccounted for: a line not understood, a second root, a process that never ended, a descriptor
 * beside the standard three that came from nowhere, or one that is open after its process's end.
 */
export function account(trace: Trace): string[] {
  const missing: string[] = [];
  const summary = trace.summary();
  if (summary.textLines > 0) missing.push(`${summary.textLines} lines not understood`);
  if (summary.liveProcesses > 0) missing.push(`${summary.liveProcesses} processes still live`);
  const roots = trace.processes({ parent: null, offset: 0, limit: 100 });
  if (roots.total !== 1) missing.push(`roots: ${roots.processes.map(p => p.pid).join(', ')}`);
  for (const { process } of allProcesses(trace))
    for (const d of trace.kernel.descriptorHistory({ process: process.id })) {
      if (d.birth === 'unknown' && d.fd > 2) missing.push(`descriptor ${d.fd} (${d.name}) came from nowhere`);
      if (d.closeNs === null) missing.push(`descriptor ${d.fd} (${d.name}) outlives its process`);
    }
  return missing;
}
