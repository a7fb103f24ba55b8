/** Calls that send, block, handle and wait for signals, the class "signal" (format: syscallTable.ts). */

export const signalTable = `
kill(pid, sig) = zero: Sends a signal to a process or process group; signal 0 only checks that it could.
tkill(tid, sig) = zero: Sends a signal to one thread; tgkill is safer.
tgkill(tgid, tid, sig) = zero, man tkill(2): Sends a signal to one thread of one process.
rt_sigqueueinfo(tgid, sig, info) = zero: Sends a signal with data to a process.
rt_tgsigqueueinfo(tgid, tid, sig, info) = zero, man rt_sigqueueinfo(2): Sends a signal with data to one thread.
pidfd_send_signal(pidfd*, sig, info, flags) = zero: Sends a signal to the process behind a descriptor, safe from pid reuse.
rt_sigaction(signum, act, oldact, sigsetsize) = zero, man sigaction(2): Sets or reads what a signal does: default, ignore or a handler.
rt_sigprocmask(how, set, oldset, sigsetsize) = zero, man sigprocmask(2): Changes which signals this thread holds back.
rt_sigpending(set, sigsetsize) = zero, man sigpending(2): Tells which signals are waiting to be unblocked.
rt_sigsuspend(mask, sigsetsize) = zero, waits, man sigsuspend(2): Waits for a signal under a temporary mask; always ends with an error.
rt_sigtimedwait(set, info, timeout, sigsetsize) = value "the signal's number", waits, man sigtimedwait(2): Waits for one of a set of blocked signals and takes it.
rt_sigreturn() = value "a register of the interrupted code, no result", man sigreturn(2): Ends a signal handler and restores what it interrupted.
sigaltstack(ss, old_ss) = zero: Sets a separate stack for signal handlers.
signalfd(fd*, mask, flags) = fd: Creates or changes a descriptor that signals are read from.
signalfd4(fd*, mask, sizemask, flags) = fd, man signalfd(2): Creates or changes a descriptor that signals are read from, with flags.
pause() = zero, waits: Waits until a signal handler has run; always ends with an error.
restart_syscall() = value "what the restarted call gives", waits: Goes on with a timed call that a signal interrupted.

# Older forms of 32-bit programs
signal(signum, handler) = address: Sets what a signal does, the old way.
sigaction(signum, act, oldact) = zero: Sets or reads what a signal does, for the first 32 signals.
sigprocmask(how, set, oldset) = zero: Changes which of the first 32 signals this thread holds back.
sigpending(set) = zero: Tells which of the first 32 signals are waiting to be unblocked.
sigsuspend(mask) = zero, waits: Waits for a signal under a temporary mask of the first 32 signals.
sigreturn() = value "a register of the interrupted code, no result": Ends a signal handler of the old kind.
sgetmask() = value "the signal mask": Tells the mask of the first 32 signals.
ssetmask(newmask) = value "the previous signal mask", man sgetmask(2): Sets the mask of the first 32 signals.
`;
