/** Every process of a trace, in order of birth, read page by page as a view would. */

import type { ProcessInfo, ThreadInfo } from '../trace/api.js';
import type { Trace } from '../trace/trace.js';

export interface ListedProcess {
  process: ProcessInfo;
  /** All its thread ids, the leader's first. */
  tids: number[];
  /** Its threads but the leader. */
  threads: ThreadInfo[];
  depth: number;
}

const pageSize = 1000;

/** In tree order: a process before its children, siblings by birth. */
export function processTree(trace: Trace): ListedProcess[] {
  const listed: ListedProcess[] = [];
  const stack = children(trace, null, 0).reverse();
  for (let next = stack.pop(); next; next = stack.pop()) {
    listed.push(next);
    if (next.process.children.length > 0) stack.push(...children(trace, next.process.id, next.depth + 1).reverse());
  }
  return listed;
}

/** Ids are given in order of birth. */
export function allProcesses(trace: Trace): ListedProcess[] {
  return processTree(trace).sort((a, b) => a.process.id - b.process.id);
}

function children(trace: Trace, parent: number | null, depth: number): ListedProcess[] {
  const all: ListedProcess[] = [];
  for (let offset = 0; ; offset += pageSize) {
    const page = trace.processes({ parent, offset, limit: pageSize });
    page.processes.forEach((process, index) => {
      const threads = page.threads[index] ?? [];
      all.push({ process, threads, tids: [process.pid, ...threads.map(thread => thread.tid)], depth });
    });
    if (offset + pageSize >= page.total) return all;
  }
}
