/**
 * Name of the call that restart_syscall goes on with, from its only argument; null when it is none, or strace did not know. Of a thread
 * that strace has just attached to it is a guess: 6.1 says `read` whatever it was.
 */
export function resumedCall(argument: string): string | null {
  return /^<\.\.\. resuming interrupted (\w+) \.\.\.>$/.exec(argument)?.[1] ?? null;
}
