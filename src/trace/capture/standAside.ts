/**
 * Keeps this process on one processor, out of the way of strace and the traced program.
 *
 * strace and its tracees wake each other with every call, and the scheduler puts who wakes where somebody idles: a follower whose
 * threads wake beside them, with the engine's compiling ones, moves them from processor to processor. By turns on four processors a
 * program of nothing but calls ran 1.10 to 1.19 times as long as under bare strace when it was followed from anywhere, and no longer
 * than that when it was followed from one processor. A lower priority helped nothing: the scheduler counts such a processor as free.
 */

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Applies to every thread of the process. Returns what gives it back the processors that it had. */
export function standAside(): () => void {
  const allowed = allowedProcessors();
  const last = allowed?.match(/\d+$/)?.[0];
  // There is but one, or nobody knows.
  if (allowed === undefined || last === undefined || allowed === last) return () => undefined;
  const aside = keepTo(last);
  return () => void aside.then(() => keepTo(allowed));
}

/** As the kernel lists them (`0-3,8`); undefined when it does not say. */
function allowedProcessors(): string | undefined {
  try {
    return /^Cpus_allowed_list:\s*([\d,-]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

/** Without taskset, or the right to say where to run, it goes on as it is. */
function keepTo(processors: string): Promise<void> {
  const options = ['--all-tasks', '--pid', '--cpu-list', processors, String(process.pid)];
  return new Promise(resolve => {
    execFile('taskset', options, () => resolve());
  });
}
