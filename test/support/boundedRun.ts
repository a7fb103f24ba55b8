/**
 * Runs a program that may hang. Invariant: when the promise settles, nothing of the run is left, except processes that made themselves a
 * session of their own: strace ignores SIGTERM, and killed alone it would leave its tracees running with our pipes open.
 */

import { execa } from 'execa';

export interface BoundedRun {
  stdout: string;
  stderr: string;
  /** Undefined when a signal ended it. */
  exitCode: number | undefined;
  signal: string | undefined;
}

/** Throws when the program is not there (`code` is ENOENT) or not finished after `timeoutMs`. */
export async function boundedRun(
  command: string,
  args: readonly string[],
  timeoutMs: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<BoundedRun> {
  // Detached: a process group of its own, which can be ended as one.
  const run = execa(command, args, {
    reject: false,
    detached: true,
    stdin: 'ignore',
    env: { LC_ALL: 'C', ...environment },
  });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    if (run.pid !== undefined) process.kill(-run.pid, 'SIGKILL');
  }, timeoutMs);
  const { stdout, stderr, exitCode, signal, code, originalMessage } = await run.finally(() => {
    clearTimeout(timer);
  });
  if (code === 'ENOENT') throw Object.assign(new Error(originalMessage), { code });
  if (isLate)
    throw new Error(
      `${command} ${args.join(' ')}: not finished after ${timeoutMs} ms. It printed:\n${stdout}\n${stderr}`,
    );
  return { stdout, stderr, exitCode, signal };
}
