/**
 * strace's arguments for a version of strace. Pure. Invariants (each learnt the hard way):
 *   - strace stays the parent of the program (never `-D`), so that Stop can find the tracees and the terminal shows the program's end;
 *   - every name in `trace=` has a `?` before it: an unknown name is fatal otherwise, and not every machine has open or epoll_wait;
 *   - never `-v` (prints the environment, with its secrets), `-qq` (loses exits), `-ff` (loses the order).
 */

import { focusCalls } from './focusCalls.js';
import { isAtLeast, type StraceVersion } from './straceVersion.js';

export interface TraceCommand {
  /** File that strace writes. */
  logPath: string;
  /** Path of the executable; a bare name would be looked up in PATH. */
  program: string;
  args: readonly string[];
  /** Variables set (or with null: removed) for the program only, not for strace. */
  environment: Readonly<Record<string, string | null>>;
  /** Which calls are recorded; a list: these only. */
  syscalls: 'focus' | 'all' | readonly string[];
  /** Bytes printed of each string (`-s`). */
  stringLimit: number;
  /** Print the stack of every call (`-k`): only for a strace that was built with an unwinder, fatal otherwise. */
  stacks?: boolean;
}

/** The arguments after `strace`. */
export function straceArguments(version: StraceVersion, command: TraceCommand): string[] {
  const { syscalls } = command;
  const all = syscalls === 'all';
  const listed = typeof syscalls === 'string' ? focusCalls : syscalls;
  const environment = Object.entries(command.environment);
  return [
    '-f',
    ...(!all && canFilterInKernel(version) ? ['--seccomp-bpf'] : []),
    ...['-ttt', '-T', '-a1'],
    ...['-s', String(command.stringLimit)],
    ...(command.stacks ? ['-k'] : []),
    ...(isAtLeast(version, 5, 6) ? ['-e', `decode-fds=${decodedDescriptors(version)}`, '-e', 'quiet=attach'] : ['-y']),
    ...(all ? [] : ['-e', `trace=${listed.map(name => `?${name}`).join(',')}`]),
    ...environment.flatMap(([name, value]) => ['-E', value === null ? name : `${name}=${value}`]),
    ...['-o', command.logPath],
    '--',
    command.program,
    ...command.args,
  ];
}

/** `--seccomp-bpf`: calls that are not listed cost nothing. It needs `-f` and a list, and cannot be used when attaching. */
function canFilterInKernel(version: StraceVersion): boolean {
  return isAtLeast(version, 5, 3);
}

/**
 * Before 6.6 a strace that dies leaves its filter behind: every listed call of the survivors then fails with ENOSYS. They must not be
 * left running.
 */
export function survivorsAreBroken(version: StraceVersion, command: Pick<TraceCommand, 'syscalls'>): boolean {
  return command.syscalls !== 'all' && canFilterInKernel(version) && !isAtLeast(version, 6, 6);
}

/** Not `socket`: strace asks the kernel for every new socket's addresses, which grows with the square of their number. */
function decodedDescriptors(version: StraceVersion): string {
  return [
    ...['path', 'dev', 'pidfd'],
    ...(isAtLeast(version, 6, 3) ? ['signalfd'] : []),
    ...(isAtLeast(version, 6, 10) ? ['eventfd'] : []),
  ].join(',');
}
